/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* ground is its code on the wire. */
typedef void (*CpaGroundChosen) (const char *ground, gpointer user_data);

/* Asks why somebody may see the dossier or manage users; known (nullable) is what was said before, for button. chosen
 * is called when the person says it, and not when the window is closed without. */
void cpa_ground_form_ask (GtkWidget *parent, const char *name, const char *known, const char *button,
                          CpaGroundChosen chosen, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
