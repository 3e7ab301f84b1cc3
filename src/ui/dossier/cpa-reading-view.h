/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-dossier-view.h"

G_BEGIN_DECLS

/* Lezen: whole reports, newest first, with filters and a search (a CpaDossierView). */
#define CPA_TYPE_READING_VIEW (cpa_reading_view_get_type ())
G_DECLARE_FINAL_TYPE (CpaReadingView, cpa_reading_view, CPA, READING_VIEW, GtkWidget)

GtkWidget *cpa_reading_view_new (CpaContext *context);

G_END_DECLS
