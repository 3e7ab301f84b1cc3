/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-plan.h"

#include <string.h>

#include "cp-appointment.h"
#include "cp-dossier-item.h"
#include "cpd-ehr-rows-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

/* patient.plans_dirty: the EHR changed something of them, or it is only read in another way. */
#define CHANGED 1
#define ANEW 2

/* Begins a key of a plan that is nothing it is made of: the card by which it tells how it goes. No type of FHIR. */
#define LEFT_TO "'left-to/'"

/* The same: a key of the plan is of another client. */
#define OTHER "'other/'"

/* What a plan tells itself too is one card: see cpd-ehr-evaluations.c. */
static gboolean
is_plan_evaluation (const CpdEhrRow *row)
{
  const CpdEhrItem *item = row->content;

  return row->kind == CPD_EHR_ITEM && item != NULL && item->kind == CP_DOSSIER_EVALUATION && item->about_key != NULL &&
         !g_str_equal (row->type, CPD_STORE_PLAN_EVALUATION);
}

/* SQL: plans_dirty must become ?, and is not yet; a change counts for more than another reading. */
#define IS_LESS(dirty) "plans_dirty NOT IN (1, " dirty ")"

static gint64
dirty_by (const CpdEhrRow *row)
{
  return row->anew ? ANEW : CHANGED;
}

/* What it tells from now on a plan told itself: in the same words, about that day. */
static gboolean
touch_by_evaluation (CpdDb *db, gint64 patient, const CpdEhrRow *row, GError **error)
{
  const CpdEhrItem *item = row->content;

  return cpd_db_run (db, error,
                     "UPDATE patient SET plans_dirty = ?6 WHERE id = ?1 AND " IS_LESS (
                         "?6") " AND EXISTS (SELECT 1"
                               " FROM item INDEXED BY item_date WHERE patient = ?1 AND removed IS NULL AND kind = ?2"
                               " AND at BETWEEN ?3 AND ?4 AND type = '" CPD_STORE_PLAN_EVALUATION "' AND text = ?5)",
                     "iiiiti", patient, (gint64) CP_DOSSIER_EVALUATION, item->at - 2 * CP_TIME_DAY,
                     item->at + 2 * CP_TIME_DAY, item->text, dirty_by (row));
}

/**
 * cpd_store_plan_touch:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_touch (CpdDb *db, gint64 patient, const CpdEhrRow *row, GError **error)
{
  g_autofree char *base = NULL;
  g_autofree char *key = NULL;

  if ((row->kind == CPD_EHR_PLAN || row->kind == CPD_EHR_PIECE) &&
      !cpd_db_run (db, error, "UPDATE patient SET plans_dirty = ?2 WHERE id = ?1 AND " IS_LESS ("?2"), "ii", patient,
                   dirty_by (row)))
    return FALSE;
  if (is_plan_evaluation (row))
    return touch_by_evaluation (db, patient, row, error);
  if (row->kind != CPD_EHR_APPOINTMENT && row->kind != CPD_EHR_PIECE)
    return TRUE;
  /* Of an appointment only a plan that names it as an activity, and of both any plan that does, whoever's: what it says
   * of another client goes. One that was not put together yet is dirty already. Of a shared appointment the id of the
   * row has more behind it. */
  base = cpd_ehr_row_base (row->id);
  key = g_strconcat (row->type, "/", base, NULL);
  return cpd_db_run (db, error,
                     "UPDATE patient SET plans_dirty = ?2 WHERE " IS_LESS (
                         "?2") " AND id IN (SELECT p.patient"
                               " FROM care_plan_key k CROSS JOIN care_plan p ON p.id = k.care_plan"
                               " WHERE k.key = ?1 AND p.removed IS NULL)",
                     "ti", key, dirty_by (row));
}

/**
 * cpd_store_plan_touch_card:
 * @item: the card, as it is until now
 * @row: what it becomes
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_touch_card (CpdDb *db, gint64 item, const CpdEhrRow *row, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE patient SET plans_dirty = ?3 WHERE " IS_LESS (
                         "?3") " AND id IN (SELECT p.patient"
                               " FROM item i CROSS JOIN care_plan_key k ON k.key = " LEFT_TO " || i.public_id"
                               " CROSS JOIN care_plan p ON p.id = k.care_plan WHERE i.id = ?1 AND i.kind = ?2)",
                     "iii", item, (gint64) CP_DOSSIER_EVALUATION, dirty_by (row));
}

/**
 * cpd_store_plan_leave_to:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_leave_to (CpdDb *db, gint64 plan, const char *item, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT OR IGNORE INTO care_plan_key (care_plan, key, goal) VALUES (?, " LEFT_TO " || ?, 0)", "it",
                     plan, item);
}

/**
 * cpd_store_plan_free:
 * @plan: (nullable):
 */
void
cpd_store_plan_free (CpdStorePlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->source);
  g_free (plan->key);
  g_free (plan->title);
  g_free (plan->description);
  g_free (plan->from);
  g_free (plan->until);
  g_free (plan->own);
  g_free (plan->body);
  g_free (plan);
}

/**
 * cpd_store_piece_free:
 * @piece: (nullable):
 */
void
cpd_store_piece_free (CpdStorePiece *piece)
{
  if (piece == NULL)
    return;
  g_free (piece->source);
  g_free (piece->key);
  g_free (piece->body);
  g_free (piece);
}

/**
 * cpd_store_plans_dirty:
 *
 * Returns: (transfer full) (nullable) (element-type gint64)
 */
GArray *
cpd_store_plans_dirty (CpdDb *db, guint max, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT id FROM patient WHERE plans_dirty <> 0 ORDER BY id LIMIT ?", "i", (gint64) max);

  while (cpd_stmt_next (stmt, &local))
    {
      gint64 id = cpd_stmt_int (stmt, 0);

      g_array_append_val (patients, id);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&patients) : NULL;
}

/**
 * cpd_store_plans_anew:
 * @anew: (out):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plans_anew (CpdDb *db, gint64 patient, gboolean *anew, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT 1 FROM patient WHERE id = ? AND plans_dirty = ?", "ii", patient, (gint64) ANEW);

  *anew = cpd_stmt_next (stmt, &local);
  return cpd_result (&local, error);
}

/**
 * cpd_store_plans_of:
 *
 * Returns: (transfer full) (nullable) (element-type CpdStorePlan)
 */
GPtrArray *
cpd_store_plans_of (CpdDb *db, gint64 patient, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_store_plan_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT id, source, type || '/' || fhir_id, title, description, state, period_from, period_until,"
                    " own, body, removed, seen FROM care_plan WHERE patient = ? ORDER BY id",
                    "i", patient);

  while (cpd_stmt_next (stmt, &local))
    {
      CpdStorePlan *plan = g_new0 (CpdStorePlan, 1);

      plan->id = cpd_stmt_int (stmt, 0);
      plan->source = cpd_stmt_dup_text (stmt, 1);
      plan->key = cpd_stmt_dup_text (stmt, 2);
      plan->title = cpd_stmt_dup_text (stmt, 3);
      plan->description = cpd_stmt_dup_text (stmt, 4);
      plan->state = (int) cpd_stmt_int (stmt, 5);
      plan->from = cpd_stmt_dup_text (stmt, 6);
      plan->until = cpd_stmt_dup_text (stmt, 7);
      plan->own = cpd_stmt_dup_text (stmt, 8);
      plan->body = cpd_stmt_dup_text (stmt, 9);
      plan->gone = !cpd_stmt_is_null (stmt, 10);
      plan->seen = cpd_stmt_int (stmt, 11);
      g_ptr_array_add (plans, plan);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&plans) : NULL;
}

/**
 * cpd_store_pieces_of:
 *
 * Returns: (transfer full) (nullable) (element-type CpdStorePiece)
 */
GPtrArray *
cpd_store_pieces_of (CpdDb *db, gint64 patient, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_store_piece_free);
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT source, type || '/' || fhir_id, body FROM plan_piece"
                                           " WHERE patient = ? AND type <> 'CareTeam' AND removed IS NULL"
                                           " ORDER BY type, fhir_id",
                                           "i", patient);

  while (cpd_stmt_next (stmt, &local))
    {
      CpdStorePiece *piece = g_new0 (CpdStorePiece, 1);

      piece->source = cpd_stmt_dup_text (stmt, 0);
      piece->key = cpd_stmt_dup_text (stmt, 1);
      piece->body = cpd_stmt_dup_text (stmt, 2);
      g_ptr_array_add (pieces, piece);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&pieces) : NULL;
}

/**
 * cpd_store_plan_appointment:
 * @id: of the Appointment; of a shared one the row of the patient has more behind it
 * @shown: (out): FALSE when there is one of the patient, and it was removed or cancelled
 * @words: (out) (nullable) (transfer full): its description
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_appointment (CpdDb *db, gint64 patient, const char *source, const char *id, gboolean *shown,
                            char **words, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &failed,
      "SELECT description, removed IS NULL AND status <> ?4 FROM appointment"
      " WHERE source = ?2 AND type = 'Appointment' AND " CPD_IS_ROW_OF ("?3") " AND +patient = ?1"
                                                                              " ORDER BY removed IS NOT NULL LIMIT 1",
      "itti", patient, source, id, (gint64) CP_APPOINTMENT_CANCELLED);
  gboolean found = cpd_stmt_next (stmt, &failed);

  *shown = !found || cpd_stmt_int (stmt, 1) != 0;
  *words = found && *shown ? cpd_stmt_dup_text (stmt, 0) : NULL;
  return cpd_result (&failed, error);
}

/**
 * cpd_store_plan_card_free:
 * @card: (nullable):
 */
void
cpd_store_plan_card_free (CpdStorePlanCard *card)
{
  if (card == NULL)
    return;
  g_free (card->public_id);
  g_free (card->id);
  g_free (card);
}

/**
 * cpd_store_plan_cards:
 *
 * Returns: (transfer full) (nullable) (element-type CpdStorePlanCard)
 */
GPtrArray *
cpd_store_plan_cards (CpdDb *db, const CpdStorePlan *plan, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_store_plan_card_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT public_id, fhir_id, removed IS NULL, covered FROM item WHERE source = ?1 AND type = ?2"
                    " AND " CPD_IS_ROW_OF ("?3") " AND (removed IS NULL OR covered)",
                    "tti", plan->source, CPD_STORE_PLAN_EVALUATION, plan->id);

  while (cpd_stmt_next (stmt, &local))
    {
      CpdStorePlanCard *card = g_new0 (CpdStorePlanCard, 1);

      card->public_id = cpd_stmt_dup_text (stmt, 0);
      card->id = cpd_stmt_dup_text (stmt, 1);
      card->shown = cpd_stmt_int (stmt, 2) != 0;
      card->covered = cpd_stmt_int (stmt, 3) != 0;
      g_ptr_array_add (cards, card);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&cards) : NULL;
}

/**
 * cpd_store_plan_card_content:
 *
 * Returns: (transfer full) (nullable): its text is that of the card, with how the goal stood; NULL with @error, also
 * when there is none.
 */
CpPlanEvaluation *
cpd_store_plan_card_content (CpdDb *db, const CpdStorePlan *plan, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpPlanEvaluation) evaluation = cp_plan_evaluation_new ();
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT at, date_only, partial_date, author, author_role, text FROM item"
                                           " WHERE source = ? AND type = ? AND fhir_id = ?",
                                           "ttt", plan->source, CPD_STORE_PLAN_EVALUATION, id);

  if (cpd_stmt_next (stmt, &local))
    {
      evaluation->at = cpd_stmt_int (stmt, 0);
      evaluation->date_only = cpd_stmt_int (stmt, 1) != 0;
      evaluation->partial_date = cpd_stmt_dup_text (stmt, 2);
      evaluation->author = cpd_stmt_dup_text (stmt, 3);
      evaluation->author_role = cpd_stmt_dup_text (stmt, 4);
      evaluation->text = cpd_stmt_dup_text (stmt, 5);
    }
  else if (local == NULL)
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "no such card");
  return cpd_result (&local, error) ? g_steal_pointer (&evaluation) : NULL;
}

/**
 * cpd_store_plan_cover:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_cover (CpdDb *db, const CpdStorePlan *plan, const char *id, gboolean covered, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE item SET covered = ?4 WHERE source = ?1 AND type = ?2 AND fhir_id = ?3 AND covered <> ?4",
                     "ttti", plan->source, CPD_STORE_PLAN_EVALUATION, id, (gint64) (covered != FALSE));
}

/**
 * cpd_store_plan_rename_card:
 * @old: its fhir_id
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_rename_card (CpdDb *db, const CpdStorePlan *plan, const char *old, const char *id, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE OR IGNORE item SET fhir_id = ?4 WHERE source = ?1 AND type = ?2 AND fhir_id = ?3", "tttt",
                     plan->source, CPD_STORE_PLAN_EVALUATION, old, id);
}

/**
 * cpd_store_plan_card:
 * @public_id: (out) (nullable) (transfer full)
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_card (CpdDb *db, const CpdStorePlan *plan, const char *id, char **public_id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT public_id FROM item WHERE source = ? AND type = ? AND fhir_id = ?", "ttt",
                    plan->source, CPD_STORE_PLAN_EVALUATION, id);

  g_free (*public_id);
  *public_id = cpd_stmt_next (stmt, &local) ? cpd_stmt_dup_text (stmt, 0) : NULL;
  return cpd_result (&local, error);
}

/**
 * cpd_store_plan_is_of_other:
 * @key: "ServiceRequest/3"
 * @other: (out): FALSE when it is not known
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_is_of_other (CpdDb *db, gint64 patient, const char *source, const char *key, gboolean *other,
                            GError **error)
{
  g_auto (GStrv) parts = g_strsplit (key, "/", 2);
  g_autoptr (CpdStmt) stmt = NULL;
  g_autoptr (GError) failed = NULL;

  *other = FALSE;
  if (parts[0] == NULL || parts[1] == NULL)
    return TRUE;
  /* A piece is one client's. Of an appointment of several each has a row. */
  stmt = cpd_db_query (db, &failed,
                       "SELECT 1 FROM plan_piece WHERE source = ?1 AND type = ?2 AND fhir_id = ?3"
                       " AND (patient <> ?4 OR of_other)"
                       " UNION ALL SELECT 1 FROM appointment WHERE source = ?1 AND type = ?2"
                       " AND " CPD_IS_ROW_OF ("?3") " GROUP BY type HAVING max (patient = ?4) = 0",
                       "ttti", source, parts[0], parts[1], patient);
  *other = cpd_stmt_next (stmt, &failed);
  return cpd_result (&failed, error);
}

/**
 * cpd_store_plan_set_body:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_set_body (CpdDb *db, gint64 plan, const char *body, gboolean new_version, CpTime now, GError **error)
{
  if (!new_version)
    return cpd_db_run (db, error, "UPDATE care_plan SET seen = iif (body IS NULL, ?, seen), body = ? WHERE id = ?",
                       "iti", now, body, plan);
  return cpd_db_run (db, error,
                     "INSERT INTO care_plan_version (care_plan, version, seen, body)"
                     " SELECT id, version, seen, body FROM care_plan WHERE id = ?",
                     "i", plan) &&
         cpd_db_run (db, error, "UPDATE care_plan SET version = version + 1, seen = ?, body = ? WHERE id = ?", "iti",
                     now, body, plan);
}

/* SQL: those of its keys that are pieces of another client. ?1 is the plan. */
#define OTHERS                                                                                                         \
  "SELECT k.key FROM care_plan c CROSS JOIN care_plan_key k ON k.care_plan = c.id CROSS JOIN plan_piece p"             \
  " ON p.source = c.source AND p.type = substr (k.key, 1, instr (k.key, '/') - 1)"                                     \
  " AND p.fhir_id = substr (k.key, instr (k.key, '/') + 1)"                                                            \
  " WHERE c.id = ?1 AND (p.patient <> c.patient OR p.of_other)"

/**
 * cpd_store_plan_note_others:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_note_others (CpdDb *db, gint64 plan, gboolean *fresh, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT 1 FROM (" OTHERS ") o WHERE NOT EXISTS (SELECT 1 FROM care_plan_key n"
                    " WHERE n.care_plan = ?1 AND n.key = " OTHER " || o.key)",
                    "i", plan);

  *fresh = cpd_stmt_next (stmt, &local);
  if (!cpd_result (&local, error))
    return FALSE;
  return cpd_db_run (db, error, "DELETE FROM care_plan_key WHERE care_plan = ? AND key GLOB " OTHER " || '*'", "i",
                     plan) &&
         cpd_db_run (db, error,
                     "INSERT INTO care_plan_key (care_plan, key, goal) SELECT DISTINCT ?1, " OTHER " || key, 0"
                     " FROM (" OTHERS ")",
                     "i", plan) &&
         (!*fresh || cpd_db_run (db, error, "DELETE FROM care_plan_version WHERE care_plan = ?", "i", plan));
}

/**
 * cpd_store_plan_set_place:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_set_place (CpdDb *db, gint64 plan, gint64 parent, gboolean replaced, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE care_plan SET part_of = ?1, replaced = ?2"
                     " WHERE id = ?3 AND (part_of IS NOT ?1 OR replaced <> ?2)",
                     "oii", parent, (gint64) (replaced != FALSE), plan);
}

/**
 * cpd_store_plan_set_keys:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plan_set_keys (CpdDb *db, gint64 plan, GHashTable *keys, GError **error)
{
  GHashTableIter iter;
  gpointer key;
  gpointer goal;

  if (!cpd_db_run (db, error, "DELETE FROM care_plan_key WHERE care_plan = ? AND key NOT GLOB " OTHER " || '*'", "i",
                   plan))
    return FALSE;
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, &goal))
    if (!cpd_db_run (db, error, "INSERT INTO care_plan_key (care_plan, key, goal) VALUES (?, ?, ?)", "iti", plan,
                     (const char *) key, (gint64) GPOINTER_TO_UINT (goal)))
      return FALSE;
  return TRUE;
}

/**
 * cpd_store_plans_done:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_plans_done (CpdDb *db, gint64 patient, GError **error)
{
  return cpd_db_run (db, error, "UPDATE patient SET plans_dirty = 0 WHERE id = ?", "i", patient);
}
