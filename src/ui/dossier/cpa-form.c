/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-form.h"

#include <glib/gi18n.h>

#include "cp-dossier-item.h"
#include "cpa-answer-text.h"
#include "cpa-label.h"
#include "cpa-reading-text.h"

#define LEVEL_STEP 20
#define LEVELS 4 /* what lies deeper is not set in further */

static GtkWidget *
heading_new (const CpFormEntry *entry)
{
  GtkWidget *heading = cpa_label_new (cpa_answer_question (entry), entry->level == 0 ? "cp-heading" : "cp-bold");

  gtk_widget_add_css_class (heading, "cp-form-heading");
  return heading;
}

static GtkWidget *
question_new (CpaContext *context, const CpFormEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *answers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_auto (GStrv) texts = cpa_answer_texts (entry, cpa_context_get_zone (context));

  gtk_box_append (GTK_BOX (box), cpa_label_new (cpa_answer_question (entry), "cp-form-question"));
  for (guint i = 0; texts[i] != NULL; i++)
    gtk_box_append (GTK_BOX (answers), cpa_reading_text_new (context, texts[i], NULL));
  if (texts[0] == NULL)
    gtk_box_append (GTK_BOX (answers), cpa_label_new (_ ("Not filled in"), "cp-quiet"));
  gtk_widget_add_css_class (answers, "cp-form-answer");
  gtk_box_append (GTK_BOX (box), answers);
  return box;
}

/* What stands there beside the questions; it must not look like an answer. */
static GtkWidget *
display_new (CpaContext *context, const CpFormEntry *entry)
{
  GtkWidget *words = cpa_reading_text_new (context, cpa_answer_question (entry), NULL);

  gtk_widget_add_css_class (words, "cp-form-display");
  return words;
}

GtkWidget *
cpa_form_new (CpaContext *context, const GPtrArray *entries)
{
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  for (guint i = 0; i < entries->len; i++)
    {
      const CpFormEntry *entry = g_ptr_array_index (entries, i);
      GtkWidget *row = entry->group     ? heading_new (entry)
                       : entry->display ? display_new (context, entry)
                                        : question_new (context, entry);

      gtk_widget_set_margin_start (row, (int) MIN (entry->level, LEVELS) * LEVEL_STEP);
      gtk_box_append (GTK_BOX (form), row);
    }
  return form;
}
