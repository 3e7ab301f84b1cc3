/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page, or a resource, that is larger than is read: it takes nothing from the others. */
#include "fhir-kit.h"

#define BODY_MAX (64 * 1024) /* here, so that a test takes no time */
#define HEAVY (BODY_MAX * 2 / 3)
#define GIVEN_UP "something of a client is larger than may be read, and its id is not told"

typedef FhirKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  static const CpdTransferLimits limits = { .connect = 10000, .silence = 30000, .total = 120000, .body = BODY_MAX };

  fhir_kit_set_up_wil (kit);
  kit->ehr.limits = &limits;
  ehr_kit_enrol (&kit->ehr, "s|222", "H. Bruin");
  fhir_kit_patient (kit, "henk", "222", "Henk Bruin");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

/* With so much in it that nothing here reads. */
static void
heavy (Fixture *kit, const char *type, const char *id, const char *subject, CpTime updated, const char *members,
       gsize size)
{
  g_autofree char *filling = g_strnfill (size, 'x');
  g_autofree char *all =
      g_strdup_printf ("%s,'extension':[{'url':'http://ecd.example/x','valueString':'%s'}]", members, filling);

  fhir_kit_put (kit, type, id, subject, updated, all);
}

static void
heavy_report (Fixture *kit, const char *id, const char *subject, CpTime updated, gsize size)
{
  g_autofree char *members = g_strdup_printf (
      "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"
      "'subject':{'reference':'Patient/%s'},'effectiveDateTime':'2026-03-01','valueString':'%s'",
      subject, id);

  heavy (kit, "Observation", id, subject, updated, members, size);
}

static void
run_later (Fixture *kit)
{
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
}

static gint64
count (Fixture *kit, const char *table, const char *where)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE %s", table, where);

  return ehr_kit_count (&kit->ehr, sql);
}

/* How the server is read, and what it does. */
typedef struct
{
  const char *name;
  gboolean whole;
  gboolean without_next;
  gboolean one_moment; /* all changed in it */
  gboolean refuses_elements;
} Way;

static const Way ways[] = { { "changes", FALSE, FALSE, FALSE, FALSE },
                            { "changes-without-links", FALSE, TRUE, FALSE, FALSE },
                            { "changes-in-one-moment", FALSE, FALSE, TRUE, FALSE },
                            { "whole", TRUE, FALSE, FALSE, FALSE } };
static const Way refusing[] = { { "changes-refused", FALSE, FALSE, FALSE, TRUE },
                                { "whole-refused", TRUE, FALSE, FALSE, TRUE } };

static void
set_way (Fixture *kit, const Way *way)
{
  static const FhirFault refused = { "_elements=", 1000, FHIR_ANSWER, 400, NULL, NULL };

  kit->ignores_updated = way->whole;
  kit->without_next = way->without_next;
  if (way->refuses_elements)
    fhir_kit_fault (kit, &refused);
}

/* Each by itself is not too large, only all together. */
static void
test_heavy (Fixture *kit, gconstpointer data)
{
  const Way *way = data;

  set_way (kit, way);
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%d", i);

      heavy_report (kit, id, i % 2 == 0 ? "wil" : "henk", way->one_moment ? LONG_AGO : LONG_AGO + i * CP_TIME_MINUTE,
                    HEAVY);
    }
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 7);
  g_assert_cmpint (count (kit, "sync_problem", "1"), ==, 0);
}

/* One resource too many bytes: all others come, before it and after it, and it when it is smaller. */
static void
test_one_too_large (Fixture *kit, gconstpointer data)
{
  const Way *way = data;
  CpTime step = way->one_moment ? 0 : CP_TIME_MINUTE;

  set_way (kit, way);
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "a");
  fhir_kit_report (kit, "b", "henk", LONG_AGO + step, "b");
  heavy_report (kit, "big", "wil", LONG_AGO + 2 * step, BODY_MAX);
  fhir_kit_report (kit, "c", "wil", LONG_AGO + 3 * step, "c");
  fhir_kit_report (kit, "d", "henk", LONG_AGO + 4 * step, "d");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 4);
  g_assert_cmpint (count (kit, "sync_quarantine", "fhir_id = 'big' AND reason LIKE '%larger than it may be%'"), ==, 1);
  /* By each run until it can be read; what is new comes meanwhile, and what is in quarantine beside it. */
  ehr_kit_exec (&kit->ehr, "INSERT INTO sync_quarantine (source, type, fhir_id, place, reason, since, seen)"
                           " SELECT source, type, 'a', place, reason, since, seen FROM sync_quarantine");
  fhir_kit_report (kit, "e", "wil", cp_time_now () + CP_TIME_MINUTE, "e");
  run_later (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 5);
  g_assert_cmpint (count (kit, "sync_quarantine", "1"), ==, 1);
  g_assert_cmpint (count (kit, "sync_problem", "fhir_id = 'big'"), >, 0);
  fhir_kit_report (kit, "big", "wil", LONG_AGO + 2 * step, "nu kleiner");
  run_later (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 6);
  g_assert_cmpint (count (kit, "sync_quarantine", "1"), ==, 0);
}

/* Nothing comes before it. */
static void
test_first_too_large (Fixture *kit, gconstpointer data)
{
  set_way (kit, data);
  heavy_report (kit, "big", "wil", LONG_AGO, BODY_MAX);
  fhir_kit_report (kit, "a", "wil", LONG_AGO + CP_TIME_MINUTE, "a");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  g_assert_cmpint (count (kit, "sync_quarantine", "fhir_id = 'big'"), ==, 1);
}

#define MANY 600

/* Of a server that is read whole what is too large is asked for each time: around it, and not one by one. */
static void
test_requests (Fixture *kit, gconstpointer data)
{
  const Way *way = data;
  g_autofree char *error = NULL;

  set_way (kit, way);
  kit->by_time = TRUE;
  fhir_kit_reports (kit, MANY);
  heavy_report (kit, "big", "wil", LONG_AGO + MANY / 2 * CP_TIME_MINUTE, BODY_MAX);
  fhir_kit_report (kit, "h", "henk", LONG_AGO, "h");
  g_free (fhir_kit_run_error (kit, NULL));
  fhir_kit_forget_requests (kit);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, way->refuses_elements ? GIVEN_UP : NULL);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation"), <, way->refuses_elements ? 250 : 40);
  /* Where it is not told which one it is, all before it comes but for some. */
  g_assert_cmpint (fhir_kit_shown (kit), >=, way->refuses_elements ? MANY / 2 : MANY + 1);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id = 'h'"), ==, 1);
}

/* A server that does not look at ids is asked for nothing of others, and not without end. */
static void
test_ids_ignored (Fixture *kit, gconstpointer data)
{
  kit->ignores_updated = kit->ignores_ids = kit->by_time = TRUE;
  kit->page = 10;
  fhir_kit_reports (kit, 60);
  heavy_report (kit, "big", "wil", LONG_AGO + 30 * CP_TIME_MINUTE, BODY_MAX);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%d", i);
      fhir_kit_report (kit, id, "stranger", LONG_AGO, "of a stranger");
    }
  g_free (fhir_kit_run_error (kit, NULL));
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation?_id="), ==, 0);
  g_assert_cmpuint (fhir_kit_requests (kit, "GET /fhir/Observation"), <, 600);
  g_assert_cmpint (count (kit, "audit", "action = 14"), ==, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 60);
}

/* What is not listed, as the server stops without a word, is not read: that is no run that went well. */
static void
test_ids_without_link (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  kit->ignores_updated = kit->without_next = kit->by_time = TRUE;
  heavy_report (kit, "big", "wil", LONG_AGO - CP_TIME_DAY, BODY_MAX);
  fhir_kit_reports (kit, MANY);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, "a full page leads to no other: there may be more");
  g_assert_cmpint (fhir_kit_shown (kit), >=, 199);
}

/* The server gives all of it whatever is asked for, or refuses to be asked for less: which one it is cannot be told. */
static void
put_untold (Fixture *kit, const Way *way)
{
  g_autofree char *error = NULL;

  set_way (kit, way);
  kit->ignores_elements = !way->refuses_elements;
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "a");
  heavy_report (kit, "big", "wil", LONG_AGO + 2 * CP_TIME_MINUTE, BODY_MAX);
  fhir_kit_report (kit, "c", "wil", LONG_AGO + 3 * CP_TIME_MINUTE, "c");
  fhir_kit_report (kit, "b", "henk", LONG_AGO + CP_TIME_MINUTE, "b");
  fhir_kit_report (kit, "d", "henk", LONG_AGO + 4 * CP_TIME_MINUTE, "d");
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, GIVEN_UP);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id IN ('b', 'd')"), ==, 2);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id = 'a'"), ==, 1);
}

/* Of the one client nothing counts as read from there on; the other misses nothing. */
static void
test_id_not_told (Fixture *kit, gconstpointer data)
{
  put_untold (kit, data);
  fhir_kit_report (kit, "big", "wil", LONG_AGO + 2 * CP_TIME_MINUTE, "nu kleiner");
  run_later (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 5);
}

static void
run_next_day (Fixture *kit)
{
  g_autofree char *error = NULL;

  store_kit_set_now (cp_time_now () + CP_TIME_DAY);
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, GIVEN_UP);
}

/* What is gone of the other goes. Of the one nothing counts as gone; what is about somebody else now goes. */
static void
test_id_not_told_gone (Fixture *kit, gconstpointer data)
{
  put_untold (kit, data);
  fhir_kit_delete (kit, "Observation", "a", cp_time_now ());
  fhir_kit_delete (kit, "Observation", "d", cp_time_now ());
  run_next_day (kit);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id = 'd'"), ==, 0);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id IN ('a', 'b')"), ==, 2);
  fhir_kit_report (kit, "a", "iemand", cp_time_now (), "van een ander");
  run_next_day (kit);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id = 'a'"), ==, 0);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id = 'b'"), ==, 1);
}

/* More than a list of ids holds, all of one moment. */
static void
put_moment (Fixture *kit)
{
  for (int i = 0; i < 199; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%03d", i);

      fhir_kit_report (kit, id, "wil", LONG_AGO, id);
    }
}

/* Two of them are too large together. */
static void
test_moment_heavy (Fixture *kit, gconstpointer data)
{
  put_moment (kit);
  heavy_report (kit, "a0", "wil", LONG_AGO, HEAVY);
  heavy_report (kit, "a1", "wil", LONG_AGO, HEAVY);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 201);
  g_assert_cmpint (count (kit, "sync_problem", "1"), ==, 0);
}

/* One of them is too large by itself: it takes nothing from another client. */
static void
test_moment_too_large (Fixture *kit, gconstpointer data)
{
  g_autofree char *error = NULL;

  put_moment (kit);
  heavy_report (kit, "a0", "wil", LONG_AGO, BODY_MAX);
  fhir_kit_report (kit, "r199", "wil", LONG_AGO, "r199");
  fhir_kit_report (kit, "h", "henk", LONG_AGO + CP_TIME_MINUTE, "h");
  error = fhir_kit_run_error (kit, "Observation");
  g_assert_cmpstr (error, ==, GIVEN_UP);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id = 'h'"), ==, 1);
  g_assert_cmpint (count (kit, "sync_quarantine", "fhir_id = 'a0'"), ==, 1);
}

/* What is gone is found all the same where the ids alone are refused. */
static void
test_listed_whole (Fixture *kit, gconstpointer data)
{
  set_way (kit, data);
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "a");
  fhir_kit_report (kit, "b", "wil", LONG_AGO, "b");
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_delete (kit, "Observation", "a", cp_time_now ());
  store_kit_set_now (cp_time_now () + CP_TIME_DAY);
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (count (kit, "sync_problem", "1"), ==, 0);
  g_assert_cmpint (count (kit, "item", "removed IS NULL AND fhir_id = 'a'"), ==, 0);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
}

/* The same of JSON that is too deep. */
static void
test_too_deep (Fixture *kit, gconstpointer data)
{
  g_autofree char *open = g_strnfill (100, '[');
  g_autofree char *close = g_strnfill (100, ']');
  g_autofree char *members = g_strdup_printf ("'status':'final','extension':%s%s", open, close);

  fhir_kit_report (kit, "a", "wil", LONG_AGO, "a");
  fhir_kit_put (kit, "Observation", "deep", "wil", LONG_AGO + CP_TIME_MINUTE, members);
  fhir_kit_report (kit, "b", "henk", LONG_AGO + 2 * CP_TIME_MINUTE, "b");
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (fhir_kit_shown (kit), ==, 2);
  g_assert_cmpint (count (kit, "sync_quarantine", "fhir_id = 'deep' AND reason LIKE '%too deep%'"), ==, 1);
}

/* A Patient that is too large takes nobody else along. */
static void
test_patient (Fixture *kit, gconstpointer data)
{
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "a");
  fhir_kit_report (kit, "b", "henk", LONG_AGO, "b");
  g_assert_true (fhir_kit_run (kit));
  heavy (kit, "Patient", "wil", "wil", LONG_AGO, "'identifier':[{'system':'s','value':'123456782'}]", BODY_MAX);
  fhir_kit_report (kit, "c", "henk", cp_time_now () + CP_TIME_MINUTE, "c");
  run_later (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 3);
  g_assert_cmpint (count (kit, "sync_quarantine", "fhir_id = 'wil' AND reason LIKE '%larger than it may be%'"), ==, 1);
}

/* Of carers that are too many bytes together each name comes. */
static void
test_names (Fixture *kit, gconstpointer data)
{
  static const char *const carers[] = { "p", "q" };

  for (gsize i = 0; i < G_N_ELEMENTS (carers); i++)
    {
      g_autofree char *members = g_strdup_printf (
          "'status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},'subject':"
          "{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01','performer':[{'reference':'Practitioner/%s'}],"
          "'valueString':'een'",
          carers[i]);
      g_autofree char *name = g_strdup_printf ("'name':[{'text':'Zorg %s'}]", carers[i]);

      fhir_kit_put (kit, "Observation", carers[i], "wil", LONG_AGO, members);
      heavy (kit, "Practitioner", carers[i], NULL, LONG_AGO, name, HEAVY);
    }
  g_assert_true (fhir_kit_run (kit));
  g_assert_cmpint (count (kit, "item", "author = 'Zorg ' || fhir_id"), ==, 2);
}

/* A history that is too large is asked for in smaller pages. */
static void
test_history (Fixture *kit, gconstpointer data)
{
  g_autofree char *body = g_strnfill (BODY_MAX + 1, ' ');
  const FhirFault fault = { "_count=200", 1, FHIR_ANSWER, 200, NULL, body };
  const FhirFault only = { "_history?_since", 1, FHIR_ANSWER, 200, NULL, body };

  kit->without_history = FALSE;
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "a");
  fhir_kit_report (kit, "b", "wil", LONG_AGO, "b");
  g_assert_true (fhir_kit_run (kit));
  fhir_kit_delete (kit, "Observation", "a", cp_time_now () + CP_TIME_MINUTE);
  fhir_kit_fault (kit, &only);
  run_later (kit);
  g_assert_cmpint (fhir_kit_shown (kit), ==, 1);
  g_assert_cmpint (count (kit, "sync_problem", "1"), ==, 0);
  /* And so is any other question. */
  fhir_kit_fault (kit, &fault);
  run_later (kit);
  g_assert_cmpint (count (kit, "sync_problem", "1"), ==, 0);
}

static void
add_way (const char *name, const Way *way, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/ehr-large/%s/%s", name, way->name);

  g_test_add (path, Fixture, way, set_up, test, tear_down);
}

static void
add_ways (const char *name, void (*test) (Fixture *, gconstpointer))
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    add_way (name, &ways[i], test);
}

static void
add_untold (const char *name, void (*test) (Fixture *, gconstpointer))
{
  add_way (name, &ways[0], test);
  add_way (name, &ways[G_N_ELEMENTS (ways) - 1], test);
  for (gsize i = 0; i < G_N_ELEMENTS (refusing); i++)
    add_way (name, &refusing[i], test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_ways ("heavy", test_heavy);
  add_ways ("one-too-large", test_one_too_large);
  add_ways ("first-too-large", test_first_too_large);
  add_untold ("id-not-told", test_id_not_told);
  add_untold ("id-not-told-gone", test_id_not_told_gone);
  g_test_add ("/ehr-large/listed-whole", Fixture, &refusing[0], set_up, test_listed_whole, tear_down);
  add_way ("requests", &ways[G_N_ELEMENTS (ways) - 1], test_requests);
  add_way ("requests", &refusing[G_N_ELEMENTS (refusing) - 1], test_requests);
#define ADD(name) g_test_add ("/ehr-large/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (ids_ignored);
  ADD (ids_without_link);
  ADD (moment_heavy);
  ADD (moment_too_large);
  ADD (too_deep);
  ADD (patient);
  ADD (names);
  ADD (history);
  return g_test_run ();
}
