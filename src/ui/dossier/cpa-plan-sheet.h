/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-plan-words.h"

G_BEGIN_DECLS

/* Title, state, version and period of a plan, and with whom it was discussed. */
GtkWidget *cpa_plan_head_new (CpaContext *context, const CpCarePlan *plan);
/* Description, goals, what is done and the evaluations; what changed since old (nullable) is marked. */
GtkWidget *cpa_plan_sheet_new (CpaContext *context, const CpCarePlan *old, const CpCarePlan *plan, CpaPlanLook look);

G_END_DECLS
