/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkApplication knows of a locked screen only when it is registered with the session manager, which can then end the
 * program without closing its window. */
#include "cpa-lock-watch.h"

typedef struct
{
  GBusType bus;
  const char *name; /* who has it is believed, and nobody else: any program can send what is not asked for */
  const char *interface, *signal; /* has one argument: whether it begins */
} Source;

static const Source sources[] = {
  /* GNOME Shell itself, and who passes it on under the name that all desktops know, when that runs. */
  { G_BUS_TYPE_SESSION, "org.gnome.Shell.ScreenShield", "org.gnome.ScreenSaver", "ActiveChanged" },
  { G_BUS_TYPE_SESSION, "org.gnome.ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged" },
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep" },
};
#define N_SOURCES G_N_ELEMENTS (sources)

typedef struct
{
  GDBusConnection *bus; /* (owned) (nullable): until it is there */
  guint id;
} Subscription;

struct _CpaLockWatch
{
  GObject parent_instance;

  GCancellable *cancellable; /* (owned) */
  Subscription subscriptions[N_SOURCES];
};

enum
{
  SIGNAL_LOCKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaLockWatch, cpa_lock_watch, G_TYPE_OBJECT)

/* What it takes to answer which source is there now. */
typedef struct
{
  CpaLockWatch *watch; /* (owned) */
  gsize source;
} Question;

static void
told_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
         GVariant *parameters, gpointer user_data)
{
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    g_signal_emit (user_data, signals[SIGNAL_LOCKED], 0);
}

static void
bus_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (CpaLockWatch) self = question->watch;
  const Source *source = &sources[question->source];
  Subscription *subscription = &self->subscriptions[question->source];
  GDBusConnection *bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    return;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_object_unref (bus);
      return;
    }
  subscription->bus = bus;
  subscription->id = g_dbus_connection_signal_subscribe (bus, source->name, source->interface, source->signal, NULL,
                                                         NULL, G_DBUS_SIGNAL_FLAGS_NONE, told_cb, self, NULL);
}

static void
cpa_lock_watch_dispose (GObject *object)
{
  CpaLockWatch *self = CPA_LOCK_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  for (gsize i = 0; i < N_SOURCES; i++)
    {
      if (self->subscriptions[i].bus != NULL)
        g_dbus_connection_signal_unsubscribe (self->subscriptions[i].bus, self->subscriptions[i].id);
      g_clear_object (&self->subscriptions[i].bus);
    }
  G_OBJECT_CLASS (cpa_lock_watch_parent_class)->dispose (object);
}

static void
cpa_lock_watch_finalize (GObject *object)
{
  g_object_unref (CPA_LOCK_WATCH (object)->cancellable);
  G_OBJECT_CLASS (cpa_lock_watch_parent_class)->finalize (object);
}

static void
cpa_lock_watch_class_init (CpaLockWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_lock_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_lock_watch_finalize;
  signals[SIGNAL_LOCKED] =
      g_signal_new ("locked", CPA_TYPE_LOCK_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_lock_watch_init (CpaLockWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

CpaLockWatch *
cpa_lock_watch_new (void)
{
  CpaLockWatch *self = g_object_new (CPA_TYPE_LOCK_WATCH, NULL);

  for (gsize i = 0; i < N_SOURCES; i++)
    {
      Question *question = g_new0 (Question, 1);

      question->watch = g_object_ref (self);
      question->source = i;
      g_bus_get (sources[i].bus, self->cancellable, bus_cb, question);
    }
  return self;
}
