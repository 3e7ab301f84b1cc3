/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-dossier-view.h"

G_BEGIN_DECLS

/* Tijdlijn: the opened card, the cards along the time bar, and the bar (a CpaDossierView). */
#define CPA_TYPE_TIMELINE_VIEW (cpa_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (CpaTimelineView, cpa_timeline_view, CPA, TIMELINE_VIEW, GtkWidget)

GtkWidget *cpa_timeline_view_new (CpaContext *context);

G_END_DECLS
