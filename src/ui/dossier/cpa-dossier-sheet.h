/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* The parts of a whole item on a sheet: the tile with kind and title; when and by whom; marks, text, form and
 * attachments. */
GtkWidget *cpa_dossier_head_new (CpaContext *context, const CpDossierItem *item);
GtkWidget *cpa_dossier_by_new (CpaContext *context, const CpDossierItem *item);
GtkWidget *cpa_dossier_body_new (CpaContext *context, const CpDossierItem *item);
/* Whether item is another one than shown (transfer full, nullable) was made of; see cpa_record_text_is_news (). Only
 * what was changed says on which day, and is another one on another day: what is read elsewhere stays in its place. */
gboolean cpa_dossier_is_news (CpaContext *context, char **shown, const CpDossierItem *item);
/* That the care team changed it afterwards. */
GtkWidget *cpa_dossier_amended_new (CpaContext *context, const CpDossierItem *item);

G_END_DECLS
