/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-dossier-view.h"

G_BEGIN_DECLS

/* Plannen: the care plans, Actueel and Vervallen (a CpaDossierView). */
#define CPA_TYPE_PLANS_VIEW (cpa_plans_view_get_type ())
G_DECLARE_FINAL_TYPE (CpaPlansView, cpa_plans_view, CPA, PLANS_VIEW, GtkWidget)

GtkWidget *cpa_plans_view_new (CpaContext *context);

G_END_DECLS
