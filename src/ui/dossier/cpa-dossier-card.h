/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* The opened item, in reading type: a report, or a form with its questions and answers. */
#define CPA_TYPE_DOSSIER_CARD (cpa_dossier_card_get_type ())
G_DECLARE_FINAL_TYPE (CpaDossierCard, cpa_dossier_card, CPA, DOSSIER_CARD, GtkWidget)

void cpa_dossier_card_set_context (CpaDossierCard *self, CpaContext *context);
/* Fetches the item and shows it. */
void cpa_dossier_card_open (CpaDossierCard *self, const char *id);
/* Forgets what was opened. */
void cpa_dossier_card_close (CpaDossierCard *self);

G_END_DECLS
