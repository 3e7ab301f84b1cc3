/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button that opens popover under it. Unlike a GtkMenuButton it gives a text inside that wraps the height it needs.
 * name is its accessible name; what is inside is not told again. */
GtkWidget *cpa_popover_button_new (GtkWidget *inside, GtkWidget *popover, const char *name);
/* Closes the popover that widget is in. */
void cpa_popover_close (GtkWidget *widget);

G_END_DECLS
