/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-popover-button.h"

#include <adwaita.h>

#include "cpa-label.h"

#define EDGE 24 /* of the popover itself, and of the window beside it */

/* Never wider than the window: on a narrow one what is inside wraps. Nor wider than what is inside: a clamp alone asks
 * for as much as it may have. */
static void
popup_cb (GtkPopover *popover)
{
  AdwClamp *clamp = ADW_CLAMP (gtk_popover_get_child (popover));
  int width = gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (popover)))) - 2 * EDGE;
  int natural;

  gtk_widget_measure (adw_clamp_get_child (clamp), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  width = CLAMP (natural, 0, MAX (width, 0));
  adw_clamp_set_maximum_size (clamp, width);
  adw_clamp_set_tightening_threshold (clamp, width);
  gtk_popover_popup (popover);
}

/* Around what was in it. */
static void
add_clamp (GtkPopover *popover)
{
  g_autoptr (GtkWidget) child = g_object_ref (gtk_popover_get_child (popover));
  GtkWidget *clamp = adw_clamp_new ();

  gtk_popover_set_child (popover, NULL);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_popover_set_child (popover, clamp);
}

GtkWidget *
cpa_popover_button_new (GtkWidget *inside, GtkWidget *popover, const char *name)
{
  GtkWidget *button = gtk_button_new ();

  cpa_hide_from_reader (inside);
  gtk_button_set_child (GTK_BUTTON (button), inside);
  cpa_name (button, name, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  gtk_widget_add_css_class (popover, "cp-popover");
  add_clamp (GTK_POPOVER (popover));
  gtk_widget_set_parent (popover, button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (popup_cb), popover, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "destroy", G_CALLBACK (gtk_widget_unparent), popover, G_CONNECT_SWAPPED);
  return button;
}

void
cpa_popover_close (GtkWidget *widget)
{
  GtkWidget *popover = gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}
