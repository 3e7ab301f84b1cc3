/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Watches a window, and those over it, for use: asks "Bent u er nog?" in the last minute, and counts down to the end of
 * the session itself. Signals "keep-alive": the server is to hear that the person is active; "ended" (CpaIdleWatchEnd).
 */
typedef enum
{
  CPA_IDLE_WATCH_UNUSED, /* nothing happened */
  CPA_IDLE_WATCH_CHOSEN, /* the person logs out */
  CPA_IDLE_WATCH_OVER,   /* the time of the session; or the person did not wait for that */
  CPA_IDLE_WATCH_LOCKED  /* the screen is locked, or the computer goes to sleep */
} CpaIdleWatchEnd;

#define CPA_TYPE_IDLE_WATCH (cpa_idle_watch_get_type ())
G_DECLARE_FINAL_TYPE (CpaIdleWatch, cpa_idle_watch, CPA, IDLE_WATCH, GObject)

CpaIdleWatch *cpa_idle_watch_new (GtkWindow *window, gint64 idle_seconds);
/* The session itself ends so many seconds from now on. */
void cpa_idle_watch_set_end (CpaIdleWatch *self, gint64 seconds);
/* It ends too when the screen is locked or the computer goes to sleep: others use it. */
void cpa_idle_watch_end_when_locked (CpaIdleWatch *self);
/* (nullable) (transfer none): the dialog, while the question is asked. */
GtkWidget *cpa_idle_watch_get_question (CpaIdleWatch *self);
/* Whether an event of that type, with that time, is something that a person did. GTK itself makes a motion, without a
 * time, when what lies under a pointer that rests is laid out anew. */
gboolean cpa_idle_watch_is_use (GdkEventType type, guint32 time);
/* Lets go of the windows and closes the question. */
void cpa_idle_watch_stop (CpaIdleWatch *self);

G_END_DECLS
