/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-write.h"

#include "cpd-demo-json.h"
#include "cpd-demo-words.h"
#include "cpd-ehr-date.h"

#define PLAN_DAY 12                      /* of January: plans begin, and each quarter they are evaluated */
#define QUARTER 3                        /* months */
#define EVALUATION_MINUTE (14 * 60 + 15) /* of the day */
#define AMENDED_WITHIN 60
#define SEPARATE_OF 3 /* of one client of so many, each intervention is a CarePlan of its own */
#define SEPARATE 2

/* The plan of one client in one year. */
typedef struct
{
  const CpdDemo *demo;
  const CpdDemoPerson *person;
  int client; /* number from 1 */
  int year;
  gboolean current;
  guint n_goals;
  GString *out;
} Plan;

/**
 * cpd_demo_plan_year:
 *
 * Returns: the year whose plan is in force on @day: plans begin on 12 January.
 */
int
cpd_demo_plan_year (const GDate *day)
{
  gboolean before = g_date_get_month (day) == G_DATE_JANUARY && g_date_get_day (day) < PLAN_DAY;

  return g_date_get_year (day) - (before ? 1 : 0);
}

/**
 * cpd_demo_n_goals_of:
 *
 * Returns: how many goals the plan of that year has: two to four.
 */
guint
cpd_demo_n_goals_of (const CpdDemo *demo, const CpdDemoPerson *person, int year)
{
  return person->number < 2 ? 3 : 2 + cpd_demo_pick (demo->options->seed, person->number, year, CPD_DEMO_PICK_PLAN, 3);
}

/**
 * cpd_demo_goal:
 *
 * Different ones: a start and steps of one.
 *
 * Returns: the goal @i of a client as its place in cpd_demo_goals.
 */
guint
cpd_demo_goal (const CpdDemo *demo, const CpdDemoPerson *person, guint i)
{
  guint start = person->number < 2
                    ? 0
                    : cpd_demo_pick (demo->options->seed, person->number, 0, CPD_DEMO_PICK_GOAL, cpd_demo_n_goals);

  return (start + i) % cpd_demo_n_goals;
}

/**
 * cpd_demo_goal_id:
 *
 * Returns: (transfer full)
 */
char *
cpd_demo_goal_id (const CpdDemoPerson *person, int year, guint i)
{
  return g_strdup_printf ("goal-%d-%d-%u", person->number + 1, year, i + 1);
}

static const CpdDemoGoal *
goal_words (const Plan *plan, guint i)
{
  return &cpd_demo_goals[cpd_demo_goal (plan->demo, plan->person, i)];
}

static char *
fill (const Plan *plan, const char *sentence)
{
  return cpd_demo_fill (sentence, plan->person->woman, plan->person->contacts[0].given);
}

/* The day of an evaluation, 1 to 3 in a year, or of what was amended after it; FALSE when it has not been yet. */
static gboolean
day_of (const Plan *plan, guint quarter, gboolean amended, GDate *day)
{
  g_date_clear (day, 1);
  g_date_set_dmy (day, PLAN_DAY, 1 + quarter * QUARTER, plan->year);
  if (amended)
    g_date_add_days (day, 1 + cpd_demo_pick (plan->demo->options->seed, plan->person->number, plan->year * 4 + quarter,
                                             CPD_DEMO_PICK_PLAN + 1, AMENDED_WITHIN));
  return cpd_demo_has_been (plan->demo, day, amended ? 0 : EVALUATION_MINUTE);
}

/* How many days of that kind have come. */
static guint
count_days (const Plan *plan, gboolean amended)
{
  GDate day;
  guint n = 0;

  while (n < 3 && day_of (plan, n + 1, amended, &day))
    n++;
  return n;
}

/* Each time the plan is amended, it is the first work of another goal. */
static gboolean
is_amended (const Plan *plan, guint goal)
{
  return goal < count_days (plan, TRUE);
}

static void
each_plan (const CpdDemo *demo, const CpdDemoPerson *person, GString *out, void (*write) (const Plan *plan))
{
  int current = cpd_demo_plan_year (&demo->today);
  GDate first;

  cpd_demo_first_day (demo, &first);
  for (int year = cpd_demo_plan_year (&first); year <= current; year++)
    {
      Plan plan = { demo, person, person->number + 1, year, year == current, 0, out };

      plan.n_goals = cpd_demo_n_goals_of (demo, person, year);
      write (&plan);
    }
}

static void
append_progress (const Plan *plan, guint goal)
{
  const CpdDemoGoal *words = goal_words (plan, goal);
  guint n = count_days (plan, FALSE);
  GDate day;

  for (guint quarter = 1; quarter <= n; quarter++)
    {
      g_autofree char *text = fill (plan, words->progress[(quarter - 1 + goal) % 3]);
      g_autofree char *time = NULL;

      day_of (plan, quarter, FALSE, &day);
      time = cpd_demo_time (plan->demo, &day, EVALUATION_MINUTE);
      cpd_demo_json (plan->out, "&{'authorReference':{'reference':'Practitioner/carer-2'},'time':%,'text':%}",
                     quarter > 1 ? "," : "", time, text);
    }
}

static void
append_detail (const Plan *plan, guint goal, const CpdDemoWork *work, gboolean amended)
{
  g_autofree char *id = cpd_demo_goal_id (plan->person, plan->year, goal);
  g_autofree char *reference = g_strconcat ("Goal/", id, NULL);
  const char *timing = amended ? work->later_timing : work->timing;
  const char *note = amended ? work->later_note : work->note;
  g_autofree char *carer = g_strconcat ("Practitioner/", cpd_demo_carers[work->carer].id, NULL);

  cpd_demo_json (plan->out, "'detail':{'code':{'text':%},'status':'in-progress'", work->what);
  if (note != NULL)
    {
      g_autofree char *text = fill (plan, note);

      cpd_demo_json (plan->out, ",'description':%", text);
    }
  cpd_demo_json (plan->out, ",'goal':[{'reference':%}]", reference);
  if (timing != NULL && *timing != '\0')
    {
      g_string_append_c (plan->out, ',');
      cpd_demo_json (plan->out, timing);
    }
  cpd_demo_json (plan->out, ",'performer':[{'reference':%}]}", carer);
}

static char *
request_id (const Plan *plan, guint goal, guint work)
{
  return g_strdup_printf ("request-%d-%d-%u-%u", plan->client, plan->year, goal + 1, work + 1);
}

/* What is done when needed is a ServiceRequest of its own: an activity has no words for that. */
static gboolean
is_request (const CpdDemoWork *work)
{
  return work->timing == NULL;
}

static void
append_activity (const Plan *plan, guint goal, guint i, gboolean first)
{
  const CpdDemoWork *work = &goal_words (plan, goal)->works[i];

  cpd_demo_json (plan->out, "&{", first ? "" : ",");
  if (is_request (work))
    {
      g_autofree char *id = request_id (plan, goal, i);
      g_autofree char *reference = g_strconcat ("ServiceRequest/", id, NULL);

      cpd_demo_json (plan->out, "'reference':{'reference':%}}", reference);
      return;
    }
  if (i == 0 && count_days (plan, FALSE) > 0)
    {
      g_string_append (plan->out, "\"progress\":[");
      append_progress (plan, goal);
      g_string_append (plan->out, "],");
    }
  append_detail (plan, goal, work, i == 0 && is_amended (plan, goal));
  g_string_append_c (plan->out, '}');
}

static gboolean
is_separate (const Plan *plan)
{
  return plan->person->number % SEPARATE_OF == SEPARATE;
}

/* What was amended, and when: below the description. */
static void
append_notes (const Plan *plan)
{
  guint n = MIN (count_days (plan, TRUE), plan->n_goals);
  GDate day;

  for (guint i = 0; i < n; i++)
    {
      const CpdDemoWork *work = &goal_words (plan, i)->works[0];
      g_autofree char *what = fill (plan, work->later_note);
      char date[11];
      g_autofree char *when = NULL;
      g_autofree char *text = NULL;

      day_of (plan, i + 1, TRUE, &day);
      cpd_demo_date (&day, date);
      when = cpd_ehr_date_words (date, plan->demo->zone);
      text = g_strdup_printf ("%s bijgesteld op %s. %s", work->what, when, what);
      g_string_append (plan->out, i > 0 ? "," : ",\"note\":[");
      cpd_demo_json (plan->out, "{'text':%}", text);
    }
  if (n > 0)
    g_string_append_c (plan->out, ']');
}

static void
write_plan (const Plan *plan)
{
  g_autofree char *id = g_strdup_printf ("plan-%d-%d", plan->client, plan->year);
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", plan->client);
  g_autofree char *contact = g_strdup_printf ("RelatedPerson/contact-%d-1", plan->client);
  g_autofree char *team = g_strdup_printf ("CareTeam/team-%d", plan->client);
  g_autofree char *title = g_strdup_printf ("Zorgleefplan %d", plan->year);
  g_autofree char *start = g_strdup_printf ("%d-01-%02d", plan->year, PLAN_DAY);
  g_autofree char *created = g_strdup_printf ("%d-01-%02d", plan->year, PLAN_DAY - 5);
  g_autofree char *end = g_strdup_printf (",'end':'%d-01-%02d'", plan->year + 1, PLAN_DAY - 1);
  g_autofree char *description =
      g_strdup_printf ("Wat %s belangrijk vindt en hoe wij daarbij helpen.", plan->person->usual);

  g_strdelimit (end, "'", '"');
  cpd_demo_json (plan->out,
                 "{'resourceType':'CarePlan','id':%,'status':'&','intent':'plan','title':%,'description':%,"
                 "'subject':{'reference':%},'period':{'start':%&},'created':%,'author':{'reference':"
                 "'Practitioner/carer-2'},'contributor':[{'reference':'Practitioner/carer-2'},{'reference':%}],"
                 "'careTeam':[{'reference':%}],'goal':[",
                 id, plan->current ? "active" : "completed", title, description, patient, start,
                 plan->current ? "" : end, created, contact, team);
  for (guint i = 0; i < plan->n_goals; i++)
    {
      g_autofree char *goal = cpd_demo_goal_id (plan->person, plan->year, i);
      g_autofree char *reference = g_strconcat ("Goal/", goal, NULL);

      cpd_demo_json (plan->out, "&{'reference':%}", i > 0 ? "," : "", reference);
    }
  g_string_append_c (plan->out, ']');
  append_notes (plan);
  g_string_append (plan->out, ",\"activity\":[");
  for (guint goal = 0, n = 0; !is_separate (plan) && goal < plan->n_goals; goal++)
    for (guint i = 0; goal_words (plan, goal)->works[i].what != NULL; i++)
      append_activity (plan, goal, i, n++ == 0);
  g_string_append (plan->out, "]}\n");
}

/* An intervention that is a CarePlan of its own, under its plan. */
static void
write_interventions (const Plan *plan)
{
  g_autofree char *parent = g_strdup_printf ("CarePlan/plan-%d-%d", plan->client, plan->year);
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", plan->client);

  for (guint goal = 0; is_separate (plan) && goal < plan->n_goals; goal++)
    for (guint i = 0; goal_words (plan, goal)->works[i].what != NULL; i++)
      {
        g_autofree char *id = g_strdup_printf ("work-%d-%d-%u-%u", plan->client, plan->year, goal + 1, i + 1);

        cpd_demo_json (plan->out,
                       "{'resourceType':'CarePlan','id':%,'partOf':[{'reference':%}],'status':'&','intent':'order',"
                       "'category':[{'coding':[{'system':'http://snomed.info/sct','code':'9632001','display':"
                       "'verpleegkundige verrichting'}]}],'subject':{'reference':%},'activity':[",
                       id, parent, plan->current ? "active" : "completed", patient);
        append_activity (plan, goal, i, TRUE);
        g_string_append (plan->out, "]}\n");
      }
}

/**
 * cpd_demo_write_plans:
 *
 * Appends the plans of the years of the history.
 */
void
cpd_demo_write_plans (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  each_plan (demo, person, out, write_plan);
  each_plan (demo, person, out, write_interventions);
}

/* How a goal stands after so many evaluations. */
static const char *const achievements[] = { "in-progress", "improving", "no-change", "improving" };

static void
write_goals_of (const Plan *plan)
{
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", plan->client);
  g_autofree char *start = g_strdup_printf ("%d-01-%02d", plan->year, PLAN_DAY);
  g_autofree char *due = g_strdup_printf ("%d-01-%02d", plan->year + 1, PLAN_DAY - 1);
  guint evaluated = count_days (plan, FALSE);

  for (guint i = 0; i < plan->n_goals; i++)
    {
      g_autofree char *id = cpd_demo_goal_id (plan->person, plan->year, i);
      guint how = (evaluated + (evaluated > 0 ? i : 0)) % G_N_ELEMENTS (achievements);
      gboolean reached = cpd_demo_pick (plan->demo->options->seed, plan->person->number, plan->year * 10 + i,
                                        CPD_DEMO_PICK_PLAN + 2, 3) != 0;

      cpd_demo_json (plan->out,
                     "{'resourceType':'Goal','id':%,'lifecycleStatus':'&','achievementStatus':{'coding':[{'system':"
                     "'http://terminology.hl7.org/CodeSystem/goal-achievement','code':'&'}]},'description':{'text':%},"
                     "'subject':{'reference':%},'startDate':%,'target':[{'dueDate':%}]}\n",
                     id, plan->current ? "active" : "completed",
                     plan->current ? achievements[how]
                     : reached     ? "achieved"
                                   : "not-achieved",
                     goal_words (plan, i)->title, patient, start, due);
    }
}

/**
 * cpd_demo_write_goals:
 *
 * Appends the goals of a person's plans.
 */
void
cpd_demo_write_goals (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  each_plan (demo, person, out, write_goals_of);
}

static void
write_requests_of (const Plan *plan)
{
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", plan->client);

  for (guint goal = 0; goal < plan->n_goals; goal++)
    for (guint i = 0; goal_words (plan, goal)->works[i].what != NULL; i++)
      {
        const CpdDemoWork *work = &goal_words (plan, goal)->works[i];
        g_autofree char *id = request_id (plan, goal, i);
        g_autofree char *carer = g_strconcat ("Practitioner/", cpd_demo_carers[work->carer].id, NULL);
        g_autofree char *note = work->note != NULL ? fill (plan, work->note) : NULL;
        g_autofree char *goal_id = cpd_demo_goal_id (plan->person, plan->year, goal);
        g_autofree char *reference = g_strconcat ("Goal/", goal_id, NULL);

        if (!is_request (work))
          continue;
        cpd_demo_json (plan->out,
                       "{'resourceType':'ServiceRequest','id':%,'extension':[{'url':"
                       "'http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal','valueReference':"
                       "{'reference':%}}],'status':'active','intent':'plan','code':{'text':%},"
                       "'subject':{'reference':%},'asNeededBoolean':true,'performer':[{'reference':%}]",
                       id, reference, work->what, patient, carer);
        if (note != NULL)
          cpd_demo_json (plan->out, ",'note':[{'text':%}]", note);
        g_string_append (plan->out, "}\n");
      }
}

/**
 * cpd_demo_write_requests:
 *
 * Appends what is done when it is needed.
 */
void
cpd_demo_write_requests (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  each_plan (demo, person, out, write_requests_of);
}

/**
 * cpd_demo_write_team:
 *
 * Appends who cares for a person: four carers, the contact, the volunteers.
 */
void
cpd_demo_write_team (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  g_autofree char *id = g_strdup_printf ("team-%d", person->number + 1);
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", person->number + 1);
  g_autofree char *contact = g_strdup_printf ("RelatedPerson/contact-%d-1", person->number + 1);
  guint first = cpd_demo_pick (demo->options->seed, person->number, 0, CPD_DEMO_PICK_PLAN + 3, CPD_DEMO_CARERS);

  cpd_demo_json (out,
                 "{'resourceType':'CareTeam','id':%,'status':'active','subject':{'reference':%},'name':'Team Lindehof',"
                 "'participant':[{'member':{'reference':'PractitionerRole/role-carer-2'}}",
                 id, patient);
  for (guint i = 0, n = 0; n < 3; i++)
    {
      const CpdDemoCarer *carer = &cpd_demo_carers[(first + i) % CPD_DEMO_CARERS];
      g_autofree char *role = g_strconcat ("PractitionerRole/role-", carer->id, NULL);

      /* She is there already. */
      if (g_str_equal (carer->id, "carer-2"))
        continue;
      cpd_demo_json (out, ",{'member':{'reference':%}}", role);
      n++;
    }
  cpd_demo_json (out,
                 ",{'role':[{'text':'mantelzorger'}],'member':{'reference':%}},"
                 "{'member':{'display':'Vrijwilligers De Lindehof'}}]}\n",
                 contact);
}
