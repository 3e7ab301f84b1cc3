/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls the page that they are on, which may be longer than the window, until everything from one to the other is in
 * sight; the beginning where that is too much. */
void cpa_sight_show (GtkWidget *from, GtkWidget *until);

G_END_DECLS
