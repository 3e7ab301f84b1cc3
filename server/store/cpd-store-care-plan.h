/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"
#include "cpd-actor.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Care plans as members read them; how they are kept stands in cpd-store-plan.h. today "2026-03-03" judges whether the
 * period is over. */

/* (element-type CpCarePlan): current ones first, then expired ones, each newest first; title and period only. */
GPtrArray *cpd_store_care_plans (CpdDb *db, const CpdGrant *grant, const char *today, GError **error);
/* (nullable) (transfer full): one with everything, as it stands (version 0) or stood; *row for the audit log. NULL
 * without error: the grant's patient has no such plan or version. */
CpCarePlan *cpd_store_care_plan (CpdDb *db, const CpdGrant *grant, const char *public_id, gint64 version,
                                 const char *today, gint64 *row, GError **error);
/* (transfer full) (element-type CpPlanEvaluation), newest first: the evaluations of that plan that are resources of
 * their own; NULL with error. */
GPtrArray *cpd_store_care_plan_evaluations (CpdDb *db, gint64 patient, gint64 row, GError **error);
/* *row 0: the grant's patient has no such plan. */
gboolean cpd_store_care_plan_row (CpdDb *db, const CpdGrant *grant, const char *public_id, gint64 *row, GError **error);

G_END_DECLS
