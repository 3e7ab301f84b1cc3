/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-target.h"

static GHashTable *
new_query (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static const char *const refused[] = {
  "",
  "version",
  "*",
  "http://portal.example/api",
  "//api",
  "/api//v1",
  "/api/",
  "/api/./v1",
  "/api/../v1",
  "/..",
  "/.",
  "/api/%2e%2e/v1",
  "/api%2fv1",
  "/api/%41",
  "/api\\v1",
  "/api#v1",
  "/api v1",
  "/api/\xc3\xa9",
  "/api/\x01",
  "/api?",
  "/api?a",
  "/api?=1",
  "/api?a=1&",
  "/api?a=1&a=2",
  "/api?A=1",
  "/api?a%62=1",
  "/api?a=%",
  "/api?a=%4",
  "/api?a=%zz",
  "/api?a=%00",
  "/api?a=x%00y",
  "/api?a=%0a",
  "/api?a=%7f",
  "/api?a=%c2%85",
  "/api?a=%c3",
  "/api?a=%c0%af",
  "/api?a=%ed%a0%80",
  "/api?a=b+c",
  "/api?a=b#c",
  "/api?a=b=c",
  "/api?a=<b>",
  "/api?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9",
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GHashTable) query = new_query ();
      g_autofree char *path = cpd_target_split (refused[i], query);

      g_test_message ("%s", refused[i]);
      g_assert_null (path);
    }
}

static void
test_accepted (void)
{
  g_autoptr (GHashTable) query = new_query ();
  g_autofree char *root = cpd_target_split ("/", query);
  g_autofree char *path = cpd_target_split ("/api/v1/.x/...?from=2026-03-03T14:00:00%2B01:00&q=caf%C3%A9%20%26%25&e="
                                            "&d=4&h=5&i=6&g=7&k=8",
                                            query);

  g_assert_cmpstr (root, ==, "/");
  g_assert_cmpstr (path, ==, "/api/v1/.x/...");
  g_assert_cmpuint (g_hash_table_size (query), ==, 8);
  g_assert_cmpstr (g_hash_table_lookup (query, "from"), ==, "2026-03-03T14:00:00+01:00");
  g_assert_cmpstr (g_hash_table_lookup (query, "q"), ==, "café &%");
  g_assert_cmpstr (g_hash_table_lookup (query, "e"), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/target/refused", test_refused);
  g_test_add_func ("/http/target/accepted", test_accepted);
  return g_test_run ();
}
