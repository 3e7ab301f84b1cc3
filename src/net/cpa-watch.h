/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-changes.h"
#include "cpa-account.h"

G_BEGIN_DECLS

/* Hears of changes on the server while somebody is in: keeps one question open, asks the next when it is answered, and
 * goes on when the server or the network was gone. Signals: "changed" (guint topics: CpTopic, all of them when what
 * changed is not known); "back", at the first answer after the computer slept or there was no line: the feed does not
 * tell all that is new. */
#define CPA_TYPE_WATCH (cpa_watch_get_type ())
G_DECLARE_FINAL_TYPE (CpaWatch, cpa_watch, CPA, WATCH, GObject)

/* How fast, in milliseconds. */
typedef struct
{
  guint between; /* two questions at least, whatever is answered */
  guint first;   /* after a failure, and twice as much after each next one */
  guint most;
  guint settle;           /* after a change of the network, which is several */
  guint tick;             /* looks whether the computer slept */
  gint64 (*slept) (void); /* for how long altogether, in microseconds */
} CpaWatchPace;
extern const CpaWatchPace cpa_watch_pace;

CpaWatch *cpa_watch_new (CpaAccount *account, const CpaWatchPace *pace);
/* The first answer is that everything may have changed. */
void cpa_watch_start (CpaWatch *self);
void cpa_watch_stop (CpaWatch *self);
/* What was told could not be looked at: it is told again, after a while. */
void cpa_watch_again (CpaWatch *self);

G_END_DECLS
