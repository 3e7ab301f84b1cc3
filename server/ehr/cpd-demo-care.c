/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-write.h"

#include "cpd-demo-json.h"
#include "cpd-demo-words.h"

#define PLAN_DAY 12 /* of January */
#define COMING_DAYS 42
#define AGREEMENT_MONTHS 4
#define FORM "https://zorggroep-de-linde.example/fhir/Questionnaire/afspraak-is-afspraak"
#define CANCELLED_OF 25 /* one appointment of so many is called off */

/**
 * cpd_demo_first_day:
 * @day: (out): the first day of the history
 */
void
cpd_demo_first_day (const CpdDemo *demo, GDate *day)
{
  *day = demo->today;
  g_date_subtract_days (day, demo->options->days);
}

/**
 * cpd_demo_date:
 *
 * @text: (out): "2026-03-03"
 */
void
cpd_demo_date (const GDate *day, char text[11])
{
  g_snprintf (text, 11, "%04d-%02d-%02d", g_date_get_year (day), g_date_get_month (day), g_date_get_day (day));
}

/**
 * cpd_demo_time:
 *
 * Returns: (transfer full): that minute of the day as RFC 3339.
 */
char *
cpd_demo_time (const CpdDemo *demo, const GDate *day, int minute)
{
  char date[11];

  cpd_demo_date (day, date);
  return cp_time_format (cp_time_of_local (date, minute, demo->zone), demo->zone);
}

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
 * cpd_demo_goal:
 *
 * Three different ones: a start and steps of one.
 *
 * Returns: the goal of a client, 0 to CPD_DEMO_GOALS - 1, as its place in cpd_demo_goals.
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
 * cpd_demo_write_plans:
 *
 * Appends the plans of the years of the history.
 */
void
cpd_demo_write_plans (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  int current = cpd_demo_plan_year (&demo->today);
  GDate first;

  cpd_demo_first_day (demo, &first);
  for (int year = cpd_demo_plan_year (&first); year <= current; year++)
    {
      g_autofree char *id = g_strdup_printf ("plan-%d-%d", person->number + 1, year);
      g_autofree char *patient = g_strdup_printf ("Patient/client-%d", person->number + 1);
      g_autofree char *title = g_strdup_printf ("Zorgleefplan %d", year);
      g_autofree char *start = g_strdup_printf ("%d-01-%02d", year, PLAN_DAY);
      g_autofree char *end = g_strdup_printf (",'end':'%d-01-%02d'", year + 1, PLAN_DAY - 1);
      g_autofree char *description =
          g_strdup_printf ("Besproken met %s en %s.", person->usual, person->contacts[0].given);

      g_strdelimit (end, "'", '"');
      cpd_demo_json (out,
                     "{'resourceType':'CarePlan','id':%,'status':'&','intent':'plan','title':%,'description':%,"
                     "'subject':{'reference':%},'period':{'start':%&},'author':{'reference':'Practitioner/carer-2'},"
                     "'goal':[",
                     id, year == current ? "active" : "completed", title, description, patient, start,
                     year == current ? "" : end);
      for (guint i = 0; i < CPD_DEMO_GOALS; i++)
        {
          g_autofree char *goal = g_strdup_printf ("Goal/goal-%d-%u", person->number + 1, i + 1);

          cpd_demo_json (out, "&{'reference':%}", i > 0 ? "," : "", goal);
        }
      g_string_append (out, "]}\n");
    }
}

/**
 * cpd_demo_write_goals:
 *
 * Appends the goals of a person's plan.
 */
void
cpd_demo_write_goals (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  for (guint i = 0; i < CPD_DEMO_GOALS; i++)
    {
      g_autofree char *id = g_strdup_printf ("goal-%d-%u", person->number + 1, i + 1);
      g_autofree char *patient = g_strdup_printf ("Patient/client-%d", person->number + 1);

      cpd_demo_json (out,
                     "{'resourceType':'Goal','id':%,'lifecycleStatus':'active','description':{'text':%},"
                     "'subject':{'reference':%}}\n",
                     id, cpd_demo_goals[cpd_demo_goal (demo, person, i)].title, patient);
    }
}

static void
append_appointment (const CpdDemo *demo, const CpdDemoPerson *person, const CpdDemoVisit *visit, const GDate *day,
                    const char *id, GString *out)
{
  guint32 number = g_date_get_julian (day);
  guint carer = cpd_demo_pick (demo->options->seed, person->number, number, CPD_DEMO_PICK_VISIT, CPD_DEMO_CARERS);
  gboolean cancelled =
      cpd_demo_pick (demo->options->seed, person->number, number, CPD_DEMO_PICK_VISIT + 1000, CANCELLED_OF) == 0;
  gboolean past = g_date_compare (day, &demo->today) < 0;
  g_autofree char *start = cpd_demo_time (demo, day, visit->minute);
  g_autofree char *end = cpd_demo_time (demo, day, visit->minute + visit->minutes);
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", person->number + 1);
  g_autofree char *reference = g_strconcat ("Practitioner/", cpd_demo_carers[carer].id, NULL);

  cpd_demo_json (out,
                 "{'resourceType':'Appointment','id':%,'status':'&','description':%,'start':%,'end':%,'participant':["
                 "{'actor':{'reference':%},'status':'accepted'},{'actor':{'reference':%},'status':'accepted'},"
                 "{'actor':{'type':'Location','display':%},'status':'accepted'}]",
                 id,
                 cancelled ? "cancelled"
                 : past    ? "fulfilled"
                           : "booked",
                 visit->description, start, end, patient, reference, visit->place);
  if (visit->instruction != NULL)
    cpd_demo_json (out, ",'patientInstruction':%", visit->instruction);
  if (cancelled)
    cpd_demo_json (out, ",'cancelationReason':{'text':'Ziekte van een medewerker'}");
  g_string_append (out, "}\n");
}

/**
 * cpd_demo_write_appointments:
 *
 * Appends the care appointments of the period and of the weeks to come.
 */
void
cpd_demo_write_appointments (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  GDate day;

  cpd_demo_first_day (demo, &day);
  for (int i = 0; i <= demo->options->days + COMING_DAYS; i++, g_date_add_days (&day, 1))
    for (guint v = 0; v < cpd_demo_n_visits; v++)
      {
        const CpdDemoVisit *visit = &cpd_demo_visits[v];
        guint week = (g_date_get_julian (&day) - 1) / 7;
        g_autofree char *id = NULL;
        char date[11];

        /* Not everybody in the same week. */
        if ((int) g_date_get_weekday (&day) != visit->weekday || (week + person->number + v) % visit->weeks != 0)
          continue;
        cpd_demo_date (&day, date);
        id = g_strdup_printf ("visit-%d-%u-%s", person->number + 1, v + 1, date);
        append_appointment (demo, person, visit, &day, id, out);
      }
}

/**
 * cpd_demo_write_form:
 *
 * Appends the form that the agreements answer, with the first client only.
 */
void
cpd_demo_write_form (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  if (person->number == 0)
    cpd_demo_json (out, "{'resourceType':'Questionnaire','id':'afspraak-is-afspraak','url':'" FORM
                        "','version':'1.0','status':'active','title':'Afspraak = afspraak','item':["
                        "{'linkId':'1','text':'Waarover gaat deze afspraak?','type':'string'},"
                        "{'linkId':'2','text':'Wat hebben wij afgesproken?','type':'text'},"
                        "{'linkId':'3','text':'Wie doet wat?','type':'group','item':["
                        "{'linkId':'3.1','text':'De zorg','type':'text'},"
                        "{'linkId':'3.2','text':'Cliënt','type':'text'},"
                        "{'linkId':'3.3','text':'Familie of mantelzorger','type':'text'}]},"
                        "{'linkId':'4','text':'Hoe vaak per week?','type':'integer'},"
                        "{'linkId':'5','text':'Vanaf welke datum?','type':'date'},"
                        "{'linkId':'6','text':'Is iedereen het eens met de afspraak?','type':'boolean'},"
                        "{'linkId':'7','text':'Wanneer kijken wij samen of het goed gaat?','type':'date'},"
                        "{'linkId':'8','text':'Opmerkingen','type':'text'}]}\n");
}

static void
append_agreement (const CpdDemo *demo, const CpdDemoPerson *person, const GDate *day, GString *out)
{
  guint pick = cpd_demo_pick (demo->options->seed, person->number, g_date_get_julian (day), CPD_DEMO_PICK_AGREEMENT,
                              cpd_demo_n_agreements);
  const CpdDemoAgreement *agreement = &cpd_demo_agreements[pick];
  g_autofree char *authored = cpd_demo_time (demo, day, 15 * 60 + 30);
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", person->number + 1);
  g_autofree char *plan = g_strdup_printf ("CarePlan/plan-%d-%d", person->number + 1, cpd_demo_plan_year (day));
  g_autofree char *times = g_strdup_printf ("%d", agreement->times);
  g_autofree char *id = NULL;
  GDate review = *day;
  char date[11];
  char review_date[11];

  g_date_add_months (&review, AGREEMENT_MONTHS - 1);
  cpd_demo_date (day, date);
  cpd_demo_date (&review, review_date);
  id = g_strdup_printf ("form-%d-%s", person->number + 1, date);
  cpd_demo_json (out,
                 "{'resourceType':'QuestionnaireResponse','id':%,'questionnaire':'" FORM
                 "|1.0','status':'completed','subject':{'reference':%},'authored':%,'author':{'reference':"
                 "'Practitioner/carer-2'},'basedOn':[{'reference':%}],'item':["
                 "{'linkId':'1','answer':[{'valueString':%}]},{'linkId':'2','answer':[{'valueString':%}]},"
                 "{'linkId':'3','item':[{'linkId':'3.1','answer':[{'valueString':%}]},{'linkId':'3.2','answer':["
                 "{'valueString':%}]},{'linkId':'3.3','answer':[{'valueString':%}]}]},"
                 "{'linkId':'4','answer':[{'valueInteger':&}]},{'linkId':'5','answer':[{'valueDate':%}]},"
                 "{'linkId':'6','answer':[{'valueBoolean':true}]},{'linkId':'7','answer':[{'valueDate':%}]},"
                 "{'linkId':'8'}]}\n",
                 id, patient, authored, plan, agreement->about, agreement->agreement, agreement->care,
                 agreement->client, agreement->family, times, date, review_date);
}

/**
 * cpd_demo_write_agreements:
 *
 * Appends the filled in "Afspraak = afspraak" forms: on the twelfth of January, May and September.
 */
void
cpd_demo_write_agreements (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  GDate day;

  cpd_demo_first_day (demo, &day);
  for (int i = 0; i < demo->options->days; i++, g_date_add_days (&day, 1))
    if (g_date_get_day (&day) == PLAN_DAY && (g_date_get_month (&day) - 1) % AGREEMENT_MONTHS == 0)
      append_agreement (demo, person, &day, out);
}
