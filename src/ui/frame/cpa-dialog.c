/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-dialog.h"

#include "cpa-label.h"

static void
name_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      cpa_name (widget, gtk_button_get_label (GTK_BUTTON (widget)), NULL);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

void
cpa_dialog_present (GtkWidget *dialog)
{
  name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
