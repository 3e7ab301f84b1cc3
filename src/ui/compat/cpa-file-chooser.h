/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* file is NULL when nothing was chosen. */
typedef void (*CpaFileChosen) (GFile *file, gpointer user_data);

/* Asks where to save something; name is what the file is called at first. What is chosen stands in no list of recent
 * files. destroy (nullable) is called on user_data when chosen has been, or the window went away before. */
void cpa_choose_save_file (GtkWindow *parent, const char *title, const char *name, CpaFileChosen chosen,
                           gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
