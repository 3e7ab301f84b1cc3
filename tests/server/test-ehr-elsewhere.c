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

static gint64
shown_of (Fixture *kit, int patient)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM item WHERE removed IS NULL AND patient = %d", patient);

  return ehr_kit_count (&kit->ehr, sql);
}

/* What a newer version is that says it is about Henk, and cannot be shown. */
typedef struct
{
  const char *name, *type, *members, *mended;
} Unread;

#define REPORT "'code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
#define OF(name) "'subject':{'reference':'Patient/" name "'},'effectiveDateTime':'2026-03-01'"
#define OF_HENK REPORT OF ("henk")
#define MENDED "'status':'final'," OF_HENK ",'valueString':'Van Henk'"

static const Unread unread[] = {
  { "without-text", "Observation", "'status':'final'," OF_HENK, MENDED },
  { "modified", "Observation", MENDED ",'modifierExtension':[{'url':'http://x.example/not','valueBoolean':true}]",
    MENDED },
  { "unknown-status", "Observation", "'status':'odd'," OF_HENK ",'valueString':'Van Henk'", MENDED },
  { "wrong-type", "Observation", "'status':'final'," OF_HENK ",'valueString':7", MENDED },
  { "without-file", "DocumentReference", LETTER ("henk", "'url':'Binary/b'"), LETTER ("henk", "'data':'QQ=='") },
};

/* It goes from Wil at once, and comes to Henk when it can be read. */
static void
test_over_unread (Fixture *kit, gconstpointer data)
{
  const Unread *what = data;
  const FhirFault fault = { "/fhir/Binary/b", 100, FHIR_ANSWER, 500, NULL, "" };
  gboolean is_letter = g_str_equal (what->type, "DocumentReference");

  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_report (kit, "of-henk", "henk", LONG_AGO, "Ook");
  fhir_kit_put (kit, what->type, "x", "wil", LONG_AGO,
                is_letter ? LETTER ("wil", "'data':'QQ=='")
                          : "'status':'final'," REPORT OF ("wil") ",'valueString':'Van Wil'");
  run_at (kit, 0);
  g_assert_cmpint (shown_of (kit, 1), ==, 1);
  fhir_kit_fault (kit, &fault);
  fhir_kit_put (kit, what->type, "x", "henk", FHIR_NOW + CP_TIME_MINUTE, what->members);
  fhir_kit_days_later (0.25);
  fhir_kit_run (kit);
  g_assert_cmpint (shown_of (kit, 1), ==, 0);
  g_assert_cmpint (shown_of (kit, 2), ==, 1);
  fhir_kit_put (kit, what->type, "x", "henk", FHIR_NOW + CP_TIME_MINUTE, what->mended);
  fhir_kit_days_later (0.5);
  fhir_kit_run (kit);
  g_assert_cmpint (shown_of (kit, 1), ==, 0);
  g_assert_cmpint (shown_of (kit, 2), ==, 2);
}

#define ADD(name, func) g_test_add ("/ehr/elsewhere/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("alone", test_alone);
  ADD ("alone-and-gone", test_alone_and_gone);
  for (gsize i = 0; i < G_N_ELEMENTS (unread); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/elsewhere/over-unread/", unread[i].name, NULL);

      g_test_add (path, Fixture, &unread[i], set_up, test_over_unread, tear_down);
    }
  return g_test_run ();
}
