/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-invitation.h"
#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Invitations of an account: open ones, and those that ended after since. (element-type CpInvitation) */
GPtrArray *cpd_store_invitation_list (CpdDb *db, gint64 account, CpTime now, CpTime since, GTimeZone *zone,
                                      gboolean contacts, GError **error);
/* How many the account declined, of all clients. */
gboolean cpd_store_invitation_declined (CpdDb *db, gint64 account, gint64 *n, CpTime *last, GError **error);
gboolean cpd_store_invitation_count (CpdDb *db, gint64 account, CpTime now, gint64 *n, GError **error);

/* Adds an open invitation; from created on it is there. */
gboolean cpd_store_invitation_add (CpdDb *db, gint64 membership, gint64 inviter, CpTime created, CpTime expires,
                                   gint64 *id, GError **error);
/* One that nobody answered begins again, by another inviter perhaps. */
gboolean cpd_store_invitation_again (CpdDb *db, gint64 id, gint64 inviter, CpTime created, CpTime expires,
                                     GError **error);
/* Which mail carries it: a row of the outbox. */
gboolean cpd_store_invitation_carry (CpdDb *db, gint64 id, gint64 outbox, GError **error);
/* Its mail does not go out, if it has not gone yet. */
gboolean cpd_store_invitation_stop (CpdDb *db, gint64 id, GError **error);
/* As if it had never been: for one that has not begun. */
gboolean cpd_store_invitation_forget (CpdDb *db, gint64 id, GError **error);
gboolean cpd_store_invitation_withdraw (CpdDb *db, gint64 id, CpTime now, GError **error);
/* Open ones of an account, also those whose time is over, can be accepted until expires. */
gboolean cpd_store_invitation_renew (CpdDb *db, gint64 account, CpTime expires, GError **error);
/* Answers an open invitation of this account. CP_ERROR_NOT_FOUND when there is none of that id; CP_ERROR_CONFLICT when
 * it is not open any more. Accepting opens the membership; parts whose granter no longer holds them are ended. */
gboolean cpd_store_invitation_answer (CpdDb *db, gint64 account, const char *invitation_id, gboolean accept, CpTime now,
                                      CpdMembershipFacts *facts, GError **error);

G_END_DECLS
