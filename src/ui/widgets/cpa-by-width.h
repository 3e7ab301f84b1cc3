/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer floating): child, which is never asked how wide it is for a height. A GtkBox of GTK 4.18 asks that of what
 * stands beside something else, tries many widths to answer it, and complains when what it holds always answers the
 * same, as cpa_filling_new () does. */
GtkWidget *cpa_by_width_new (GtkWidget *child);

G_END_DECLS
