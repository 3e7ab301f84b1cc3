/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-timeline.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* How often what was searched was found, and the way from one to the next. Signal "find" (int): to the one before (-1)
 * or after. Hidden while nothing was found. */
#define CPA_TYPE_FIND_BAR (cpa_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (CpaFindBar, cpa_find_bar, CPA, FIND_BAR, GtkWidget)

GtkWidget *cpa_find_bar_new (CpaContext *context);
void cpa_find_bar_show (CpaFindBar *self, const CpSearchPage *page);
void cpa_find_bar_clear (CpaFindBar *self);
/* Nothing was found, or it could not be asked: where that is said nowhere else. */
void cpa_find_bar_say (CpaFindBar *self, const char *sentence);
/* Arrows alone, that stay inside the narrowest window. */
void cpa_find_bar_set_tight (CpaFindBar *self, gboolean tight);
/* Another search is under way: what was found before is not what was asked. */
void cpa_find_bar_wait (CpaFindBar *self);
void cpa_find_bar_set_ways (CpaFindBar *self, gboolean before, gboolean after);
/* Where one is: told to a screen reader in the words around it. item may be NULL. */
void cpa_find_bar_set_found (CpaFindBar *self, const CpDossierItem *item, int mark);

G_END_DECLS
