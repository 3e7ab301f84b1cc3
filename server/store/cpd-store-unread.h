/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* What is unread to whom; the one home of that rule. A card is unread to an account when its text came (or changed)
 * after the membership's unread_since, it is not much older than that moment itself (what an EHR hands over late is no
 * news; what it corrects late is), and the account has not read this text. Of what is of a month or a year its end
 * counts, as it may be of any day of that. */
typedef struct
{
  gint64 account;
  CpTime since;
} CpdUnread;

/* In a query over item: how long after at it may be of. */
#define CPD_UNREAD_PERIOD                                                                                              \
  "CASE length (item.partial_date) WHEN 4 THEN 31622400000000 WHEN 7 THEN 2678400000000 ELSE 0 END"

/* In a query over item: TRUE or FALSE of its row. ?1 is CpdUnread.account, ?2 its since. */
#define CPD_UNREAD                                                                                                     \
  "(item.seen > ?2 AND (item.at + " CPD_UNREAD_PERIOD " > ?2 - 1209600000000 OR item.seen > item.first_seen)"          \
  " AND NOT EXISTS (SELECT 1 FROM item_read r WHERE r.account = ?1 AND r.item = item.id AND r.at >= item.seen))"

/* In a query over item: the cards of a patient (a parameter) of which the text changed since they came. All of them are
 * in the index item_renewed, and no other. */
#define CPD_RENEWED(patient) "patient = " patient " AND removed IS NULL AND seen > first_seen"

gboolean cpd_store_unread_find (CpdDb *db, const CpdGrant *grant, CpdUnread *unread, GError **error);

/* In a writer job: this account has read this card as it came until then. CP_ERROR_NOT_FOUND when the grant's patient
 * has no such card among kinds (bits of CpDossierKind). Twice is the same as once. */
gboolean cpd_store_unread_read (CpdDb *db, const CpdGrant *grant, gint64 account, guint kinds, const char *public_id,
                                CpTime until, GError **error);
/* In a writer job: everything that came until then; never moves back. */
gboolean cpd_store_unread_read_all (CpdDb *db, const CpdGrant *grant, gint64 account, CpTime until, GError **error);

G_END_DECLS
