/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "cpa-plan-text.h"
#include "cpa-print-text.h"
#include "cpa-time-text.h"

#define BULLET "– "
#define LINE_SEPARATOR "\xe2\x80\xa8"

/* One paragraph, so that its lines stand under each other behind the bullet. */
static void
add_activity (GPtrArray *blocks, const CpPlanActivity *activity)
{
  g_autofree char *text = cpa_plan_activity (activity);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv (LINE_SEPARATOR, lines);

  cpa_print_take (blocks, CPA_PRINT_ITEM, 1, g_strconcat (BULLET, joined, NULL));
}

static void
add_evaluation (GPtrArray *blocks, CpaContext *context, const CpPlanEvaluation *evaluation)
{
  cpa_print_take (blocks, CPA_PRINT_QUESTION, 0, cpa_plan_evaluation_head (evaluation, cpa_context_get_zone (context)));
  cpa_print_take (blocks, CPA_PRINT_BODY, 0, cpa_plan_evaluation_text (evaluation));
}

static gboolean
has_goal (const CpCarePlan *plan, gint64 number)
{
  for (guint i = 0; i < plan->goals->len; i++)
    if (((const CpPlanGoal *) g_ptr_array_index (plan->goals, i))->number == number)
      return TRUE;
  return FALSE;
}

/* Of a goal, or (NULL) of none that the plan has. */
static void
add_activities (GPtrArray *blocks, const CpCarePlan *plan, const CpPlanGoal *goal)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < plan->activities->len; i++)
    {
      const CpPlanActivity *activity = g_ptr_array_index (plan->activities, i);

      if (goal != NULL ? activity->goal != goal->number : has_goal (plan, activity->goal))
        continue;
      if (!begun)
        cpa_print_add (blocks, goal != NULL ? CPA_PRINT_QUESTION : CPA_PRINT_HEADING, 0, _ ("What Is Being Done"));
      begun = TRUE;
      add_activity (blocks, activity);
    }
}

static void
add_evaluations (GPtrArray *blocks, CpaContext *context, const CpCarePlan *plan, const CpPlanGoal *goal)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < plan->evaluations->len; i++)
    {
      const CpPlanEvaluation *evaluation = g_ptr_array_index (plan->evaluations, i);

      if (goal != NULL ? evaluation->goal != goal->number : has_goal (plan, evaluation->goal))
        continue;
      if (!begun && goal == NULL)
        cpa_print_add (blocks, CPA_PRINT_HEADING, 0, _ ("Evaluations"));
      begun = TRUE;
      add_evaluation (blocks, context, evaluation);
    }
  if (goal == NULL && plan->evaluations->len == 0)
    {
      cpa_print_add (blocks, CPA_PRINT_HEADING, 0, _ ("Evaluations"));
      cpa_print_add (blocks, CPA_PRINT_BODY, 0, _ ("This plan has not been evaluated yet."));
    }
}

static void
add_goal (GPtrArray *blocks, CpaContext *context, const CpCarePlan *plan, const CpPlanGoal *goal)
{
  g_autofree char *number = cpa_plan_goal_number (goal);

  cpa_print_take (blocks, CPA_PRINT_SUBHEADING, 0, g_strconcat (number, ". ", goal->text, NULL));
  cpa_print_add (blocks, CPA_PRINT_CAPTION, 0, cpa_plan_goal_state (goal->state, NULL));
  cpa_print_take (blocks, CPA_PRINT_BODY, 0, cpa_plan_goal_details (goal));
  add_activities (blocks, plan, goal);
  add_evaluations (blocks, context, plan, goal);
}

void
cpa_print_add_plan (GPtrArray *blocks, CpaContext *context, const CpCarePlan *plan)
{
  g_autofree char *version = cpa_plan_version (plan->version), *period = cpa_plan_period (plan);
  g_autofree char *since = period != NULL ? cpa_time_capital (g_strdup (period)) : NULL;

  cpa_print_take (blocks, CPA_PRINT_TITLE, 0, cpa_plan_title (plan, cpa_context_get_organisation (context)));
  cpa_print_take (blocks, CPA_PRINT_CAPTION, 0,
                  g_strjoin (". ", cpa_plan_state (plan->state, NULL), version, since, NULL));
  cpa_print_take (blocks, CPA_PRINT_CAPTION, 0, cpa_plan_written (plan));
  cpa_print_take (blocks, CPA_PRINT_CAPTION, 0, cpa_plan_discussed (plan));
  cpa_print_take (blocks, CPA_PRINT_CAPTION, 0, cpa_plan_who (plan));
  cpa_print_add (blocks, CPA_PRINT_BODY, 0, plan->description);
  cpa_print_add (blocks, CPA_PRINT_HEADING, 0, _ ("Goals"));
  for (guint i = 0; i < plan->goals->len; i++)
    add_goal (blocks, context, plan, g_ptr_array_index (plan->goals, i));
  if (plan->goals->len == 0)
    cpa_print_add (blocks, CPA_PRINT_BODY, 0, _ ("No goals have been recorded in this plan."));
  add_activities (blocks, plan, NULL);
  add_evaluations (blocks, context, plan, NULL);
}
