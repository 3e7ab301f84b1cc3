/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-content.h"

#include "cpd-ehr-freshness.h"

/**
 * cpd_content_is_shown:
 */
gboolean
cpd_content_is_shown (const CpdCall *call, CpFreshKind kind)
{
  return cpd_grant_shares (&call->grant, kind);
}

static guint
cards_of (const CpdCall *call, gboolean (*is) (const CpdCall *call, CpFreshKind kind))
{
  guint cards = 0;

  for (guint i = 0; i < CP_DOSSIER_N_KINDS; i++)
    if (is (call, cp_fresh_kinds_of_cards[i]))
      cards |= 1u << i;
  return cards;
}

static gboolean
is_shared (const CpdCall *call, CpFreshKind kind)
{
  return cpd_config_shares (call->services->config, kind);
}

/**
 * cpd_content_cards:
 *
 * Returns: bits of CpDossierKind
 */
guint
cpd_content_cards (const CpdCall *call)
{
  return cards_of (call, cpd_content_is_shown);
}

/**
 * cpd_content_state:
 * @filled: whether there is at least one row
 *
 * Of who is put back nothing counts as fetched (cpd_ehr_freshness()). What the organisation does not share is not
 * shown, also when rows are there from before.
 */
CpContentState
cpd_content_state (const CpdCall *call, const CpFreshness *freshness, CpFreshKind kind, gboolean filled)
{
  if (!is_shared (call, kind))
    return CP_CONTENT_NOT_SHARED;
  if (filled)
    return CP_CONTENT_FILLED;
  for (guint i = 0; i < freshness->kinds->len; i++)
    {
      const CpFreshPart *part = freshness->kinds->pdata[i];
      if (part->kind == (int) kind && part->fetched_at == 0)
        return CP_CONTENT_NOT_FETCHED;
    }
  return CP_CONTENT_EMPTY;
}

/**
 * cpd_content_state_of_cards:
 * @cards: bits of CpDossierKind, of those that are shown
 * @filled: whether there is at least one card
 *
 * Returns: of no cards, what the first kind that could be there tells.
 */
CpContentState
cpd_content_state_of_cards (const CpdCall *call, const CpFreshness *freshness, guint cards, gboolean filled)
{
  if (filled)
    return CP_CONTENT_FILLED;
  if (call->grant.put_back)
    cards = cards_of (call, is_shared);
  for (guint i = 0; i < CP_DOSSIER_N_KINDS; i++)
    if ((cards & (1u << i)) != 0)
      return cpd_content_state (call, freshness, cp_fresh_kinds_of_cards[i], FALSE);
  return CP_CONTENT_NOT_SHARED;
}

/**
 * cpd_content_allowed:
 *
 * Returns: (transfer full): as the policy wrote it into the grant.
 */
GStrv
cpd_content_allowed (const CpdCall *call)
{
  GStrv allowed = g_new0 (char *, CPD_N_ACTIONS + 1);
  guint n = 0;

  for (int i = 0; i < CPD_N_ACTIONS; i++)
    if ((call->grant.actions & (1u << i)) != 0)
      allowed[n++] = g_strdup (cpd_action_names[i]);
  return allowed;
}

static const struct
{
  CpPart part;
  guint kinds; /* bits of CpFreshKind */
} kinds_of_parts[] = {
  { CP_PART_APPOINTMENTS, 1u << CP_FRESH_APPOINTMENTS },
  { CP_PART_DOSSIER, 1u << CP_FRESH_REPORTS | 1u << CP_FRESH_FORMS | 1u << CP_FRESH_PLANS },
  { CP_PART_PROFILE, 1u << CP_FRESH_PROFILE | 1u << CP_FRESH_CONTACTS },
};

/* What was fetched is of others: of this patient there is nothing yet, whatever the runs were like. */
static void
set_never (CpFreshness *freshness)
{
  freshness->state = CP_FRESH_NEVER;
  freshness->fetched_at = 0;
  freshness->slot_at = 0;
  for (guint i = 0; i < freshness->kinds->len; i++)
    {
      CpFreshPart *part = freshness->kinds->pdata[i];
      part->state = CP_FRESH_NEVER;
      part->fetched_at = 0;
    }
}

/**
 * cpd_content_freshness_of:
 * @kinds: bits of CpFreshKind
 *
 * Returns: (transfer full): NULL with an error.
 */
CpFreshness *
cpd_content_freshness_of (CpdCall *call, guint kinds, GError **error)
{
  CpFreshness *freshness = cpd_ehr_freshness (call->db, call->services->config, &call->grant, call->now, kinds, error);

  if (freshness != NULL && !call->grant.linked)
    set_never (freshness);
  return freshness;
}

/**
 * cpd_content_freshness:
 * @parts: CpPart flags; kinds of other parts stay out of the answer
 *
 * Returns: (transfer full): NULL with an error.
 */
CpFreshness *
cpd_content_freshness (CpdCall *call, guint parts, GError **error)
{
  guint kinds = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds_of_parts); i++)
    if ((parts & kinds_of_parts[i].part) != 0)
      kinds |= kinds_of_parts[i].kinds;
  return cpd_content_freshness_of (call, kinds, error);
}
