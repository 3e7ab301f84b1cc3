/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-password-rules.h"

#include <gio/gio.h>
#include <string.h>

#include "cp-password-words.h"
#include "cp-validate.h"
#include "cpd-auth-data.h"

static GHashTable *
load_common (void)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (cpd_auth_data_get_resource (), "/nl/clientportaal/auth/common-passwords.txt", 0, NULL);
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#')
      g_hash_table_add (set, g_strdup (lines[i]));
  return set;
}

/* One short piece again and again ("welkomwelkom"), or the same character. */
static gboolean
is_repetition (const char *text)
{
  gsize length = strlen (text);

  for (gsize piece = 1; piece <= MIN (length / 2, 6); piece++)
    if (length % piece == 0 && memcmp (text, text + piece, length - piece) == 0)
      return TRUE;
  return FALSE;
}

/* "abcdefghijkl", "123456789012" and backwards: each character one from the one before, counted round at ten. */
static gboolean
is_sequence (const char *text)
{
  int step = text[0] != '\0' ? text[1] - text[0] : 0;

  if (step != 1 && step != -1)
    return FALSE;
  for (const char *at = text; at[1] != '\0'; at++)
    if (at[1] - at[0] != step && at[1] - at[0] != -9 * step)
      return FALSE;
  return TRUE;
}

static gboolean
is_common (const char *bare)
{
  static gsize loaded = 0;
  static GHashTable *common;
  g_autofree char *trimmed = g_strdup (bare);
  gsize length = strlen (trimmed);

  if (g_once_init_enter (&loaded))
    {
      common = load_common ();
      g_once_init_leave (&loaded, 1);
    }
  if (length == 0 || is_repetition (bare) || is_sequence (bare) || g_hash_table_contains (common, bare))
    return TRUE;
  /* A common word with a year or a number behind it is the first thing that is tried. */
  while (length > 0 && g_ascii_isdigit (trimmed[length - 1]))
    trimmed[--length] = '\0';
  return length == 0 || is_repetition (trimmed) || g_hash_table_contains (common, trimmed);
}

static gboolean
is_of_organisation (const CpdConfig *config, const char *bare)
{
  return strstr (bare, "clientporta") != NULL || strstr (bare, "cliëntporta") != NULL ||
         cp_password_has_name (bare, config->organisation->name) || cp_password_has_name (bare, config->sms_name);
}

static gboolean
refuse (GError **error, CpErrorCode code)
{
  g_set_error (error, CP_ERROR, code, "new password: %s", cp_error_code_name (code));
  return FALSE;
}

/**
 * cpd_password_rules_check:
 * @old_password: (nullable): what was just used to log in, so that it cannot stay the same; NULL: not known
 */
gboolean
cpd_password_rules_check (const CpdConfig *config, const CpdAccount *account, const char *old_password,
                          const char *new_password, GError **error)
{
  g_autofree char *bare = NULL;

  if (!cp_validate_new_password (new_password, error))
    return FALSE;
  if (g_strcmp0 (old_password, new_password) == 0)
    return refuse (error, CP_ERROR_PASSWORD_SAME);
  bare = cp_password_skeleton (new_password);
  if (cp_password_has_part_of_name (bare, account->name) || cp_password_has_username (bare, account->username))
    return refuse (error, CP_ERROR_PASSWORD_PERSONAL);
  if (is_of_organisation (config, bare))
    return refuse (error, CP_ERROR_PASSWORD_CONTEXT);
  return is_common (bare) ? refuse (error, CP_ERROR_PASSWORD_COMMON) : TRUE;
}
