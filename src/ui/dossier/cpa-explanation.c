/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-explanation.h"

#include <glib/gi18n.h>

#include "cpa-button.h"
#include "cpa-fill.h"
#include "cpa-filling.h"
#include "cpa-label.h"
#include "cpa-popover-button.h"
#include "cpa-words-window.h"

static guint
count_meanings (const GPtrArray *words)
{
  guint n = 0;

  for (guint i = 0; i < words->len; i++)
    n += g_strv_length (((const CpWord *) g_ptr_array_index (words, i))->meanings);
  return n;
}

char *
cpa_explanation_text (const GPtrArray *words)
{
  GString *text = g_string_new (count_meanings (words) > 1 ? _ ("This can mean more than one thing:") : "");

  for (guint i = 0; i < words->len; i++)
    {
      const CpWord *word = g_ptr_array_index (words, i);

      for (guint j = 0; word->meanings[j] != NULL; j++)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word->meanings[j]);
    }
  return g_string_free (text, FALSE);
}

/* Where there is a width, a line of many words is not asked for its own. */
static void
append (GtkWidget *box, const char *text, const char *css_class, int max_chars)
{
  GtkWidget *label = cpa_label_new (text, css_class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), max_chars);
  gtk_box_append (GTK_BOX (box), max_chars < 0 ? cpa_filling_new (label) : label);
}

static void
append_meanings (GtkWidget *box, CpaContext *context, const CpWord *word, int max_chars)
{
  g_autofree char *whose = cpa_fill (_ ("Explanation of {organization}"), "organization",
                                     cpa_context_get_organisation (context)->name, NULL);

  for (guint i = 0; word->meanings[i] != NULL; i++)
    append (box, word->meanings[i], NULL, max_chars);
  if (word->own)
    append (box, whose, "cp-caption", max_chars);
}

GtkWidget *
cpa_explanation_new (CpaContext *context, const char *term, const GPtrArray *words, int max_chars)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name ("accessories-dictionary-symbolic");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  cpa_hide_from_reader (icon);
  gtk_widget_add_css_class (icon, "cp-accent");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 3);
  append (box, term, "cp-bold", max_chars);
  if (count_meanings (words) > 1)
    append (box, _ ("This can mean more than one thing:"), "cp-caption", max_chars);
  for (guint i = 0; i < words->len; i++)
    append_meanings (box, context, g_ptr_array_index (words, i), max_chars);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), box);
  return row;
}

static void
all_words_cb (GtkWidget *button, CpaContext *context)
{
  GtkWidget *widget = button;
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);

  if (popover != NULL)
    widget = gtk_widget_get_parent (popover);
  cpa_words_window_present (widget, context);
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

GtkWidget *
cpa_explanation_caution_new (CpaContext *context, int max_chars)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *button = cpa_button_new (_ ("All Abbreviations"));

  append (box,
          _ ("This explanation comes from a word list. The writer may have meant something else. Ask the care team if "
             "you are not sure."),
          "cp-caption", max_chars);
  gtk_widget_add_css_class (button, "cp-link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (all_words_cb), context, 0);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}
