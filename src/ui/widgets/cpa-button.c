/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-button.h"

/* Between words only: a button is too small for half of one. */
static void
wrap (GtkWidget *button)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  if (!GTK_IS_LABEL (label))
    return;
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  /* Else a label in a button that is high likes to be as narrow as that height allows. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
}

GtkWidget *
cpa_button_new (const char *words)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  wrap (button);
  return button;
}

void
cpa_button_wrap_all (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    wrap (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    cpa_button_wrap_all (child);
}
