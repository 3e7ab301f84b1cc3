/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-member-rule.h"
#include "cpd-store-manager.h"

G_BEGIN_DECLS

/* Who asks, from the grant. */
CpdMemberAsker cpd_member_asker (const CpdCall *call);
/* What the rules say of a member and the asker. managers (element-type CpdManager): of the patient, asked once for all
 * rows; NULL where no row holds settings. row is NULL for somebody without a membership. */
void cpd_member_judge (CpdCall *call, GArray *managers, const CpdMemberRow *row, CpdMemberRule *rule);
/* The same for one row, whose managers it asks itself. */
gboolean cpd_member_judge_one (CpdCall *call, const CpdMemberRow *row, CpdMemberRule *rule, GError **error);
/* Fills in what the rules say, for the wire. row may be NULL. */
void cpd_member_fill (const CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule, CpMember *member);
/* Answers with one member as it is now. */
gboolean cpd_member_answer (CpdCall *call, const char *public_id, GError **error);

/* Whether one of the rows (element-type CpdMemberRow) is the client, or came from that contact of the EHR. */
gboolean cpd_member_rows_have_client (GPtrArray *rows);
gboolean cpd_member_rows_have_contact (GPtrArray *rows, gint64 contact);

G_END_DECLS
