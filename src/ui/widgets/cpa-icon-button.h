/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer floating): an outlined button of an icon and words, which are its name. clicked is called with data as its
 * first argument, as long as that lives. */
GtkWidget *cpa_icon_button_new (const char *icon, const char *words, GCallback clicked, gpointer data);
/* Where there is no room for the words they are the tooltip. */
void cpa_icon_button_show_words (GtkWidget *button, gboolean shown);

G_END_DECLS
