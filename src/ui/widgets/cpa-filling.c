/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-filling.h"

#include <adwaita.h>

#define LEAST_WIDTH 60

static GtkSizeRequestMode
request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = LEAST_WIDTH;
  else
    /* Without a width the question is how low it can be, however wide: not how high it is at its least width. */
    gtk_widget_measure (gtk_widget_get_first_child (widget), orientation,
                        for_size < 0 ? -1 : MAX (for_size, LEAST_WIDTH), minimum, natural, NULL, NULL);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &(GtkAllocation){ 0, 0, width, height }, -1);
}

GtkWidget *
cpa_filling_new (GtkWidget *child)
{
  GtkWidget *bin = adw_bin_new ();

  gtk_widget_set_layout_manager (bin, gtk_custom_layout_new (request_mode, measure, allocate));
  gtk_widget_set_hexpand (bin, TRUE);
  adw_bin_set_child (ADW_BIN (bin), child);
  return bin;
}
