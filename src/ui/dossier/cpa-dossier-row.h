/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-dossier-entry.h"

G_BEGIN_DECLS

/* A row of the list of items, used again and again while it scrolls: the day above the first of each day, then kind,
 * time, writer and two lines of text. Text is in inscriptions, which cost nothing to lay out. */
#define CPA_TYPE_DOSSIER_ROW (cpa_dossier_row_get_type ())
G_DECLARE_FINAL_TYPE (CpaDossierRow, cpa_dossier_row, CPA, DOSSIER_ROW, GtkWidget)

GtkWidget *cpa_dossier_row_new (CpaContext *context);
/* entry NULL: the row shows nothing for now. */
void cpa_dossier_row_bind (CpaDossierRow *self, CpaDossierEntry *entry);

G_END_DECLS
