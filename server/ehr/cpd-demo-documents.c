/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-write.h"

#include "cpd-demo-json.h"
#include "cpd-demo-pdf.h"

#define LETTER_AGO 40 /* days before the day of the letter is rounded to a month */
#define NOTE_DAY 20   /* of each quarter's first month */

/* The letter of the general practitioner is of the first day of the month before last. */
static void
letter_day (const CpdDemo *demo, GDate *day)
{
  *day = demo->today;
  g_date_subtract_days (day, LETTER_AGO);
  g_date_set_day (day, 1);
}

static void
append_document (const CpdDemo *demo, const CpdDemoPerson *person, const char *id, const GDate *day, const char *code,
                 const char *title, const char *author, GString *out)
{
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", person->number + 1);
  g_autofree char *date = cpd_demo_time (demo, day, 16 * 60);

  cpd_demo_json (out,
                 "{'resourceType':'DocumentReference','id':%,'status':'current','docStatus':'final','type':{'coding':"
                 "[{'system':'http://loinc.org','code':%}]},'subject':{'reference':%},'date':%,'author':["
                 "{'reference':%}],'description':%,'content':[{'attachment':{",
                 id, code, patient, date, author, title);
}

/* A letter as PDF, whose bytes are a Binary; and a note of the therapist as text, inside. */
static void
append_letter (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  g_autofree char *id = g_strdup_printf ("letter-%d", person->number + 1);
  g_autofree char *url = g_strdup_printf ("Binary/letter-%d", person->number + 1);
  GDate day;

  letter_day (demo, &day);
  append_document (demo, person, id, &day, "34129-7", "Brief van de huisarts", "Practitioner/gp-1", out);
  cpd_demo_json (out, "'contentType':'application/pdf','title':'Brief van de huisarts','url':%}}]}\n", url);
}

static void
append_note (const CpdDemo *demo, const CpdDemoPerson *person, const GDate *day, GString *out)
{
  static const char text[] = "Verslag van de fysiotherapeut\n\nLopen met de rollator gaat goed: dertig meter zonder "
                             "stoppen. Staan en zitten oefenen wij drie keer per week. Let op de drempel bij de "
                             "badkamer.";
  g_autofree char *data = g_base64_encode ((const guchar *) text, sizeof text - 1);
  char date[11];
  g_autofree char *id = NULL;

  cpd_demo_date (day, date);
  id = g_strdup_printf ("note-%d-%s", person->number + 1, date);
  append_document (demo, person, id, day, "34746-8", "Fysiotherapie", "Practitioner/carer-5", out);
  cpd_demo_json (out, "'contentType':'text/plain; charset=utf-8','title':'Fysiotherapie','data':%}}]}\n", data);
}

/**
 * cpd_demo_write_documents:
 *
 * Appends a letter, and a note each quarter.
 */
void
cpd_demo_write_documents (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  GDate day;

  append_letter (demo, person, out);
  cpd_demo_first_day (demo, &day);
  for (int i = 0; i < demo->options->days; i++, g_date_add_days (&day, 1))
    if (g_date_get_day (&day) == NOTE_DAY && g_date_get_month (&day) % 3 == 1)
      append_note (demo, person, &day, out);
}

/**
 * cpd_demo_write_binaries:
 *
 * Appends the bytes of the letter.
 */
void
cpd_demo_write_binaries (const CpdDemo *demo, const CpdDemoPerson *person, GString *out)
{
  g_autofree char *id = g_strdup_printf ("letter-%d", person->number + 1);
  g_autofree char *patient = g_strdup_printf ("Patient/client-%d", person->number + 1);
  g_autofree char *about = g_strdup_printf ("Betreft: %s, geboren op %s", person->name, person->birth_date);
  const char *const lines[] = { about,
                                "",
                                "Beste collega’s van De Lindehof,",
                                "",
                                "Vandaag sprak ik uw cliënt op het spreekuur. De bloeddruk is goed en de",
                                "medicijnen blijven zoals zij zijn. Over drie maanden zie ik haar of hem graag terug.",
                                "",
                                "Met vriendelijke groet,",
                                "Dokter Van Leeuwen",
                                NULL };
  GString *pdf = cpd_demo_pdf ("Brief van de huisarts", lines);
  g_autofree char *data = g_base64_encode ((const guchar *) pdf->str, pdf->len);

  cpd_demo_json (out,
                 "{'resourceType':'Binary','id':%,'contentType':'application/pdf','securityContext':{'reference':%},"
                 "'data':%}\n",
                 id, patient, data);
  g_string_free (pdf, TRUE);
}
