/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer floating): rest below what is above it and stays in sight there while rest scrolls. Where there is no room
 * for both, above has half of it and scrolls by itself. It takes no place while it is not visible. */
GtkWidget *cpa_above_new (GtkWidget *above, GtkWidget *rest);

G_END_DECLS
