/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-sight.h"

void
cpa_sight_show (GtkWidget *from, GtkWidget *until)
{
  GtkWidget *window = gtk_widget_get_ancestor (from, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds, end;
  GtkAdjustment *adjustment;
  double top;

  if (window == NULL || !gtk_widget_compute_bounds (from, window, &bounds))
    return;
  if (gtk_widget_get_visible (until) && gtk_widget_compute_bounds (until, window, &end))
    graphene_rect_union (&bounds, &end, &bounds);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top, top + bounds.size.height);
}
