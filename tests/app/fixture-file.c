/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-file.h"

#include <string.h>

#include "cp-json.h"

static const char *const route_files[CP_N_ROUTES] = {
  [CP_ROUTE_START] = "start",
  [CP_ROUTE_APPOINTMENTS] = "appointments",
  [CP_ROUTE_DOSSIER] = "dossier",
  [CP_ROUTE_PROFILE] = "profile",
  [CP_ROUTE_DOSSIER_ITEM] = "dossier-item",
  [CP_ROUTE_CARE_PLANS] = "care-plans",
  [CP_ROUTE_CARE_PLAN] = "care-plan",
  [CP_ROUTE_ORGANISATION] = "organisation",
  [CP_ROUTE_LOGIN] = "login",
  [CP_ROUTE_PASSWORD] = "login",
  [CP_ROUTE_SESSION] = "session",
  [CP_ROUTE_WORDS] = "words",
  [CP_ROUTE_INVITATIONS] = "invitations",
  [CP_ROUTE_ACCOUNT] = "account",
  [CP_ROUTE_MEMBERS] = "members",
  [CP_ROUTE_ACCOUNT_CHANGE] = "account",
  [CP_ROUTE_ACCOUNT_NOTIFICATIONS] = "account",
  [CP_ROUTE_ACCOUNT_MOBILE] = "number-challenge",
  [CP_ROUTE_ACCOUNT_MOBILE_AGAIN] = "number-challenge",
  [CP_ROUTE_ACCOUNT_TOTP] = "totp-setup",
  [CP_ROUTE_ACCOUNT_SHEET] = "code-sheet",
};

char *
fixture_file_path (const char *name, const char *variant)
{
  g_autofree char *file =
      variant != NULL ? g_strconcat (name, "-", variant, ".json", NULL) : g_strconcat (name, ".json", NULL);

  return g_build_filename (FIXTURE_DIR, file, NULL);
}

gpointer
fixture_file_read (const CpRecordType *type, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  gpointer record;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  node = cp_json_parse (text, length, CP_JSON_DEPTH, &error);
  if (node == NULL)
    g_error ("%s: %s", path, error->message);
  record = cp_record_from_json (type, node, CP_RECORD_STRICT, &error);
  if (record == NULL)
    g_error ("%s: %s", path, error->message);
  return record;
}

char *
fixture_file_choose (const CpaCall *call, const char *scenario)
{
  const char *name = route_files[call->route];
  gboolean past = call->query != NULL && strstr (call->query, "when=past") != NULL;
  const char *version = call->query != NULL ? strstr (call->query, "version=") : NULL;
  gboolean of_plan = call->query != NULL && g_str_has_prefix (call->query, "plan=");
  g_autofree char *numbered = version != NULL ? g_strdelimit (g_strdup (version), "=", '-') : NULL;
  const char *variants[] = {
    numbered, version != NULL ? "earlier" : NULL, scenario, call->ids[1], past ? "past" : NULL, of_plan ? "plan" : NULL
  };

  g_assert_nonnull (name);
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *path = variants[i] != NULL ? fixture_file_path (name, variants[i]) : NULL;

      if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return fixture_file_path (name, NULL);
}
