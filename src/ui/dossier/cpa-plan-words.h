/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-plan-diff.h"

G_BEGIN_DECLS

/* How two versions of a plan are shown. */
typedef enum
{
  CPA_PLAN_PLAIN,  /* the newer one only */
  CPA_PLAN_MARKED, /* one text in which the changes are marked */
  CPA_PLAN_BESIDE  /* the older one at the left, the newer one at the right, changes marked in both */
} CpaPlanLook;

/* The texts of which the sheet of a plan is made. */

/* Both nullable. Where nothing is compared terms are explained. */
GtkWidget *cpa_plan_words_new (CpaContext *context, const char *old, const char *new, CpaPlanLook look);
/* (nullable): what is done, each with a mark before it; NULL when nothing is. */
GtkWidget *cpa_plan_activities_new (CpaContext *context, const CpaPlanGoalPair *pair, CpaPlanLook look);
GtkWidget *cpa_plan_evaluation_new (CpaContext *context, const CpPlanEvaluation *evaluation);

G_END_DECLS
