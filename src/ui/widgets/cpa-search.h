/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A search entry keeps Escape to itself: the first one empties it, and in an empty one it goes back, as on the rest of
 * the page. */
void cpa_search_set_escape (GtkWidget *entry);

G_END_DECLS
