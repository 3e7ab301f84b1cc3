/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-report.h"

G_BEGIN_DECLS

/* The reports of the dossier that answer a question, newest first, page by page. Signals: "first-page" (gpointer page,
 * const GError *, gboolean anew): the beginning came (a CpDossierPage or CpSearchPage), or did not; anew: it is another
 * question than the one before; "next-page" (const GError *): more came, or did not;
 * "taken-away": what was shown was withdrawn, or another stands in its place. */
#define CPA_TYPE_REPORT_MODEL (cpa_report_model_get_type ())
G_DECLARE_FINAL_TYPE (CpaReportModel, cpa_report_model, CPA, REPORT_MODEL, GObject)

/* A page closes it before it lets go, so that nothing is fetched for nobody: g_object_run_dispose (). */
CpaReportModel *cpa_report_model_new (CpaContext *context);
/* route is that of the dossier or of its search; query (nullable) without a cursor. What is there stays until the
 * answer; after a refresh only what differs changes. */
void cpa_report_model_ask (CpaReportModel *self, CpRouteId route, const char *query, gboolean refresh);
gboolean cpa_report_model_is_search (CpaReportModel *self);

/* (transfer none): of CpaReport. */
GListModel *cpa_report_model_get_list (CpaReportModel *self);
/* (transfer none) (nullable): NULL behind the end. */
CpaReport *cpa_report_model_peek (CpaReportModel *self, guint position);
/* FALSE when it is not there any more. */
gboolean cpa_report_model_find (CpaReportModel *self, CpaReport *report, guint *position);
/* By the id of its item: what the care team put right is another report with the same id. */
gboolean cpa_report_model_find_id (CpaReportModel *self, const char *id, guint *position);

/* Whether there is more than what came; whether that is asked now; and whether it could not be fetched. */
gboolean cpa_report_model_has_next (CpaReportModel *self);
gboolean cpa_report_model_is_busy (CpaReportModel *self);
gboolean cpa_report_model_has_failed (CpaReportModel *self);
/* Nothing happens when there is no more, or it is asked already. */
void cpa_report_model_load_next (CpaReportModel *self);

G_END_DECLS
