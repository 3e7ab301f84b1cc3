/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* The words of a row of user management. Results that are not const are (transfer full). */

/* How a state looks beside its words. */
typedef struct
{
  const char *icon;
  const char *css_class; /* "good", "waits", "bad" or "quiet" */
} CpaMemberLook;

/* Withdrawn, declined or ended: of whom the server tells no login any more, and a tick begins anew. */
gboolean cpa_member_is_over (const CpMember *member);
/* "Daughter (you)" */
char *cpa_member_relation (const CpMember *member);
/* (nullable): "Access as: mentor"; of who has access, or gets it. */
const char *cpa_member_ground (const CpMember *member);
char *cpa_member_state (const CpMember *member, GTimeZone *zone);
/* (nullable): what is to be said under the state: no rights yet, or that they wait. */
const char *cpa_member_state_more (CpaMember *member);
/* The end and the last visit in lines, where they have no place of their own. */
char *cpa_member_rest (const CpMember *member, const CpMemberOptions *options, GTimeZone *zone);
const CpaMemberLook *cpa_member_state_look (const CpMember *member);
/* "always", a date, or a dash for who has no access. */
char *cpa_member_until (const CpMember *member);
/* (nullable): "14 more days", when the end is near. */
char *cpa_member_until_more (const CpMember *member, const CpMemberOptions *options, GTimeZone *zone);
char *cpa_member_last_login (const CpMember *member, GTimeZone *zone);

/* Why a box may not be touched. */
char *cpa_member_refusal (const CpMember *member, int reason, const CpOrganisation *organisation);
/* What a screen reader hears behind "Dossier for Anna Smit"; NULL when there is nothing to add. */
char *cpa_member_box (CpaMember *member, CpPart part, const CpOrganisation *organisation);
/* Why it was not done, in one line; not_changed (nullable) is what else is said where it surely was not. */
char *cpa_member_failure (const GError *error, const char *not_changed, const CpOrganisation *organisation);

G_END_DECLS
