/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls the page that they are on, which may be longer than the window, until everything from one to the other is in
 * sight; the beginning where that is too much. */
void cpa_sight_show (GtkWidget *from, GtkWidget *until);

/* The same for a widget that has no place yet, with room for a notice below it. */
void cpa_sight_show_late (GtkWidget *widget);
#define CPA_SIGHT_NOTICE 110 /* two lines and a button, and what is around them */

G_END_DECLS
