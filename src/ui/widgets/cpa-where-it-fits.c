/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-where-it-fits.h"

#include "cpa-one-child.h"

static gboolean
fits (GtkWidget *child, int width)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return width < 0 || minimum <= width;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    gtk_widget_measure (child, orientation, -1, NULL, natural, NULL, NULL);
  else if (fits (child, for_size))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  gtk_widget_set_child_visible (child, fits (child, width));
  if (gtk_widget_get_child_visible (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, -1);
}

GtkWidget *
cpa_where_it_fits_new (GtkWidget *child)
{
  return cpa_one_child_new (child, measure, allocate);
}
