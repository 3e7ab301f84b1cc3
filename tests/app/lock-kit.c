/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lock-kit.h"

#include "reading-kit.h"

static void
heard_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *name,
          GVariant *parameters, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
call_bus (GDBusConnection *bus, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                   arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
}

const Teller tellers[N_TELLERS] = {
  { "org.gnome.Shell.ScreenShield", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged" },
  { "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged" },
  { "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep" },
};

void
lock_init (void)
{
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
}

void
tell_as_anybody (const Teller *teller, gboolean begins)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gboolean heard = FALSE;
  guint id = g_dbus_connection_signal_subscribe (bus, NULL, teller->interface, teller->signal, NULL, NULL,
                                                 G_DBUS_SIGNAL_FLAGS_NONE, heard_cb, &heard, NULL);

  g_dbus_connection_emit_signal (bus, NULL, teller->path, teller->interface, teller->signal,
                                 g_variant_new ("(b)", begins), &error);
  g_assert_no_error (error);
  WAIT_FOR (heard);
  g_dbus_connection_signal_unsubscribe (bus, id);
  settle ();
}

void
tell (const Teller *teller, gboolean begins)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  call_bus (bus, "RequestName", g_variant_new ("(su)", teller->name, 0u));
  tell_as_anybody (teller, begins);
  call_bus (bus, "ReleaseName", g_variant_new ("(s)", teller->name));
}
