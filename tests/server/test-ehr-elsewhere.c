/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server puts under another client, where its listing or the new version itself says little of it. */
#include "fhir-kit.h"

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_both (kit);
  kit->without_history = TRUE;
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

#define LETTER(subject, data)                                                                                          \
  "'status':'current','type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},'date':'2026-02-01',"         \
  "'subject':{'reference':'Patient/" subject "'},'content':[{'attachment':{'contentType':'text/plain'," data "}}]"

static void
run_at (Fixture *kit, double days)
{
  fhir_kit_days_later (days);
  g_assert_true (fhir_kit_run (kit));
}

/* The only letter of all is put under somebody who is not enrolled: nothing is listed any more, and it goes. */
static void
test_alone (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "DocumentReference", "d", "wil", LONG_AGO, LETTER ("wil", "'data':'QQ=='"));
  run_at (kit, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  fhir_kit_put (kit, "DocumentReference", "d", "karel", FHIR_NOW, LETTER ("karel", "'data':'QQ=='"));
  run_at (kit, 1);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE '%they stay'"), ==,
                   0);
}

/* It is gone, and nothing else is there to say that the listing is no mistake: it stays, and each look tells it. */
static void
test_alone_and_gone (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "DocumentReference", "d", "wil", LONG_AGO, LETTER ("wil", "'data':'QQ=='"));
  run_at (kit, 0);
  fhir_kit_delete (kit, "DocumentReference", "d", FHIR_NOW);
  for (int day = 1; day < 3; day++)
    {
      run_at (kit, day);
      g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
      g_assert_cmpint (
          ehr_kit_count (
              &kit->ehr,
              "SELECT count(*) FROM sync_problem WHERE reason LIKE '1 are not listed, and nothing else is%'"),
          ==, 1);
    }
}

#define ADD(name, func) g_test_add ("/ehr/elsewhere/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("alone", test_alone);
  ADD ("alone-and-gone", test_alone_and_gone);
  return g_test_run ();
}
