/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-profile-group.h"

#include "cpa-copying.h"
#include "cpa-label.h"

GtkWidget *
cpa_profile_group_new (const char *heading)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (group), cpa_label_new (heading, "cp-heading"));
  gtk_widget_add_css_class (card, "cp-card");
  gtk_box_append (GTK_BOX (group), card);
  return group;
}

void
cpa_profile_group_add (GtkWidget *group, CpaContext *context, const char *name, const char *value)
{
  GtkWidget *row;
  GtkWidget *label;

  if (value == NULL || *value == '\0')
    return;
  row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  label = cpa_label_new (value, NULL);
  cpa_copying_let (label, context);
  gtk_box_append (GTK_BOX (row), cpa_label_new (name, "cp-caption"));
  gtk_box_append (GTK_BOX (row), label);
  cpa_profile_group_add_row (group, row);
}

void
cpa_profile_group_add_row (GtkWidget *group, GtkWidget *row)
{
  gtk_widget_add_css_class (row, "cp-row");
  gtk_box_append (GTK_BOX (gtk_widget_get_last_child (group)), row);
}
