/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-filling.h"

#include "cpa-one-child.h"

#define LEAST_WIDTH 60

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

GtkWidget *
cpa_filling_new (GtkWidget *child)
{
  GtkWidget *bin = cpa_one_child_new (child, measure, NULL);

  gtk_widget_set_hexpand (bin, TRUE);
  return bin;
}
