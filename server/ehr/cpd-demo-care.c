/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-write.h"

#include "cpd-demo-json.h"
#include "cpd-demo-pdf.h"
#include "cpd-demo-words.h"

#define AGREEMENT_DAY 12
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
 * cpd_demo_has_been:
 *
 * Returns: FALSE for what is still to come today, or later.
 */
gboolean
cpd_demo_has_been (const CpdDemo *demo, const GDate *day, int minute)
{
  int order = g_date_compare (day, &demo->today);

  return order < 0 || (order == 0 && minute <= demo->minute);
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
                        "{'linkId':'9','text':'Hoe laat?','type':'time'},"
                        "{'linkId':'10','text':'Besproken op','type':'dateTime'},"
                        "{'linkId':'11','text':'Met wie is dit besproken?','type':'reference'},"
                        "{'linkId':'12','text':'Lukt het zelf?','type':'choice'},"
                        "{'linkId':'13','text':'Hoeveel hulp is er nodig, van 0 tot 5?','type':'decimal'},"
                        "{'linkId':'14','text':'Hoe lang duurt het?','type':'quantity'},"
                        "{'linkId':'15','text':'Wat ligt er klaar?','type':'attachment'},"
                        "{'linkId':'16','text':'Meer lezen','type':'url'},"
                        "{'linkId':'8','text':'Opmerkingen','type':'text'}]}\n");
}

/* The answer that is a file: its bytes stand in the form. */
static void
append_list (GString *out)
{
  static const char *const lines[] = { "Washandje en handdoek", "Schone kleren", "Kam en scheerspullen", NULL };
  GString *pdf = cpd_demo_pdf ("De klaargelegde spullen", lines);
  g_autofree char *data = g_base64_encode ((const guchar *) pdf->str, pdf->len);

  cpd_demo_json (out,
                 ",'answer':[{'valueAttachment':{'contentType':'application/pdf','title':'De klaargelegde spullen',"
                 "'data':%}}]",
                 data);
  g_string_free (pdf, TRUE);
}

/* No agreement comes after that of the day. */
static gboolean
is_newest (const CpdDemo *demo, const GDate *day)
{
  GDate next = *day;

  g_date_add_months (&next, AGREEMENT_MONTHS);
  return g_date_compare (&next, &demo->today) >= 0;
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
  g_autofree char *contact = g_strdup_printf ("RelatedPerson/contact-%d-1", person->number + 1);
  /* In May the first contact tells it, else the client. */
  const char *informant = (g_date_get_month (day) - 1) / AGREEMENT_MONTHS % 2 == 0 ? patient : contact;
  g_autofree char *times = g_strdup_printf ("%d", agreement->times);
  g_autofree char *id = NULL;
  GDate review = *day;
  char date[11];
  char review_date[11];

  g_date_add_months (&review, AGREEMENT_MONTHS - 1);
  cpd_demo_date (day, date);
  cpd_demo_date (&review, review_date);
  id = g_strdup_printf ("form-%d-%s", person->number + 1, date);
  cpd_demo_json (
      out,
      "{'resourceType':'QuestionnaireResponse','id':%,'questionnaire':'" FORM
      "|1.0','status':'completed','subject':{'reference':%},'authored':%,'author':{'reference':"
      "'Practitioner/carer-2'},'source':{'reference':%},'basedOn':[{'reference':%}],'item':["
      "{'linkId':'1','answer':[{'valueString':%}]},{'linkId':'2','answer':[{'valueString':%}]},"
      "{'linkId':'3','item':[{'linkId':'3.1','answer':[{'valueString':%}]},{'linkId':'3.2','answer':["
      "{'valueString':%}]},{'linkId':'3.3','answer':[{'valueString':%}]}]},"
      "{'linkId':'4','answer':[{'valueInteger':&}]},{'linkId':'5','answer':[{'valueDate':%}]},"
      "{'linkId':'6','answer':[{'valueBoolean':true}]},{'linkId':'7','answer':[{'valueDate':%}]},"
      "{'linkId':'9','answer':[{'valueTime':%}]},{'linkId':'10','answer':[{'valueDateTime':%}]},"
      "{'linkId':'11','answer':[{'valueReference':{'reference':%}}]},{'linkId':'12','answer':[{'valueCoding':"
      "{'code':'deels','display':%}}]},{'linkId':'13','answer':[{'valueDecimal':2.5}]},{'linkId':'14',"
      "'answer':[{'valueQuantity':{'value':20,'unit':'minuten'}}]},{'linkId':'15'",
      id, patient, authored, informant, plan, agreement->about, agreement->agreement, agreement->care,
      agreement->client, agreement->family, times, date, review_date, agreement->at, authored, contact,
      agreement->alone);
  if (is_newest (demo, day))
    append_list (out);
  cpd_demo_json (out, "},{'linkId':'16','answer':[{'valueUri':'https://zorggroep-de-linde.example/afspraken'}]},"
                      "{'linkId':'8'}]}\n");
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
    if (g_date_get_day (&day) == AGREEMENT_DAY && (g_date_get_month (&day) - 1) % AGREEMENT_MONTHS == 0)
      append_agreement (demo, person, &day, out);
}
