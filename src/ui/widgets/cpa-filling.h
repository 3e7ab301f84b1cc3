/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer floating): child takes the width that there is, and is never asked how wide it would like to be: a label
 * that wraps tries many widths to answer that, which is felt in a list of hundreds of rows. */
GtkWidget *cpa_filling_new (GtkWidget *child);

G_END_DECLS
