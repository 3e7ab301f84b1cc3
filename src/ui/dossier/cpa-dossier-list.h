/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-start.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* The items of the dossier, newest first, fetched on while one scrolls. Signal "item-chosen" (const CpDossierItem *),
 * and "first-page" (const CpDossierPage *, const GError *), one of them NULL: the beginning came, or did not. */
#define CPA_TYPE_DOSSIER_LIST (cpa_dossier_list_get_type ())
G_DECLARE_FINAL_TYPE (CpaDossierList, cpa_dossier_list, CPA, DOSSIER_LIST, GtkWidget)

void cpa_dossier_list_set_context (CpaDossierList *self, CpaContext *context);
/* Asks for the beginning. After a refresh that brings nothing new the reader keeps the place. */
void cpa_dossier_list_load (CpaDossierList *self, gboolean refresh);
/* Chooses the newest; FALSE when there is none. */
gboolean cpa_dossier_list_open_newest (CpaDossierList *self);
gboolean cpa_dossier_list_has_open (CpaDossierList *self);
guint cpa_dossier_list_get_count (CpaDossierList *self);

G_END_DECLS
