/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-page.h"

G_BEGIN_DECLS

/* Mijn dossier: a tab for each CpaDossierView. */
#define CPA_TYPE_DOSSIER_PAGE (cpa_dossier_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaDossierPage, cpa_dossier_page, CPA, DOSSIER_PAGE, GtkWidget)

GtkWidget *cpa_dossier_page_new (CpaContext *context);

G_END_DECLS
