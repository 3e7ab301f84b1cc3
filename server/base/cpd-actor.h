/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-part.h"
#include "cp-start.h"
#include "cp-time.h"
#include "cpd-session-kind.h"

G_BEGIN_DECLS

/* Who asks: what the session row says. All zero for somebody without a session. */
typedef struct
{
  gint64 session;
  CpdSessionKind kind;
  gint64 account;
  gint64 attempt;
  gint64 device;
  gboolean shared;
  CpTime last_used;
  CpTime expires;
  CpTime visit;          /* of the account: the present login, of which there may be several sessions */
  CpTime previous_visit; /* before that; 0: this is the first */
} CpdActor;

/* One account's tie to one patient as the rows say, before any judgement: the facts of the policy. */
typedef struct
{
  gint64 membership;
  gint64 patient;
  int state;             /* CpdMembershipState */
  CpTime accepted;       /* 0: not */
  CpTime until;          /* 0: no end */
  CpTime ended;          /* 0: not */
  guint parts;           /* CpPart: rows that are not ended */
  gboolean linked;       /* the EHR knows the patient: until then nothing of them was ever fetched */
  gboolean deceased;     /* the patient */
  CpTime read_at;        /* when the newest run of the sync began that read all of the patient's; 0: none has, */
  gboolean put_back;     /* since a backup was put back: what is here may be withdrawn, or somebody else's, by now */
  gboolean waits;        /* something of the patient's waits for what the source could not give */
  CpTime visited;        /* the login of the account in which this client was last looked at; 0: none */
  CpTime visited_before; /* and the one before it; 0: none */
} CpdMembershipFacts;

/* What a member may do with a patient: the "allowed" of every answer, so that the app knows no roles. Flags. */
typedef enum
{
  CPD_ACTION_READ_APPOINTMENTS = 1 << 0,
  CPD_ACTION_READ_DOSSIER = 1 << 1,
  CPD_ACTION_READ_PROFILE = 1 << 2,
  CPD_ACTION_MANAGE_MEMBERS = 1 << 3
} CpdAction;
#define CPD_N_ACTIONS 4
extern const char *const cpd_action_names[];

/* A row of user management that somebody looks through, as the rows say. */
typedef struct
{
  gboolean found;           /* the patient has such a row */
  CpdMembershipFacts facts; /* membership 0: somebody whom the EHR knows, or the patient, without one */
  gint64 contact;           /* whom the EHR knows, without one; 0: a member or the patient */
  gint64 account;           /* 0: the same */
  CpTime last_login;        /* 0: never */
  guint counting;           /* CpPart of facts.parts: those that count when it is accepted now */
} CpdViewed;

/* What the policy allows: store functions take the patient from here, never from the request. */
typedef struct
{
  gint64 patient;
  gint64 membership;     /* whose eyes it is seen with: the asker's, or those of the member that is looked through */
  gint64 contact;        /* whom the EHR knows, who is looked through and has no membership; otherwise 0 */
  gint64 account;        /* of that membership */
  CpTime previous_visit; /* of that account to this patient; 0: none */
  gboolean visits;       /* the first look of the asker at this patient in this visit, unless something else is known */
  CpTime accepts;        /* when a member that is looked through would accept, who has not yet: now */
  gboolean viewed;       /* through the eyes of another member */
  gboolean linked;       /* as in the facts */
  gboolean deceased;     /* as in the facts */
  CpTime read_at;        /* as in the facts */
  gboolean put_back;     /* as in the facts */
  gboolean waits;        /* as in the facts */
  CpTime until;          /* as in the facts: 0: no end */
  guint parts;           /* CpPart that are open now */
  guint actions;         /* CpdAction */
  guint shared; /* bits of CpFreshKind: what the organisation shares with anybody; of who is put back nothing */
} CpdGrant;

/* Whether what the EHR says of this kind may be shown. */
static inline gboolean
cpd_grant_shares (const CpdGrant *grant, CpFreshKind kind)
{
  return (grant->shared & (1u << kind)) != 0;
}

G_END_DECLS
