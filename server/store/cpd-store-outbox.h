/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

typedef enum
{
  CPD_OUTBOX_SMS = 1,
  CPD_OUTBOX_MAIL = 2
} CpdOutboxKind;

/* One thing to send. Neither text nor secret is in it: what to say is made from the template when it is handed over. */
typedef struct
{
  gint64 id;
  CpdOutboxKind kind;
  char *template_name;
  gint64 account;
  gint64 attempt; /* 0: none */
  CpTime created;
  CpTime give_up; /* after this it has failed */
  int tries;
} CpdOutboxRow;

void cpd_outbox_row_free (CpdOutboxRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdOutboxRow, cpd_outbox_row_free)

/* number_hash may be NULL (a mail). */
gboolean cpd_store_outbox_add (CpdDb *db, CpdOutboxKind kind, const char *template_name, gint64 account, gint64 attempt,
                               const guchar *number_hash, CpTime now, CpTime give_up, GError **error);
/* (nullable) (transfer full): the row that is due longest. */
CpdOutboxRow *cpd_store_outbox_due (CpdDb *db, CpTime now, GError **error);
/* When the next row falls due; 0: none waits. */
gboolean cpd_store_outbox_next (CpdDb *db, CpTime *when, GError **error);
gboolean cpd_store_outbox_sent (CpdDb *db, gint64 id, CpTime now, GError **error);
gboolean cpd_store_outbox_retry (CpdDb *db, gint64 id, CpTime next_try, GError **error);
gboolean cpd_store_outbox_failed (CpdDb *db, gint64 id, CpTime now, GError **error);

/* How many codes went to an account or to its number, whichever had more: the facts of the limits. */
typedef struct
{
  CpTime newest;  /* 0: none in the last day */
  int in_quarter; /* of an hour */
  CpTime quarter_oldest;
  int in_day;
  CpTime day_oldest;
} CpdSmsCount;
gboolean cpd_store_outbox_count_sms (CpdDb *db, gint64 account, const guchar *number_hash, CpTime now,
                                     CpdSmsCount *count, GError **error);

G_END_DECLS
