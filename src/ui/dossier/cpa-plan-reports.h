/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* "Rapportages bij dit plan", newest first, with a button for older ones. Without any it hides. */
#define CPA_TYPE_PLAN_REPORTS (cpa_plan_reports_get_type ())
G_DECLARE_FINAL_TYPE (CpaPlanReports, cpa_plan_reports, CPA, PLAN_REPORTS, GtkWidget)

GtkWidget *cpa_plan_reports_new (CpaContext *context);
void cpa_plan_reports_open (CpaPlanReports *self, const char *plan);
/* Nothing of them stays, nor does anything come. */
void cpa_plan_reports_close (CpaPlanReports *self);
/* Fetches them again; what is the same stays as it is. */
void cpa_plan_reports_refresh (CpaPlanReports *self);

G_END_DECLS
