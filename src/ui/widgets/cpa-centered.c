/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-centered.h"

#include "cpa-one-child.h"

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
}

GtkWidget *
cpa_centered_new (GtkWidget *child)
{
  GtkWidget *bin = cpa_one_child_new (child, measure, NULL);

  gtk_widget_set_valign (bin, GTK_ALIGN_CENTER);
  return bin;
}
