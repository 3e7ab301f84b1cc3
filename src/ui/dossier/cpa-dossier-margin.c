/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-margin.h"

#include <glib/gi18n.h>

#include "cpa-explanation.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-words.h"

/* A term that is explained already is not explained again. */
static void
append_terms (GtkWidget *margin, CpaContext *context, const char *text, GHashTable *seen)
{
  g_autoptr (GArray) found = cpa_words_find (cpa_words_of (cpa_context_get_api (context)), text);

  for (guint i = 0; i < found->len; i++)
    {
      const CpaWordMatch *match = &g_array_index (found, CpaWordMatch, i);
      g_autofree char *term = g_strndup (text + match->start, match->end - match->start);

      if (g_hash_table_add (seen, match->words))
        gtk_box_append (GTK_BOX (margin), cpa_explanation_new (context, term, match->words, -1));
    }
}

static void
append_explanations (GtkWidget *margin, CpaContext *context, const CpDossierItem *item)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  gtk_box_append (GTK_BOX (margin), cpa_label_new (_ ("Explanation With This Text"), "cp-caption"));
  if (item->text != NULL)
    append_terms (margin, context, item->text, seen);
  for (guint i = 0; i < item->entries->len; i++)
    {
      const CpFormEntry *entry = g_ptr_array_index (item->entries, i);

      for (guint j = 0; entry->kind == CP_ANSWER_TEXT && entry->answers[j] != NULL; j++)
        append_terms (margin, context, entry->answers[j], seen);
    }
  if (g_hash_table_size (seen) > 0)
    gtk_box_append (GTK_BOX (margin), cpa_explanation_caution_new (context, -1));
  else
    gtk_box_remove (GTK_BOX (margin), gtk_widget_get_first_child (margin));
}

static GtkWidget *
note_new (const char *icon_name, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  GtkWidget *label = cpa_label_new (text, "cp-small");

  cpa_hide_from_reader (icon);
  gtk_widget_add_css_class (icon, "cp-accent");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

GtkWidget *
cpa_dossier_margin_new (CpaContext *context, const CpDossierItem *item, gboolean explain)
{
  GtkWidget *margin = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  if (explain)
    append_explanations (margin, context, item);
  if (item->about != NULL)
    {
      g_autofree char *about = cpa_fill (_ ("Belongs to: {text}"), "text", item->about, NULL);

      gtk_box_append (GTK_BOX (margin), note_new ("cp-goal-symbolic", about));
    }
  if (gtk_widget_get_first_child (margin) != NULL)
    return margin;
  g_object_ref_sink (margin);
  g_object_unref (margin);
  return NULL;
}
