/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_REPORTS 40

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_reports (kit, N_REPORTS);
  g_assert_true (fhir_kit_run (kit));
  /* Of what was not here before, nothing can be missing. */
  g_assert_cmpuint (fhir_kit_requests (kit, "_elements=id"), ==, 0);
  fhir_kit_forget_requests (kit);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

/* Once a day the ids are compared; each that is missing is asked for before it is removed. */
static void
test_sweep (Fixture *kit, gconstpointer data)
{
  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW);
  fhir_kit_days_later (0.25);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 1);
  fhir_kit_days_later (1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 1);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/r003 "), ==, 1);
  /* The tombstone stays. */
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE fhir_id = 'r003'"), ==, 1);
  fhir_kit_report (kit, "r003", "wil", FHIR_NOW + 2 * CP_TIME_DAY, "opnieuw");
  fhir_kit_days_later (2.1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 1);
}

/* A server that says of what it has that it is not there: when it is there again it comes back as it was, also when the
 * server gives few at a time, and only what changed is asked for. */
static void
test_missing_by_mistake (Fixture *kit, gconstpointer data)
{
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_delete (kit, "Observation", id, FHIR_NOW);
    }
  fhir_kit_days_later (1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 5);
  fhir_kit_reports (kit, 5);
  kit->page = 3;
  fhir_kit_days_later (1.5);
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_days_later (2);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT mode FROM ehr_type WHERE type = 'Observation'"), ==, 1);
}

/* What was deleted is not brought back by an old version; a new one does. */
static void
test_deleted_stays (Fixture *kit, gconstpointer data)
{
  kit->without_history = FALSE;
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW + CP_TIME_DAY / 8);
  fhir_kit_days_later (0.25);
  g_assert_true (fhir_kit_run (kit));
  kit->without_history = TRUE;
  fhir_kit_report (kit, "r003", "wil", LONG_AGO + 3 * CP_TIME_MINUTE, "r003");
  kit->ignores_updated = TRUE;
  fhir_kit_days_later (1.5);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  fhir_kit_report (kit, "r003", "wil", FHIR_NOW + 2 * CP_TIME_DAY, "opnieuw");
  fhir_kit_days_later (2.1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 1);
}

#define LISTING(entries) "{'resourceType':'Bundle','type':'searchset','entry':[" entries "]}"
#define ONLY_R000 "{'resource':{'resourceType':'Observation','id':'r000'}}"

/* Something in the listing cannot be read, and may be what is missing: nothing goes, that is told, and the next run
 * looks again. */
static void
test_hole_in_listing (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "18776-5&_elements=id", 1, FHIR_ANSWER, 200, NULL, LISTING ("{}," ONLY_R000) };

  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW);
  fhir_kit_fault (kit, &fault);
  fhir_kit_days_later (1);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
  g_assert_cmpint (
      ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE '39 are missing, but%'"), ==, 1);
  fhir_kit_days_later (1.1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
}

/* A listing in which some are missing that are there all the same: nothing goes. */
static void
test_still_there (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "_elements=id", 1, FHIR_ANSWER, 200, NULL, LISTING (ONLY_R000) };

  kit->ehr.store.config->slots[0] = 0;
  fhir_kit_fault (kit, &fault);
  fhir_kit_days_later (1);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
}

/* A few of them are not listed, and reading each says that it is there. */
static void
test_listing_with_holes (Fixture *kit, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new ("{'resourceType':'Bundle','type':'searchset','entry':[");
  FhirFault fault = { "18776-5&_elements=id", 1, FHIR_ANSWER, 200 };

  for (int i = 3; i < N_REPORTS; i++)
    g_string_append_printf (body, "%s{'resource':{'resourceType':'Observation','id':'r%03d'}}", i > 3 ? "," : "", i);
  fault.body = g_string_append (body, "]}")->str;
  fhir_kit_fault (kit, &fault);
  fhir_kit_days_later (1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/r0"), ==, 3);
}

typedef struct
{
  const char *name;
  FhirFault fault;
} Keeping;

static const Keeping keepings[] = {
  { "empty", { "18776-5&_elements=id", 1, FHIR_ANSWER, 200, NULL, "{'resourceType':'Bundle','type':'searchset'}" } },
  { "failed", { "18776-5&_elements=id", 100, FHIR_ANSWER, 500, NULL, "" } },
  { "not-allowed-to-read", { "GET /fhir/Observation/r", 100, FHIR_ANSWER, 403, NULL, "" } },
  { "reading-fails", { "GET /fhir/Observation/r", 100, FHIR_ANSWER, 500, NULL, "" } },
  { "reading-says-something-else",
    { "GET /fhir/Observation/r", 100, FHIR_ANSWER, 200, NULL, "{'resourceType':'Observation','id':'another'}" } },
};

/* On an answer that does not say plainly that it is gone, nothing is removed. */
static void
test_keeps (Fixture *kit, gconstpointer data)
{
  const Keeping *keeping = data;

  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW);
  fhir_kit_fault (kit, &keeping->fault);
  fhir_kit_days_later (1);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 1);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
}

static void
delete_nine (Fixture *kit, CpTime when)
{
  for (int i = 0; i < 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_delete (kit, "Observation", id, when);
    }
}

static void
assert_alarm (Fixture *kit, double days)
{
  g_autofree char *error = NULL;

  fhir_kit_days_later (days);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_true (error != NULL && strstr (error, "9 of 40 are missing") != NULL);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
}

/* It is told by each run, and accepted by the next. */
static void
test_too_many (Fixture *kit, gconstpointer data)
{
  delete_nine (kit, FHIR_NOW);
  assert_alarm (kit, 1);
  assert_alarm (kit, 1.5);
  kit->ehr.accept_removals = TRUE;
  fhir_kit_days_later (1.6);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 9);
}

/* Also when what is missing was looked for not long ago. */
static void
test_accepted_early (Fixture *kit, gconstpointer data)
{
  delete_nine (kit, FHIR_NOW);
  kit->ehr.accept_removals = TRUE;
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 9);
}

static void
test_comes_back (Fixture *kit, gconstpointer data)
{
  delete_nine (kit, FHIR_NOW);
  assert_alarm (kit, 1);
  fhir_kit_reports (kit, 9);
  fhir_kit_days_later (1.5);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
}

static void
test_too_many_in_history (Fixture *kit, gconstpointer data)
{
  kit->without_history = FALSE;
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  delete_nine (kit, FHIR_NOW + CP_TIME_DAY / 8);
  assert_alarm (kit, 0.25);
  assert_alarm (kit, 0.3);
  kit->ehr.accept_removals = TRUE;
  fhir_kit_days_later (0.35);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 9);
}

/* Seven of twenty appointments of two people are more than a fifth, of the appointments and of their rows. */
static void
test_too_many_shared (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%02d", i);

      fhir_kit_put (kit, "Appointment", id, "wil", FHIR_NOW,
                    "'status':'booked','start':'2026-03-05T10:00:00Z','participant':[{'actor':{'reference':"
                    "'Patient/wil'}},{'actor':{'reference':'Patient/henk'}}]");
    }
  fhir_kit_days_later (0.25);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE removed IS NULL"), ==, 40);
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%02d", i);

      fhir_kit_delete (kit, "Appointment", id, FHIR_NOW + CP_TIME_DAY / 2);
    }
  fhir_kit_forget_requests (kit);
  fhir_kit_days_later (1.5);
  error = fhir_kit_run_error (kit, "Appointment");
  g_assert_nonnull (strstr (error, "14 of 40 are missing"));
  /* Each is asked for first: it might be about somebody else now, which is never too much. */
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Appointment/a"), ==, 7);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment WHERE removed IS NULL"), ==, 40);
}

/* The last page of a listing is full: 200. Whether that is all is told by the total, or by a server that led from page
 * to page; else nothing is removed. */
static void
test_full_last_page (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    int reports;
    gboolean gives_total;
    gboolean without_next;
    gboolean removed;
  } cases[] = { { 201, TRUE, TRUE, TRUE }, { 401, FALSE, FALSE, TRUE }, { 401, FALSE, TRUE, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fhir_kit_days_later (i * 2 + 0.1);
      fhir_kit_reports (kit, cases[i].reports);
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 1);
      kit->gives_total = cases[i].gives_total;
      kit->without_next = cases[i].without_next;
      fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW);
      fhir_kit_days_later (i * 2 + 1.2);
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, !cases[i].removed);
      kit->gives_total = kit->without_next = FALSE;
    }
}

/* What a full page of a history tells is done, and the rest is asked for again. */
static void
test_full_page_of_history (Fixture *kit, gconstpointer data)
{
  kit->without_history = FALSE;
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  for (int i = 0; i < 199; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%03d", i);

      fhir_kit_report (kit, id, "wil", FHIR_NOW + CP_TIME_DAY / 8, id);
    }
  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW + CP_TIME_DAY / 8);
  kit->without_next = TRUE;
  for (int gives_total = 0; gives_total < 2; gives_total++)
    {
      fhir_kit_forget_requests (kit);
      kit->gives_total = gives_total;
      fhir_kit_days_later (0.25 + gives_total / 100.0);
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
      g_assert_cmpuint (fhir_kit_requests (kit, "/Observation/_history?_since=2026-03-03T14:24"), ==, 1);
    }
  fhir_kit_forget_requests (kit);
  fhir_kit_days_later (0.3);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "/Observation/_history?_since=2026-03-03T14:24"), ==, 0);
}

static void
test_history (Fixture *kit, gconstpointer data)
{
  kit->without_history = FALSE;
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_delete (kit, "Observation", "r003", FHIR_NOW + CP_TIME_DAY / 8);
  fhir_kit_delete (kit, "Observation", "r004", FHIR_NOW + CP_TIME_DAY / 8);
  /* Made again after it was deleted. */
  fhir_kit_report (kit, "r004", "wil", FHIR_NOW + CP_TIME_DAY / 8 + CP_TIME_MINUTE, "opnieuw");
  fhir_kit_forget_requests (kit);
  fhir_kit_days_later (0.25);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r004"), ==, 1);
  g_assert_cmpuint (fhir_kit_requests (kit, "/Observation/_history?_since=2026-03-03T14:24"), ==, 1);
  g_assert_cmpuint (fhir_kit_requests (kit, "_elements"), ==, 0);
}

static void
test_entered_in_error (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "Observation", "r003", "wil", FHIR_NOW + CP_TIME_MINUTE,
                "'status':'entered-in-error','code':{'coding':[{'system':'http://snomed.info/sct',"
                "'code':'11591000146107'}]},'subject':{'reference':'Patient/wil'}");
  fhir_kit_days_later (0.25);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 1);
}

/* A report that moved to somebody else is not listed; reading it says whose it is, and it goes from Wil. */
static void
test_moved_away (Fixture *kit, gconstpointer data)
{
  fhir_kit_report (kit, "r003", "henk", FHIR_NOW, "Van Henk");
  fhir_kit_days_later (1);
  fhir_kit_run (kit);
  g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE text LIKE '%Henk%'"), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM audit WHERE action = 14"), ==, 1);
}

static void
move (Fixture *kit, int first, int until)
{
  for (int i = first; i < until; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_report (kit, id, "henk", FHIR_NOW + CP_TIME_DAY, "Van Henk");
    }
}

/* However many turn out to be about somebody else, they go from Wil at once. What is gone beside them is another
 * question. */
static void
test_many_moved_away (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  move (kit, 0, 9);
  fhir_kit_days_later (1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 9);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT sum(count) FROM audit WHERE action = 14"), ==, 9);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM audit WHERE action = 14"), ==, 1);
  move (kit, 9, 18);
  for (int i = 18; i < 27; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_delete (kit, "Observation", id, FHIR_NOW);
    }
  fhir_kit_days_later (2);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_true (error != NULL && strstr (error, "9 of ") != NULL);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS - 18);
}

#define MANY 620

static void
add_many (Fixture *kit)
{
  for (int i = N_REPORTS; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_report (kit, id, "wil", FHIR_NOW + i * CP_TIME_SECOND, id);
    }
  fhir_kit_days_later (0.1);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, MANY);
  fhir_kit_forget_requests (kit);
}

/* Very many are asked for in more than one run, and what was not asked for counts as missing until then. */
static void
test_more_than_asked (Fixture *kit, gconstpointer data)
{
  add_many (kit);
  move (kit, 2, MANY);
  fhir_kit_days_later (1.2);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/r"), ==, 500);
  g_assert_cmpint (fhir_kit_shown (kit), ==, MANY - 500);
  g_assert_cmpint (
      ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_problem WHERE reason LIKE '118 more are missing%'"), ==, 1);
  fhir_kit_days_later (1.3);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
}

/* When they are gone, that is one alarm about all of them; accepted, all are asked for. */
static void
test_more_gone_than_asked (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  add_many (kit);
  for (int i = 2; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_delete (kit, "Observation", id, FHIR_NOW);
    }
  fhir_kit_days_later (1.2);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_nonnull (strstr (error, "618 of 620 are missing"));
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation/r"), ==, 500);
  g_assert_cmpint (fhir_kit_shown (kit), ==, MANY);
  kit->ehr.accept_removals = TRUE;
  fhir_kit_days_later (1.3);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
}

static gint64
shown_of (Fixture *kit, int patient)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM item WHERE removed IS NULL AND fhir_id = 'r003' AND patient = %d AND text LIKE '%%Henk%%'",
      patient);

  return ehr_kit_count (&kit->ehr, sql);
}

/* Both are enrolled: a later version goes over to whom it is about, as something new there, and back again. A late page
 * with the version before it changes nothing. */
static void
test_moved_over (Fixture *kit, gconstpointer data)
{
  g_autofree char *before = ehr_kit_text (&kit->ehr, "SELECT public_id FROM item WHERE fhir_id = 'r003'");
  g_autofree char *after = NULL;

  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  fhir_kit_report (kit, "r003", "henk", FHIR_NOW + CP_TIME_MINUTE, "Van Henk");
  fhir_kit_days_later (0.25);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (shown_of (kit, 1), ==, 0);
  g_assert_cmpint (shown_of (kit, 2), ==, 1);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
  after = ehr_kit_text (&kit->ehr, "SELECT public_id FROM item WHERE fhir_id = 'r003'");
  g_assert_cmpstr (before, !=, after);
  fhir_kit_report (kit, "r003", "wil", LONG_AGO + 3 * CP_TIME_MINUTE, "Van Henk");
  kit->ignores_updated = TRUE;
  fhir_kit_days_later (0.3);
  fhir_kit_run (kit);
  g_assert_cmpint (shown_of (kit, 2), ==, 1);
  fhir_kit_report (kit, "r003", "wil", FHIR_NOW + CP_TIME_DAY / 2, "Toch niet van Henk");
  fhir_kit_days_later (0.6);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (shown_of (kit, 1), ==, 1);
  g_assert_cmpint (shown_of (kit, 2), ==, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, N_REPORTS);
}

/* Of which of the two it is now nobody says: it is shown to neither, and each run tells it. */
static void
test_moved_without_times (Fixture *kit, gconstpointer data)
{
  ehr_kit_enrol (&kit->ehr, "s|987654321", "H. Bruin");
  fhir_kit_patient (kit, "henk", "987654321", "Henk Bruin");
  kit->without_updated = TRUE;
  fhir_kit_report (kit, "r003", "henk", FHIR_NOW + CP_TIME_MINUTE, "Van Henk");
  for (int i = 1; i < 4; i++)
    {
      fhir_kit_days_later (0.25 * i);
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (fhir_kit_is_shown (kit, "r003"), ==, 0);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine WHERE fhir_id = 'r003'"), ==, 1);
    }
  kit->without_updated = FALSE;
  fhir_kit_days_later (1.5);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (shown_of (kit, 2), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

#define ADD(name, func) g_test_add ("/ehr/gone/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sweep", test_sweep);
  ADD ("missing-by-mistake", test_missing_by_mistake);
  ADD ("deleted-stays", test_deleted_stays);
  ADD ("hole-in-listing", test_hole_in_listing);
  ADD ("still-there", test_still_there);
  ADD ("listing-with-holes", test_listing_with_holes);
  for (gsize i = 0; i < G_N_ELEMENTS (keepings); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/gone/keeps/", keepings[i].name, NULL);

      g_test_add (path, Fixture, &keepings[i], set_up, test_keeps, tear_down);
    }
  ADD ("too-many", test_too_many);
  ADD ("accepted-early", test_accepted_early);
  ADD ("comes-back", test_comes_back);
  ADD ("too-many-in-history", test_too_many_in_history);
  ADD ("too-many-shared", test_too_many_shared);
  ADD ("full-last-page", test_full_last_page);
  ADD ("full-page-of-history", test_full_page_of_history);
  ADD ("history", test_history);
  ADD ("entered-in-error", test_entered_in_error);
  ADD ("moved-away", test_moved_away);
  ADD ("many-moved-away", test_many_moved_away);
  ADD ("more-than-asked", test_more_than_asked);
  ADD ("more-gone-than-asked", test_more_gone_than_asked);
  ADD ("moved-over", test_moved_over);
  ADD ("moved-without-times", test_moved_without_times);
  return g_test_run ();
}
