/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-secrets.h"
#include "cpa-wipe.h"

#define PATIENCE (10 * G_USEC_PER_SEC)

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* (transfer full) (nullable) */
static char *
look_up (const char *address, const char *username)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpa_secrets_lookup_async (address, username, NULL, found_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return cpa_secrets_lookup_finish (result);
}

static void
assert_kept (const char *address, const char *username, const char *token)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  char *found = NULL;

  while (g_strcmp0 (found, token) != 0 && g_get_monotonic_time () < end)
    {
      cpa_wipe_free (found);
      found = look_up (address, username);
    }
  g_assert_cmpstr (found, ==, token);
  cpa_wipe_free (found);
}

/* A server that calls itself by the name of another organisation is not given its token. */
static void
test_of_one_address (void)
{
  cpa_secrets_store ("portaal.delinde.example", "M.deBruin", "De Linde", "first");
  assert_kept ("portaal.delinde.example", "m.debruin", "first");
  g_assert_null (look_up ("portaal.evil.example", "m.debruin"));
  g_assert_null (look_up ("portaal.delinde.example:8443", "m.debruin"));
  g_assert_null (look_up ("portaal.delinde.example", "p.debruin"));
}

static void
test_replaced (void)
{
  cpa_secrets_store ("portaal.delinde.example", "m.debruin", "De Linde", "second");
  assert_kept ("portaal.delinde.example", "m.debruin", "second");
  cpa_secrets_store ("portaal.evil.example", "m.debruin", "De Linde", "other");
  assert_kept ("portaal.evil.example", "m.debruin", "other");
  assert_kept ("portaal.delinde.example", "m.debruin", "second");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/of-one-address", test_of_one_address);
  g_test_add_func ("/secrets/replaced", test_replaced);
  return g_test_run ();
}
