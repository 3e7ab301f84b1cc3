/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include <string.h>

#include "cpd-ehr-lease.h"
#include "cpd-ehr-wait.h"

#define SECOND CP_TIME_SECOND
#define READING "18776-5&_sort=_lastUpdated&_count=200" /* the question for reports itself, not the probes */

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_put (kit, "Practitioner", "anna", NULL, LONG_AGO, "'name':[{'text':'Anna de Wit'}]");
  fhir_kit_reports (kit, 5);
  fhir_kit_put (
      kit, "Appointment", "x", "wil", LONG_AGO,
      "'status':'booked','start':'2026-03-05T10:00:00Z','participant':[{'actor':{'reference':'Patient/wil'}}]");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static gint64
problems (Fixture *kit, const char *words)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM sync_problem WHERE reason LIKE '%%%s%%'", words);

  return ehr_kit_count (&kit->ehr, sql);
}

#define OUTCOME(code, words)                                                                                           \
  "{'resourceType':'OperationOutcome','issue':[{'severity':'error','code':'" code "','diagnostics':'" words "'}]}"

/* A fault at the question for reports, and what comes of it. Other types are read whatever happens. */
typedef struct
{
  const char *name;
  FhirFault fault;
  const char *error; /* (nullable): what the type says; NULL: it goes well in the end */
  gboolean all;      /* the reports are here all the same */
  guint asked;       /* so often the question was asked */
  guint n_waits;
  double least; /* seconds that the first wait takes */
  double most;
  const char *problem; /* (nullable) */
} Case;

static const Case cases[] = {
  { "429-seconds", { READING, 1, FHIR_ANSWER, 429, "Retry-After: 7\r\n", "" }, NULL, TRUE, 2, 1, 7, 7 },
  { "503-date",
    { READING, 1, FHIR_ANSWER, 503, "Retry-After: Tue, 03 Mar 2026 12:00:40 GMT\r\n", "" },
    NULL,
    TRUE,
    2,
    1,
    40,
    40 },
  { "429-ratelimit",
    { READING, 1, FHIR_ANSWER, 429, "RateLimit: limit=10, remaining=0, t=9\r\n", "" },
    NULL,
    TRUE,
    2,
    1,
    9,
    9 },
  { "429-new-ratelimit",
    { READING, 1, FHIR_ANSWER, 429, "RateLimit: \"default\";r=0;t=3\r\n", "" },
    NULL,
    TRUE,
    2,
    1,
    3,
    3 },
  { "503-backoff", { READING, 1, FHIR_ANSWER, 503, NULL, "" }, NULL, TRUE, 2, 1, 2.5, 5 },
  { "429-five-tries", { READING, 100, FHIR_ANSWER, 429, "Retry-After: 1\r\n", "" }, "429", FALSE, 5, 4, 1, 1 },
  { "503-too-long", { READING, 100, FHIR_ANSWER, 503, "Retry-After: 86400\r\n", "" }, "503", FALSE, 1, 0 },
  { "500-once", { READING, 1, FHIR_ANSWER, 500, NULL, "" }, NULL, TRUE, 2, 1, 0.5, 1 },
  { "502-html", { READING, 3, FHIR_ANSWER, 502, NULL, "<html>" }, NULL, TRUE, 4, 3, 0.5, 1 },
  { "504-always", { READING, 100, FHIR_ANSWER, 504, NULL, "" }, "504", FALSE, 4, 3, 0.5, 1 },
  { "reset", { READING, 2, FHIR_RESET }, NULL, TRUE, 3, 2, 0.5, 1 },
  { "timeout", { READING, 1, FHIR_HANG }, NULL, TRUE, 2, 1, 0.5, 1 },
  { "cut-off", { READING, 1, FHIR_CUT }, NULL, TRUE, 2, 1, 0.5, 1 },
  { "cut-json",
    { READING, 1, FHIR_ANSWER, 200, NULL, "{'resourceType':'Bundle','entry':[" },
    NULL,
    TRUE,
    2,
    1,
    0.5,
    1 },
  { "cut-json-always",
    { READING, 100, FHIR_ANSWER, 200, NULL, "{'resourceType':" },
    "200, but the body is",
    FALSE,
    4,
    3,
    0.5,
    1 },
  { "400",
    { READING, 100, FHIR_ANSWER, 400, NULL, OUTCOME ("invalid", "no such code for 123456782 here") },
    "400 (invalid)",
    FALSE,
    1,
    0,
    0,
    0,
    "400 (invalid): no such code for # here" },
  { "422", { READING, 100, FHIR_ANSWER, 422, NULL, OUTCOME ("processing", "no") }, "422 (processing)", FALSE, 1, 0 },
  { "403", { "GET /fhir/Observation", 100, FHIR_ANSWER, 403, NULL, "" }, "not allowed: 403", FALSE, 0, 0 },
  { "404", { "GET /fhir/Observation", 100, FHIR_ANSWER, 404, NULL, "" }, NULL, FALSE, 0, 0 },
  { "410", { READING, 1, FHIR_ANSWER, 410, NULL, "" }, NULL, TRUE, 2, 0 },
  { "302", { READING, 100, FHIR_ANSWER, 302, "Location: http://127.0.0.1:1/\r\n", "" }, "302", FALSE, 1, 0 },
  { "outcome-with-200",
    { READING, 100, FHIR_ANSWER, 200, NULL, OUTCOME ("exception", "x") },
    "200 with an OperationOutcome (exception)",
    FALSE,
    1,
    0 },
  { "no-bundle",
    { READING, 100, FHIR_ANSWER, 200, NULL, "{'resourceType':'Observation','id':'r0'}" },
    "no Bundle",
    FALSE,
    1,
    0 },
};

static gboolean
is_question (const char *line)
{
  return strstr (line, READING) != NULL;
}

static guint n_asked;

static void
count_hook (gpointer fixture, guint request, const char *line)
{
  if (is_question (line))
    n_asked++;
}

static void
test_fault (Fixture *kit, gconstpointer data)
{
  static const CpdTransferLimits short_limits = { .connect = 2000, .silence = 30000, .total = 300 };
  const Case *one = data;
  g_autofree char *error = NULL;

  n_asked = 0;
  kit->hook = count_hook;
  kit->ehr.limits = &short_limits;
  fhir_kit_fault (kit, &one->fault);
  error = fhir_kit_run_error (kit, "Observation");
  if (one->error == NULL)
    g_assert_cmpstr (error, ==, NULL);
  else
    g_assert_true (error != NULL && strstr (error, one->error) != NULL);
  g_assert_cmpint (fhir_kit_shown (kit), ==, one->all ? 5 : 0);
  g_assert_cmpuint (n_asked, ==, one->asked);
  g_assert_cmpuint (kit->waits->len, ==, one->n_waits);
  if (one->n_waits > 0)
    {
      double seconds = (double) g_array_index (kit->waits, CpTime, 0) / SECOND;

      g_assert_cmpfloat (seconds, >=, one->least);
      g_assert_cmpfloat (seconds, <=, one->most);
    }
  if (one->problem != NULL)
    g_assert_cmpint (problems (kit, one->problem), ==, 1);
  /* What does not concern it goes on. */
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM appointment"), ==, 1);
  /* When the fault is over, nothing is missing. */
  fhir_kit_clear_faults (kit);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 5);
}

/* Nobody related is offered: there is nothing to wait for and nothing to tell. */
static void
test_nobody_related (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "GET /fhir/RelatedPerson", 100, FHIR_ANSWER, 404, NULL, "" };

  fhir_kit_fault (kit, &fault);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT mode FROM ehr_type WHERE type = 'RelatedPerson'"), ==, 3);
  g_assert_cmpint (problems (kit, ""), ==, 0);
}

/* What is shown is not as new as a run in which it was not offered, and stays; when it is offered again all is well. */
static void
test_offered_no_more (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "GET /fhir/Observation", 100, FHIR_ANSWER, 404, NULL, "" };

  g_assert_true (fhir_kit_run (kit));
  fhir_kit_fault (kit, &fault);
  for (int times = 0; times < 2; times++)
    {
      g_autofree char *error = NULL;

      store_kit_set_now (cp_time_now () + 2 * CP_TIME_DAY);
      error = fhir_kit_run_error (kit, "Observation");
      g_assert_true (error != NULL && strstr (error, "not offer it any more") != NULL);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT last_success FROM sync_type WHERE type = 'Observation'"), ==,
                       FHIR_NOW);
      g_assert_cmpint (fhir_kit_shown (kit), ==, 5);
    }
  fhir_kit_clear_faults (kit);
  g_assert_true (fhir_kit_run (kit));
}

static void
test_withheld (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "GET /fhir/Task", 100, FHIR_ANSWER, 403, NULL, "" };
  g_autofree char *error = NULL;

  fhir_kit_fault (kit, &fault);
  error = fhir_kit_run_error (kit, "Task");
  g_assert_nonnull (strstr (error, "not allowed"));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT sum (withheld) FROM sync_type"), ==, 1);
  fhir_kit_clear_faults (kit);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT sum (withheld) FROM sync_type"), ==, 0);
}

/* A page in the middle fails for good: what came before it stays, and the next run goes on there. */
static void
test_fails_in_the_middle (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { "_lastUpdated=ge2026-02-01T12:01", 100, FHIR_ANSWER, 500, NULL, "" };
  g_autofree char *error = NULL;

  kit->page = 2;
  fhir_kit_fault (kit, &fault);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_nonnull (error);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT last_success IS NULL FROM sync_type WHERE type = 'Observation'"),
                   ==, 1);
  fhir_kit_clear_faults (kit);
  fhir_kit_forget_requests (kit);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 5);
  g_assert_cmpuint (fhir_kit_requests (kit, READING), ==, 0);
}

static void
test_warning (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = {
    READING,
    1,
    FHIR_ANSWER,
    200,
    NULL,
    "{'resourceType':'Bundle','type':'searchset','entry':[{'search':{'mode':'outcome'},'resource':"
    "{'resourceType':'OperationOutcome','issue':[]}}]}"
  };

  fhir_kit_fault (kit, &fault);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (problems (kit, "reports a warning"), ==, 1);
}

#define ANY_SIZE "18776-5&_sort=_lastUpdated&_count="
#define GIVEN_UP "something of a client is larger than may be read, and its id is not told"

static void
test_too_deep (Fixture *kit, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new ("{'a':");
  FhirFault fault = { ANY_SIZE, 100, FHIR_ANSWER, 200 };
  g_autofree char *error = NULL;

  for (int i = 0; i < 100; i++)
    g_string_append_c (body, '[');
  for (int i = 0; i < 100; i++)
    g_string_append_c (body, ']');
  fault.body = g_string_append_c (body, '}')->str;
  fhir_kit_fault (kit, &fault);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, GIVEN_UP);
  g_assert_cmpuint (kit->waits->len, ==, 0);
}

static void
test_too_large (Fixture *kit, gconstpointer data)
{
  g_autofree char *body = g_strnfill (CPD_TRANSFER_BODY_MAX + 1, ' ');
  const FhirFault fault = { ANY_SIZE, 100, FHIR_ANSWER, 200, NULL, body };
  g_autofree char *error = NULL;

  fhir_kit_fault (kit, &fault);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, GIVEN_UP);
  /* Half as many each time, and the ids once. */
  g_assert_cmpuint (fhir_kit_requests (kit, ANY_SIZE), ==, 10);
  g_assert_cmpuint (kit->waits->len, ==, 0);
}

/* One bad resource does not stop the page; it is asked for again by each run until it is right or gone. */
static void
test_quarantine (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "Observation", "bad", "wil", LONG_AGO, "'status':7,'subject':{'reference':'Patient/wil'}");
  fhir_kit_put (kit, "Observation", "worse", "wil", LONG_AGO,
                "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
                "'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01'");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 5);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine WHERE type = 'Observation'"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT patient FROM sync_quarantine WHERE fhir_id = 'worse'"), ==, 1);
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  /* Nothing changed, and it is still told. */
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(DISTINCT fhir_id) FROM sync_problem WHERE fhir_id IN"
                                             " ('bad', 'worse')"),
                   ==, 2);
  g_assert_cmpint (fhir_kit_written (kit), ==, 0);
  fhir_kit_report (kit, "bad", "wil", LONG_AGO, "nu goed");
  fhir_kit_delete (kit, "Observation", "worse", FHIR_NOW);
  store_kit_set_now (FHIR_NOW + 2 * CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 6);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
}

/* What was in quarantine turns out to be about somebody who is not enrolled: it is let go, and audited once. */
static void
test_quarantine_of_another (Fixture *kit, gconstpointer data)
{
  fhir_kit_put (kit, "Observation", "bad", "wil", LONG_AGO, "'status':7,'subject':{'reference':'Patient/wil'}");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 1);
  fhir_kit_report (kit, "bad", "henk", FHIR_NOW, "Van Henk");
  for (int run = 1; run <= 3; run++)
    {
      store_kit_set_now (FHIR_NOW + run * CP_TIME_HOUR);
      g_assert_true (fhir_kit_run (kit));
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_quarantine"), ==, 0);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM audit WHERE action = 14"), ==, 1);
    }
  g_assert_cmpint (fhir_kit_shown (kit), ==, 5);
}

static void
test_next_leads_elsewhere (Fixture *kit, gconstpointer data)
{
  const FhirFault fault = { READING,
                            100,
                            FHIR_ANSWER,
                            200,
                            NULL,
                            "{'resourceType':'Bundle','type':'searchset','link':[{'relation':'next','url':"
                            "'http://127.0.0.2:9/fhir/Observation?page=2'}],'entry':[]}" };
  g_autofree char *error = NULL;

  fhir_kit_fault (kit, &fault);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_nonnull (strstr (error, "another host"));
}

/* A link that leads to the page it is on: of what is read whole, by its changes in one moment, of who is who, and of a
 * history. */
typedef struct
{
  const char *name;
  const char *type;
  const char *bundle; /* of what kind, and what is in it */
  const char *matches[4];
  gboolean tolerated; /* it is a problem of its own */
} Circle;

static const Circle circles[] = {
  { "whole", "RelatedPerson", "'type':'searchset','entry':[]", { "RelatedPerson", NULL }, FALSE },
  { "patients", "Patient", "'type':'searchset','entry':[]", { "GET /fhir/Patient?_id", "circle=1", NULL }, FALSE },
  { "one-moment",
    "Observation",
    "'type':'searchset','entry':[{'resource':{'resourceType':'Observation','id':'r0','meta':{'lastUpdated':"
    "'2026-03-03T09:00:00Z'},'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':"
    "'11591000146107'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01','valueString':'x'}}]",
    { "18776-5&_lastUpdated=ge", "circle=1", NULL },
    FALSE },
  { "history", "Observation", "'type':'history','entry':[]", { "Observation/_history", "circle=1", NULL }, TRUE },
};

static void
test_circle (Fixture *kit, gconstpointer data)
{
  const Circle *circle = data;
  g_autofree char *error = NULL;
  g_autofree char *body =
      g_strdup_printf ("{'resourceType':'Bundle','link':[{'relation':'next','url':'http://127.0.0.1:%d/fhir/%s?"
                       "circle=1'}],%s}",
                       fhir_kit_port (kit), circle->type, circle->bundle);

  kit->without_history = FALSE;
  g_assert_true (fhir_kit_run (kit));
  store_kit_set_now (FHIR_NOW + CP_TIME_HOUR);
  for (int i = 0; circle->matches[i] != NULL; i++)
    {
      const FhirFault fault = { circle->matches[i], 100, FHIR_ANSWER, 200, NULL, body };

      fhir_kit_fault (kit, &fault);
    }
  error = fhir_kit_run_error (kit, circle->type);
  if (circle->tolerated)
    g_assert_cmpint (problems (kit, "circle"), ==, 1);
  else
    g_assert_true (error != NULL && strstr (error, "circle") != NULL);
  g_assert_cmpuint (fhir_kit_requests (kit, "circle=1"), <=, 3);
}

static void
test_not_there (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  g_free (kit->ehr.store.config->ehr_server);
  kit->ehr.store.config->ehr_server = g_strdup ("http://127.0.0.1:1/fhir");
  error = fhir_kit_run_error (kit, "Patient");
  g_assert_nonnull (strstr (error, "does not say what it can"));
  g_assert_cmpuint (kit->waits->len, ==, 3);
}

/* The backoff doubles up to five minutes, and no two are alike. */
static void
test_backoff (void)
{
  static const double longest[] = { 5, 10, 20, 40, 80, 160, 300, 300 };

  for (gsize i = 0; i < G_N_ELEMENTS (longest); i++)
    for (int n = 0; n < 50; n++)
      {
        double seconds = (double) cpd_ehr_wait_busy (NULL, NULL, 0, (int) i + 1) / SECOND;

        g_assert_cmpfloat (seconds, >=, longest[i] / 2);
        g_assert_cmpfloat (seconds, <=, longest[i]);
      }
  g_assert_cmpint (cpd_ehr_wait_busy (NULL, NULL, 0, 8), !=, cpd_ehr_wait_busy (NULL, NULL, 0, 8));
}

/* Only one run at a time; one that its process left behind is taken over. */
static void
test_lease (Fixture *kit, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdEhrLease) other = NULL;
  CpdEhrLease *lease = cpd_ehr_lease_take (kit->ehr.store.writer, &error);
  g_autofree char *sql = NULL;

  g_assert_no_error (error);
  g_assert_null (cpd_ehr_lease_take (kit->ehr.store.writer, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (fhir_kit_run (kit));
  g_assert_cmpuint (fhir_kit_requests (kit, "/"), ==, 0);
  /* Kept for an hour: each renewal lasts. */
  for (int i = 0; i < 15; i++)
    {
      store_kit_set_now (cp_time_now () + 4 * CP_TIME_MINUTE);
      g_assert_true (cpd_ehr_lease_keep (lease, NULL));
    }
  g_assert_null (cpd_ehr_lease_take (kit->ehr.store.writer, NULL));
  /* Not renewed: another takes it, and this one learns so. */
  store_kit_set_now (cp_time_now () + 6 * CP_TIME_MINUTE);
  other = cpd_ehr_lease_take (kit->ehr.store.writer, &error);
  g_assert_no_error (error);
  g_assert_false (cpd_ehr_lease_keep (lease, NULL));
  cpd_ehr_lease_free (lease);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM sync_lease"), ==, 1);
  /* Of a process that is gone: at once. */
  sql = g_strdup_printf ("UPDATE sync_lease SET owner = '%s:2147483646:x' RETURNING 1", g_get_host_name ());
  ehr_kit_count (&kit->ehr, sql);
  g_clear_pointer (&other, cpd_ehr_lease_free);
  other = cpd_ehr_lease_take (kit->ehr.store.writer, &error);
  g_assert_no_error (error);
  /* Of another machine: it has to wait. */
  ehr_kit_count (&kit->ehr, "UPDATE sync_lease SET owner = 'elsewhere:2147483646:x' RETURNING 1");
  g_assert_null (cpd_ehr_lease_take (kit->ehr.store.writer, NULL));
}

#define ADD(name, func) g_test_add ("/ehr/faults/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/faults/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_fault, tear_down);
    }
  ADD ("nobody-related", test_nobody_related);
  ADD ("offered-no-more", test_offered_no_more);
  ADD ("withheld", test_withheld);
  ADD ("fails-in-the-middle", test_fails_in_the_middle);
  ADD ("warning", test_warning);
  ADD ("too-deep", test_too_deep);
  ADD ("too-large", test_too_large);
  ADD ("quarantine", test_quarantine);
  ADD ("quarantine-of-another", test_quarantine_of_another);
  ADD ("next-leads-elsewhere", test_next_leads_elsewhere);
  for (gsize i = 0; i < G_N_ELEMENTS (circles); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/faults/circle/", circles[i].name, NULL);

      g_test_add (path, Fixture, &circles[i], set_up, test_circle, tear_down);
    }
  ADD ("not-there", test_not_there);
  g_test_add_func ("/ehr/faults/backoff", test_backoff);
  ADD ("lease", test_lease);
  return g_test_run ();
}
