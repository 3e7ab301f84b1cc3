/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-care-plan.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* The plan that stands open, with what changed since an earlier version when one asks for it. Signals "opened": it is
 * on the screen; "removed": it is not there any more; "replaced": it says something else
 * now. */
#define CPA_TYPE_OPENED_PLAN (cpa_opened_plan_get_type ())
G_DECLARE_FINAL_TYPE (CpaOpenedPlan, cpa_opened_plan, CPA, OPENED_PLAN, GtkWidget)

GtkWidget *cpa_opened_plan_new (CpaContext *context);
/* Fetches the plan and shows it. */
void cpa_opened_plan_open (CpaOpenedPlan *self, const char *id);
/* Forgets what was open. */
void cpa_opened_plan_close (CpaOpenedPlan *self);
/* Fetches what stands open again, without moving the reader. */
void cpa_opened_plan_refresh (CpaOpenedPlan *self);
/* (nullable): what is on the screen, and when the server fetched it (0: not known). */
const CpCarePlan *cpa_opened_plan_get_plan (CpaOpenedPlan *self, CpTime *fetched_at);

G_END_DECLS
