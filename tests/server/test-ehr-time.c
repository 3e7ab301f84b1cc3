/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clocks do to a run over a FHIR server: moments that are yet to come, hours that pass, periods that end. */
#include "fhir-kit.h"

#include <string.h>

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_put (kit, "Practitioner", "anna", NULL, LONG_AGO, "'name':[{'text':'Anna de Wit'}]");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

/* One report says that it changed years ahead: what is written after it is read all the same, and so is what puts it
 * right. */
static void
test_changed_in_the_future (Fixture *kit, gconstpointer data)
{
  kit->without_history = TRUE;
  fhir_kit_reports (kit, 2);
  fhir_kit_report (kit, "ahead", "wil", FHIR_NOW + 2000 * CP_TIME_DAY, "toekomst");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 3);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine WHERE fhir_id = 'ahead'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE '%yet to come'"), ==,
                   1);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  fhir_kit_report (kit, "new", "wil", FHIR_NOW + CP_TIME_MINUTE, "nieuw");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 4);
  /* The same is not written again. */
  g_assert_cmpint (fhir_kit_written (kit), ==, 1);
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  fhir_kit_report (kit, "ahead", "wil", FHIR_NOW + 90 * CP_TIME_MINUTE, "hersteld");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'hersteld'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

static void
write_meanwhile (gpointer fixture, guint request, const char *line)
{
  if (strstr (line, "GET /fhir/Observation?") == NULL || cp_time_now () != FHIR_NOW)
    return;
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  fhir_kit_report (fixture, "during", "wil", FHIR_NOW + 2 * CP_TIME_HOUR, "tussendoor");
}

/* What is written while a run takes hours is nothing odd. */
static void
test_changed_meanwhile (Fixture *kit, gconstpointer data)
{
  kit->hook = write_meanwhile;
  fhir_kit_reports (kit, 2);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 3);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem"), ==, 0);
}

/* How far it was read says more than can be: then it was read too little since, and everything is read once more. */
static void
test_mark_in_the_future (Fixture *kit, gconstpointer data)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM ehr_mark WHERE mark > %" G_GINT64_FORMAT,
                                          (gint64) (FHIR_NOW + 2 * CP_TIME_HOUR));

  kit->without_history = TRUE;
  fhir_kit_reports (kit, 2);
  g_assert_true (fhir_kit_run (kit));
  ehr_kit_exec (&kit->ehr, "UPDATE ehr_mark SET mark = mark + 100000000000000");
  fhir_kit_report (kit, "new", "wil", FHIR_NOW + CP_TIME_MINUTE, "nieuw");
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 3);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, sql), ==, 0);
  fhir_kit_forget_requests (kit);
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "18776-5&_lastUpdated=ge2026-03-03T12:50:00.000Z&_sort=_lastUpdated"), ==,
                    1);
}

/* The clock of the server is an hour ahead in one run and put right after it: what changed in that hour comes. */
static void
test_clock_put_right (Fixture *kit, gconstpointer data)
{
  static const char told[] =
      "SELECT count(*) FROM sync_problem WHERE reason LIKE '%clock of the server is 60 minutes%'";

  kit->without_history = TRUE;
  kit->ahead = CP_TIME_HOUR;
  fhir_kit_reports (kit, 2);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, told), ==, 1);
  kit->ahead = 0;
  fhir_kit_report (kit, "new", "wil", FHIR_NOW + 20 * CP_TIME_MINUTE, "nieuw");
  fhir_kit_put (kit, "Observation", "r000", "wil", FHIR_NOW + 20 * CP_TIME_MINUTE,
                "'status':'entered-in-error','code':{'coding':[{'system':'http://snomed.info/sct',"
                "'code':'11591000146107'}]},'subject':{'reference':'Patient/wil'}");
  store_kit_set_now (FHIR_NOW + 12 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "new"), ==, 1);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r000"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, told), ==, 0);
}

/* Whose time in the team is over leaves it, although nothing changed at the server. */
static void
test_team_ends (Fixture *kit, gconstpointer data)
{
  static const char anna[] = "SELECT count(*) FROM plan_piece WHERE removed IS NULL AND body LIKE '%Anna%'";

  kit->without_history = TRUE;
  fhir_kit_put (kit, "CareTeam", "t", "wil", LONG_AGO,
                "'status':'active','subject':{'reference':'Patient/wil'},'participant':[{'member':{'reference':"
                "'Practitioner/anna'},'period':{'end':'2026-03-04'}}]");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, anna), ==, 1);
  store_kit_set_now (FHIR_NOW + 30 * CP_TIME_DAY);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, anna), ==, 0);
}

/* A version that was written while the clock of the server ran a day ahead does not beat what puts it right, whenever
 * that is read: after some hours, or after that day. */
static void
test_fast_clock (Fixture *kit, gconstpointer data)
{
  int hours = GPOINTER_TO_INT (data);

  kit->without_history = TRUE;
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  fhir_kit_reports (kit, 2);
  kit->ahead = CP_TIME_DAY;
  fhir_kit_report (kit, "r000", "wil", FHIR_NOW + CP_TIME_DAY, "Fout");
  fhir_kit_report (kit, "r001", "wil", FHIR_NOW + CP_TIME_DAY, "Van een ander");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
  kit->ahead = 0;
  fhir_kit_report (kit, "r000", "wil", FHIR_NOW + CP_TIME_HOUR, "Goed");
  fhir_kit_report (kit, "r001", "henk", FHIR_NOW + CP_TIME_HOUR, "Van een ander");
  store_kit_set_now (FHIR_NOW + hours * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'Goed'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT patient FROM item WHERE fhir_id = 'r001' AND removed IS NULL"), ==,
                   2);
}

/* Such a moment may lie there, of a program that believed it. */
static void
test_fast_clock_kept (Fixture *kit, gconstpointer data)
{
  kit->without_history = TRUE;
  fhir_kit_reports (kit, 1);
  g_assert_true (fhir_kit_run (kit));
  ehr_kit_exec (&kit->ehr, "UPDATE item SET last_updated = last_updated + 100000000000000");
  fhir_kit_report (kit, "r000", "wil", FHIR_NOW + CP_TIME_HOUR, "Goed");
  store_kit_set_now (FHIR_NOW + 12 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text = 'Goed'"), ==, 1);
}

#define ADD(name, func) g_test_add ("/ehr/time/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("changed-in-the-future", test_changed_in_the_future);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("mark-in-the-future", test_mark_in_the_future);
  ADD ("clock-put-right", test_clock_put_right);
  ADD ("team-ends", test_team_ends);
  g_test_add ("/ehr/time/fast-clock/within", Fixture, GINT_TO_POINTER (12), set_up, test_fast_clock, tear_down);
  g_test_add ("/ehr/time/fast-clock/after", Fixture, GINT_TO_POINTER (25), set_up, test_fast_clock, tear_down);
  ADD ("fast-clock-kept", test_fast_clock_kept);
  return g_test_run ();
}
