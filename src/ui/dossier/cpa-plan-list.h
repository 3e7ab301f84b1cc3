/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* The plans under "Actueel" and "Vervallen". Signal "plan-chosen" (char *id). */
#define CPA_TYPE_PLAN_LIST (cpa_plan_list_get_type ())
G_DECLARE_FINAL_TYPE (CpaPlanList, cpa_plan_list, CPA, PLAN_LIST, GtkWidget)

GtkWidget *cpa_plan_list_new (CpaContext *context);
/* (element-type CpCarePlan): in the order in which they stand. What was marked stays marked while it is there. */
void cpa_plan_list_show (CpaPlanList *self, const GPtrArray *plans);
/* Marks the plan that stands open; NULL: none. */
void cpa_plan_list_mark (CpaPlanList *self, const char *id);

G_END_DECLS
