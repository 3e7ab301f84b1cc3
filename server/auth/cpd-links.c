/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-links.h"

#include <string.h>

#include "cp-link.h"
#include "cpd-clock.h"
#include "cpd-token.h"

static void
hash_token (const CpdKeys *keys, const char *token, guchar hash[CPD_HASH_SIZE])
{
  cpd_keys_hash (keys, "link", token, strlen (token), hash);
}

/**
 * cpd_links_new:
 * @object: row id of what it is about, 0 for none
 * @life: from @now; of an invitation what is left of it
 *
 * Returns: (transfer full): "https://host[:port]/reset/TOKEN", with the configured host.
 */
char *
cpd_links_new (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, CpdLinkKind kind, gint64 account, gint64 object,
               CpTime now, CpTime life, GError **error)
{
  char *token = cpd_token_new ();
  char *address = NULL;
  guchar hash[CPD_HASH_SIZE];

  hash_token (keys, token, hash);
  if (cpd_store_link_add (db, kind, account, object, hash, now, now + life, error))
    address = g_strdup_printf ("https://%s/%s/%s", config->public_address, cp_link_kind_names[kind - 1], token);
  cpd_secret_free (token);
  return address;
}

static gboolean
ended (GError **error)
{
  g_set_error_literal (error, CP_ERROR, CP_ERROR_LINK_ENDED, "the link does not work any more");
  return FALSE;
}

/**
 * cpd_links_find:
 * @token: well-formed or not
 * @link: (out caller-allocates)
 */
gboolean
cpd_links_find (CpdDb *db, const CpdKeys *keys, const char *token, CpTime now, CpdLink *link, GError **error)
{
  guchar hash[CPD_HASH_SIZE];

  hash_token (keys, token, hash);
  if (!cpd_store_link_find (db, hash, link, error))
    return FALSE;
  return (link->id != 0 && link->used == 0 && now < link->expires && !cpd_clock_was_fast (link->created, now)) ||
         ended (error);
}

/**
 * cpd_links_use:
 */
gboolean
cpd_links_use (CpdDb *db, const CpdLink *link, CpTime now, GError **error)
{
  gboolean used;

  if (!cpd_store_link_use (db, link->id, now, &used, error))
    return FALSE;
  return used || ended (error);
}

/**
 * cpd_links_end_passwords:
 */
gboolean
cpd_links_end_passwords (CpdDb *db, gint64 account, CpTime now, GError **error)
{
  return cpd_store_link_end_all (db, CPD_LINK_RESET, account, now, error) &&
         cpd_store_link_end_all (db, CPD_LINK_INVITATION, account, now, error);
}
