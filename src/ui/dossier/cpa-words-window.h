/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* "Alle afkortingen": every word that is explained, to look one up, and whether they are explained in the texts. widget
 * is what asks for it. */
void cpa_words_window_present (GtkWidget *widget, CpaContext *context);

G_END_DECLS
