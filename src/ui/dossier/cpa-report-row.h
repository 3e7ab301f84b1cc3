/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-report.h"

G_BEGIN_DECLS

/* A row of Lezen: the day in the gutter at the left (narrow: above) of the first of a day, and the whole report: who,
 * when, and its text. */
#define CPA_TYPE_REPORT_ROW (cpa_report_row_get_type ())
G_DECLARE_FINAL_TYPE (CpaReportRow, cpa_report_row, CPA, REPORT_ROW, GtkWidget)

GtkWidget *cpa_report_row_new (CpaContext *context);
/* report NULL: the row shows nothing for now. kind: of which kind it is stands there too. */
void cpa_report_row_bind (CpaReportRow *self, CpaReport *report, gboolean kind);
/* Names the day anew when it is another one than when it was shown; nothing else moves. */
void cpa_report_row_renew (CpaReportRow *self);
/* (nullable) */
CpaReport *cpa_report_row_get_report (CpaReportRow *self);
void cpa_report_row_set_narrow (CpaReportRow *self, gboolean narrow, gboolean tight);
/* Where a found word is, in the row; FALSE before there is a layout. */
gboolean cpa_report_row_get_place (CpaReportRow *self, int mark, graphene_rect_t *place);

G_END_DECLS
