/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-by-width.h"

#include "cpa-one-child.h"

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation,
                      orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum, natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
}

GtkWidget *
cpa_by_width_new (GtkWidget *child)
{
  return cpa_one_child_new (child, measure, NULL);
}
