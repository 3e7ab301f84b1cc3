/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer floating): a widget around child that is as high as its width asks, measured by measure. Where allocate is
 * NULL child gets all its room. */
GtkWidget *cpa_one_child_new (GtkWidget *child, GtkCustomMeasureFunc measure, GtkCustomAllocateFunc allocate);

G_END_DECLS
