/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-policy.h"

static const struct
{
  CpPart part;
  CpdAction action;
} actions[] = {
  { CP_PART_APPOINTMENTS, CPD_ACTION_READ_APPOINTMENTS },
  { CP_PART_DOSSIER, CPD_ACTION_READ_DOSSIER },
  { CP_PART_PROFILE, CPD_ACTION_READ_PROFILE },
  { CP_PART_SETTINGS, CPD_ACTION_MANAGE_MEMBERS },
};

/**
 * cpd_policy_judge:
 * @open: (out): accepted, active and not over: the patient is in the member's list, with or without parts
 *
 * Returns: CpPart flags that are open now; 0 when the membership is not.
 */
guint
cpd_policy_judge (const CpdMembershipFacts *facts, CpTime now, gboolean *open)
{
  *open = facts->membership != 0 && facts->state == CPD_MEMBERSHIP_ACTIVE && facts->accepted != 0 &&
          facts->ended == 0 && (facts->until == 0 || facts->until > now);
  return *open ? facts->parts & CP_PART_ALL : 0;
}

static void
set_actions (CpdGrant *grant)
{
  grant->actions = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if ((grant->parts & actions[i].part) != 0)
      grant->actions |= actions[i].action;
}

static gboolean
session_is_allowed (const CpdRouteRow *row, const CpdActor *actor)
{
  if (row->sessions == CPD_ANYBODY)
    return TRUE;
  return actor->session != 0 && (row->sessions & (1u << actor->kind)) != 0;
}

/* To this patient, which the account may have been in without: who accepted in this visit was never here before, and
 * who did so in one before it not earlier. */
static CpTime
previous_visit (const CpdActor *actor, const CpdMembershipFacts *facts)
{
  if (actor->previous_visit == 0 || facts->accepted > actor->visit)
    return 0;
  return MAX (facts->visited == actor->visit ? facts->visited_before : facts->visited, facts->accepted);
}

/**
 * cpd_policy_decide:
 * @facts: (nullable): of the actor and the patient in the path
 * @unshared: bits of CpFreshKind that the organisation shows to nobody
 * @grant: (out caller-allocates)
 * @refused: (out): "not yours" and "does not exist" are the same CP_ERROR_NOT_FOUND
 */
gboolean
cpd_policy_decide (const CpdRouteRow *row, const CpdActor *actor, const CpdMembershipFacts *facts, guint unshared,
                   CpTime now, CpdGrant *grant, CpErrorCode *refused)
{
  gboolean open;

  *grant = (CpdGrant){ 0 };
  *refused = CP_ERROR_UNAUTHENTICATED;
  if (!session_is_allowed (row, actor))
    return FALSE;
  if (row->parts == CPD_NO_PATIENT)
    return TRUE;
  *refused = CP_ERROR_NOT_FOUND;
  if (facts == NULL)
    return FALSE;
  grant->parts = cpd_policy_judge (facts, now, &open);
  if ((grant->parts & row->parts) == 0)
    {
      *grant = (CpdGrant){ 0 };
      return FALSE;
    }
  grant->patient = facts->patient;
  grant->membership = facts->membership;
  grant->linked = facts->linked;
  grant->deceased = facts->deceased;
  grant->read_at = facts->read_at;
  grant->put_back = facts->put_back;
  grant->waits = facts->waits;
  grant->until = facts->until;
  grant->account = actor->account;
  grant->previous_visit = previous_visit (actor, facts);
  grant->visits = facts->visited != actor->visit;
  grant->shared = facts->put_back ? 0 : ~unshared;
  set_actions (grant);
  return TRUE;
}

/* What waits for an answer, and would count now. */
static guint
waiting_parts (const CpdViewed *viewed, CpTime now)
{
  const CpdMembershipFacts *facts = &viewed->facts;
  gboolean waits =
      facts->state == CPD_MEMBERSHIP_INVITED && facts->ended == 0 && (facts->until == 0 || facts->until > now);

  return waits ? viewed->counting & CP_PART_ALL : 0;
}

/**
 * cpd_policy_view_as:
 * @viewed: of the patient of @grant
 * @asked: CpPart: as if these were ticked; 0: as it is
 * @grant: (inout): as cpd_policy_decide() made it for who asks
 * @refused: (out)
 */
gboolean
cpd_policy_view_as (const CpdRouteRow *row, const CpdActor *actor, const CpdViewed *viewed, guint asked, CpTime now,
                    CpdGrant *grant, CpErrorCode *refused)
{
  gboolean open;
  guint parts = cpd_policy_judge (&viewed->facts, now, &open);

  *refused = CP_ERROR_NOT_FOUND;
  if (!open)
    parts = waiting_parts (viewed, now);
  if (asked != 0)
    parts = asked;
  parts &= grant->parts;
  if ((grant->parts & CP_PART_SETTINGS) == 0 || !viewed->found || viewed->account == actor->account ||
      viewed->facts.patient != grant->patient || (parts & row->parts) == 0)
    {
      *grant = (CpdGrant){ 0 };
      return FALSE;
    }
  grant->parts = parts;
  grant->membership = viewed->facts.membership;
  grant->contact = viewed->contact;
  grant->account = viewed->account;
  /* Whether somebody who has not accepted was ever in is not told, not even by what would be new to them. */
  grant->previous_visit = open && viewed->last_login != 0 ? MAX (viewed->facts.visited, viewed->facts.accepted) : 0;
  grant->visits = FALSE;
  grant->until = viewed->facts.until;
  grant->accepts = now;
  grant->viewed = TRUE;
  set_actions (grant);
  return TRUE;
}
