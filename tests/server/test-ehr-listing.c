/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that never lists all that it has. */
#include "fhir-kit.h"

#define N_REPORTS 40

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_reports (kit, N_REPORTS);
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_forget_requests (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

#define LISTING(entries) "{'resourceType':'Bundle','type':'searchset','entry':[" entries "]}"
#define ONLY_R000 "{'resource':{'resourceType':'Observation','id':'r000'}}"

typedef struct
{
  const char *name;
  FhirFault fault;
  guint page;
  int reports;
  gboolean whole; /* the server does not tell what changed: everything is read each time */
  gboolean fails; /* reading fails, and not only the listing */
} Incomplete;

#define ALL "18776-5&_count=200"

static const Incomplete incompletes[] = {
  { "entry-without-id",
    { "18776-5&_elements=id", 100, FHIR_ANSWER, 200, NULL, LISTING ("{}," ONLY_R000) },
    1000,
    N_REPORTS },
  { "full-page", { "no such question", 0 }, 1000, 202 },
  { "second-page-fails", { "_elements=id&_count=200&_offset=20", 100, FHIR_ANSWER, 500, NULL, "" }, 20, N_REPORTS },
  { "second-page-of-all", { ALL "&_offset=20", 100, FHIR_ANSWER, 500, NULL, "" }, 20, N_REPORTS, TRUE, TRUE },
  { "all", { ALL, 100, FHIR_ANSWER, 500, NULL, "" }, 1000, N_REPORTS, TRUE, TRUE },
  { "all-refused", { ALL, 100, FHIR_ANSWER, 403, NULL, "" }, 1000, N_REPORTS, TRUE, TRUE },
  { "changes", { "&_sort=_lastUpdated&_count=200", 100, FHIR_ANSWER, 500, NULL, "" }, 1000, N_REPORTS, FALSE, TRUE },
  { "sorting", { "&_sort=-_lastUpdated&_count=10", 100, FHIR_ANSWER, 500, NULL, "" }, 1000, N_REPORTS, FALSE, TRUE },
};

/* The server never lists all that it has, or never gives it: what is gone stays, for it may be what was not listed.
 * What is about somebody else now does not wait for that. */
static void
test_moved (Fixture *kit, gconstpointer data)
{
  const Incomplete *incomplete = data;
  g_autofree char *error = NULL;

  fhir_kit_reports (kit, incomplete->reports);
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  kit->page = incomplete->page;
  kit->ignores_updated = incomplete->whole;
  kit->without_next = incomplete->reports > 200;
  fhir_kit_fault (kit, &incomplete->fault);
  fhir_kit_delete (kit, "Observation", "r004", FHIR_NOW);
  fhir_kit_report (kit, "r003", "karel", FHIR_NOW + CP_TIME_DAY / 2, "Over Karel");
  fhir_kit_days_later (1);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_true ((error != NULL) == incomplete->fails);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r004"), ==, 1);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text LIKE '%Karel%'"), ==, 0);
  /* When it does, what is gone goes. */
  fhir_kit_clear_faults (kit);
  kit->without_next = FALSE;
  fhir_kit_days_later (1.1);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r004"), ==, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 2);
}

/* When reading them one by one fails too the server is left alone. */
static void
test_moved_and_failing (Fixture *kit, gconstpointer data)
{
  const FhirFault reading = { "GET /fhir/Observation/r", 1000, FHIR_ANSWER, 500, NULL, "" };

  fhir_kit_fault (kit, &incompletes[0].fault);
  fhir_kit_fault (kit, &reading);
  fhir_kit_days_later (1);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/r"), ==, 4);
}

/* Of a server that answers nothing of the type at all no more is asked than one, also when it refuses that. */
static void
test_all_failing (Fixture *kit, gconstpointer status)
{
  const FhirFault everything = { "GET /fhir/Observation", 1000, FHIR_ANSWER, GPOINTER_TO_INT (status), NULL, "" };
  g_autofree char *error = NULL;

  kit->ignores_updated = TRUE;
  fhir_kit_fault (kit, &everything);
  fhir_kit_days_later (1);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_nonnull (error);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/r"), ==, GPOINTER_TO_INT (status) == 500 ? 4 : 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (incompletes); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/listing/moved/", incompletes[i].name, NULL);

      g_test_add (path, Fixture, &incompletes[i], set_up, test_moved, tear_down);
    }
  g_test_add ("/ehr/listing/moved-and-failing", Fixture, NULL, set_up, test_moved_and_failing, tear_down);
  g_test_add ("/ehr/listing/all-failing", Fixture, GINT_TO_POINTER (500), set_up, test_all_failing, tear_down);
  g_test_add ("/ehr/listing/all-not-allowed", Fixture, GINT_TO_POINTER (403), set_up, test_all_failing, tear_down);
  return g_test_run ();
}
