/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-plan-words.h"

G_BEGIN_DECLS

/* A goal of a plan: a head that opens and closes the rest, which is what is done for it and how it was evaluated. */
#define CPA_TYPE_PLAN_GOAL (cpa_plan_goal_get_type ())
G_DECLARE_FINAL_TYPE (CpaPlanGoal, cpa_plan_goal, CPA, PLAN_GOAL, GtkWidget)

/* pair is read only now; evaluations (element-type CpPlanEvaluation) are those of the whole plan. */
GtkWidget *cpa_plan_goal_new (CpaContext *context, const CpaPlanGoalPair *pair, const GPtrArray *evaluations,
                              CpaPlanLook look);
void cpa_plan_goal_set_open (CpaPlanGoal *self, gboolean open);

G_END_DECLS
