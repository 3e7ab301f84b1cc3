/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-login.h"

#include <string.h>

#include "cpd-clock.h"
#include "cpd-token.h"

static const CpdTemporary *
find_temporary (const CpdKeys *keys, const CpdCredentials *credentials, const char *password)
{
  guchar hash[CPD_HASH_SIZE];
  g_autofree char *text = NULL;

  cpd_keys_hash (keys, "temporary-password", password, strlen (password), hash);
  text = g_base64_encode (hash, sizeof hash);
  /* A keyed hash of 80 random bits: comparing it tells nothing about the next try. */
  return cpd_credentials_find_temporary (credentials, text);
}

/**
 * cpd_temporary_counts:
 */
gboolean
cpd_temporary_counts (const CpdTemporary *temporary, CpTime now)
{
  return now < temporary->expires && !cpd_clock_was_fast (temporary->created, now);
}

/**
 * cpd_hash_work_run:
 *
 * A new password without one to test is of who came by a link. One argon2 for every test, whether there is an account,
 * an own password, or neither; one more for a new password.
 */
void
cpd_hash_work_run (CpdHashWork *work, const CpdServices *services)
{
  const CpdCredentials *credentials = &work->credentials;

  if (work->password == NULL)
    {
      work->new_hash = cpd_password_hash (services->keys, services->cost, work->new_password, &work->error);
      return;
    }
  work->temporary = find_temporary (services->keys, credentials, work->password);
  work->own_right = cpd_password_verify (services->keys, services->cost, credentials->own_pepper, credentials->own_hash,
                                         work->like, work->password);
  if (work->new_password != NULL && (work->own_right || work->temporary != NULL))
    work->new_hash = cpd_password_hash (services->keys, services->cost, work->new_password, &work->error);
  else if (work->own_right &&
           cpd_password_is_old (services->keys, services->cost, credentials->own_pepper, credentials->own_hash))
    work->new_hash = cpd_password_hash (services->keys, services->cost, work->password, &work->error);
}

/**
 * cpd_hash_work_free:
 * @work: (nullable): passwords in it are wiped
 */
void
cpd_hash_work_free (CpdHashWork *work)
{
  if (work == NULL)
    return;
  cpd_credentials_clear (&work->credentials);
  g_free (work->like);
  cpd_secret_free (work->password);
  cpd_secret_free (work->new_password);
  g_free (work->new_hash);
  g_clear_error (&work->error);
  g_free (work);
}
