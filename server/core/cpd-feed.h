/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-error.h"

G_BEGIN_DECLS

/* Requests that wait for news. They cost no thread, no transaction and no connection to the database: one thread looks
 * at those whose account has news, whose time has come, or that have to go. */
typedef struct _CpdFeed CpdFeed;

typedef struct
{
  guint in_all;      /* more are refused */
  guint per_account; /* with one more the oldest is answered */
  /* Whether job can be answered; otherwise *until is when to look at the latest (monotonic, microseconds). last: it has
   * to be. In the feed's thread. */
  gboolean (*look) (gpointer job, gboolean last, gint64 *until);
  /* Takes job. In the feed's thread; after it the key may be used again. */
  void (*answer) (gpointer job);
} CpdFeedKind;

CpdFeed *cpd_feed_new (const CpdFeedKind *kind);
/* Answers what is held. */
void cpd_feed_free (CpdFeed *feed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdFeed, cpd_feed_free)

/* The place in the news before a first look, which happens outside: what comes after it is not missed. */
guint64 cpd_feed_place (CpdFeed *feed);
/* Holds job until there is news for account since place, or until. key names it for cpd_feed_leave. FALSE with
 * CP_ERROR_BUSY when there are too many: it is still the caller's. */
gboolean cpd_feed_hold (CpdFeed *feed, gint64 account, gpointer key, gpointer job, gint64 until, guint64 place,
                        GError **error);
/* These accounts have news. */
void cpd_feed_wake (CpdFeed *feed, const gint64 *accounts, guint n);
/* Nobody waits for that one any more: it goes without a look. Nothing happens when there is none of that key. */
void cpd_feed_leave (CpdFeed *feed, gpointer key);
/* From now on everything is answered at once. */
void cpd_feed_stop (CpdFeed *feed);
guint cpd_feed_count (CpdFeed *feed);

G_END_DECLS
