/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-ehr.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "cp-time.h"
#include "cpd-demo-write.h"

#define ZONE "Europe/Amsterdam"
/* What lies a history before it, and the weeks to come, can be written too. */
#define FIRST_TODAY "1950-01-01"
#define LAST_TODAY "2999-12-31"

/* A file is written under a name that readers skip and then put in its place, so that none is ever read half. */
static gboolean
write_file (const CpdDemo *demo, const char *output, const char *type, CpdDemoWriter writer, GError **error)
{
  g_autofree char *hidden = g_strdup_printf ("%s/.%s.ndjson.new", output, type);
  g_autofree char *path = g_strdup_printf ("%s/%s.ndjson", output, type);
  FILE *file = g_fopen (hidden, "we");
  g_autoptr (GString) lines = g_string_new (NULL);
  gboolean fine = file != NULL;

  for (int number = 0; fine && number < demo->options->patients; number++)
    {
      g_auto (CpdDemoPerson) person = { 0 };

      cpd_demo_person_init (&person, demo->options->seed, number);
      g_string_truncate (lines, 0);
      writer (demo, &person, lines);
      fine = fwrite (lines->str, 1, lines->len, file) == lines->len;
    }
  if (file != NULL)
    fine = fclose (file) == 0 && fine;
  if (fine && g_rename (hidden, path) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s cannot be written: %s", path, g_strerror (errno));
  g_unlink (hidden);
  return FALSE;
}

static gboolean
check (const CpdDemoEhrOptions *options, GError **error)
{
  const char *wrong = NULL;

  if (options->patients < 1 || options->patients > CPD_DEMO_EHR_PATIENTS_MAX)
    wrong = "patients must be 1 to 1,000,000";
  else if (options->days < 1 || options->days > CPD_DEMO_EHR_DAYS_MAX)
    wrong = "days must be 1 to 36,500";
  else if (options->reports_per_patient < 0 || options->reports_per_patient > CPD_DEMO_EHR_REPORTS_MAX)
    wrong = "reports must be 0 to 1,000,000";
  else if (options->today != NULL && !cp_time_date_is_valid (options->today))
    wrong = "today must be a date such as 2026-03-03";
  else if (options->today != NULL &&
           (g_strcmp0 (options->today, FIRST_TODAY) < 0 || g_strcmp0 (options->today, LAST_TODAY) > 0))
    wrong = "today must be from " FIRST_TODAY " to " LAST_TODAY;
  else if (options->output == NULL || *options->output == '\0')
    wrong = "output must be a directory";
  if (wrong != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, wrong);
  return wrong == NULL;
}

/* Of the day that it is the hours that have been, of another all. */
static void
set_now (CpdDemo *demo)
{
  CpTime now = cp_time_now ();
  g_autofree char *date = cp_time_date (now, demo->zone);
  g_autofree char *clock = cp_time_clock (now, demo->zone);
  const char *today = demo->options->today != NULL ? demo->options->today : date;

  g_date_set_dmy (&demo->today, g_ascii_strtoull (today + 8, NULL, 10), g_ascii_strtoull (today + 5, NULL, 10),
                  g_ascii_strtoull (today, NULL, 10));
  demo->minute = g_str_equal (today, date) ? cp_time_minute_of_day (clock) / 60 * 60 : 24 * 60;
}

/**
 * cpd_demo_ehr_write:
 *
 * Writes one .ndjson file for each type into options->output; others there are left alone.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_demo_ehr_write (const CpdDemoEhrOptions *options, GError **error)
{
  static const struct
  {
    const char *type;
    CpdDemoWriter writer;
  } files[] = {
    { "Appointment", cpd_demo_write_appointments },
    { "Binary", cpd_demo_write_binaries },
    { "CarePlan", cpd_demo_write_plans },
    { "CareTeam", cpd_demo_write_team },
    { "DocumentReference", cpd_demo_write_documents },
    { "Goal", cpd_demo_write_goals },
    { "Observation", cpd_demo_write_reports },
    { "Organization", cpd_demo_write_organization },
    { "Patient", cpd_demo_write_patient },
    { "Practitioner", cpd_demo_write_carers },
    { "PractitionerRole", cpd_demo_write_roles },
    { "Questionnaire", cpd_demo_write_form },
    { "QuestionnaireResponse", cpd_demo_write_agreements },
    { "RelatedPerson", cpd_demo_write_contacts },
    { "ServiceRequest", cpd_demo_write_requests },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONE);
  CpdDemo demo = { options, zone };

  if (!check (options, error))
    return FALSE;
  if (zone == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the time zone " ZONE " is not installed");
      return FALSE;
    }
  if (g_mkdir_with_parents (options->output, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s cannot be made: %s", options->output,
                   g_strerror (errno));
      return FALSE;
    }
  set_now (&demo);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (!write_file (&demo, options->output, files[i].type, files[i].writer, error))
      return FALSE;
  return TRUE;
}
