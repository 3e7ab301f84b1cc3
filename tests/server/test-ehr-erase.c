/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was kept of a FHIR server goes when a client is erased. */
#include "fhir-kit.h"

#include <string.h>

#include "cpd-ehr-sync.h"
#include "cpd-erase.h"

typedef FhirKit Fixture;

#define NUMBER "111222333"

static void
put_of (Fixture *kit, const char *patient, const char *subject)
{
  g_autofree char *goal = g_strdup_printf ("'lifecycleStatus':'active','description':{'text':'Doel van %s'},'subject':"
                                           "%s",
                                           patient, subject);
  g_autofree char *plan =
      g_strdup_printf ("'status':'active','intent':'plan','title':'Plan van %s','subject':%s", patient, subject);
  g_autofree char *team = g_strdup_printf ("'status':'active','name':'Team van %s','subject':%s", patient, subject);

  fhir_kit_put (kit, "Goal", patient, patient, LONG_AGO, goal);
  fhir_kit_put (kit, "CarePlan", patient, patient, LONG_AGO, plan);
  fhir_kit_put (kit, "CareTeam", patient, patient, LONG_AGO, team);
}

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  put_of (kit, "wil",
          "{'reference':'Patient/wil','display':'Wilhelmina','identifier':{'system':'http://fhir.nl/fhir/NamingSystem/"
          "bsn','value':'" NUMBER "'}}");
  put_of (kit, "henk", "{'reference':'Patient/henk/_history/2'}");
  g_assert_true (fhir_kit_run (kit));
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

/* In the file of the database, without what was in it once: see cpd_erase_rewrite(). */
static gboolean
holds (Fixture *kit, const char *words)
{
  g_autofree char *bytes = NULL;
  gsize size;

  ehr_kit_exec (&kit->ehr, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  g_assert_true (g_file_get_contents (kit->ehr.store.database, &bytes, &size, NULL));
  return memmem (bytes, size, words, strlen (words)) != NULL;
}

/* Of whom a plan, a goal or a team is, is kept as a reference and no more. */
static void
test_number (Fixture *kit, gconstpointer data)
{
  g_assert_true (holds (kit, "Doel van wil"));
  g_assert_false (holds (kit, NUMBER));
  g_assert_false (holds (kit, "Wilhelmina"));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM ehr_name WHERE body ->> '$.subject' ="
                                             " '{\"reference\":\"Patient/wil\"}'"),
                   ==, 3);
}

static void
test_words (Fixture *kit, gconstpointer data)
{
  static const char *const words[] = { "Doel van ", "Plan van ", "Team van " };
  g_autoptr (GBytes) nobody = g_bytes_new_static ("nobody", 6);
  CpdErase erase = { .patient = 1, .nobody = nobody, .now = cp_time_now () };

  /* It was not shown, so that only its name is here. */
  ehr_kit_exec (&kit->ehr, "DELETE FROM plan_piece WHERE type = 'Goal'");
  store_kit_write (&kit->ehr.store, cpd_erase, &erase);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *of_wil = g_strconcat (words[i], "wil", NULL);
      g_autofree char *of_henk = g_strconcat (words[i], "henk", NULL);

      g_assert_false (holds (kit, of_wil));
      g_assert_true (holds (kit, of_henk));
    }
}

#define ADD(name, func) g_test_add ("/ehr/erase/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("number", test_number);
  ADD ("words", test_words);
  return g_test_run ();
}
