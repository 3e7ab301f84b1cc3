/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of the database is whole, or there is none. */
#include <glib/gstdio.h>

#include "cpd-copy.h"
#include "store-kit.h"

static gboolean
copy (StoreKit *kit, GCancellable *stopping)
{
  g_autofree char *path = g_strconcat (kit->database, ".backup", NULL);
  g_autoptr (GError) error = NULL;
  gboolean made = cpd_copy_make (kit->database, path, stopping, &error);

  g_assert_true (made == (error == NULL));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == made);
  if (!made)
    g_assert_true (g_str_has_prefix (error->message, "the server stops, so that there is no backup: "));
  g_unlink (path);
  return made;
}

/* It would take as long as the database is large, and the server waits for it. */
static void
test_it_is_broken_off (void)
{
  g_autoptr (GCancellable) stopping = g_cancellable_new ();
  StoreKit kit;

  store_kit_set_up (&kit);
  g_assert_true (copy (&kit, NULL));
  g_assert_true (copy (&kit, stopping));
  g_cancellable_cancel (stopping);
  g_assert_false (copy (&kit, stopping));
  store_kit_tear_down (&kit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/copy/it-is-broken-off", test_it_is_broken_off);
  return g_test_run ();
}
