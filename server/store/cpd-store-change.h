/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-changes.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Says that something changed for an account, in the transaction of that change. Whoever waits for it is told after the
 * commit. */
gboolean cpd_store_change_add (CpdDb *db, gint64 account, CpTopic topic, CpTime now, GError **error);
/* The same for whoever manages the access to a patient: who has it changed. */
gboolean cpd_store_change_add_managers (CpdDb *db, gint64 patient, CpTime now, GError **error);
/* Access or an invitation of a member changed: says so to the member and to whoever manages that access. */
gboolean cpd_store_change_add_member (CpdDb *db, gint64 membership, CpTime now, GError **error);

/* The whole feed: a row younger than *newest is news; what came before *oldest is forgotten. Both 0 without any. */
typedef struct
{
  gint64 newest; /* number of the last row that was written */
  gint64 oldest; /* of the first that is still there; newest + 1 when none is */
} CpdChangeSpan;
gboolean cpd_store_change_span (CpdDb *db, CpdChangeSpan *span, GError **error);
/* *topics: CpTopic of the account's rows after that number. */
gboolean cpd_store_change_since (CpdDb *db, gint64 account, gint64 after, guint *topics, GError **error);

/* What begins or ends by itself, without a row: *topics of what did after since, up to now; *next is when something
 * will then, 0 for nothing. */
gboolean cpd_store_change_ends (CpdDb *db, gint64 account, CpTime since, CpTime now, guint *topics, CpTime *next,
                                GError **error);

G_END_DECLS
