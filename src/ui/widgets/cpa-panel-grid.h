/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lays its children out in two equal columns from 760 px (divided by the text scale), else in one. The children of a
 * row are equally high. What is hidden takes no place: the rest moves up. */
#define CPA_TYPE_PANEL_GRID (cpa_panel_grid_get_type ())
G_DECLARE_FINAL_TYPE (CpaPanelGrid, cpa_panel_grid, CPA, PANEL_GRID, GtkWidget)

GtkWidget *cpa_panel_grid_new (void);
void cpa_panel_grid_append (CpaPanelGrid *self, GtkWidget *child);
void cpa_panel_grid_clear (CpaPanelGrid *self);

G_END_DECLS
