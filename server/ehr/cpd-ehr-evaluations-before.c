/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was told before, under another name: the same card, and as old as it was. */
#include <string.h>

#include "cpd-ehr-evaluations-private.h"
#include "cpd-store-plan.h"

/* (nullable) (borrowed) */
static const char *
goal_words (const CpCarePlan *plan, gint64 number)
{
  for (guint i = 0; i < plan->goals->len; i++)
    {
      const CpPlanGoal *goal = g_ptr_array_index (plan->goals, i);

      if (goal->number == number)
        return goal->text;
    }
  return NULL;
}

static gboolean
tells_same (const CpPlanEvaluation *evaluation, const CpPlanEvaluation *other)
{
  return other->at == evaluation->at && other->state == evaluation->state &&
         g_str_equal (other->text, evaluation->text) && cpd_ehr_evaluations_author_may_be (evaluation, other);
}

static gboolean
has_same_words (const CpCarePlan *before, const CpPlanEvaluation *other, const CpCarePlan *plan,
                const CpPlanEvaluation *evaluation)
{
  return g_strcmp0 (goal_words (before, other->goal), goal_words (plan, evaluation->goal)) == 0;
}

/* How a resource stands, whose id says which goal it is. */
static gboolean
is_of_resource (GHashTable *judgements, const CpPlanEvaluation *evaluation)
{
  const char *goal = g_hash_table_lookup (judgements, evaluation);

  return goal != NULL && g_str_has_prefix (goal, "Goal/");
}

/* Of a goal inside the plan, whose words alone last, its place tells that it is the same one in other words. */
static gboolean
has_same_place (GHashTable *judgements, const CpPlanEvaluation *other, const CpPlanEvaluation *evaluation)
{
  return other->goal == evaluation->goal && !is_of_resource (judgements, evaluation);
}

/**
 * cpd_ehr_evaluations_seen:
 * @before: (nullable)
 *
 * When the plan told it before it had cards it is as old as that, in whatever words that was read before.
 */
CpTime
cpd_ehr_evaluations_seen (const CpdTelling *telling, const CpCarePlan *plan, const CpPlanEvaluation *evaluation,
                          const CpCarePlan *before)
{
  const CpdStorePlan *row = telling->row;

  if (telling->cards->anew && before != NULL)
    return row->seen;
  for (guint i = 0; before != NULL && i < before->evaluations->len; i++)
    {
      const CpPlanEvaluation *other = g_ptr_array_index (before->evaluations, i);

      if (other->item == NULL && tells_same (evaluation, other) &&
          (has_same_words (before, other, plan, evaluation) || has_same_place (telling->judgements, other, evaluation)))
        return row->seen;
    }
  return cp_time_now ();
}

/* (nullable) (borrowed): of ids, what plan calls now what before told already, and no card is called yet: of a goal in
 * the same words, or else in the same place. */
static const char *
id_now (const CpdTelling *telling, const CpCarePlan *before, const CpPlanEvaluation *other, const CpCarePlan *plan,
        const GPtrArray *ids, GHashTable *taken)
{
  const char *found = NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      const CpPlanEvaluation *evaluation = g_ptr_array_index (plan->evaluations, i);
      const char *id = g_ptr_array_index (ids, i);

      if (id == NULL || g_hash_table_contains (taken, id) || !tells_same (evaluation, other))
        continue;
      if (has_same_words (before, other, plan, evaluation))
        return id;
      if (found == NULL && has_same_place (telling->judgements, other, evaluation))
        found = id;
    }
  return found;
}

static gboolean
has_stem (const char *id, const char *stem, gsize length)
{
  return strncmp (id, stem, length) == 0 && id[length] == '@';
}

/* Cards that are called otherwise now. */
typedef struct
{
  const CpdTelling *telling;
  GPtrArray *known;  /* (borrowed) of CpdStorePlanCard */
  GHashTable *said;  /* set of ids that the plan tells now */
  GHashTable *taken; /* set of ids that a card is called by */
} Renaming;

static gboolean
rename_card (const Renaming *renaming, const char *old, const char *id, GError **error)
{
  g_hash_table_add (renaming->taken, g_strdup (id));
  return cpd_store_plan_rename_card (renaming->telling->cards->db, renaming->telling->row, old, id, error);
}

/* A goal is called otherwise now: so is what it said of earlier days. */
static gboolean
rename_goal (const Renaming *renaming, const char *old, const char *id, GError **error)
{
  gsize old_length = strcspn (old, "@");
  gsize length = strcspn (id, "@");

  if (!rename_card (renaming, old, id, error))
    return FALSE;
  for (guint i = 0; old[old_length] == '@' && id[length] == '@' && i < renaming->known->len; i++)
    {
      const CpdStorePlanCard *card = g_ptr_array_index (renaming->known, i);
      g_autofree char *name = NULL;

      if (!has_stem (card->id, old, old_length) || g_hash_table_contains (renaming->said, card->id))
        continue;
      name = g_strdup_printf ("%.*s%s", (int) length, id, card->id + old_length);
      if (!rename_card (renaming, card->id, name, error))
        return FALSE;
    }
  return TRUE;
}

/* (nullable) (borrowed): of known, the id of the card with that public_id. */
static const char *
find_card (GPtrArray *known, const char *public_id)
{
  for (guint i = 0; public_id != NULL && i < known->len; i++)
    {
      const CpdStorePlanCard *card = g_ptr_array_index (known, i);

      if (g_str_equal (card->public_id, public_id))
        return card->id;
    }
  return NULL;
}

/* (nullable) (borrowed): of known, the one covered card of that judgement by a goal that is there no more. */
static const char *
covered_before (GPtrArray *known, const char *id, GHashTable *days)
{
  const char *found = NULL;

  for (guint i = 0; i < known->len; i++)
    {
      const CpdStorePlanCard *card = g_ptr_array_index (known, i);
      const char *at = strchr (card->id, '@');
      g_autofree char *stem = g_strndup (card->id, strcspn (card->id, "@"));

      if (!card->covered || at == NULL || strcmp (at, strchr (id, '@')) != 0 || g_hash_table_contains (days, stem))
        continue;
      if (found != NULL)
        return NULL;
      found = card->id;
    }
  return found;
}

/* The plan before does not have what a resource told already. */
static gboolean
rename_covered (const Renaming *renaming, const CpCarePlan *plan, const GPtrArray *ids, GError **error)
{
  const CpdTelling *telling = renaming->telling;

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const char *old;

      if (id == NULL || strchr (id, '@') == NULL || g_hash_table_contains (renaming->taken, id) ||
          is_of_resource (telling->judgements, g_ptr_array_index (plan->evaluations, i)))
        continue;
      old = covered_before (renaming->known, id, telling->days);
      if (old != NULL && !rename_goal (renaming, old, id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
rename_told (const Renaming *renaming, const CpCarePlan *plan, const CpCarePlan *before, const GPtrArray *ids,
             GError **error)
{
  for (guint i = 0; i < before->evaluations->len; i++)
    {
      const CpPlanEvaluation *other = g_ptr_array_index (before->evaluations, i);
      const char *old = find_card (renaming->known, other->item);
      const char *id = old != NULL && !g_hash_table_contains (renaming->said, old)
                           ? id_now (renaming->telling, before, other, plan, ids, renaming->taken)
                           : NULL;

      if (id != NULL && !rename_goal (renaming, old, id, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_ehr_evaluations_rename:
 * @ids: (element-type utf8): of each evaluation of @plan, NULL of one without words
 *
 * A card that is called otherwise now, of a goal in other words or by an earlier version of this program, is the card
 * that it was, and stays read.
 */
gboolean
cpd_ehr_evaluations_rename (const CpdTelling *telling, const CpCarePlan *plan, const CpCarePlan *before,
                            const GPtrArray *ids, GError **error)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) known = cpd_store_plan_cards (telling->cards->db, telling->row, error);
  const Renaming renaming = { telling, known, said, taken };

  for (guint i = 0; i < ids->len; i++)
    if (g_ptr_array_index (ids, i) != NULL)
      g_hash_table_add (said, g_ptr_array_index (ids, i));
  for (guint i = 0; known != NULL && i < known->len; i++)
    g_hash_table_add (taken, g_strdup (((const CpdStorePlanCard *) g_ptr_array_index (known, i))->id));
  return known != NULL && rename_told (&renaming, plan, before, ids, error) &&
         rename_covered (&renaming, plan, ids, error);
}
