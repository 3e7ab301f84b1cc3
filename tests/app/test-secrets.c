/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-secrets.h"
#include "cpa-wipe.h"

#include <libsecret/secret.h>
#include <signal.h>

#define PATIENCE (10 * G_USEC_PER_SEC)

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* (transfer full) (nullable) */
static char *
look_up_in (const char *address, const char *username, CpaKeyring expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  CpaKeyring keyring;
  char *token;

  cpa_secrets_lookup_async (address, username, NULL, found_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  token = cpa_secrets_lookup_finish (result, &keyring);
  g_assert_cmpint (keyring, ==, expected);
  return token;
}

static char *
look_up (const char *address, const char *username)
{
  return look_up_in (address, username, CPA_KEYRING_OPEN);
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

static void
test_locked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_autoptr (SecretCollection) keyring =
      secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, &error);
  GList all = { keyring, NULL, NULL };

  g_assert_no_error (error);
  g_assert_cmpint (secret_service_lock_sync (service, &all, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_null (look_up_in ("portaal.delinde.example", "m.debruin", CPA_KEYRING_LOCKED)); /* kept, but out of reach */
  g_assert_null (look_up_in ("portaal.delinde.example", "p.debruin", CPA_KEYRING_LOCKED));
}

/* The process that owns the name. */
static int
pid_of_keyring (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                   "GetConnectionUnixProcessID", g_variant_new ("(s)", "org.freedesktop.secrets"),
                                   G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  guint pid;

  g_assert_no_error (error);
  g_variant_get (answer, "(u)", &pid);
  return (int) pid;
}

/* A keyring that is there and does not answer holds nobody up, neither in a question nor before the first one. */
static void
test_silent (void)
{
  int pid = pid_of_keyring ();
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *first = NULL, *second = NULL;

  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  cpa_secrets_store ("portaal.delinde.example", "m.debruin", "De Linde", "third");
  first = look_up_in ("portaal.delinde.example", "m.debruin", CPA_KEYRING_NONE);
  secret_service_disconnect ();
  second = look_up_in ("portaal.delinde.example", "m.debruin", CPA_KEYRING_NONE);
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  g_assert_null (first);
  g_assert_null (second);
  /* The bus itself gives up after 25 seconds, of each question. */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * PATIENCE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/of-one-address", test_of_one_address);
  g_test_add_func ("/secrets/replaced", test_replaced);
  g_test_add_func ("/secrets/silent", test_silent);
  g_test_add_func ("/secrets/locked", test_locked); /* the last one: nobody here unlocks it */
  return g_test_run ();
}
