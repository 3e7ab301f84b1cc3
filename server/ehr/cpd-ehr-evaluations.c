/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-evaluations.h"

#include <string.h>

#include "cp-dossier-item.h"
#include "cpd-ehr-text.h"
#include "cpd-store-care-plan.h"
#include "cpd-store-ehr.h"

#define NAME_LENGTH 16 /* of a hash */

/* As the app says them: a card has text only, so how the goal stands is read and found there as words. */
static const char *const states[] = {
  [CP_GOAL_PLANNED] = "Gepland",
  [CP_GOAL_IN_PROGRESS] = "Loopt",
  [CP_GOAL_BETTER] = "Gaat vooruit",
  [CP_GOAL_WORSE] = "Gaat achteruit",
  [CP_GOAL_SAME] = "Blijft gelijk",
  [CP_GOAL_NO_PROGRESS] = "Nog geen vooruitgang",
  [CP_GOAL_ACHIEVED] = "Bereikt",
  [CP_GOAL_NOT_ACHIEVED] = "Niet bereikt",
  [CP_GOAL_NOT_FEASIBLE] = "Niet haalbaar",
  [CP_GOAL_STOPPED] = "Gestopt",
  [CP_GOAL_ON_HOLD] = "Tijdelijk gestopt",
  [CP_GOAL_CLOSED] = "Afgesloten",
};

/* (transfer full) (nullable) */
static char *
text_of (const CpPlanEvaluation *evaluation)
{
  const char *state =
      evaluation->state >= 0 && evaluation->state < (int) G_N_ELEMENTS (states) ? states[evaluation->state] : NULL;
  g_autofree char *both = NULL;

  if (state == NULL)
    return cpd_ehr_text_block (evaluation->text, CPD_EHR_TEXT_MAX, NULL);
  both = g_strconcat (state, ".", *evaluation->text != '\0' ? " " : "", evaluation->text, NULL);
  return cpd_ehr_text_block (both, CPD_EHR_TEXT_MAX, NULL);
}

/* (nullable) (borrowed): the Goal with that number. */
static const char *
goal_key (GHashTable *keys, gint64 number)
{
  GHashTableIter iter;
  gpointer key;
  gpointer goal;

  g_hash_table_iter_init (&iter, keys);
  while (number != 0 && g_hash_table_iter_next (&iter, &key, &goal))
    if (GPOINTER_TO_UINT (goal) == number && g_str_has_prefix (key, "Goal/"))
      return key;
  return NULL;
}

/* (transfer text) (transfer full) */
static CpdEhrItem *
item_new (const CpdEhrCards *cards, const CpdStorePlan *row, const CpPlanEvaluation *evaluation, char *text,
          GHashTable *keys)
{
  CpdEhrItem *item = g_new0 (CpdEhrItem, 1);

  item->kind = CP_DOSSIER_EVALUATION;
  item->at = evaluation->at;
  item->date_only = evaluation->date_only;
  item->partial_date = g_strdup (evaluation->partial_date);
  item->author = g_strdup (evaluation->author);
  item->author_role = g_strdup (evaluation->author_role);
  item->about = g_strdup (row->title);
  item->about_key = g_strdup (row->key);
  item->goal_key = g_strdup (goal_key (keys, evaluation->goal));
  item->preview = cpd_ehr_text_preview (text);
  item->text = text;
  item->month = cp_time_month (item->at, cards->zone);
  return item;
}

/* (transfer full) */
static char *
hash_of (const char *text)
{
  char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  hash[NAME_LENGTH] = '\0';
  return hash;
}

/* How often it was asked before. */
static guint
count (GHashTable *counts, const char *key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

  g_hash_table_replace (counts, g_strdup (key), GUINT_TO_POINTER (n + 1));
  return n;
}

/* (transfer full): "12#hash.0", the row of the plan and what is told, of the same words the oldest first: neither its
 * place among others nor a time that the EHR moves makes another card of it. */
static char *
id_of (const CpdStorePlan *row, const char *text, GHashTable *counts)
{
  g_autofree char *hash = hash_of (text);

  return g_strdup_printf ("%" G_GINT64_FORMAT "#%s.%u", row->id, hash, count (counts, hash));
}

/* (transfer full): "12#hash@2026-03-01.hash", the row of the plan, the goal, the day on which it was judged, and what
 * is told; of goals that have the same words, and are told nothing else of on that day, the second has ".1" behind it.
 * days gets the day of the goal. */
static char *
id_of_judgement (const CpdEhrCards *cards, const CpdStorePlan *row, const CpPlanEvaluation *evaluation,
                 const char *goal, const char *text, GHashTable *days, GHashTable *counts)
{
  g_autofree char *goal_hash = hash_of (goal);
  g_autofree char *hash = hash_of (text);
  g_autofree char *stem = g_strdup_printf ("%" G_GINT64_FORMAT "#%s", row->id, goal_hash);
  char *day = evaluation->partial_date != NULL ? g_strdup (evaluation->partial_date)
                                               : cp_time_date (evaluation->at, cards->zone);
  g_autofree char *id = g_strconcat (stem, "@", day, ".", hash, NULL);
  guint n = count (counts, id);

  g_hash_table_replace (days, g_steal_pointer (&stem), day);
  return n > 0 ? g_strdup_printf ("%s.%u", id, n) : g_steal_pointer (&id);
}

/* The same goal was judged again since: what was told of an earlier day was not withdrawn. A day in the month that is
 * told now, or the other way round, is no other one. */
static gboolean
is_earlier (const char *id, GHashTable *days)
{
  g_auto (GStrv) parts = g_strsplit_set (id, "@.", 3);
  const char *day = g_hash_table_lookup (days, parts[0]);

  return day != NULL && strchr (id, '@') != NULL && strcmp (parts[1], day) < 0 && !g_str_has_prefix (day, parts[1]);
}

static gboolean
put (const CpdEhrCards *cards, const CpdStorePlan *row, const char *id, CpdEhrItem *content, CpTime now, GError **error)
{
  g_autoptr (CpdEhrRow) card = cpd_ehr_row_new (CPD_EHR_ITEM, cards->patient, CPD_STORE_PLAN_EVALUATION, id, content);

  card->anew = cards->anew;
  return cpd_store_ehr_put (cards->db, row->source, &card, 1, now, cards->items, cards->changed, error);
}

/**
 * cpd_ehr_evaluations_author_may_be:
 *
 * Returns: FALSE when both say who wrote it, and that is not the same.
 */
gboolean
cpd_ehr_evaluations_author_may_be (const CpPlanEvaluation *evaluation, const CpPlanEvaluation *other)
{
  return evaluation->author == NULL || other->author == NULL || g_str_equal (evaluation->author, other->author);
}

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

/* before told it already, of that goal: one of two goals that had other words and another number is another goal. */
static gboolean
was_told (const CpCarePlan *before, const CpPlanEvaluation *other, const CpCarePlan *plan,
          const CpPlanEvaluation *evaluation)
{
  return other->at == evaluation->at && other->state == evaluation->state &&
         g_str_equal (other->text, evaluation->text) && cpd_ehr_evaluations_author_may_be (evaluation, other) &&
         (other->goal == evaluation->goal ||
          g_strcmp0 (goal_words (before, other->goal), goal_words (plan, evaluation->goal)) == 0);
}

/* When the plan told it before it had cards it is as old as that, in whatever words that was read before. */
static CpTime
when_seen (const CpdEhrCards *cards, const CpdStorePlan *row, const CpCarePlan *plan,
           const CpPlanEvaluation *evaluation, const CpCarePlan *before)
{
  if (cards->anew && before != NULL)
    return row->seen;
  for (guint i = 0; before != NULL && i < before->evaluations->len; i++)
    {
      const CpPlanEvaluation *other = g_ptr_array_index (before->evaluations, i);

      if (other->item == NULL && was_told (before, other, plan, evaluation))
        return row->seen;
    }
  return cp_time_now ();
}

/* (nullable) (borrowed): of ids, what plan calls now what before told already. */
static const char *
id_now (const CpCarePlan *before, const CpPlanEvaluation *other, const CpCarePlan *plan, const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_ptr_array_index (ids, i) != NULL && was_told (before, other, plan, g_ptr_array_index (plan->evaluations, i)))
      return g_ptr_array_index (ids, i);
  return NULL;
}

/* A card that is called otherwise now, of a goal in other words or by an earlier version of this program, is the card
 * that it was, and stays read. ids: of each evaluation of plan. */
static gboolean
rename_cards (const CpdEhrCards *cards, const CpdStorePlan *row, const CpCarePlan *plan, const CpCarePlan *before,
              const GPtrArray *ids, GError **error)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) known = cpd_store_plan_evaluations (cards->db, row, error);

  for (guint i = 0; i < ids->len; i++)
    if (g_ptr_array_index (ids, i) != NULL)
      g_hash_table_add (said, g_ptr_array_index (ids, i));
  for (guint i = 0; known != NULL && i < before->evaluations->len; i++)
    {
      const CpPlanEvaluation *other = g_ptr_array_index (before->evaluations, i);
      const char *old = other->item != NULL ? g_hash_table_lookup (known, other->item) : NULL;
      const char *id = old != NULL && !g_hash_table_contains (said, old) ? id_now (before, other, plan, ids) : NULL;

      if (id != NULL && !cpd_store_plan_rename_card (cards->db, row, old, id, error))
        return FALSE;
    }
  return known != NULL;
}

/* A resource tells it too: of that day, in the same words, and of no other goal. */
static gboolean
is_same (const CpdEhrCards *cards, const CpPlanEvaluation *other, const CpPlanEvaluation *evaluation, const char *text)
{
  return g_strcmp0 (other->text, text) == 0 && g_strcmp0 (other->partial_date, evaluation->partial_date) == 0 &&
         cp_time_days_between (other->at, evaluation->at, cards->zone) == 0 &&
         (other->goal == evaluation->goal || other->goal == 0 || evaluation->goal == 0);
}

/* (nullable) (borrowed): public_id of the card of a resource that tells it too, of the same author first. One that does
 * not say who wrote it stands for one author only: it is theirs from here on, or of two in the same words one would be
 * gone. */
static const char *
told_by (const CpdEhrCards *cards, const GPtrArray *resources, const CpPlanEvaluation *evaluation, const char *text)
{
  CpPlanEvaluation *found = NULL;

  for (guint i = 0; i < resources->len; i++)
    {
      CpPlanEvaluation *other = g_ptr_array_index (resources, i);

      if (is_same (cards, other, evaluation, text) && cpd_ehr_evaluations_author_may_be (evaluation, other) &&
          (found == NULL || g_strcmp0 (other->author, evaluation->author) == 0))
        found = other;
    }
  if (found != NULL && found->author == NULL)
    found->author = g_strdup (evaluation->author);
  return found != NULL ? found->item : NULL;
}

static gboolean
remove_rest (const CpdEhrCards *cards, const CpdStorePlan *row, GHashTable *kept, GHashTable *days, GError **error)
{
  g_autoptr (GHashTable) known = cpd_store_plan_evaluations (cards->db, row, error);
  GHashTableIter iter;
  gpointer id;

  if (known == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &id))
    if (!g_hash_table_contains (kept, id) && !is_earlier (id, days) &&
        !put (cards, row, id, NULL, cp_time_now (), error))
      return FALSE;
  return TRUE;
}

/* (transfer full): of each evaluation of plan, NULL of one without words; days gets the day of each goal. Also of one
 * that is told elsewhere: those after it keep theirs, and with it whether they were read. */
static GPtrArray *
ids_of (const CpdEhrCards *cards, const CpdStorePlan *row, const CpCarePlan *plan, GHashTable *judgements,
        GHashTable *days)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_set_size (ids, (int) plan->evaluations->len);
  for (guint i = ids->len; i > 0; i--)
    {
      const CpPlanEvaluation *evaluation = g_ptr_array_index (plan->evaluations, i - 1);
      g_autofree char *text = text_of (evaluation);
      const char *goal = g_hash_table_lookup (judgements, evaluation);

      if (text != NULL)
        g_ptr_array_index (ids, i - 1) = goal != NULL
                                             ? id_of_judgement (cards, row, evaluation, goal, text, days, counts)
                                             : id_of (row, text, counts);
    }
  return ids;
}

/* kept gets the ids of those that no resource tells. */
static gboolean
put_all (const CpdEhrCards *cards, const CpdStorePlan *row, CpCarePlan *plan, const CpCarePlan *before,
         GHashTable *keys, const GPtrArray *ids, GHashTable *kept, GError **error)
{
  g_autoptr (GPtrArray) resources = cpd_store_care_plan_evaluations (cards->db, cards->patient, row->id, error);

  for (guint i = resources != NULL ? plan->evaluations->len : 0; i > 0; i--)
    {
      CpPlanEvaluation *evaluation = g_ptr_array_index (plan->evaluations, i - 1);
      const char *id = g_ptr_array_index (ids, i - 1);
      g_autofree char *text = id != NULL ? text_of (evaluation) : NULL;
      const char *other;

      if (text == NULL)
        continue;
      other = told_by (cards, resources, evaluation, text);
      if (other != NULL)
        {
          g_ptr_array_remove_index (plan->evaluations, i - 1);
          if (!cpd_store_plan_leave_to (cards->db, row->id, other, error))
            return FALSE;
          continue;
        }
      g_hash_table_add (kept, g_strdup (id));
      if (!put (cards, row, id, item_new (cards, row, evaluation, g_steal_pointer (&text), keys),
                when_seen (cards, row, plan, evaluation, before), error) ||
          !cpd_store_plan_card (cards->db, row, id, &evaluation->item, error))
        return FALSE;
    }
  return resources != NULL;
}

/**
 * cpd_ehr_evaluations_keep:
 * @plan: (nullable):
 * @before: (nullable):
 * @keys: (nullable): of a plan
 * @judgements: (nullable): of a plan
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_evaluations_keep (const CpdEhrCards *cards, const CpdStorePlan *row, CpCarePlan *plan, const CpCarePlan *before,
                          GHashTable *keys, GHashTable *judgements, GError **error)
{
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (plan != NULL && plan->evaluations->len > 0)
    {
      g_autoptr (GPtrArray) ids = ids_of (cards, row, plan, judgements, days);

      if ((before != NULL && !rename_cards (cards, row, plan, before, ids, error)) ||
          !put_all (cards, row, plan, before, keys, ids, kept, error))
        return FALSE;
    }
  return remove_rest (cards, row, kept, days, error);
}
