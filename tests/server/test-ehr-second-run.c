/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include <string.h>

#include "cpd-demo-ehr.h"

/* After a first load that went well much is amended, withdrawn, deleted and added: broken off at any moment, the run
 * after it ends where one that was never broken off ends. */

static void
write_demo (EhrKit *kit, int days, const char *today)
{
  CpdDemoEhrOptions options = { .patients = 3, .days = days, .seed = 7, .today = today };

  options.output = kit->store.config->source_directory;
  g_assert_true (cpd_demo_ehr_write (&options, NULL));
}

/* Every nth line with a word goes, or has other words in the place of those. Returns how many. */
static int
edit (EhrKit *kit, const char *file, int nth, const char *from, const char *to)
{
  g_autofree char *path = g_build_filename (kit->store.config->source_directory, file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) edited = g_string_new (NULL);
  int met = 0;
  int n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      gboolean hit = strstr (lines[i], from) != NULL && ++met % nth == 0;
      g_autoptr (GString) line = g_string_new (lines[i]);

      n += hit;
      if (hit && to == NULL)
        continue;
      if (hit)
        g_string_replace (line, from, to, 1);
      g_string_append_printf (edited, "%s\n", line->str);
    }
  g_assert_true (g_file_set_contents (path, edited->str, -1, NULL));
  return n;
}

/* A week later. Of the reports some are corrected, amended, withdrawn and new by the demo itself. */
static void
change (EhrKit *kit)
{
  write_demo (kit, 307, "2026-03-10");
  g_assert_cmpint (edit (kit, "Observation.ndjson", 20, "\"report-1-", NULL), >, 5);
  g_assert_cmpint (edit (kit, "Observation.ndjson", 9, "\"valueString\":\"", "\"valueString\":\"Nader bezien: "), >,
                   20);
  g_assert_cmpint (edit (kit, "CarePlan.ndjson", 1, "\"title\":\"", "\"title\":\"Nieuw "), >, 2);
  g_assert_cmpint (edit (kit, "Goal.ndjson", 3, "\"lifecycleStatus\":\"active\"", "\"lifecycleStatus\":\"completed\""),
                   >, 0);
  g_assert_cmpint (edit (kit, "ServiceRequest.ndjson", 2, "ServiceRequest", NULL), >, 0);
  g_assert_cmpint (edit (kit, "Appointment.ndjson", 5, "\"status\":\"booked\"", "\"status\":\"cancelled\""), >, 1);
  g_assert_cmpint (edit (kit, "RelatedPerson.ndjson", 2, "\"family\":\"", "\"family\":\"van "), >, 0);
  g_assert_cmpint (edit (kit, "DocumentReference.ndjson", 3, "\"title\":\"", "\"title\":\"Nieuwe "), >, 0);
}

static void
begin (EhrKit *kit)
{
  ehr_kit_set_up (kit);
  write_demo (kit, 300, "2026-03-03");
  ehr_kit_enrol (kit, CPD_DEMO_EHR_SYSTEM "|DL-000001", "W. de Bruin");
  ehr_kit_enrol (kit, CPD_DEMO_EHR_SYSTEM "|DL-000002", "H. de Bruin");
  ehr_kit_run_whole (kit);
  change (kit);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
}

/* (transfer full): what the kit ends with. */
static char *
end (EhrKit *kit)
{
  char *dump = ehr_kit_dump (kit);

  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE plans_dirty"), ==, 0);
  ehr_kit_assert_search (kit);
  ehr_kit_tear_down (kit);
  return dump;
}

static void
assert_much_changed (EhrKit *kit)
{
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version > 1"), >, 20);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NOT NULL"), >, 5);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE amended"), >, 2);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM care_plan WHERE version > 1"), >, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM plan_piece WHERE removed IS NOT NULL"), >, 0);
}

static void
test_directory (void)
{
  g_autofree char *expected = NULL;
  int refreshes = 1;

  for (int stop_after = 0; stop_after < refreshes; stop_after++)
    {
      EhrKit kit = { 0 };
      g_auto (CpdEhrSyncReport) report = { 0 };
      g_autofree char *dump = NULL;
      gboolean whole;

      begin (&kit);
      whole = ehr_kit_run (&kit, &report, stop_after);
      if (stop_after == 0)
        {
          g_assert_true (whole);
          assert_much_changed (&kit);
          refreshes = kit.refreshed;
        }
      else if (!whole)
        ehr_kit_run_whole (&kit);
      dump = end (&kit);
      if (expected == NULL)
        expected = g_steal_pointer (&dump);
      else
        g_assert_cmpstr (dump, ==, expected);
    }
  g_assert_cmpint (refreshes, >, 10);
}

#define PLAN(title) "'status':'active','intent':'plan','title':'" title "','subject':{'reference':'Patient/wil'}"
#define GOAL(text) "'lifecycleStatus':'active','description':{'text':'" text "'},'subject':{'reference':'Patient/wil'}"
#define VISIT(status)                                                                                                  \
  "'status':'" status "','start':'2026-03-05T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}}]"
#define WITHDRAWN                                                                                                      \
  "'status':'entered-in-error','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"       \
  "'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01'"

static void
server_begin (FhirKit *kit)
{
  CpTime later;

  fhir_kit_set_up_wil (kit);
  kit->page = 3;
  kit->without_history = FALSE;
  fhir_kit_reports (kit, 10);
  fhir_kit_put (kit, "Appointment", "x", "wil", LONG_AGO, VISIT ("booked"));
  fhir_kit_put (kit, "CarePlan", "plan", "wil", LONG_AGO, PLAN ("Zorgplan") ",'goal':[{'reference':'Goal/g'}]");
  fhir_kit_put (kit, "Goal", "g", "wil", LONG_AGO, GOAL ("Lopen"));
  g_assert_true (fhir_kit_run (kit));
  later = FHIR_NOW + CP_TIME_HOUR;
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", 2 * i);

      fhir_kit_report (kit, id, "wil", later + i * CP_TIME_SECOND, "Nader bezien");
    }
  fhir_kit_put (kit, "Observation", "r001", "wil", later, WITHDRAWN);
  fhir_kit_delete (kit, "Observation", "r003", later);
  fhir_kit_report (kit, "nieuw", "wil", later, "Nieuw");
  fhir_kit_put (kit, "CarePlan", "plan", "wil", later, PLAN ("Ander plan") ",'goal':[{'reference':'Goal/g'}]");
  fhir_kit_put (kit, "Goal", "g", "wil", later, GOAL ("Fietsen"));
  fhir_kit_put (kit, "Appointment", "x", "wil", later, VISIT ("cancelled"));
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  fhir_kit_forget_requests (kit);
}

static void
test_server (void)
{
  g_autofree char *expected = NULL;
  guint n = 1;

  for (fhir_kit_cancel_at = 0; fhir_kit_cancel_at <= n; fhir_kit_cancel_at++)
    {
      FhirKit kit = { 0 };
      g_autofree char *dump = NULL;

      server_begin (&kit);
      kit.hook = fhir_kit_cancel_hook;
      g_assert_cmpint (fhir_kit_run (&kit), ==, fhir_kit_cancel_at == 0);
      kit.hook = NULL;
      if (fhir_kit_cancel_at == 0)
        {
          n = fhir_kit_requests (&kit, "/fhir/");
          g_assert_cmpint (ehr_kit_count (&kit.ehr, "SELECT count(*) FROM item WHERE version = 2"), ==, 4);
          g_assert_cmpint (ehr_kit_count (&kit.ehr, "SELECT count(*) FROM item WHERE removed IS NOT NULL"), ==, 2);
          g_assert_cmpint (ehr_kit_count (&kit.ehr, "SELECT version FROM care_plan"), ==, 2);
        }
      else
        {
          store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
          g_assert_true (fhir_kit_run (&kit));
        }
      g_assert_cmpint (ehr_kit_count (&kit.ehr, "SELECT count(*) FROM patient WHERE plans_dirty"), ==, 0);
      ehr_kit_assert_search (&kit.ehr);
      dump = ehr_kit_dump (&kit.ehr);
      fhir_kit_tear_down (&kit);
      if (expected == NULL)
        expected = g_steal_pointer (&dump);
      else
        g_assert_cmpstr (dump, ==, expected);
    }
  g_assert_cmpuint (n, >, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ehr-second-run/directory", test_directory);
  g_test_add_func ("/ehr-second-run/server", test_server);
  return g_test_run ();
}
