/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-care-plan.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* "Wijzigingen tonen sinds versie 3": a switch, a choice when there are several earlier versions, and what the marks
 * mean. Signal "changed": what it asks for is another version, or none. */
#define CPA_TYPE_PLAN_COMPARE (cpa_plan_compare_get_type ())
G_DECLARE_FINAL_TYPE (CpaPlanCompare, cpa_plan_compare, CPA, PLAN_COMPARE, GtkWidget)

GtkWidget *cpa_plan_compare_new (void);
/* The versions of a plan that is opened; nothing is compared until the person asks. Without earlier ones it hides. */
void cpa_plan_compare_set_plan (CpaPlanCompare *self, const CpCarePlan *plan);
/* The version to compare with; 0: none. */
gint64 cpa_plan_compare_get_version (CpaPlanCompare *self);
/* What is said below the switch: how many changes there are, that it is being fetched, or a failure; NULL: nothing. */
void cpa_plan_compare_say (CpaPlanCompare *self, const char *text);

G_END_DECLS
