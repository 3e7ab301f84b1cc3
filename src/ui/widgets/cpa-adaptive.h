/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A box around one child that knows whether it is narrow: its width, divided by the text scale, is below "threshold".
 * It then carries the style class cp-narrow. Listen to notify::narrow; it comes just after the allocation.
 * Where it is narrower still, as a small window with large text is, it carries cp-tight too: notify::tight. */
#define CPA_TYPE_ADAPTIVE (cpa_adaptive_get_type ())
G_DECLARE_FINAL_TYPE (CpaAdaptive, cpa_adaptive, CPA, ADAPTIVE, GtkWidget)

GtkWidget *cpa_adaptive_new (int threshold, GtkWidget *child);
void cpa_adaptive_set_child (CpaAdaptive *self, GtkWidget *child);
gboolean cpa_adaptive_is_narrow (CpaAdaptive *self);
gboolean cpa_adaptive_is_tight (CpaAdaptive *self);

G_END_DECLS
