/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-sight.h"

static void
show (GtkWidget *from, GtkWidget *until, int room)
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
  gtk_adjustment_clamp_page (adjustment, top, top + bounds.size.height + room);
}

void
cpa_sight_show (GtkWidget *from, GtkWidget *until)
{
  show (from, until, 0);
}

/* In the frame after this one it has its place, and in the one after that what it made room for has too. */
static gboolean
late_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  int *frames = user_data;

  if ((*frames)++ < 1)
    return G_SOURCE_CONTINUE;
  show (widget, widget, CPA_SIGHT_NOTICE);
  return *frames < 4 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
cpa_sight_show_late (GtkWidget *widget)
{
  gtk_widget_add_tick_callback (widget, late_cb, g_new0 (int, 1), g_free);
}
