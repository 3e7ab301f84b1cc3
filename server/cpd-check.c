/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-check.h"

#include <string.h>

#include "cp-error.h"
#include "cpd-certificate.h"
#include "cpd-ehr-access.h"
#include "cpd-keys.h"
#include "cpd-phone.h"
#include "cpd-private-file.h"
#include "cpd-serve.h"
#include "cpd-transport.h"

/* Says of the value of one key what is wrong with it. */
typedef gboolean (*CheckFunc) (const CpdConfig *config, const char *path, GError **error);

static gboolean
refuse (GError **error, const char *path, const char *what)
{
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s: %s", path, what);
  return FALSE;
}

static gboolean
check_certificates (const CpdConfig *config, const char *path, GError **error)
{
  return cpd_certificate_check (path, error);
}

static gboolean
check_pair (const char *certificate, const char *key, GError **error)
{
  g_autoptr (CpdCertificate) pair = cpd_certificate_load (certificate, key, error);

  return pair != NULL;
}

static gboolean
check_private_key (const CpdConfig *config, const char *path, GError **error)
{
  return check_pair (config->certificate, path, error);
}

static gboolean
check_client_key (const CpdConfig *config, const char *path, GError **error)
{
  return check_pair (config->ehr_client_certificate, path, error);
}

static gboolean
check_private (const CpdConfig *config, const char *path, GError **error)
{
  const char *wrong = cpd_private_file_wrong (path);

  return wrong == NULL || refuse (error, path, wrong);
}

static gboolean
check_keys (const CpdConfig *config, const char *path, GError **error)
{
  g_autoptr (CpdKeys) keys = cpd_keys_load (path, error);

  return keys != NULL;
}

/* Its directory may still be made, by the service manager at the first start (StateDirectory=), in one that is there.
 */
static gboolean
check_database (const CpdConfig *config, const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *above = g_path_get_dirname (directory);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return refuse (error, path, "is a directory");
  if (g_file_test (directory, G_FILE_TEST_EXISTS))
    return g_file_test (directory, G_FILE_TEST_IS_DIR) || refuse (error, directory, "is not a directory");
  return g_file_test (above, G_FILE_TEST_IS_DIR) || refuse (error, directory, "is not there");
}

/* The start makes it, with what is above it. */
static gboolean
check_outbox (const CpdConfig *config, const char *path, GError **error)
{
  g_autofree char *there = g_strdup (path);

  while (!g_file_test (there, G_FILE_TEST_EXISTS) && strcmp (there, "/") != 0)
    {
      char *above = g_path_get_dirname (there);

      g_free (there);
      there = above;
    }
  return g_file_test (there, G_FILE_TEST_IS_DIR) || refuse (error, there, "is not a directory");
}

#define PATH(member) G_STRUCT_OFFSET (CpdConfig, member)

static const struct
{
  const char *group;
  const char *name;
  gsize offset; /* of the path, which may be absent */
  CheckFunc check;
} checks[] = {
  { "server", "certificate", PATH (certificate), check_certificates },
  { "server", "private-key", PATH (private_key), check_private_key },
  { "server", "database", PATH (database), check_database },
  { "server", "key-file", PATH (key_file), check_keys },
  { "ehr", "secret-file", PATH (ehr_secret_file), check_private },
  { "ehr", "signing-key", PATH (ehr_signing_key), check_private },
  { "ehr", "ca-file", PATH (ehr_ca_file), check_certificates },
  { "ehr", "client-certificate", PATH (ehr_client_certificate), check_certificates },
  { "ehr", "client-key", PATH (ehr_client_key), check_client_key },
  { "mail", "ca-file", PATH (mail_ca_file), check_certificates },
  { "sms", "ca-file", PATH (sms_ca_file), check_certificates },
  { "outgoing", "directory", PATH (outbox_directory), check_outbox },
};

static gboolean
check_paths (const CpdConfig *config, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      const char *path = G_STRUCT_MEMBER (const char *, config, checks[i].offset);
      g_autoptr (GError) wrong = NULL;

      if (path != NULL && !checks[i].check (config, path, &wrong))
        return cpd_config_complain (config->reader, checks[i].group, checks[i].name, error, "%s", wrong->message);
    }
  return TRUE;
}

static gboolean
check_countries (const CpdConfig *config, GError **error)
{
  for (int i = 0; config->sms_countries != NULL && config->sms_countries[i] != NULL; i++)
    if (!cpd_phone_knows_country (config->sms_countries[i]))
      return cpd_config_complain (config->reader, "sms", "countries", error, "“%s” is not a country",
                                  config->sms_countries[i]);
  return TRUE;
}

/**
 * cpd_check:
 */
gboolean
cpd_check (const CpdConfig *config, GError **error)
{
  return cpd_serve_check (config, error) && check_paths (config, error) && cpd_ehr_access_check (config, error) &&
         check_countries (config, error) && cpd_transport_check (config, error);
}
