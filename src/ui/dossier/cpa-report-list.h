/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-start.h"
#include "cpa-context.h"
#include "cpa-report.h"

G_BEGIN_DECLS

/* Whole reports under each other, newest first, fetched on while one scrolls. What stands in sight for two seconds is
 * read. Signals: "first-page" (gpointer page, const GError *): the beginning came (a CpDossierPage or CpSearchPage), or
 * did not; "read" (CpaReport *): it was unread until now; "opened" (CpaReport *): the person wants it large;
 * "find-changed": one went to another found word, or there are others; "taken-away": the care team withdrew one, or put
 * another in its place. */
#define CPA_TYPE_REPORT_LIST (cpa_report_list_get_type ())
G_DECLARE_FINAL_TYPE (CpaReportList, cpa_report_list, CPA, REPORT_LIST, GtkWidget)

GtkWidget *cpa_report_list_new (CpaContext *context);
/* route is that of the dossier or of its search; query (nullable) without a cursor. What is shown stays until the
 * answer; a refresh keeps the place of the reader. */
void cpa_report_list_ask (CpaReportList *self, CpRouteId route, const char *query, gboolean refresh);
guint cpa_report_list_get_count (CpaReportList *self);
void cpa_report_list_set_narrow (CpaReportList *self, gboolean narrow, gboolean tight);
/* (transfer full): how old it is, in words. */
char *cpa_report_list_dup_age (CpaReportList *self);
/* How old it is, is not said below it: there is no room. */
void cpa_report_list_set_folded (CpaReportList *self, gboolean folded);
/* How old everything here is. */
void cpa_report_list_set_fetched (CpaReportList *self, CpTime fetched_at);

/* (transfer none) (nullable): the report that had the focus last, when it is in sight; or else the first that is so
 * wholly. */
CpaReport *cpa_report_list_get_looked_at (CpaReportList *self);
/* (transfer none) (nullable): that of an item; NULL when it is not in the list, or not any more. */
CpaReport *cpa_report_list_find_report (CpaReportList *self, const char *id);
/* (transfer none) (nullable): the one before (-1) or after it. What comes after may have to be fetched first. */
CpaReport *cpa_report_list_get_neighbour (CpaReportList *self, CpaReport *report, int direction);
/* Brings a report into sight. */
void cpa_report_list_go_to (CpaReportList *self, CpaReport *report);
/* It has been read elsewhere on the screen, as it came until then (its seen). */
void cpa_report_list_read (CpaReportList *self, CpaReport *report, CpTime until);

/* To the found word before (-1) or after the last one that one went to. */
void cpa_report_list_find (CpaReportList *self, int direction);
gboolean cpa_report_list_can_find (CpaReportList *self, int direction);
/* (transfer none) (nullable): the report with the found word that one went to last. */
CpaReport *cpa_report_list_get_found (CpaReportList *self);

G_END_DECLS
