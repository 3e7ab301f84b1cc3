/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a session may be used for. A new token at every change. Stored as numbers: never renumber. */
typedef enum
{
  CPD_SESSION_NONE = 0,        /* no session: the public routes */
  CPD_SESSION_PENDING_SMS = 1, /* the password was right; a code is asked */
  CPD_SESSION_MUST_CHANGE = 2, /* logged in with a temporary password */
  CPD_SESSION_FULL = 3
} CpdSessionKind;

typedef enum
{
  CPD_SESSION_END_LOG_OUT = 1,
  CPD_SESSION_END_REPLACED = 2, /* by the next kind of the same login */
  CPD_SESSION_END_PASSWORD = 3, /* the password was changed in another session */
  CPD_SESSION_END_ELSEWHERE = 4,
  CPD_SESSION_END_ACCOUNT = 5 /* the person ended the account */
} CpdSessionEnd;

typedef enum
{
  CPD_MEMBERSHIP_INVITED = 1,
  CPD_MEMBERSHIP_ACTIVE = 2,
  CPD_MEMBERSHIP_DECLINED = 3,
  CPD_MEMBERSHIP_ENDED = 4
} CpdMembershipState;
