/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-icon-button.h"

#include "cpa-label.h"

GtkWidget *
cpa_icon_button_new (const char *icon, const char *words, GCallback clicked, gpointer data)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (words);

  gtk_widget_set_halign (inside, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (inside), label);
  cpa_hide_from_reader (inside);
  gtk_button_set_child (GTK_BUTTON (button), inside);
  gtk_widget_add_css_class (button, "cp-outline");
  cpa_name (button, words, NULL);
  g_signal_connect_object (button, "clicked", clicked, data, G_CONNECT_SWAPPED);
  return button;
}

void
cpa_icon_button_show_words (GtkWidget *button, gboolean shown)
{
  GtkWidget *label = gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_widget_set_visible (label, shown);
  gtk_widget_set_tooltip_text (button, shown ? NULL : gtk_label_get_text (GTK_LABEL (label)));
  if (shown)
    gtk_widget_remove_css_class (button, "cp-icon-button");
  else
    gtk_widget_add_css_class (button, "cp-icon-button");
}
