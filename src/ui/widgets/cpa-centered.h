/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer floating): child in the middle of its height, beside words of another size. It tells no baseline: a GtkBox
 * sets the baselines of all its children on one line, also of those in the middle, and is then higher for a width than
 * it said. */
GtkWidget *cpa_centered_new (GtkWidget *child);

G_END_DECLS
