/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plan-text.h"

#include <glib/gi18n.h>

#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-fresh-text.h"
#include "cpa-time-text.h"
#include "cpa-timing-text.h"

typedef struct
{
  const char *text, *css_class;
} State;

static const State plan_states[] = {
  [CP_CARE_PLAN_CURRENT] = { N_ ("Current"), "care" },
  [CP_CARE_PLAN_ON_HOLD] = { N_ ("On hold for now"), "family" },
  [CP_CARE_PLAN_EXPIRED] = { N_ ("Expired"), "quiet" },
  [CP_CARE_PLAN_UNKNOWN] = { N_ ("Status not known"), "quiet" },
};

static const State goal_states[] = {
  [CP_GOAL_UNKNOWN] = { N_ ("Status not known"), "quiet" },
  [CP_GOAL_PLANNED] = { N_ ("Planned"), "quiet" },
  [CP_GOAL_IN_PROGRESS] = { N_ ("In progress"), "care" },
  [CP_GOAL_BETTER] = { N_ ("Getting better"), "care" },
  [CP_GOAL_WORSE] = { N_ ("Getting worse"), "family" },
  [CP_GOAL_SAME] = { N_ ("Stays the same"), "care" },
  [CP_GOAL_NO_PROGRESS] = { N_ ("No progress yet"), "family" },
  [CP_GOAL_ACHIEVED] = { N_ ("Achieved"), "care" },
  [CP_GOAL_NOT_ACHIEVED] = { N_ ("Not achieved"), "family" },
  [CP_GOAL_NOT_FEASIBLE] = { N_ ("Not feasible"), "family" },
  [CP_GOAL_STOPPED] = { N_ ("Stopped"), "quiet" },
  [CP_GOAL_ON_HOLD] = { N_ ("On hold for now"), "family" },
  [CP_GOAL_CLOSED] = { N_ ("Closed"), "quiet" },
};

static const char *
say_state (const State *state, const char **css_class)
{
  if (css_class != NULL)
    *css_class = state->css_class;
  return _ (state->text);
}

static gboolean
is_filled (const char *text)
{
  return text != NULL && *text != '\0';
}

char *
cpa_plan_title (const CpCarePlan *plan, const CpOrganisation *organisation)
{
  return is_filled (plan->title) ? g_strdup (plan->title)
                                 : cpa_time_capital (g_strdup (cpa_dossier_plan_word (organisation)));
}

static char *
period (const CpCarePlan *plan, const char *both)
{
  g_autofree char *from = plan->from != NULL ? cpa_time_date (plan->from) : NULL;
  g_autofree char *until = plan->until != NULL ? cpa_time_date (plan->until) : NULL;

  if (from != NULL && until != NULL)
    return cpa_fill (both, "from", from, "until", until, NULL);
  if (from != NULL)
    return cpa_fill (_ ("since {date}"), "date", from, NULL);
  if (until != NULL && plan->state == CP_CARE_PLAN_EXPIRED)
    return cpa_fill (cpa_time_has_day (plan->until) ? _ ("Expired on {date}") : _ ("Expired in {date}"), "date", until,
                     NULL);
  return until != NULL ? cpa_fill (_ ("Valid until {date}"), "date", until, NULL) : NULL;
}

char *
cpa_plan_period (const CpCarePlan *plan)
{
  return period (plan, _ ("Valid from {from} until {until}"));
}

char *
cpa_plan_dates (const CpCarePlan *plan)
{
  const CpCarePlan current = { .state = CP_CARE_PLAN_CURRENT, .from = plan->from, .until = plan->until };
  char *text = cpa_plan_period (&current);

  return text != NULL ? cpa_time_capital (text) : NULL;
}

char *
cpa_plan_short_period (const CpCarePlan *plan)
{
  return period (plan, _ ("{from} to {until}"));
}

char *
cpa_plan_version (gint64 version)
{
  return cpa_fill_n (_ ("Version {n}"), version, NULL);
}

char *
cpa_plan_discussed (const CpCarePlan *plan)
{
  g_autofree char *date = plan->discussed_on != NULL ? cpa_time_date (plan->discussed_on) : NULL;
  g_autofree char *names =
      plan->discussed_with[0] != NULL ? cpa_fresh_join ((const char *const *) plan->discussed_with) : NULL;

  gboolean day = cpa_time_has_day (plan->discussed_on);

  if (date != NULL && names != NULL)
    return cpa_fill (day ? _ ("Discussed on {date} with {names}") : _ ("Discussed in {date} with {names}"), "date",
                     date, "names", names, NULL);
  if (date != NULL)
    return cpa_fill (day ? _ ("Discussed on {date}") : _ ("Discussed in {date}"), "date", date, NULL);
  return names != NULL ? cpa_fill (_ ("Discussed with {names}"), "names", names, NULL) : NULL;
}

char *
cpa_plan_who (const CpCarePlan *plan)
{
  g_autofree char *names = plan->teams[0] != NULL ? cpa_fresh_join ((const char *const *) plan->teams) : NULL;

  return names != NULL ? cpa_fill (_ ("Who: {names}"), "names", names, NULL) : NULL;
}

char *
cpa_plan_written (const CpCarePlan *plan)
{
  CpDossierItem item = { .author = plan->author, .author_role = plan->author_role };

  return plan->author != NULL ? cpa_dossier_written_by (&item) : NULL;
}

const char *
cpa_plan_state (int state, const char **css_class)
{
  return say_state (&plan_states[state], css_class);
}

char *
cpa_plan_status (const CpCarePlan *plan)
{
  return cpa_fill (_ ("Status: {status}"), "status", cpa_plan_state (plan->state, NULL), NULL);
}

char *
cpa_plan_goal_number (const CpPlanGoal *goal)
{
  return cpa_fill_n (_ ("Goal {n}"), goal->number, NULL);
}

const char *
cpa_plan_goal_state (int state, const char **css_class)
{
  return say_state (&goal_states[state], css_class);
}

char *
cpa_plan_goal_aim (const CpPlanGoal *goal)
{
  g_autofree char *date = goal->before != NULL ? cpa_time_date (goal->before) : NULL;

  if (date == NULL)
    return NULL;
  return cpa_fill (cpa_time_has_day (goal->before) ? _ ("Aim: before {date}") : _ ("Aim: before the end of {date}"),
                   "date", date, NULL);
}

/* Takes line (nullable). */
static void
add_line (GString *text, char *line)
{
  g_autofree char *owned = line;

  if (!is_filled (owned))
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, owned);
}

char *
cpa_plan_goal_details (const CpPlanGoal *goal)
{
  GString *text = g_string_new (NULL);

  if (goal != NULL)
    {
      add_line (text, g_strdup (goal->note));
      add_line (text, cpa_plan_goal_aim (goal));
    }
  return g_string_free (text, FALSE);
}

char *
cpa_plan_activity (const CpPlanActivity *activity)
{
  GString *text = g_string_new (NULL);
  g_autofree char *names = activity->who[0] != NULL ? cpa_fresh_join ((const char *const *) activity->who) : NULL;

  add_line (text, activity->do_not ? cpa_fill (_ ("Do not do: {text}"), "text", activity->text, NULL)
                                   : g_strdup (activity->text));
  add_line (text, activity->timing != NULL ? cpa_timing_text (activity->timing) : NULL);
  add_line (text, names != NULL ? cpa_fill (_ ("Who: {names}"), "names", names, NULL) : NULL);
  add_line (text, g_strdup (activity->note));
  return g_string_free (text, FALSE);
}

char *
cpa_plan_evaluation_head (const CpPlanEvaluation *evaluation, GTimeZone *zone)
{
  CpDossierItem item = { .at = evaluation->at,
                         .date_only = evaluation->date_only,
                         .partial_date = evaluation->partial_date,
                         .author = evaluation->author,
                         .author_role = evaluation->author_role };
  g_autofree char *when = cpa_dossier_long_when (&item, zone);
  g_autofree char *writer = cpa_dossier_writer (&item);

  return g_strconcat (_ ("Evaluation"), ", ", when, ". ", writer, NULL);
}

char *
cpa_plan_evaluation_text (const CpPlanEvaluation *evaluation)
{
  const char *state = evaluation->state != CP_GOAL_UNKNOWN ? cpa_plan_goal_state (evaluation->state, NULL) : NULL;

  if (state == NULL)
    return g_strdup (evaluation->text);
  return g_strconcat (state, ".", *evaluation->text != '\0' ? " " : "", evaluation->text, NULL);
}
