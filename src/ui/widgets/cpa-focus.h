/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*CpaFocusFunc) (GtkWidget *widget);

/* Where the focus goes when a page opens. Not its grab_focus: GTK calls that too when Tab comes round, and the header
 * above would never be reached. */
void cpa_focus_install (GtkWidgetClass *widget_class, CpaFocusFunc func);
/* Does what the page has installed, or cpa_focus_any. */
void cpa_focus_first (GtkWidget *page);
/* The first thing that can have it, unless something of the page has; the page stays at its top. */
void cpa_focus_any (GtkWidget *page);
/* The same when the content of a page has come, of which there was nothing to stand on before: the menu that it was
 * opened from has the focus again by then. Whoever is in a menu meanwhile stays there. */
void cpa_focus_late (GtkWidget *page);
/* Two buttons of opposite ways, and whether each can be gone. At the end of one the focus goes to the other. */
void cpa_focus_set_ways (GtkWidget *back, gboolean can_go_back, GtkWidget *on, gboolean can_go_on);
/* While busy nothing can be done with widget, a button or more of them. Whoever stood on it stands there again when it
 * is free and they are nowhere else by then; on next (nullable) when it is not to be seen any more. */
void cpa_focus_set_busy (GtkWidget *widget, gboolean busy, GtkWidget *next);

G_END_DECLS
