/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

typedef enum
{
  CP_INVITATION_OPEN,
  CP_INVITATION_ACCEPTED,
  CP_INVITATION_DECLINED,
  CP_INVITATION_EXPIRED,
  CP_INVITATION_WITHDRAWN
} CpInvitationState;
extern const char *const cp_invitation_state_names[];

/* Who hears of it when it is declined. */
typedef enum
{
  CP_TOLD_NOBODY, /* the organisation invites, and nobody manages users yet */
  CP_TOLD_INVITER,
  CP_TOLD_MANAGERS /* who manages users, since the inviter does not or is the organisation */
} CpTold;
extern const char *const cp_told_names[];

/* As the invited person sees it: of the patient nothing but initials and family name. */
typedef struct
{
  char *id;
  int state;            /* CpInvitationState */
  char *inviter;        /* (nullable): NULL when the organisation itself invites */
  char *client;         /* "W. de Bruin" */
  char *relation;       /* (nullable) */
  char *relation_words; /* (nullable): of cp_kin_names, or else in the words of the EHR */
  guint parts;          /* CpPart; 0: still to be chosen */
  char *access_until;   /* (nullable) date */
  CpTime accept_until;
  int told; /* CpTold */
} CpInvitation;
CP_DECLARE_RECORD (CpInvitation, cp_invitation)

typedef struct
{
  GPtrArray *invitations; /* CpInvitation: open ones first, then those that ended in the last 30 days */
} CpInvitationList;
CP_DECLARE_RECORD (CpInvitationList, cp_invitation_list)

G_END_DECLS
