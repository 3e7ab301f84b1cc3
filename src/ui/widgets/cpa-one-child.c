/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-one-child.h"

#include <adwaita.h>

static GtkSizeRequestMode
request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
allocate_all (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &(GtkAllocation){ 0, 0, width, height }, -1);
}

GtkWidget *
cpa_one_child_new (GtkWidget *child, GtkCustomMeasureFunc measure, GtkCustomAllocateFunc allocate)
{
  GtkWidget *bin = adw_bin_new ();

  gtk_widget_set_layout_manager (
      bin, gtk_custom_layout_new (request_mode, measure, allocate != NULL ? allocate : allocate_all));
  adw_bin_set_child (ADW_BIN (bin), child);
  return bin;
}
