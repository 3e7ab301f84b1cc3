/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-member-rule.h"

#include <string.h>

#include "cpd-session-kind.h"

static const char *const action_names[] = { "send",   "resend", "withdraw", "end",    "until",  "renew",
                                            "mobile", "view",   "email",    "ground", "endless" };

#define OPEN_INVITATION                                                                                                \
  (1u << CP_MEMBER_NOT_INVITED | 1u << CP_MEMBER_INVITED | 1u << CP_MEMBER_EXPIRED | 1u << CP_MEMBER_UNDELIVERED)
#define CLOSED (1u << CP_MEMBER_WITHDRAWN | 1u << CP_MEMBER_DECLINED | 1u << CP_MEMBER_ENDED)
/* Nobody comes in without one that has still to go out. */
#define NEEDS_INVITATION (1u << CP_MEMBER_KNOWN | 1u << CP_MEMBER_NOT_INVITED | 1u << CP_MEMBER_EXPIRED | CLOSED)

/* In which states (bits of CpMemberState) each can be done, if nothing else is against it. */
static const struct
{
  CpdMemberAction action;
  guint states;
} possible[] = {
  { CPD_MEMBER_SEND, 1u << CP_MEMBER_NOT_INVITED | CLOSED },
  { CPD_MEMBER_RESEND, 1u << CP_MEMBER_INVITED | 1u << CP_MEMBER_EXPIRED | 1u << CP_MEMBER_UNDELIVERED },
  { CPD_MEMBER_WITHDRAW, OPEN_INVITATION & ~(1u << CP_MEMBER_NOT_INVITED) },
  { CPD_MEMBER_END, 1u << CP_MEMBER_NOT_INVITED | 1u << CP_MEMBER_ACTIVE },
  { CPD_MEMBER_UNTIL, OPEN_INVITATION | 1u << CP_MEMBER_ACTIVE },
  { CPD_MEMBER_MOBILE, OPEN_INVITATION },
  { CPD_MEMBER_EMAIL, OPEN_INVITATION },
  { CPD_MEMBER_GROUND, OPEN_INVITATION | 1u << CP_MEMBER_ACTIVE },
};

static gboolean
is_one_of (CpMemberState state, guint states)
{
  return (states & (1u << state)) != 0;
}

static CpMemberState
state_of_invitation (const CpdMemberRow *row, CpTime now)
{
  if (row->invitation == 0 || row->invited > now)
    return CP_MEMBER_NOT_INVITED;
  if (row->invitation_state == CP_INVITATION_WITHDRAWN)
    return CP_MEMBER_WITHDRAWN;
  if (row->undelivered)
    return CP_MEMBER_UNDELIVERED;
  return row->expires <= now ? CP_MEMBER_EXPIRED : CP_MEMBER_INVITED;
}

static CpMemberState
state_of (const CpdMemberRow *row, CpTime now)
{
  const CpdMembershipFacts *facts = &row->facts;

  if (facts->state == CPD_MEMBERSHIP_ENDED || facts->ended != 0 || (facts->until != 0 && facts->until <= now))
    return CP_MEMBER_ENDED;
  if (facts->state == CPD_MEMBERSHIP_DECLINED)
    return CP_MEMBER_DECLINED;
  if (facts->state == CPD_MEMBERSHIP_ACTIVE)
    return CP_MEMBER_ACTIVE;
  return state_of_invitation (row, now);
}

/**
 * cpd_member_end_of_day:
 * @date: (nullable)
 */
CpTime
cpd_member_end_of_day (const char *date, GTimeZone *zone)
{
  CpTime begins = cp_time_of_local (date, 0, zone);

  return begins != 0 ? cp_time_day_ends (begins, 0, 0, zone) : 0;
}

/**
 * cpd_member_latest_end:
 */
CpTime
cpd_member_latest_end (const CpdMemberAsker *asker, CpTime now, GTimeZone *zone)
{
  CpTime latest = cp_time_day_ends (now, CPD_UNTIL_YEARS, 0, zone);

  return asker->until != 0 ? MIN (asker->until, latest) : latest;
}

/* The same length again, from the day on which it would have ended. */
static CpTime
renewed_end (const CpdMemberRow *row, CpTime latest, GTimeZone *zone)
{
  CpTime end;

  if (row->facts.until == 0)
    return 0;
  end = MIN (cp_time_day_ends (row->facts.until, 0, (int) MAX (1, row->until_days), zone), latest);
  return end > row->facts.until ? end : 0;
}

/* -1: nothing against giving this part. */
static int
against_giving (const CpdMemberAsker *asker, const CpdMemberRow *row, CpMemberState state, CpPart part)
{
  if (row != NULL && row->account == asker->account)
    return CP_REFUSAL_SELF;
  if (asker->deceased && is_one_of (state, NEEDS_INVITATION))
    return CP_REFUSAL_DECEASED;
  if ((asker->parts & part) == 0)
    return CP_REFUSAL_NOT_HELD;
  /* Whoever begins anew gets the asker's own end. */
  if (asker->until == 0 || row == NULL || is_one_of (state, CLOSED))
    return -1;
  return row->facts.until == 0 || row->facts.until > asker->until ? CP_REFUSAL_OWN_END : -1;
}

static void
judge_boxes (const CpdMemberAsker *asker, const CpdMemberRow *row, CpdMemberRule *rule)
{
  for (int i = 0; i < CP_N_PARTS; i++)
    {
      CpPart part = 1u << i;
      gboolean ticked = ((rule->parts | rule->pending) & part) != 0;

      if (ticked)
        rule->refused[i] = part == CP_PART_SETTINGS && rule->last ? CP_REFUSAL_LAST_SETTINGS : -1;
      else
        rule->refused[i] = against_giving (asker, row, rule->state, part);
      if (rule->refused[i] < 0)
        *(ticked ? &rule->take : &rule->give) |= part;
    }
}

static void
judge_actions (const CpdMemberAsker *asker, const CpdMemberRow *row, CpdMemberRule *rule)
{
  gboolean self = row->account == asker->account;

  for (gsize i = 0; i < G_N_ELEMENTS (possible); i++)
    if (is_one_of (rule->state, possible[i].states))
      rule->actions |= possible[i].action;
  if (rule->last)
    rule->actions &= ~(CPD_MEMBER_END | CPD_MEMBER_UNTIL);
  if (self)
    rule->actions &= CPD_MEMBER_END;
  if (asker->deceased)
    rule->actions &= ~CPD_MEMBER_MAILS;
  /* Who has been in with a code has a number that works, and changes it alone. */
  if (!row->made_account || row->last_login != 0)
    rule->actions &= ~CPD_MEMBER_MOBILE;
  /* An address is the way to the account: it moves only while the account is nobody's but the managers' of this client.
   */
  if (!row->made_account || !row->untouched)
    rule->actions &= ~CPD_MEMBER_EMAIL;
  /* The client needs none, and who holds nothing that needs one is asked with the box. */
  if (row->client || ((rule->parts | rule->pending) & CP_PARTS_GROUNDED) == 0)
    rule->actions &= ~CPD_MEMBER_GROUND;
}

/* A later end than there is prolongs what the member holds: only for who holds all of that. */
static void
judge_end (const CpdMemberAsker *asker, const CpdMemberRow *row, CpTime now, GTimeZone *zone, CpdMemberRule *rule)
{
  CpTime latest;

  if ((rule->actions & CPD_MEMBER_UNTIL) == 0)
    return;
  latest = cpd_member_latest_end (asker, now, zone);
  rule->latest = rule->prolong || row->facts.until == 0 ? latest : MIN (latest, row->facts.until);
  if (asker->until == 0 && (rule->prolong || row->facts.until == 0))
    rule->actions |= CPD_MEMBER_ENDLESS;
  rule->renewed = rule->prolong ? renewed_end (row, latest, zone) : 0;
  if (rule->renewed != 0)
    rule->actions |= CPD_MEMBER_RENEW;
}

/**
 * cpd_member_rule:
 * @row: (nullable)
 * @open: CpPart that the policy opens for this membership
 * @others_stay: another membership holds settings without an end date
 * @rule: (out caller-allocates)
 *
 * One gives only parts that one holds, never to oneself and for no longer than one has them, and a later end gives
 * them all anew; the last who holds settings without an end date keeps it, and gets no end. Of who has died nobody
 * new is invited.
 */
void
cpd_member_rule (const CpdMemberAsker *asker, const CpdMemberRow *row, guint open, gboolean others_stay, CpTime now,
                 GTimeZone *zone, CpdMemberRule *rule)
{
  memset (rule, 0, sizeof *rule);
  rule->last = (open & CP_PART_SETTINGS) != 0 && !others_stay;
  rule->state = row != NULL ? state_of (row, now) : CP_MEMBER_KNOWN;
  rule->parts = open;
  rule->pending = row != NULL && is_one_of (rule->state, OPEN_INVITATION) ? row->counting : 0;
  rule->prolong = ((rule->parts | rule->pending) & ~asker->parts) == 0;
  judge_boxes (asker, row, rule);
  /* Before anything was ticked too. */
  if (row == NULL || row->account != asker->account)
    rule->actions |= CPD_MEMBER_VIEW;
  if (row == NULL)
    return;
  judge_actions (asker, row, rule);
  judge_end (asker, row, now, zone, rule);
}

/**
 * cpd_member_is_over:
 */
gboolean
cpd_member_is_over (CpMemberState state)
{
  return is_one_of (state, CLOSED);
}

/**
 * cpd_member_may_give:
 * @part: one part
 */
gboolean
cpd_member_may_give (const CpdMemberRule *rule, CpPart part, GError **error)
{
  static const CpErrorCode codes[] = {
    [CP_REFUSAL_SELF] = CP_ERROR_SELF,         [CP_REFUSAL_NOT_HELD] = CP_ERROR_NOT_HELD,
    [CP_REFUSAL_OWN_END] = CP_ERROR_OWN_END,   [CP_REFUSAL_LAST_SETTINGS] = CP_ERROR_LAST_SETTINGS,
    [CP_REFUSAL_DECEASED] = CP_ERROR_DECEASED,
  };

  for (int i = 0; i < CP_N_PARTS; i++)
    if (part == 1u << i && rule->refused[i] >= 0)
      {
        g_set_error (error, CP_ERROR, codes[rule->refused[i]], "this box may not be ticked");
        return FALSE;
      }
  return TRUE;
}

/**
 * cpd_member_check_ground:
 * @given: (nullable)
 * @has: (nullable)
 */
gboolean
cpd_member_check_ground (const char *given, const char *has, guint parts, gboolean client, GError **error)
{
  if (given != NULL && *given != '\0' && !g_strv_contains (cp_ground_names, given))
    {
      cp_error_set_field_reason (error, "ground", "unknown", NULL);
      return FALSE;
    }
  if ((given != NULL && *given != '\0') || has != NULL || client || (parts & CP_PARTS_GROUNDED) == 0)
    return TRUE;
  cp_error_set_field_reason (error, "ground", "required", NULL);
  return FALSE;
}

/**
 * cpd_member_allowed:
 */
GStrv
cpd_member_allowed (const CpdMemberRule *rule)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GStrv allowed;

  for (int i = 0; i < CP_N_PARTS; i++)
    if (((rule->give | rule->take) & (1u << i)) != 0)
      {
        g_autofree char *name = g_strconcat ((rule->give & (1u << i)) != 0 ? "give:" : "take:", cp_part_names[i], NULL);
        g_strv_builder_add (builder, name);
      }
  for (gsize i = 0; i < G_N_ELEMENTS (action_names); i++)
    if ((rule->actions & (1u << i)) != 0)
      g_strv_builder_add (builder, action_names[i]);
  allowed = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return allowed;
}
