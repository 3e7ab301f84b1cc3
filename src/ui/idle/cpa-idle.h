/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When a session ends here: nobody uses it, or its own time is over. A plain object that is asked every second; it owns
 * no timer and no widget. The clock must go on while the machine sleeps: who comes back after the end finds the portal
 * closed. */

typedef gint64 (*CpaIdleClock) (void); /* microseconds, never going back */

typedef enum
{
  CPA_IDLE_IN_USE,
  CPA_IDLE_WARNING, /* the count-down runs */
  CPA_IDLE_ENDED,
  CPA_IDLE_LAST, /* that to the end of the session itself, which nothing puts off */
  CPA_IDLE_OVER  /* that end */
} CpaIdleState;

typedef struct _CpaIdle CpaIdle;

CpaIdle *cpa_idle_new (gint64 idle_seconds, CpaIdleClock clock);
void cpa_idle_free (CpaIdle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaIdle, cpa_idle_free)

/* The session itself ends so many seconds from now on. */
void cpa_idle_set_end (CpaIdle *self, gint64 seconds);
/* The person did something. Counts only while in use: the count-down asks for an answer, and the end is the end. */
void cpa_idle_touch (CpaIdle *self);
/* The answer to the count-down. FALSE when it comes too late. */
gboolean cpa_idle_stay (CpaIdle *self);
/* seconds_left (nullable) counts down to the end during the warning, and in the last of the session. */
CpaIdleState cpa_idle_check (CpaIdle *self, int *seconds_left);
/* Length of the count-down. */
int cpa_idle_get_warning_seconds (CpaIdle *self);
/* TRUE, at most once a minute, when the person was active since the server last heard so. */
gboolean cpa_idle_take_keep_alive (CpaIdle *self);

G_END_DECLS
