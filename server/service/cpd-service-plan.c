/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-plan.h"

#include "cp-timeline.h"
#include "cpd-content.h"
#include "cpd-dossier-query.h"
#include "cpd-store-care-plan.h"

/**
 * cpd_service_care_plans:
 */
gboolean
cpd_service_care_plans (CpdCall *call, GError **error)
{
  g_autoptr (CpCarePlanList) list = cp_care_plan_list_new ();
  g_autofree char *today = cp_time_date (call->now, call->services->config->zone);

  list->freshness = cpd_content_freshness (call, CP_PART_DOSSIER, error);
  if (list->freshness == NULL)
    return FALSE;
  if (cpd_content_is_shown (call, CP_FRESH_PLANS))
    {
      GPtrArray *plans = cpd_store_care_plans (call->db, &call->grant, today, error);
      if (plans == NULL)
        return FALSE;
      g_ptr_array_unref (list->plans);
      list->plans = plans;
    }
  list->state = cpd_content_state (call, list->freshness, CP_FRESH_PLANS, list->plans->len > 0);
  g_strfreev (list->allowed);
  list->allowed = cpd_content_allowed (call);
  cpd_call_read (call, CP_PART_DOSSIER, CPD_AUDIT_PLANS, 0, 0, list->plans->len);
  cpd_call_answer (call, &cp_care_plan_list_record, list);
  return TRUE;
}

/**
 * cpd_service_care_plan:
 *
 * One plan with everything, as it stands or as it stood.
 */
gboolean
cpd_service_care_plan (CpdCall *call, GError **error)
{
  g_autoptr (CpCarePlanAnswer) answer = cp_care_plan_answer_new ();
  g_autofree char *today = cp_time_date (call->now, call->services->config->zone);
  g_autoptr (GError) local = NULL;
  gint64 version;
  gint64 row = 0;

  answer->freshness = cpd_content_freshness (call, CP_PART_DOSSIER, error);
  if (answer->freshness == NULL || !cpd_dossier_query_version (call, &version, error))
    return FALSE;
  if (cpd_content_is_shown (call, CP_FRESH_PLANS))
    answer->plan = cpd_store_care_plan (call->db, &call->grant, call->request->ids[1], version, today, &row, &local);
  if (answer->plan == NULL)
    {
      if (local == NULL)
        g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "no such plan of this patient");
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_strfreev (answer->allowed);
  answer->allowed = cpd_content_allowed (call);
  /* A row of a plan is never that of a card, whose rows begin at patient << 32. */
  cpd_call_read_version (call, CP_PART_DOSSIER, row, 0, version);
  cpd_call_answer (call, &cp_care_plan_answer_record, answer);
  return TRUE;
}
