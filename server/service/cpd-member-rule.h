/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-part.h"
#include "cpd-store-member.h"

G_BEGIN_DECLS

#define CPD_UNTIL_YEARS 1 /* access with an end lasts this long at most */

/* What one may do with a member beyond ticking boxes. Flags, in the order of their names. */
typedef enum
{
  CPD_MEMBER_SEND = 1 << 0,   /* the invitation goes out now; whose access is over is invited again */
  CPD_MEMBER_RESEND = 1 << 1, /* once more */
  CPD_MEMBER_WITHDRAW = 1 << 2,
  CPD_MEMBER_END = 1 << 3,
  CPD_MEMBER_UNTIL = 1 << 4,
  CPD_MEMBER_RENEW = 1 << 5,
  CPD_MEMBER_MOBILE = 1 << 6,
  CPD_MEMBER_VIEW = 1 << 7,
  CPD_MEMBER_EMAIL = 1 << 8,
  CPD_MEMBER_GROUND = 1 << 9,
  CPD_MEMBER_ENDLESS = 1 << 10, /* access may get no end */
} CpdMemberAction;
/* After these a mail with the invitation goes out. */
#define CPD_MEMBER_MAILS (CPD_MEMBER_SEND | CPD_MEMBER_RESEND | CPD_MEMBER_MOBILE | CPD_MEMBER_EMAIL)

/* Who asks, and of which client, as far as the rules want to know. */
typedef struct
{
  gint64 account;
  guint parts;       /* CpPart that are held now */
  CpTime until;      /* 0: no end */
  gboolean deceased; /* the client: no invitation is mailed any more */
} CpdMemberAsker;

/* What the rules say of one asker and one member. */
typedef struct
{
  CpMemberState state;
  gboolean last;           /* nobody else holds settings without an end date */
  guint parts;             /* CpPart that are open now */
  guint pending;           /* CpPart that count from acceptance */
  guint give;              /* CpPart that may be given */
  guint take;              /* CpPart that may be taken */
  int refused[CP_N_PARTS]; /* CpRefusalReason of the box, -1 where it may be touched */
  guint actions;           /* CpdMemberAction */
  gboolean prolong;        /* the asker holds all that a later end would prolong */
  CpTime renewed;          /* the end that renewing gives; 0: none */
  CpTime latest;           /* the latest end that may be given; 0: none may */
} CpdMemberRule;

/* THE rules of user management, a pure function of facts. row is NULL for somebody without a membership. open: the
 * parts that the policy opens. others_stay: somebody else manages the users without an end date. */
void cpd_member_rule (const CpdMemberAsker *asker, const CpdMemberRow *row, guint open, gboolean others_stay,
                      CpTime now, GTimeZone *zone, CpdMemberRule *rule);

/* Whether access is over, or was never accepted and no invitation is open. */
gboolean cpd_member_is_over (CpMemberState state);
/* FALSE with the refusal as an error. */
gboolean cpd_member_may_give (const CpdMemberRule *rule, CpPart part, GError **error);
/* given: what is asked now, has: what is known already (both nullable). Dossier and settings need one, but for the
 * client. */
gboolean cpd_member_check_ground (const char *given, const char *has, guint parts, gboolean client, GError **error);

/* The last moment of a day, as until is stored. 0 when date is not a date. */
CpTime cpd_member_end_of_day (const char *date, GTimeZone *zone);
/* The latest end that this asker may give, as a moment. */
CpTime cpd_member_latest_end (const CpdMemberAsker *asker, CpTime now, GTimeZone *zone);
/* (transfer full): the names of what is allowed, for the wire. */
GStrv cpd_member_allowed (const CpdMemberRule *rule);

G_END_DECLS
