/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plan-sheet.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-plan-goal.h"
#include "cpa-plan-text.h"
#include "cpa-time-text.h"
#include "cpa-wrap.h"

/* So many goals stand open together; of more only the first. */
#define OPEN_GOALS 3

static void
append_caption (GtkWidget *box, char *text)
{
  g_autofree char *owned = text;

  if (owned != NULL)
    gtk_box_append (GTK_BOX (box), cpa_label_new (owned, "cp-caption"));
}

/* "Version 4, since January 12, 2026" */
static char *
version_text (const CpCarePlan *plan)
{
  g_autofree char *version = cpa_plan_version (plan->version);
  g_autofree char *period = cpa_plan_period (plan);
  g_autofree char *capital = period != NULL ? cpa_time_capital (g_strdup (period)) : NULL;

  return capital != NULL ? g_strconcat (version, ". ", capital, NULL) : g_strdup (version);
}

GtkWidget *
cpa_plan_head_new (CpaContext *context, const CpCarePlan *plan)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = cpa_wrap_new ();
  const char *state_class;
  const char *state = cpa_plan_state (plan->state, &state_class);
  g_autofree char *title = cpa_plan_title (plan, cpa_context_get_organisation (context));
  GtkWidget *label = cpa_label_new (title, "cp-title-1");

  g_object_set (line, "spread", TRUE, NULL);
  cpa_wrap_append (CPA_WRAP (line), label);
  cpa_wrap_append (CPA_WRAP (line), cpa_chip_new (NULL, state, state_class));
  gtk_box_append (GTK_BOX (head), line);
  append_caption (head, version_text (plan));
  append_caption (head, cpa_plan_written (plan));
  append_caption (head, cpa_plan_discussed (plan));
  append_caption (head, cpa_plan_who (plan));
  return head;
}

static void
append_columns (GtkWidget *sheet, const CpCarePlan *old, const CpCarePlan *plan)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  g_autofree char *left = cpa_plan_version (old->version), *right = cpa_plan_version (plan->version);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), cpa_label_new (left, "cp-heading"));
  gtk_box_append (GTK_BOX (box), cpa_label_new (right, "cp-heading"));
  gtk_widget_add_css_class (box, "cp-plan-columns");
  gtk_box_append (GTK_BOX (sheet), box);
}

/* What differs of what stands above the sheet: there it is as it is now. */
static void
append_facts (GtkWidget *sheet, CpaContext *context, const CpaPlanDiff *diff, CpaPlanLook look)
{
  for (guint i = 0; i < diff->facts->len; i++)
    {
      const CpaPlanFactPair *pair = g_ptr_array_index (diff->facts, i);

      gtk_box_append (GTK_BOX (sheet), cpa_plan_words_new (context, pair->old_text, pair->new_text, look));
    }
}

static void
append_description (GtkWidget *sheet, CpaContext *context, const CpCarePlan *old, const CpCarePlan *plan,
                    CpaPlanLook look)
{
  const char *before = old != NULL ? old->description : NULL;
  GtkWidget *words;

  if ((plan->description == NULL || *plan->description == '\0') && before == NULL)
    return;
  words = cpa_plan_words_new (context, before, plan->description, look);
  gtk_widget_add_css_class (words, "cp-plan-description");
  gtk_box_append (GTK_BOX (sheet), words);
}

static void
append_heading (GtkWidget *sheet, const char *text)
{
  GtkWidget *heading = cpa_label_new (text, "cp-title-2");

  gtk_widget_set_margin_top (heading, 8);
  gtk_box_append (GTK_BOX (sheet), heading);
}

static void
append_goals (GtkWidget *sheet, CpaContext *context, const CpCarePlan *plan, const CpaPlanDiff *diff, CpaPlanLook look)
{
  append_heading (sheet, _ ("Goals"));
  for (guint i = 0; i < diff->goals->len; i++)
    {
      const CpaPlanGoalPair *pair = g_ptr_array_index (diff->goals, i);
      GtkWidget *goal = cpa_plan_goal_new (context, pair, plan->evaluations, look);
      gboolean open = look == CPA_PLAN_PLAIN ? diff->goals->len <= OPEN_GOALS || i == 0 : pair->changes > 0;

      cpa_plan_goal_set_open (CPA_PLAN_GOAL (goal), open);
      gtk_box_append (GTK_BOX (sheet), goal);
    }
  if (diff->goals->len == 0)
    gtk_box_append (GTK_BOX (sheet), cpa_label_new (_ ("No goals have been recorded in this plan."), "cp-quiet"));
}

static void
append_other_activities (GtkWidget *sheet, CpaContext *context, const CpaPlanDiff *diff, CpaPlanLook look)
{
  GtkWidget *activities = cpa_plan_activities_new (context, diff->other, look);

  if (activities == NULL)
    return;
  gtk_widget_add_css_class (activities, "cp-sheet");
  gtk_box_append (GTK_BOX (sheet), activities);
}

static gboolean
has_goal (const CpCarePlan *plan, gint64 number)
{
  for (guint i = 0; i < plan->goals->len; i++)
    if (((const CpPlanGoal *) g_ptr_array_index (plan->goals, i))->number == number)
      return TRUE;
  return FALSE;
}

/* Of the plan as a whole; those of a goal stand with it. */
static void
append_evaluations (GtkWidget *sheet, CpaContext *context, const CpCarePlan *plan)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < plan->evaluations->len; i++)
    {
      const CpPlanEvaluation *evaluation = g_ptr_array_index (plan->evaluations, i);

      if (has_goal (plan, evaluation->goal))
        continue;
      if (!begun)
        append_heading (sheet, _ ("Evaluations"));
      begun = TRUE;
      gtk_box_append (GTK_BOX (sheet), cpa_plan_evaluation_new (context, evaluation));
    }
  if (plan->evaluations->len > 0)
    return;
  append_heading (sheet, _ ("Evaluations"));
  gtk_box_append (GTK_BOX (sheet), cpa_label_new (_ ("This plan has not been evaluated yet."), "cp-quiet"));
}

GtkWidget *
cpa_plan_sheet_new (CpaContext *context, const CpCarePlan *old, const CpCarePlan *plan, CpaPlanLook look)
{
  GtkWidget *sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autoptr (CpaPlanDiff) diff = cpa_plan_diff_new (old, plan);

  if (look == CPA_PLAN_BESIDE)
    append_columns (sheet, old, plan);
  append_facts (sheet, context, diff, look);
  append_description (sheet, context, old, plan, look);
  append_goals (sheet, context, plan, diff, look);
  append_other_activities (sheet, context, diff, look);
  append_evaluations (sheet, context, plan);
  return sheet;
}
