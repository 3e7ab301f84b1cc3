/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-evaluations-private.h"

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

static void
judged_free (gpointer data)
{
  CpdJudged *judged = data;

  g_free (judged->day);
  g_free (judged);
}

/* (transfer full): "12#hash@2026-03-01.hash", the row of the plan, the goal, the day on which it was judged, and what
 * is told; of goals that have the same words, and are told nothing else of on that day, the second has ".1" behind it.
 * days gets what comes before the "@" of each. */
static char *
id_of_judgement (const CpdEhrCards *cards, const CpdStorePlan *row, const CpPlanEvaluation *evaluation,
                 const char *goal, const char *text, GHashTable *days, GHashTable *counts)
{
  CpdJudged *judged = g_new0 (CpdJudged, 1);
  g_autofree char *goal_hash = hash_of (goal);
  g_autofree char *hash = hash_of (text);
  g_autofree char *stem = g_strdup_printf ("%" G_GINT64_FORMAT "#%s", row->id, goal_hash);
  g_autofree char *id = NULL;
  guint n;

  judged->day = evaluation->partial_date != NULL ? g_strdup (evaluation->partial_date)
                                                 : cp_time_date (evaluation->at, cards->zone);
  judged->goal = evaluation->goal;
  id = g_strconcat (stem, "@", judged->day, ".", hash, NULL);
  n = count (counts, id);
  g_hash_table_replace (days, g_steal_pointer (&stem), judged);
  return n > 0 ? g_strdup_printf ("%s.%u", id, n) : g_steal_pointer (&id);
}

/* (nullable) (borrowed): how the same goal was judged since: what was told of an earlier day was not withdrawn by that.
 * A day in the month that is told now, or the other way round, is no other one. */
static const CpdJudged *
judged_since (const char *id, GHashTable *days)
{
  g_auto (GStrv) parts = g_strsplit_set (id, "@.", 3);
  const CpdJudged *judged = g_hash_table_lookup (days, parts[0]);

  return judged != NULL && strchr (id, '@') != NULL && strcmp (parts[1], judged->day) < 0 &&
                 !g_str_has_prefix (judged->day, parts[1])
             ? judged
             : NULL;
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

/* What a goal said of an earlier day, and tells no more: it shows, unless a resource tells it. */
static gboolean
keep_earlier (const CpdTelling *telling, const CpdStorePlanCard *card, const CpdJudged *judged, gboolean *covered,
              GError **error)
{
  const CpdEhrCards *cards = telling->cards;
  g_autoptr (CpPlanEvaluation) evaluation = cpd_store_plan_card_content (cards->db, telling->row, card->id, error);
  const char *other;

  if (evaluation == NULL)
    return FALSE;
  evaluation->goal = judged->goal;
  other = told_by (cards, telling->resources, evaluation, evaluation->text);
  *covered = other != NULL;
  if (other != NULL)
    return cpd_store_plan_leave_to (cards->db, telling->row->id, other, error);
  return card->shown || put (cards, telling->row, card->id,
                             item_new (cards, telling->row, evaluation, g_strdup (evaluation->text), telling->keys),
                             cp_time_now (), error);
}

static gboolean
settle_card (const CpdTelling *telling, const CpdStorePlanCard *card, GError **error)
{
  const CpdJudged *judged = judged_since (card->id, telling->days);
  gboolean covered = g_hash_table_contains (telling->covered, card->id);
  gboolean stays = g_hash_table_contains (telling->kept, card->id);

  if (!stays && !covered && judged != NULL)
    {
      if (!keep_earlier (telling, card, judged, &covered, error))
        return FALSE;
      stays = !covered;
    }
  return (stays || !card->shown || put (telling->cards, telling->row, card->id, NULL, cp_time_now (), error)) &&
         (card->covered == covered ||
          cpd_store_plan_cover (telling->cards->db, telling->row, card->id, covered, error));
}

/* Of what the plan does not tell now. */
static gboolean
settle_rest (const CpdTelling *telling, GError **error)
{
  g_autoptr (GPtrArray) known = cpd_store_plan_cards (telling->cards->db, telling->row, error);

  for (guint i = 0; known != NULL && i < known->len; i++)
    if (!settle_card (telling, g_ptr_array_index (known, i), error))
      return FALSE;
  return known != NULL;
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

/* (transfer text): a resource tells it. How a goal stands is told until it is judged again, and was told then: it stays
 * here, covered. */
static gboolean
leave_to (const CpdTelling *telling, const CpPlanEvaluation *evaluation, const char *id, char *text, const char *other,
          GError **error)
{
  const CpdEhrCards *cards = telling->cards;
  g_autofree char *words = text;
  g_autofree char *known = NULL;

  if (!cpd_store_plan_leave_to (cards->db, telling->row->id, other, error))
    return FALSE;
  if (strchr (id, '@') == NULL)
    return TRUE;
  g_hash_table_add (telling->covered, g_strdup (id));
  return cpd_store_plan_card (cards->db, telling->row, id, &known, error) &&
         (known != NULL || put (cards, telling->row, id,
                                item_new (cards, telling->row, evaluation, g_steal_pointer (&words), telling->keys),
                                cp_time_now (), error)) &&
         cpd_store_plan_cover (cards->db, telling->row, id, TRUE, error);
}

/* What a resource tells leaves the plan. */
static gboolean
put_all (const CpdTelling *telling, CpCarePlan *plan, const CpCarePlan *before, const GPtrArray *ids, GError **error)
{
  const CpdEhrCards *cards = telling->cards;

  for (guint i = plan->evaluations->len; i > 0; i--)
    {
      CpPlanEvaluation *evaluation = g_ptr_array_index (plan->evaluations, i - 1);
      const char *id = g_ptr_array_index (ids, i - 1);
      g_autofree char *text = id != NULL ? text_of (evaluation) : NULL;
      const char *other;

      if (text == NULL)
        continue;
      other = told_by (cards, telling->resources, evaluation, text);
      if (other != NULL)
        {
          if (!leave_to (telling, evaluation, id, g_steal_pointer (&text), other, error))
            return FALSE;
          g_ptr_array_remove_index (plan->evaluations, i - 1);
          continue;
        }
      g_hash_table_add (telling->kept, g_strdup (id));
      if (!put (cards, telling->row, id,
                item_new (cards, telling->row, evaluation, g_steal_pointer (&text), telling->keys),
                cpd_ehr_evaluations_seen (telling, plan, evaluation, before), error) ||
          !cpd_store_plan_card (cards->db, telling->row, id, &evaluation->item, error))
        return FALSE;
    }
  return TRUE;
}

/* plan: with evaluations; before: (nullable) */
static gboolean
tell (CpdTelling *telling, CpCarePlan *plan, const CpCarePlan *before, GHashTable *judgements, GError **error)
{
  const CpdEhrCards *cards = telling->cards;
  g_autoptr (GPtrArray) ids = ids_of (cards, telling->row, plan, judgements, telling->days);

  telling->resources = cpd_store_care_plan_evaluations (cards->db, cards->patient, telling->row->id, error);
  return telling->resources != NULL &&
         (before == NULL || cpd_ehr_evaluations_rename (telling, plan, before, ids, error)) &&
         put_all (telling, plan, before, ids, error);
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
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, judged_free);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) covered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CpdTelling telling = { cards, row, keys, judgements, days, kept, covered, NULL };
  gboolean fine = (plan == NULL || plan->evaluations->len == 0 || tell (&telling, plan, before, judgements, error)) &&
                  settle_rest (&telling, error);

  g_clear_pointer (&telling.resources, g_ptr_array_unref);
  return fine;
}
