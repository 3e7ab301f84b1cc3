/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-write.h"

#include "cpd-demo-json.h"
#include "cpd-demo-words.h"

#define SNOMED_REPORT "{'system':'http://snomed.info/sct','code':'11591000146107','display':'patiëntcontactverslag'}"
#define LOINC_EVALUATION "{'system':'http://loinc.org','code':'18776-5','display':'Plan of care note'}"
#define TITLE "http://medmij.nl/fhir/StructureDefinition/ext-NursingReport.ReportTitle"

#define WHOLE_OF 5    /* one report of so many is a whole one */
#define ON_PLAN_OF 6  /* one day of so many has a report on the plan too */
#define AMENDED_OF 60 /* one report of so many is amended afterwards */
#define ERRONEOUS_OF 400
#define LATER_DAYS 21    /* within so many days */
#define CORRECTED_OF 100 /* each day, the words of one of so many reports are corrected */
#define ISSUED_AFTER 65  /* minutes */
#define MINUTES_OF_DAY (24 * 60)
#define SUBJECTS_MIN 2
#define SUBJECTS_MORE 2
#define EVALUATION_DAY 12
#define EVALUATION_MONTHS 3

static const struct
{
  CpdDemoMoments moment;
  int minute; /* of the day */
} moments[] = {
  { CPD_DEMO_MORNING, 9 * 60 + 40 },
  { CPD_DEMO_AFTERNOON, 15 * 60 + 10 },
  { CPD_DEMO_EVENING, 21 * 60 + 50 },
  { CPD_DEMO_NIGHT, 6 * 60 + 50 },
};
#define MORNING 0
#define NIGHT 3

typedef struct
{
  const CpdDemo *demo;
  const CpdDemoPerson *person;
  const GDate *day;
  guint nth; /* which report of the day */
  char date[11];
  GString *out;
} Day;

static guint
pick (const Day *day, guint what, guint n)
{
  return cpd_demo_pick (day->demo->options->seed, day->person->number, g_date_get_julian (day->day),
                        CPD_DEMO_PICK_REPORT * (1 + day->nth) + what, n);
}

/* (transfer full) */
static char *
fill (const Day *day, const char *sentence)
{
  const CpdDemoPerson *person = day->person;
  const CpdDemoContact *contact = &person->contacts[pick (day, 50, person->n_contacts)];
  g_autofree char *visitor = g_strconcat (contact->word, " ", contact->given, NULL);

  return cpd_demo_fill (sentence, person->woman, visitor);
}

static const char *
pick_sentence (const Day *day, guint what, const char *const *sentences)
{
  return sentences[pick (day, what, g_strv_length ((char **) sentences))];
}

/* (transfer full): a sentence of each of a few subjects of that moment, in their order. */
static char *
compose (const Day *day, CpdDemoMoments moment)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint wanted = SUBJECTS_MIN + pick (day, 1, SUBJECTS_MORE);
  guint left = 0;

  for (guint i = 0; i < cpd_demo_n_subjects; i++)
    left += (cpd_demo_subjects[i].moments & moment) != 0;
  for (guint i = 0; i < cpd_demo_n_subjects && wanted > 0; i++)
    {
      if ((cpd_demo_subjects[i].moments & moment) == 0)
        continue;
      if (pick (day, 100 + i, left) < wanted)
        {
          g_autofree char *sentence = fill (day, pick_sentence (day, 200 + i, cpd_demo_subjects[i].sentences));

          g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
          wanted--;
        }
      left--;
    }
  return g_strdup (text->str);
}

/* What a report says beyond its text: which, when, by whom, whether it counts. */
typedef struct
{
  const char *kind; /* of the id */
  const char *code;
  const char *title; /* (nullable) */
  int minute;
  guint carer;
  const char *status;
  guint issued_after; /* days: of what was amended */
  gboolean on_plan;
  guint goal;
} Report;

/* Somewhat later. */
static int
issued_minute (const Report *report)
{
  return MIN (report->minute + ISSUED_AFTER, MINUTES_OF_DAY - 1);
}

static void
append_report (const Day *day, const Report *report, const char *text)
{
  int client = day->person->number + 1;
  g_autofree char *nth = day->nth > 0 ? g_strdup_printf ("-%u", day->nth + 1) : g_strdup ("");
  g_autofree char *id = g_strdup_printf ("%s-%d-%s%s", report->kind, client, day->date, nth);
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", client);
  g_autofree char *carer = g_strconcat ("Practitioner/", cpd_demo_carers[report->carer].id, NULL);
  g_autofree char *at = cpd_demo_time (day->demo, day->day, report->minute);
  GDate issued_day = *day->day;
  g_autofree char *issued = NULL;

  g_date_add_days (&issued_day, report->issued_after);
  issued = cpd_demo_time (day->demo, &issued_day, issued_minute (report));
  cpd_demo_json (day->out, "{'resourceType':'Observation','id':%", id);
  if (report->title != NULL)
    cpd_demo_json (day->out, ",'extension':[{'url':'" TITLE "','valueString':%}]", report->title);
  cpd_demo_json (day->out, ",'status':%,'code':{'coding':[", report->status);
  cpd_demo_json (day->out, report->code);
  cpd_demo_json (day->out,
                 "]},'subject':{'reference':%},'effectiveDateTime':%,'issued':%,'performer':[{'reference':%}],"
                 "'valueString':%",
                 patient, at, issued, carer, text);
  if (report->on_plan)
    {
      g_autofree char *plan = g_strdup_printf ("CarePlan/plan-%d-%d", client, cpd_demo_plan_year (day->day));
      g_autofree char *id_of_goal = cpd_demo_goal_id (day->person, cpd_demo_plan_year (day->day), report->goal);
      g_autofree char *goal = g_strconcat ("Goal/", id_of_goal, NULL);

      cpd_demo_json (day->out, ",'basedOn':[{'reference':%}],'focus':[{'reference':%}]", plan, goal);
    }
  g_string_append (day->out, "}\n");
}

/* Amended or withdrawn, some days after it was written. */
static void
choose_status (const Day *day, Report *report)
{
  guint after = 1 + pick (day, 14, LATER_DAYS);
  gboolean wrong = pick (day, 2, ERRONEOUS_OF) == 0;
  GDate then = *day->day;

  g_date_add_days (&then, after);
  if (!cpd_demo_has_been (day->demo, &then, issued_minute (report)) || (!wrong && pick (day, 3, AMENDED_OF) != 0))
    return;
  report->status = wrong ? "entered-in-error" : "amended";
  report->issued_after = wrong ? 0 : after;
}

/* What a report ends with, other words after each correction: of a hundred reports one is corrected each day. */
static const char *
ending_of (const Day *day)
{
  static const char *const endings[] = { " Verder geen bijzonderheden.",
                                         " G.b.",
                                         " Overgedragen aan de volgende dienst.",
                                         " Besproken in de overdracht.",
                                         " Morgen weer verder.",
                                         " Was een fijne dienst." };
  guint corrections = (g_date_get_julian (&day->demo->today) + pick (day, 15, CORRECTED_OF)) / CORRECTED_OF;

  return (corrections + pick (day, 16, 2)) % 2 == 0 ? "" : endings[pick (day, 17, G_N_ELEMENTS (endings))];
}

/* A report of the day; of today only the night is known, when that is over. */
static void
write_general (const Day *day, gboolean is_today)
{
  guint moment = is_today ? NIGHT : (pick (day, 4, G_N_ELEMENTS (moments)) + day->nth) % G_N_ELEMENTS (moments);
  gboolean whole = moment == MORNING && pick (day, 5, WHOLE_OF) == 0;
  g_autofree char *words =
      whole ? fill (day, cpd_demo_reports[pick (day, 6, cpd_demo_n_reports)]) : compose (day, moments[moment].moment);
  Report report = { is_today ? "night" : "report",
                    SNOMED_REPORT,
                    NULL,
                    moments[moment].minute + (int) pick (day, 7, 20),
                    pick (day, 8, CPD_DEMO_CARERS),
                    "final",
                    0,
                    FALSE,
                    0 };
  g_autofree char *text = NULL;

  if (!cpd_demo_has_been (day->demo, day->day, issued_minute (&report)))
    return;
  if (!is_today)
    choose_status (day, &report);
  text = g_strconcat (words, is_today ? "" : ending_of (day),
                      report.issued_after > 0 ? "\nAanvulling: dit is ook met de familie besproken." : "", NULL);
  append_report (day, &report, text);
}

static void
write_on_plan (const Day *day)
{
  guint goal = pick (day, 10, cpd_demo_n_goals_of (day->demo, day->person, cpd_demo_plan_year (day->day)));
  const CpdDemoGoal *words = &cpd_demo_goals[cpd_demo_goal (day->demo, day->person, goal)];
  g_autofree char *text = fill (day, pick_sentence (day, 11, words->sentences));
  Report report = { "plan-report",
                    SNOMED_REPORT,
                    words->short_title,
                    11 * 60 + (int) pick (day, 12, 30),
                    pick (day, 13, CPD_DEMO_CARERS),
                    "final",
                    0,
                    TRUE,
                    goal };

  append_report (day, &report, text);
}

/* Every three months, one goal after the other. */
static void
write_evaluation (const Day *day)
{
  guint n = cpd_demo_n_goals_of (day->demo, day->person, cpd_demo_plan_year (day->day));
  guint goal = (g_date_get_month (day->day) / EVALUATION_MONTHS + 2) % n;
  const CpdDemoGoal *words = &cpd_demo_goals[cpd_demo_goal (day->demo, day->person, goal)];
  g_autofree char *text = fill (day, words->evaluations[g_date_get_month (day->day) > 6]);
  Report report = { "evaluation", LOINC_EVALUATION, words->short_title, 14 * 60, 1, "final", 0, TRUE, goal };

  append_report (day, &report, text);
}

/* How many day reports the day has, so that they are spread over the history. */
static guint
n_reports (const CpdDemo *demo, int day)
{
  gint64 all = demo->options->reports_per_patient;
  gint64 days = demo->options->days;

  return all == 0 ? 1 : (guint) ((day + 1) * all / days - day * all / days);
}

/**
 * cpd_demo_write_reports:
 *
 * Appends the day reports of the period.
 */
void
cpd_demo_write_reports (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  GDate date;

  cpd_demo_first_day (demo, &date);
  for (int i = 0; i <= demo->options->days; i++, g_date_add_days (&date, 1))
    {
      Day day = { demo, person, &date, 0, "", out };
      gboolean is_today = i == demo->options->days;
      guint n = is_today ? 1 : n_reports (demo, i);

      cpd_demo_date (&date, day.date);
      for (day.nth = 0; day.nth < n; day.nth++)
        write_general (&day, is_today);
      day.nth = 0;
      if (is_today)
        break;
      if (pick (&day, 9, ON_PLAN_OF) == 0)
        write_on_plan (&day);
      if (g_date_get_day (&date) == EVALUATION_DAY && (g_date_get_month (&date) - 1) % EVALUATION_MONTHS == 0)
        write_evaluation (&day);
    }
}
