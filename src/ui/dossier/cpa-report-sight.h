/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-report-row.h"

G_BEGIN_DECLS

/* Which reports of a list view in a scrolled window are on the screen. */

/* (transfer none) (nullable): that of a widget that stands in the list view. */
CpaReportRow *cpa_report_sight_row (GtkWidget *list_row);
/* (transfer none) (nullable): that of a report, when there is one. */
CpaReportRow *cpa_report_sight_find (GtkWidget *view, CpaReport *report);
/* Whether so much of it is on the screen that one reads it: all of it, or most of the screen. */
gboolean cpa_report_sight_has (GtkWidget *view, CpaReportRow *row);
/* (transfer none) (nullable): touched (nullable) when some of it is there; or else the first that is wholly there. */
CpaReport *cpa_report_sight_looked_at (GtkWidget *view, CpaReport *touched);
/* Each row names its day anew; see cpa_report_row_renew (). */
void cpa_report_sight_renew (GtkWidget *view);

G_END_DECLS
