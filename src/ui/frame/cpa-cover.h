/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A page, and what may stand in its place for a while. The page stays in the window then, out of sight and out of
 * reach. Nothing may leave a window and come back to it: a screen reader goes on asking what is in the pages of a
 * GtkStack, which GTK 4.8 leaves known to it, and makes known by that what is in no window. Back in one it is a mistake
 * to GTK. */
#define CPA_TYPE_COVER (cpa_cover_get_type ())
G_DECLARE_FINAL_TYPE (CpaCover, cpa_cover, CPA, COVER, GtkWidget)

GtkWidget *cpa_cover_new (GtkWidget *page);
/* In place of the one before, in sight or not. */
void cpa_cover_set_page (CpaCover *self, GtkWidget *page);
/* over (nullable) stands in place of the page; NULL: the page is in sight again. */
void cpa_cover_put (CpaCover *self, GtkWidget *over);
/* (transfer none) (nullable): what stands in its place. */
GtkWidget *cpa_cover_get_over (CpaCover *self);

G_END_DECLS
