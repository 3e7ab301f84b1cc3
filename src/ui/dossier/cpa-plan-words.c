/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plan-words.h"

#include <glib/gi18n.h>

#include "cpa-diff-label.h"
#include "cpa-label.h"
#include "cpa-plan-text.h"
#include "cpa-reading-text.h"

#define BESIDE_GAP 24

static GtkWidget *
beside_new (const char *old, const char *new)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, BESIDE_GAP);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), cpa_diff_label_new (old, new, CPA_DIFF_OLD, "cp-reading"));
  gtk_box_append (GTK_BOX (box), cpa_diff_label_new (old, new, CPA_DIFF_NEW, "cp-reading"));
  return box;
}

GtkWidget *
cpa_plan_words_new (CpaContext *context, const char *old, const char *new, CpaPlanLook look)
{
  if (look == CPA_PLAN_BESIDE)
    return beside_new (old, new);
  if (look == CPA_PLAN_MARKED)
    return cpa_diff_label_new (old, new, CPA_DIFF_BOTH, "cp-reading");
  return cpa_reading_text_new (context, new, NULL);
}

static GtkWidget *
activity_new (CpaContext *context, const CpaPlanActivityPair *pair, CpaPlanLook look)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gboolean do_not = pair->new != NULL ? pair->new->do_not : pair->old->do_not;
  GtkWidget *mark = gtk_image_new_from_icon_name (do_not ? "action-unavailable-symbolic" : "object-select-symbolic");
  GtkWidget *words = cpa_plan_words_new (context, pair->old_text, pair->new_text, look);

  cpa_hide_from_reader (mark);
  if (!do_not)
    gtk_widget_add_css_class (mark, "cp-accent");
  gtk_widget_add_css_class (mark, "cp-first-reading-line");
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

GtkWidget *
cpa_plan_activities_new (CpaContext *context, const CpaPlanGoalPair *pair, CpaPlanLook look)
{
  GtkWidget *box;

  if (pair->activities->len == 0)
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_append (GTK_BOX (box), cpa_label_new (_ ("What Is Being Done"), "cp-bold"));
  for (guint i = 0; i < pair->activities->len; i++)
    gtk_box_append (GTK_BOX (box), activity_new (context, g_ptr_array_index (pair->activities, i), look));
  return box;
}

GtkWidget *
cpa_plan_evaluation_new (CpaContext *context, const CpPlanEvaluation *evaluation)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name ("cp-evaluation-symbolic");
  g_autofree char *head = cpa_plan_evaluation_head (evaluation, cpa_context_get_zone (context));
  g_autofree char *text = cpa_plan_evaluation_text (evaluation);

  cpa_hide_from_reader (icon);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), cpa_label_new (head, "cp-caption"));
  gtk_box_append (GTK_BOX (texts), cpa_plan_words_new (context, NULL, text, CPA_PLAN_PLAIN));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "cp-soft");
  return box;
}
