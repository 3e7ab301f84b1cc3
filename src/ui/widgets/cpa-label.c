/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-label.h"

#include <string.h>

/* An address that is too long for a line gets no hyphen where it is broken: that would be read as part of it. */
static void
keep_addresses (GtkLabel *label, const char *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  for (const char *at = strchr (text, '@'); at != NULL; at = strchr (at + 1, '@'))
    {
      const char *start = at;
      PangoAttribute *whole = pango_attr_insert_hyphens_new (FALSE);

      while (start > text && start[-1] != ' ')
        start--;
      whole->start_index = start - text;
      whole->end_index = at - text + strcspn (at, " ");
      pango_attr_list_insert (attributes, whole);
    }
  gtk_label_set_attributes (label, attributes);
}

GtkWidget *
cpa_label_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text != NULL ? text : "", "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  if (text != NULL && strchr (text, '@') != NULL)
    keep_addresses (GTK_LABEL (label), text);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
cpa_label_preview_new (const char *text, const char *css_class, int lines)
{
  GtkWidget *label = cpa_label_new (text, css_class);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  if (lines == 1)
    gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  return label;
}

GtkWidget *
cpa_inscription_new (const char *css_class, int lines)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), lines);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), lines);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (cell), PANGO_WRAP_WORD_CHAR);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (cell), 0);
  gtk_widget_set_hexpand (cell, TRUE);
  gtk_widget_add_css_class (cell, "cp-inscription");
  if (css_class != NULL)
    gtk_widget_add_css_class (cell, css_class);
  return cell;
}

void
cpa_hide_from_reader (GtkWidget *widget)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

void
cpa_name (GtkWidget *widget, const char *name, const char *description)
{
  /* A button points to its own text in newer GTKs, and that would be read instead. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (description != NULL && *description == '\0')
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  else if (description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}
