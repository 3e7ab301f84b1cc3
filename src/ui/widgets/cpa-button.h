/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button with words, which wrap where there is no room for them on one line. */
GtkWidget *cpa_button_new (const char *words);
/* The same for each button with words that is in widget now. */
void cpa_button_wrap_all (GtkWidget *widget);

G_END_DECLS
