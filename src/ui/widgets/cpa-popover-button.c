/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-popover-button.h"

#include "cpa-label.h"

GtkWidget *
cpa_popover_button_new (GtkWidget *inside, GtkWidget *popover, const char *name)
{
  GtkWidget *button = gtk_button_new ();

  cpa_hide_from_reader (inside);
  gtk_button_set_child (GTK_BUTTON (button), inside);
  cpa_name (button, name, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  gtk_widget_add_css_class (popover, "cp-popover");
  gtk_widget_set_parent (popover, button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popup), popover, G_CONNECT_SWAPPED);
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
