/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-store-outbox.h"

G_BEGIN_DECLS

/* The mail that there is something new: one for everything, and no second one before the person has been in. Who gets
 * it is decided here, when a run over the EHR has ended and once more when the mail is handed over. */

/* SQL: the row of outbox o is what account a was told, and was refused, given up, dropped or failed by a restore: so it
 * told nothing, and the next news may be told. While that row is there; before it goes, news_waiting is taken back. */
#define CPD_NEWS_TOLD_NOTHING                                                                                          \
  "(o.account = a.id AND o.created = a.news_told AND o.template = 'something-new' AND o.failed IS NOT NULL"            \
  " AND o.sent IS NULL)"

/* (transfer full) (element-type gint64): accounts to which it may be told. */
GArray *cpd_store_news_accounts (CpdDb *db, GError **error);
/* *found: something came that the start screen will call new, in a part that the account may read now. */
gboolean cpd_store_news_find (CpdDb *db, const CpdConfig *config, gint64 account, CpTime now, gboolean *found,
                              GError **error);
/* In a writer job: when there is something, a mail waits from now on, and it counts as told. */
gboolean cpd_store_news_tell (CpdDb *db, const CpdConfig *config, gint64 account, CpTime now, GError **error);
/* Of a row that was taken to be handed over. *held: it does not go now, which is written; another kind of mail never
 * is. */
gboolean cpd_store_news_hold (CpdDb *db, const CpdConfig *config, const CpdOutboxRow *row, CpTime now, gboolean *held,
                              GError **error);

/* The person has been in: the next mail may come. */
gboolean cpd_store_news_seen (CpdDb *db, gint64 account, CpTime now, GError **error);

/* A client's dossier is here: what comes from now on is new. everything: all that the run asked for came. */
gboolean cpd_store_news_loaded (CpdDb *db, const char *source, gboolean everything, CpTime now, GError **error);

/* Whether it may be mailed, and when not: minutes of the day in the organisation's zone, -1 both: whenever. */
typedef struct
{
  gboolean mail;
  int quiet_from;
  int quiet_until; /* from then on it may */
} CpdNewsChoice;
gboolean cpd_store_news_choice (CpdDb *db, gint64 account, CpdNewsChoice *choice, GError **error);
gboolean cpd_store_news_choose (CpdDb *db, gint64 account, const CpdNewsChoice *choice, CpTime now, GError **error);

G_END_DECLS
