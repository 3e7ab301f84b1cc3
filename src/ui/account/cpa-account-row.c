/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-account-row.h"

#include "cpa-label.h"
#include "cpa-wrap.h"

#define TEXT_WIDTH_CHARS 44

/* Leaves room for a button beside it. */
static GtkWidget *
narrow_label_new (const char *text, const char *css_class)
{
  GtkWidget *label = cpa_label_new (text, css_class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT_WIDTH_CHARS);
  return label;
}

GtkWidget *
cpa_account_row_texts_new (const char *title, const char *below)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (texts), narrow_label_new (title, NULL));
  if (below != NULL && *below != '\0')
    gtk_box_append (GTK_BOX (texts), narrow_label_new (below, "cp-caption"));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

GtkWidget *
cpa_account_row_new (const char *title, const char *below)
{
  GtkWidget *row = cpa_wrap_new ();

  g_object_set (row, "spread", TRUE, NULL);
  cpa_wrap_append (CPA_WRAP (row), cpa_account_row_texts_new (title, below));
  return row;
}
