/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-care-plan.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-plan.h"

/* Whatever it says itself, when another plan has replaced it. */
#define STATE "iif (replaced, " G_STRINGIFY (EXPIRED) ", state)"
#define EXPIRED 2
G_STATIC_ASSERT (EXPIRED == CP_CARE_PLAN_EXPIRED);
#define PLAN_COLUMNS "public_id, title, description, " STATE ", period_from, period_until, version"

/* The end of the period has passed, whatever the resource says: a month ends with its last day. */
static void
judge (CpCarePlan *plan, const char *today)
{
  if (plan->state != CP_CARE_PLAN_EXPIRED && plan->until != NULL &&
      strncmp (plan->until, today, strlen (plan->until)) < 0)
    plan->state = CP_CARE_PLAN_EXPIRED;
}

static CpCarePlan *
take_plan (CpdStmt *stmt, const char *today)
{
  CpCarePlan *plan = cp_care_plan_new ();

  plan->id = cpd_stmt_dup_text (stmt, 0);
  plan->title = g_strdup (cpd_stmt_is_null (stmt, 1) ? "" : cpd_stmt_text (stmt, 1));
  plan->description = cpd_stmt_dup_text (stmt, 2);
  plan->state = (int) cpd_stmt_int (stmt, 3);
  plan->from = cpd_stmt_dup_text (stmt, 4);
  plan->until = cpd_stmt_dup_text (stmt, 5);
  plan->version = cpd_stmt_int (stmt, 6);
  judge (plan, today);
  return plan;
}

static int
compare_plans (gconstpointer a, gconstpointer b)
{
  const CpCarePlan *left = *(CpCarePlan *const *) a;
  const CpCarePlan *right = *(CpCarePlan *const *) b;
  gboolean left_expired = left->state == CP_CARE_PLAN_EXPIRED;
  gboolean right_expired = right->state == CP_CARE_PLAN_EXPIRED;

  return left_expired != right_expired ? left_expired - right_expired : g_strcmp0 (right->from, left->from);
}

/**
 * cpd_store_care_plans:
 *
 * Returns: (transfer full) (element-type CpCarePlan): current ones first, then expired ones, each newest first.
 */
GPtrArray *
cpd_store_care_plans (CpdDb *db, const CpdGrant *grant, const char *today, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_care_plan_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT " PLAN_COLUMNS " FROM care_plan"
                    " WHERE patient = ? AND removed IS NULL AND part_of IS NULL ORDER BY id DESC LIMIT 1000",
                    "i", grant->patient);

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (list, take_plan (stmt, today));
  g_ptr_array_sort (list, compare_plans);
  return cpd_result (&local, error) ? g_steal_pointer (&list) : NULL;
}

/* body is a CarePlan as it was put together when the EHR was read; what changes by itself is told now. */
static CpCarePlan *
parse_body (const char *body, const char *public_id, gint64 version, const char *today, GError **error)
{
  g_autoptr (JsonNode) node = cp_json_parse (body, strlen (body), CP_JSON_DEPTH, error);
  CpCarePlan *plan = node != NULL ? cp_record_from_json (&cp_care_plan_record, node, CP_RECORD_STRICT, error) : NULL;

  if (plan == NULL)
    return NULL;
  g_free (plan->id);
  plan->id = g_strdup (public_id);
  plan->version = version;
  judge (plan, today);
  return plan;
}

static int
compare_evaluations (gconstpointer a, gconstpointer b)
{
  const CpPlanEvaluation *left = *(CpPlanEvaluation *const *) a;
  const CpPlanEvaluation *right = *(CpPlanEvaluation *const *) b;

  return (left->at < right->at) - (left->at > right->at);
}

/**
 * cpd_store_care_plan_evaluations:
 * @row: of the plan
 *
 * Returns: (transfer full) (nullable) (element-type CpPlanEvaluation)
 */
GPtrArray *
cpd_store_care_plan_evaluations (CpdDb *db, gint64 patient, gint64 row, GError **error)
{
  g_autoptr (GPtrArray) evaluations = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_plan_evaluation_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT i.at, i.date_only, i.text, i.author, i.author_role, i.public_id,"
      " coalesce ((SELECT g.goal FROM care_plan_key g WHERE g.care_plan = k.care_plan AND g.key = i.goal_key), k.goal),"
      " i.partial_date"
      " FROM care_plan_key k CROSS JOIN item i ON i.patient = ?1 AND i.about_key = k.key"
      " WHERE k.care_plan = ?2 AND i.removed IS NULL AND i.about_key IS NOT NULL AND i.kind = ?3"
      " AND i.type <> '" CPD_STORE_PLAN_EVALUATION "'"
      " ORDER BY i.at DESC, i.id DESC LIMIT 1000",
      "iii", patient, row, (gint64) CP_DOSSIER_EVALUATION);

  while (cpd_stmt_next (stmt, &local))
    {
      CpPlanEvaluation *evaluation = cp_plan_evaluation_new ();

      evaluation->at = cpd_stmt_int (stmt, 0);
      evaluation->date_only = cpd_stmt_int (stmt, 1) != 0;
      evaluation->text = cpd_stmt_dup_text (stmt, 2);
      evaluation->author = cpd_stmt_dup_text (stmt, 3);
      evaluation->author_role = cpd_stmt_dup_text (stmt, 4);
      evaluation->item = cpd_stmt_dup_text (stmt, 5);
      evaluation->goal = cpd_stmt_int (stmt, 6);
      evaluation->partial_date = cpd_stmt_dup_text (stmt, 7);
      g_ptr_array_add (evaluations, evaluation);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&evaluations) : NULL;
}

/* Beside those that the plan itself tells. */
static gboolean
add_evaluations (CpdDb *db, const CpdGrant *grant, gint64 row, CpCarePlan *plan, GError **error)
{
  GPtrArray *evaluations = cpd_store_care_plan_evaluations (db, grant->patient, row, error);

  if (evaluations == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (plan->evaluations, evaluations);
  g_ptr_array_sort (plan->evaluations, compare_evaluations);
  return TRUE;
}

/* Oldest first, the present one last; none when there is only one. */
static gboolean
add_versions (CpdDb *db, gint64 row, const CpVersionStamp *present, CpCarePlan *plan, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT version, seen FROM care_plan_version WHERE care_plan = ? ORDER BY version", "i", row);

  while (cpd_stmt_next (stmt, &local))
    {
      CpVersionStamp *stamp = cp_version_stamp_new ();

      stamp->version = cpd_stmt_int (stmt, 0);
      stamp->seen = cpd_stmt_int (stmt, 1);
      g_ptr_array_add (plan->versions, stamp);
    }
  if (plan->versions->len > 0)
    g_ptr_array_add (plan->versions, cp_record_copy (&cp_version_stamp_record, present));
  return cpd_result (&local, error);
}

/* NULL without an error: there is no such version. */
static CpCarePlan *
find_version (CpdDb *db, gint64 row, const char *public_id, gint64 version, const char *today, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error, "SELECT body FROM care_plan_version WHERE care_plan = ? AND version = ?", "ii", row, version);

  return cpd_stmt_next (stmt, error) ? parse_body (cpd_stmt_text (stmt, 0), public_id, version, today, error) : NULL;
}

/**
 * cpd_store_care_plan:
 * @version: 0 for the present one
 * @row: (out)
 *
 * Returns: (transfer full) (nullable)
 */
CpCarePlan *
cpd_store_care_plan (CpdDb *db, const CpdGrant *grant, const char *public_id, gint64 version, const char *today,
                     gint64 *row, GError **error)
{
  g_autoptr (CpCarePlan) plan = NULL;
  g_autoptr (CpVersionStamp) present = cp_version_stamp_new ();
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error,
                                           "SELECT " PLAN_COLUMNS ", id, seen, body FROM care_plan WHERE public_id = ?"
                                           " AND patient = ? AND removed IS NULL AND part_of IS NULL",
                                           "ti", public_id, grant->patient);

  if (!cpd_stmt_next (stmt, error))
    return NULL;
  *row = cpd_stmt_int (stmt, 7);
  present->version = cpd_stmt_int (stmt, 6);
  present->seen = cpd_stmt_int (stmt, 8);
  if (version != 0 && version != present->version)
    plan = find_version (db, *row, public_id, version, today, error);
  else if (cpd_stmt_is_null (stmt, 9))
    plan = take_plan (stmt, today);
  else
    plan = parse_body (cpd_stmt_text (stmt, 9), public_id, present->version, today, error);
  /* The present keys number the goals of the present plan: in an older one another goal may have that number. */
  if (plan == NULL || (plan->version == present->version && !add_evaluations (db, grant, *row, plan, error)) ||
      !add_versions (db, *row, present, plan, error))
    return NULL;
  return g_steal_pointer (&plan);
}

/**
 * cpd_store_care_plan_row:
 * @row: (out)
 */
gboolean
cpd_store_care_plan_row (CpdDb *db, const CpdGrant *grant, const char *public_id, gint64 *row, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT id FROM care_plan WHERE public_id = ? AND patient = ? AND removed IS NULL AND part_of IS NULL", "ti",
      public_id, grant->patient);

  *row = cpd_stmt_next (stmt, &local) ? cpd_stmt_int (stmt, 0) : 0;
  return cpd_result (&local, error);
}
