/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-way-guard.h"

#include "cpa-dialog.h"
#include "cpa-idle-watch.h"
#include "cpa-leaving.h"
#include "cpa-login-page.h"
#include "cpa-way-page.h"

#define UNKNOWN_SECONDS 300 /* while no organisation has said it */

struct _CpaWayGuard
{
  GObject parent_instance;

  AdwBin *place;         /* (owned) */
  CpaSettings *settings; /* (owned) */
  CpaIdleWatch *watch;   /* (owned) (nullable): while there is something that could be left behind */
  gint64 seconds;        /* of watch */
  gboolean shared;       /* the computer, as watch counts */
  gboolean ticked;       /* as it is on the login page, also where no setting can be kept */
};

enum
{
  SIGNAL_LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaWayGuard, cpa_way_guard, G_TYPE_OBJECT)

gboolean
cpa_way_guard_is_ticked (CpaWayGuard *self)
{
  GtkWidget *page = adw_bin_get_child (self->place);
  gboolean ticked = CPA_IS_LOGIN_PAGE (page) ? cpa_login_page_get_ticked (CPA_LOGIN_PAGE (page)) : self->ticked;

  if (ticked != self->ticked)
    cpa_settings_set_ticked (self->settings, ticked);
  self->ticked = ticked;
  return ticked;
}

static void
stop_watch (CpaWayGuard *self)
{
  if (self->watch != NULL)
    cpa_idle_watch_stop (self->watch);
  g_clear_object (&self->watch);
}

/* (transfer full) */
static char *
sentence_of (CpaWayGuard *self, CpaIdleWatchEnd end)
{
  if (end == CPA_IDLE_WATCH_LOCKED)
    return g_strdup (cpa_leaving_locked ());
  if (end == CPA_IDLE_WATCH_CHOSEN)
    return g_strdup (cpa_leaving_chosen (self->shared));
  return cpa_leaving_unused (self->seconds);
}

static void
ended_cb (CpaWayGuard *self, CpaIdleWatchEnd end)
{
  G_GNUC_UNUSED g_autoptr (CpaWayGuard) keep = g_object_ref (self);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->place)));
  g_autofree char *sentence = sentence_of (self, end);

  stop_watch (self);
  cpa_dialog_close_all (window, NULL);
  if (self->shared)
    cpa_dialog_empty_clipboards (window);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0, sentence);
}

static void
start_watch (CpaWayGuard *self)
{
  self->watch = cpa_idle_watch_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->place))), self->seconds);
  if (self->shared)
    cpa_idle_watch_end_when_locked (self->watch);
  g_signal_connect_object (self->watch, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
}

void
cpa_way_guard_look (CpaWayGuard *self, const CpOrganisation *organisation, gboolean has_link)
{
  gboolean shared = cpa_way_guard_is_ticked (self) || cpa_settings_get_shared_computer (self->settings);
  gint64 own_seconds = organisation != NULL ? organisation->idle_seconds : UNKNOWN_SECONDS;
  gint64 shared_seconds = organisation != NULL ? organisation->shared_idle_seconds : UNKNOWN_SECONDS;
  gint64 seconds = shared ? shared_seconds : own_seconds;
  gboolean needed = has_link || cpa_way_page_is_somebodys (adw_bin_get_child (self->place), shared);

  if (self->watch != NULL && needed && shared == self->shared && seconds == self->seconds)
    return;
  stop_watch (self);
  self->shared = shared;
  self->seconds = seconds;
  if (needed)
    start_watch (self);
}

void
cpa_way_guard_stop (CpaWayGuard *self)
{
  cpa_way_guard_is_ticked (self);
  stop_watch (self);
}

static void
cpa_way_guard_dispose (GObject *object)
{
  CpaWayGuard *self = CPA_WAY_GUARD (object);

  stop_watch (self);
  g_clear_object (&self->settings);
  g_clear_object (&self->place);
  G_OBJECT_CLASS (cpa_way_guard_parent_class)->dispose (object);
}

static void
cpa_way_guard_class_init (CpaWayGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_way_guard_dispose;
  signals[SIGNAL_LEFT] =
      g_signal_new ("left", CPA_TYPE_WAY_GUARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpa_way_guard_init (CpaWayGuard *self)
{
}

CpaWayGuard *
cpa_way_guard_new (AdwBin *place, CpaSettings *settings)
{
  CpaWayGuard *self = g_object_new (CPA_TYPE_WAY_GUARD, NULL);

  self->place = g_object_ref (place);
  self->settings = g_object_ref (settings);
  self->ticked = cpa_settings_get_ticked (settings);
  return self;
}
