/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-watchdog.h"

#include "cpd-service-manager.h"

/* So many looks within what the service manager waits for: one that is slow or lost is no reason to begin anew. */
#define LOOKS 4

struct _CpdWatchdog
{
  CpdListener *listener; /* (borrowed) */
  int interval_ms;
  guint source;
  GThread *thread; /* (owned) (nullable): the look that was begun last */
  int looking;     /* atomic */
};

/* In a thread of its own: it waits. */
static gpointer
look (gpointer data)
{
  CpdWatchdog *watchdog = data;

  if (cpd_listener_answers (watchdog->listener, watchdog->interval_ms))
    cpd_service_manager_tell ("WATCHDOG=1");
  g_atomic_int_set (&watchdog->looking, FALSE);
  return NULL;
}

static gboolean
look_cb (gpointer data)
{
  CpdWatchdog *watchdog = data;

  if (g_atomic_int_get (&watchdog->looking))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&watchdog->thread, g_thread_join);
  g_atomic_int_set (&watchdog->looking, TRUE);
  watchdog->thread = g_thread_new ("watchdog", look, watchdog);
  return G_SOURCE_CONTINUE;
}

/**
 * cpd_watchdog_new:
 *
 * Returns: (transfer full) (nullable)
 */
CpdWatchdog *
cpd_watchdog_new (CpdListener *listener)
{
  gint64 patience = cpd_service_manager_patience ();
  CpdWatchdog *watchdog;

  if (patience == 0)
    return NULL;
  watchdog = g_new0 (CpdWatchdog, 1);
  watchdog->listener = listener;
  watchdog->interval_ms = (int) CLAMP (patience / LOOKS / 1000, 1, G_MAXINT);
  watchdog->source = g_timeout_add (watchdog->interval_ms, look_cb, watchdog);
  return watchdog;
}

/**
 * cpd_watchdog_free:
 * @watchdog: (nullable)
 */
void
cpd_watchdog_free (CpdWatchdog *watchdog)
{
  if (watchdog == NULL)
    return;
  g_source_remove (watchdog->source);
  g_clear_pointer (&watchdog->thread, g_thread_join);
  g_free (watchdog);
}
