/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appointments from a FHIR server. */
#include "fhir-kit.h"

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

/* Of an appointment of two the one who is not named any more does not see it. */
static void
test_shared (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_put (kit, "Appointment", "x", "wil", LONG_AGO,
                "'status':'booked','start':'2026-03-05T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}},"
                "{'actor':{'reference':'Patient/henk'}}]");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE removed IS NULL"), ==, 2);
  fhir_kit_put (
      kit, "Appointment", "x", "wil", FHIR_NOW,
      "'status':'booked','start':'2026-03-05T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}}]");
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE removed IS NULL"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE removed IS NULL AND patient = 1"),
                   ==, 1);
}

/* One of two who was enrolled alone is not named any more: nobody who is asked for is. */
static void
test_shared_with_a_stranger (Fixture *kit, gconstpointer data)
{
  static const char henk[] =
      "'status':'booked','start':'2026-03-05T10:00:00Z','participant':[{'actor':{'reference':'Patient/henk'}}]";
  static const char both[] = "'status':'booked','start':'2026-03-05T10:00:00Z','participant':[{'actor':{'reference':"
                             "'Patient/wil'}},{'actor':{'reference':'Patient/henk'}}]";

  fhir_kit_put (kit, "Appointment", "stays", "wil", LONG_AGO, both);
  fhir_kit_put (kit, "Appointment", "x", "wil", LONG_AGO, both);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE removed IS NULL"), ==, 2);
  fhir_kit_put (kit, "Appointment", "x", "henk", FHIR_NOW, henk);
  store_kit_set_now (FHIR_NOW + 25 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE removed IS NULL"), ==, 1);
}

static void
put_appointment (Fixture *kit, const char *id, const char *rest)
{
  g_autofree char *members = g_strdup_printf ("'participant':[{'actor':{'reference':'Patient/wil'}}],%s", rest);

  fhir_kit_put (kit, "Appointment", id, "wil", LONG_AGO + (id[1] - '0') * CP_TIME_MINUTE, members);
}

/* Of appointments those that were over long ago are not loaded, on whichever page they come; one without a moment is,
 * and one that was loaded when it was to come stays. */
static void
test_of_late (Fixture *kit, gconstpointer data)
{
  kit->page = 2;
  put_appointment (kit, "a0", "'status':'proposed'");
  put_appointment (kit, "a1", "'status':'fulfilled','start':'2025-10-01T10:00:00Z','end':'2025-10-01T11:00:00Z'");
  put_appointment (kit, "a2", "'status':'booked','start':'2026-03-05T10:00:00Z'");
  put_appointment (kit, "a3", "'status':'fulfilled','start':'2025-11-01T10:00:00Z'");
  put_appointment (kit, "a4", "'status':'fulfilled','start':'2026-01-05T10:00:00Z'");
  put_appointment (kit, "a5", "'status':'fulfilled','start':'2024-01-05T10:00:00Z'");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment"), ==, 3);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE fhir_id IN ('a0', 'a2', 'a4')"),
                   ==, 3);
  put_appointment (kit, "a4", "'status':'noshow','start':'2026-01-05T10:00:00Z'");
  kit->ignores_updated = TRUE;
  store_kit_set_now (FHIR_NOW + 100 * CP_TIME_DAY);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE removed IS NULL"), ==, 3);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE fhir_id = 'a4' AND status = 3"),
                   ==, 1);
}

/* One that could not be understood, and turns out to be over long ago, is waited for no more. */
static void
test_past_after_quarantine (Fixture *kit, gconstpointer data)
{
  put_appointment (kit, "a1", "'status':'nonsense','start':'2026-03-05T10:00:00Z'");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 1);
  put_appointment (kit, "a1", "'status':'fulfilled','start':'2025-10-01T10:00:00Z'");
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

#define ADD(name, func) g_test_add ("/ehr/appointments/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("shared", test_shared);
  ADD ("shared-with-a-stranger", test_shared_with_a_stranger);
  ADD ("of-late", test_of_late);
  ADD ("past-after-quarantine", test_past_after_quarantine);
  return g_test_run ();
}
