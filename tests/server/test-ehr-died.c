/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

/* Of somebody who has died nothing is fetched any more. */

#define LONG_AGO (FHIR_NOW - 30 * CP_TIME_DAY)
#define WIL                                                                                                            \
  "'identifier':[{'system':'s','value':'123456782'}],'name':[{'text':'Wil Bruin'}],'contact':[{'name':{'text':"        \
  "'Anna Smit'},'telecom':[{'system':'phone','value':'020 123'}]}]"
#define DIED ",'deceasedBoolean':true"

typedef FhirKit Fixture;

static void
put_wil (Fixture *kit, const char *members)
{
  fhir_kit_put (kit, "Patient", "wil", "wil", cp_time_now () - CP_TIME_MINUTE, members);
}

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up (kit);
  ehr_kit_enrol (&kit->ehr, "s|123456782", "W. Bruin");
  put_wil (kit, WIL);
  fhir_kit_put (kit, "RelatedPerson", "anna", "wil", LONG_AGO,
                "'patient':{'reference':'Patient/wil'},'name':[{'text':'Anna Smit'}],"
                "'telecom':[{'system':'phone','value':'020 123'}]");
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "Van vroeger");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static gint64
shown (Fixture *kit, const char *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM item WHERE removed IS NULL AND text = '%s'", text);

  return ehr_kit_count (&kit->ehr, sql);
}

static void
run_later (Fixture *kit)
{
  store_kit_set_now (cp_time_now () + CP_TIME_DAY);
  fhir_kit_forget_requests (kit);
  g_assert_true (fhir_kit_run (kit));
}

static void
dies (Fixture *kit)
{
  g_assert_true (fhir_kit_run (kit));
  put_wil (kit, WIL DIED);
  fhir_kit_report (kit, "b", "wil", cp_time_now (), "Van de laatste dag");
  /* The run that learns of it is as any. */
  run_later (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT deceased FROM patient"), ==, 1);
  g_assert_cmpint (shown (kit, "Van de laatste dag"), ==, 1);
  fhir_kit_report (kit, "c", "wil", cp_time_now (), "Nagekomen");
}

static void
test_nothing_more (Fixture *kit, gconstpointer data)
{
  dies (kit);
  for (int i = 0; i < 2; i++)
    {
      run_later (kit);
      g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Patient?_id=wil"), >, 0);
      g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation"), ==, 0);
      g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/RelatedPerson"), ==, 0);
      g_assert_cmpint (shown (kit, "Van vroeger") + shown (kit, "Van de laatste dag"), ==, 2);
      g_assert_cmpint (shown (kit, "Nagekomen"), ==, 0);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM contact WHERE removed IS NULL"), ==, 1);
    }
}

/* Somebody else's is fetched as before, also an appointment of both. */
static void
test_others (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  g_assert_true (fhir_kit_run (kit));
  put_wil (kit, WIL DIED);
  run_later (kit);
  fhir_kit_report (kit, "h", "henk", cp_time_now (), "Van Henk");
  fhir_kit_put (kit, "Appointment", "x", "henk", cp_time_now (),
                "'status':'booked','start':'2026-03-09T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}},"
                "{'actor':{'reference':'Patient/henk'}}]");
  run_later (kit);
  g_assert_cmpint (shown (kit, "Van Henk"), ==, 1);
  g_assert_cmpint (shown (kit, "Van vroeger"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT group_concat (patient) FROM appointment"), ==, 2);
}

/* A report of somebody living turns out to be about who has died: it is taken from there. */
static void
test_goes_over (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  fhir_kit_report (kit, "h", "henk", LONG_AGO, "Van wie?");
  for (int i = 0; i < 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("h%d", i);

      fhir_kit_report (kit, id, "henk", LONG_AGO, "Van Henk");
    }
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (shown (kit, "Van wie?"), ==, 1);
  put_wil (kit, WIL DIED);
  run_later (kit);
  fhir_kit_report (kit, "h", "wil", cp_time_now (), "Van wie?");
  for (int i = 0; i < 2; i++)
    run_later (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE removed IS NULL AND text = 'Van wie?' AND"
                                             " patient = (SELECT id FROM patient WHERE fhir_id = 'henk')"),
                   ==, 0);
}

/* It was a mistake: what came meanwhile is fetched after all. */
static void
test_mistake (Fixture *kit, gconstpointer data)
{
  dies (kit);
  run_later (kit);
  put_wil (kit, WIL);
  run_later (kit);
  run_later (kit);
  g_assert_cmpint (shown (kit, "Nagekomen"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM contact WHERE removed IS NULL"), ==, 1);
}

#define ADD(name, func) g_test_add ("/ehr/died/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing-more", test_nothing_more);
  ADD ("others", test_others);
  ADD ("goes-over", test_goes_over);
  ADD ("mistake", test_mistake);
  return g_test_run ();
}
