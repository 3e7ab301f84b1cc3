/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* Plannen: the care plans, Actueel and Vervallen. */
#define CPA_TYPE_PLANS_VIEW (cpa_plans_view_get_type ())
G_DECLARE_FINAL_TYPE (CpaPlansView, cpa_plans_view, CPA, PLANS_VIEW, GtkWidget)

void cpa_plans_view_set_context (CpaPlansView *self, CpaContext *context);
void cpa_plans_view_load (CpaPlansView *self, gboolean refresh);

G_END_DECLS
