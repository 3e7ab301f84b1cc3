/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-kit.h"

#include "cpd-store-summary.h"

/* What is here was read in another way than it is now: it is put right, and told to nobody as a correction. */

#define REPORT                                                                                                         \
  "{'resourceType':'Observation','id':'%s','status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"     \
  "'code':'11591000146107'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01T09:00:00+01:00',"  \
  "'valueString':'%s'}\n"
#define REPORT_AT                                                                                                      \
  "{'resourceType':'Observation','id':'%s',%s'status':'final','code':{'coding':[{'system':'http://snomed.info/sct',"   \
  "'code':'11591000146107'}]},'subject':{'reference':'Patient/wil'},'effectiveDateTime':'2026-03-01T09:00:00+01:00',"  \
  "'valueString':'%s'}\n"
#define PLAN                                                                                                           \
  "{'resourceType':'CarePlan','id':'p','status':'active','subject':{'reference':'Patient/wil'},'title':'%s',"          \
  "'goal':[{'reference':'Goal/g'}]}\n"
#define GOAL                                                                                                           \
  "{'resourceType':'Goal','id':'g','lifecycleStatus':'active','description':{'text':'Lopen'},"                         \
  "'subject':{'reference':'Patient/wil'},'note':[{'time':'2026-02-01T10:00:00+01:00','text':'Gaat goed'}]}\n"
#define LETTER                                                                                                         \
  "{'resourceType':'DocumentReference','id':'d','status':'current','type':{'coding':[{'system':'http://loinc.org',"    \
  "'code':'34746-8'}]},'subject':{'reference':'Patient/wil'},'date':'2026-03-01','content':[{'attachment':"            \
  "{'contentType':'text/plain','url':'Binary/b'}}]}\n"
#define BINARY "{'resourceType':'Binary','id':'b','contentType':'text/plain','data':'%s'}\n"

/* Cards and plans that are told as new or corrected since they came first. */
#define CORRECTED                                                                                                      \
  "SELECT (SELECT count(*) FROM item WHERE version > 1 OR seen > first_seen) + (SELECT count(*) FROM item_version)"    \
  " + (SELECT count(*) FROM care_plan WHERE version > 1) + (SELECT count(*) FROM care_plan_version)"
#define WRONG                                                                                                          \
  "SELECT (SELECT count(*) FROM item WHERE text LIKE 'Vroeger %' AND removed IS NULL)"                                 \
  " + (SELECT count(*) FROM care_plan WHERE body LIKE '%Vroeger%' OR title LIKE 'Vroeger %')"

typedef EhrKit Fixture;

static void
reports (Fixture *kit, const char *first, const char *second)
{
  g_autofree char *text = g_strdup_printf (REPORT REPORT, "a", first, "b", second);

  ehr_kit_file (kit, "Observation.ndjson", text);
}

static void
letter (Fixture *kit, const char *base64)
{
  g_autofree char *text = g_strdup_printf (BINARY, base64);

  ehr_kit_file (kit, "Binary.ndjson", text);
}

static void
plan (Fixture *kit, const char *title)
{
  g_autofree char *text = g_strdup_printf (PLAN, title);

  ehr_kit_file (kit, "CarePlan.ndjson", text);
}

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up_wil (kit);
  reports (kit, "Een", "Twee");
  plan (kit, "Plan");
  ehr_kit_file (kit, "Goal.ndjson", GOAL);
  ehr_kit_file (kit, "DocumentReference.ndjson", LETTER);
  letter (kit, "SGFsbG8=");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 4);
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

/* All that shows is right, and nothing is newer than it was. */
static void
assert_quiet (EhrKit *kit, CpTime since)
{
  g_autoptr (CpdDb) db = cpd_db_open (kit->store.database, CPD_DB_READER, NULL);
  const CpdGrant grant = { .patient = 1 };
  gboolean came;

  g_assert_cmpint (ehr_kit_count (kit, WRONG), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, CORRECTED), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE plans_dirty"), ==, 0);
  g_assert_true (cpd_store_summary_came (db, kit->store.config, &grant, since, &came, NULL));
  g_assert_false (came);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT max(max(seen), max(first_seen)) FROM item"), <=, since);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT max(seen) FROM care_plan"), <=, since);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_search ('Vroeger')"), ==, 0);
  ehr_kit_assert_search (kit);
}

static void
test_directory (Fixture *kit, gconstpointer data)
{
  CpTime since = cp_time_now ();

  ehr_kit_read_otherwise (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRONG), ==, 5);
  ehr_kit_run_whole (kit);
  assert_quiet (kit, since);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM meta WHERE key LIKE 'ehr-anew-of-%'"), ==, 0);
  /* And from then on what is different was corrected. */
  reports (kit, "Een", "Anders");
  plan (kit, "Ander plan");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version = 2 AND text = 'Anders'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version = 1"), >=, 3);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM care_plan"), ==, 2);
}

/* The evaluation that a plan tells is known by its words: read otherwise it is another card, and no newer one. */
static void
test_evaluation (Fixture *kit, gconstpointer data)
{
  CpTime since = cp_time_now ();

  ehr_kit_read_otherwise (kit);
  ehr_kit_exec (kit, "UPDATE item SET fhir_id = replace (fhir_id, '#', '#0') WHERE type = 'CarePlan#evaluation'");
  ehr_kit_exec (kit, "UPDATE care_plan SET body = replace (body, 'Gaat goed', 'Vroeger goed')");
  ehr_kit_run_whole (kit);
  assert_quiet (kit, since);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE type = 'CarePlan#evaluation'"), ==, 2);
}

static void
report_file (Fixture *kit, const char *text)
{
  g_autofree char *file = g_strdup_printf (REPORT, "c", text);

  ehr_kit_file (kit, "Rapport.json", file);
}

/* Of one the EHR changed the line, of another what its line asks for, of a third the file; the rest is only read
 * otherwise. */
static void
test_both (Fixture *kit, gconstpointer data)
{
  report_file (kit, "Drie");
  ehr_kit_run_whole (kit);
  ehr_kit_read_otherwise (kit);
  reports (kit, "Een", "Anders");
  letter (kit, "RGFn");
  report_file (kit, "Vier");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRONG), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version = 2 AND seen > first_seen AND"
                                       " text IN ('Anders', 'Dag', 'Vier')"),
                   ==, 3);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version = 2"), ==, 3);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM care_plan"), ==, 1);
}

/* Of a file for each resource, and of one that has another name each time, the time of change tells. */
static void
test_files (Fixture *kit, gconstpointer data)
{
  static const char *const times[] = { "'meta':{'lastUpdated':'2026-03-01T10:00:00Z'},",
                                       "'meta':{'lastUpdated':'2026-03-02T10:00:00Z'}," };
  static const char *const names[] = { "Rapport.json", "Observation-1.ndjson", "Observation-2.ndjson" };

  for (int changes = 0; changes < 2; changes++)
    for (int lines = 0; lines < 2; lines++)
      {
        g_autofree char *id = g_strdup_printf ("e%d%d", changes, lines);
        g_autofree char *before = g_strdup_printf (REPORT_AT, id, times[0], "Drie");
        g_autofree char *after = g_strdup_printf (REPORT_AT, id, times[changes], changes ? "Vier" : "Drie");
        g_autofree char *version = g_strdup_printf ("SELECT version FROM item WHERE fhir_id = '%s'", id);

        ehr_kit_file (kit, names[lines], before);
        ehr_kit_run_whole (kit);
        ehr_kit_read_otherwise (kit);
        ehr_kit_file (kit, names[lines], NULL);
        ehr_kit_file (kit, names[2 * lines], after);
        ehr_kit_run_whole (kit);
        g_assert_cmpint (ehr_kit_count (kit, WRONG), ==, 0);
        g_assert_cmpint (ehr_kit_count (kit, version), ==, 1 + changes);
        ehr_kit_file (kit, names[2 * lines], NULL);
      }
}

/* In a file that was there before a line that is another is a correction, whatever time it tells. */
static void
test_same_time (Fixture *kit, gconstpointer data)
{
  static const char time[] = "'meta':{'lastUpdated':'2026-03-01T10:00:00Z'},";
  g_autofree char *before = g_strdup_printf (REPORT_AT, "e", time, "Drie");
  g_autofree char *after = g_strdup_printf (REPORT_AT, "e", time, "Vier");

  for (int anew = 0; anew < 2; anew++)
    {
      ehr_kit_file (kit, "Observation-2.ndjson", anew ? after : before);
      ehr_kit_run_whole (kit);
      if (anew)
        ehr_kit_read_otherwise (kit);
      ehr_kit_file (kit, "Observation-2.ndjson", anew ? before : after);
      ehr_kit_run_whole (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM item WHERE fhir_id = 'e'"), ==, 2 + anew);
    }
}

/* A plan that the EHR changed has a version more, also when it is read otherwise in the same run. */
static void
test_plan_changed (Fixture *kit, gconstpointer data)
{
  ehr_kit_read_otherwise (kit);
  plan (kit, "Ander plan");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM care_plan"), ==, 2);
  /* But for the evaluation, which is of the plan. */
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version > 1 AND type <> 'CarePlan#evaluation'"),
                   ==, 0);
}

/* The newest run in the way before did not come to its end: what it wrote is not known, so all counts as corrected. */
static void
test_in_doubt (Fixture *kit, gconstpointer data)
{
  ehr_kit_read_otherwise (kit);
  ehr_kit_exec (kit, "UPDATE ehr_recall SET trusted = 0");
  ehr_kit_run_whole (kit);
  g_assert_cmpint (ehr_kit_count (kit, WRONG), ==, 0);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE version = 2"), >=, 3);
}

#define N_REPORTS 9000

/* More than a page of lines, of which some changed; broken off at any moment the next run knows it still. */
static void
many_reports (EhrKit *kit, const char *changed)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < N_REPORTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%04d", i);

      g_string_append_printf (text, REPORT, id, i % 1000 == 7 ? changed : id);
    }
  ehr_kit_file (kit, "Observation.ndjson", text->str);
}

static void
test_broken_off (void)
{
  int broken = 0;

  for (int stop_after = 1; stop_after <= 4; stop_after++)
    {
      EhrKit kit = { 0 };
      g_auto (CpdEhrSyncReport) report = { 0 };

      ehr_kit_set_up_wil (&kit);
      many_reports (&kit, "Een");
      ehr_kit_run_whole (&kit);
      ehr_kit_read_otherwise (&kit);
      many_reports (&kit, "Anders");
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      broken += !ehr_kit_run (&kit, &report, stop_after);
      ehr_kit_run_whole (&kit);
      g_assert_cmpint (ehr_kit_count (&kit, WRONG), ==, 0);
      g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE version > 1"), ==, 9);
      g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM item WHERE version = 2 AND text = 'Anders'"), ==, 9);
      ehr_kit_tear_down (&kit);
    }
  g_assert_cmpint (broken, >=, 3);
}

/* Of a server. */

static void
server_run (FhirKit *kit)
{
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit));
}

static void
server_set_up (FhirKit *kit, gconstpointer data)
{
  fhir_kit_set_up_wil (kit);
  fhir_kit_report (kit, "a", "wil", LONG_AGO, "Een");
  fhir_kit_report (kit, "b", "wil", LONG_AGO + CP_TIME_DAY, "Twee");
  fhir_kit_put (kit, "CarePlan", "plan", "wil", LONG_AGO,
                "'status':'active','intent':'plan','title':'Zorgplan','subject':{'reference':'Patient/wil'}");
  server_run (kit);
}

static void
server_tear_down (FhirKit *kit, gconstpointer data)
{
  fhir_kit_tear_down (kit);
}

static void
test_server (FhirKit *kit, gconstpointer data)
{
  CpTime since = cp_time_now ();

  /* Changed in nothing that shows, so that what is kept of it tells an older moment. */
  fhir_kit_report (kit, "a", "wil", since - CP_TIME_MINUTE, "Een");
  server_run (kit);
  ehr_kit_read_otherwise (&kit->ehr);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, WRONG), ==, 3);
  server_run (kit);
  assert_quiet (&kit->ehr, since);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM meta WHERE key LIKE 'ehr-anew-of-%'"), ==, 0);
  fhir_kit_report (kit, "b", "wil", cp_time_now (), "Anders");
  server_run (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE version = 2 AND text = 'Anders'"), ==, 1);
}

/* Changed since it was read last: that is a correction. */
static void
test_server_both (FhirKit *kit, gconstpointer data)
{
  ehr_kit_read_otherwise (&kit->ehr);
  fhir_kit_report (kit, "b", "wil", cp_time_now () + CP_TIME_MINUTE, "Anders");
  server_run (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, WRONG), ==, 0);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE version = 2 AND text = 'Anders'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE version = 2"), ==, 1);
}

/* A server whose text changes and whose times do not: with another reading that cannot be told apart, without it is a
 * correction as ever. */
static void
test_server_same_time (FhirKit *kit, gconstpointer data)
{
  kit->ignores_updated = TRUE;
  ehr_kit_read_otherwise (&kit->ehr);
  fhir_kit_report (kit, "b", "wil", LONG_AGO + CP_TIME_DAY, "Eerst");
  server_run (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE version = 1 AND text = 'Eerst'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, WRONG), ==, 0);
  fhir_kit_report (kit, "b", "wil", LONG_AGO + CP_TIME_DAY, "Anders");
  server_run (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM item WHERE version = 2 AND text = 'Anders'"), ==, 1);
}

#define FILE_OF(id) "{'attachment':{'contentType':'application/pdf','url':'Binary/" id "'}}"

static void
server_letter (FhirKit *kit, const char *file, const char *contents)
{
  g_autofree char *binary = g_strdup_printf ("'contentType':'application/pdf','data':'%s'", file);
  g_autofree char *letter = g_strdup_printf (
      "'status':'current','type':{'coding':[{'system':'http://loinc.org','code':'34746-8'}]},'subject':{'reference':"
      "'Patient/wil'},'date':'2026-03-01T09:00:00Z','content':[%s]",
      contents);

  fhir_kit_put (kit, "Binary", "b", NULL, LONG_AGO, binary);
  fhir_kit_put (kit, "DocumentReference", "letter", "wil", LONG_AGO, letter);
}

/* Other files of the same letter come in their place: of the version that has them there were never others. */
static void
test_server_other_files (FhirKit *kit, gconstpointer data)
{
  static const char *const files[] = { "JVBERi0xLjQgdHdlZQ==", "JVBERi0xLjQgZHJpZQ==" };

  kit->ignores_updated = TRUE;
  fhir_kit_put (kit, "Binary", "c", NULL, LONG_AGO,
                "'contentType':'application/pdf','data':'JVBERi0xLjQgYmlqbGFnZQ=='");
  server_letter (kit, "JVBERi0xLjQgZWVu", FILE_OF ("b") "," FILE_OF ("c"));
  server_run (kit);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM attachment"), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      ehr_kit_read_otherwise (&kit->ehr);
      server_letter (kit, files[i], FILE_OF ("b"));
      server_run (kit);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM attachment"), ==, 1);
      g_assert_cmpint (
          ehr_kit_count (&kit->ehr, "SELECT count(*) FROM attachment WHERE since = 1 AND until IS NULL AND size = 13"),
          ==, 1);
      g_assert_cmpint (ehr_kit_count (&kit->ehr, CORRECTED), ==, 0);
    }
}

/* Whether a type is read anew cannot be asked: then the run fails, and does not tell of corrections that are none. */
static void
test_server_database_fails (FhirKit *kit, gconstpointer data)
{
  CpTime since = cp_time_now ();

  ehr_kit_exec (&kit->ehr, "CREATE TABLE context AS SELECT value FROM meta WHERE key LIKE 'ehr-context-of-%'");
  ehr_kit_read_otherwise (&kit->ehr);
  /* As a run leaves it that breaks off at once. */
  ehr_kit_exec (&kit->ehr, "UPDATE meta SET value = (SELECT value FROM context) WHERE key LIKE 'ehr-context-of-%';"
                           "DROP TABLE context; DELETE FROM ehr_mark;"
                           "INSERT INTO meta SELECT 'ehr-anew-of-ecd/' || type, last_success FROM sync_type");
  ehr_kit_exec (&kit->ehr, "ALTER TABLE meta RENAME TO kept;"
                           "CREATE VIEW meta AS SELECT key, iif (key LIKE 'ehr-anew-of-%/Observation',"
                           " abs (-9223372036854775807 - 1), value) AS value FROM kept;"
                           "CREATE TRIGGER meta_delete INSTEAD OF DELETE ON meta BEGIN SELECT 1; END");
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_false (fhir_kit_run (kit));
  ehr_kit_exec (&kit->ehr, "DROP VIEW meta; ALTER TABLE kept RENAME TO meta");
  server_run (kit);
  assert_quiet (&kit->ehr, since);
}

/* Broken off at each request in turn: what is not read anew yet is not forgotten. */
static void
test_server_broken_off (FhirKit *kit, gconstpointer data)
{
  CpTime since = cp_time_now ();
  gboolean broken = TRUE;
  int n = 0;

  for (fhir_kit_cancel_at = 1; broken; fhir_kit_cancel_at++, n++)
    {
      ehr_kit_read_otherwise (&kit->ehr);
      fhir_kit_forget_requests (kit);
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      kit->hook = fhir_kit_cancel_hook;
      broken = !fhir_kit_run (kit);
      kit->hook = NULL;
      server_run (kit);
      assert_quiet (&kit->ehr, since);
    }
  g_assert_cmpint (n, >, 15);
}

/* What a server does so that not everything is read. */
typedef struct
{
  const char *name;
  FhirFault fault;
  gboolean without_next;
  gboolean fails; /* the type does */
} Kept;

#define DEEP "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["

static const Kept kept_back[] = {
  { "hole", { "GET /fhir/Observation/", 1000, FHIR_ANSWER, 500, NULL, "" }, TRUE, TRUE },
  { "given-up", { "GET /fhir/Observation", 1000, FHIR_ANSWER, 200, NULL, DEEP }, FALSE, TRUE },
  { "waiting", { "GET /fhir/Binary/", 1000, FHIR_ANSWER, 500, NULL, "" }, FALSE, FALSE },
};

/* What did not come when everything was read anew is read anew by the run in which it comes. */
static void
test_server_kept_back (FhirKit *kit, gconstpointer data)
{
  const Kept *one = data;
  CpTime since;

  kit->ignores_updated = kit->by_time = TRUE;
  fhir_kit_reports (kit, 205);
  fhir_kit_put (kit, "Binary", "file", NULL, LONG_AGO, "'contentType':'text/plain','data':'SGFsbG8='");
  fhir_kit_put (kit, "DocumentReference", "letter", "wil", LONG_AGO,
                "'status':'current','type':{'coding':[{'system':'http://"
                "loinc.org','code':'34746-8'}]},'subject':{'reference':'Patient/wil'},'date':"
                "'2026-03-01T09:00:00Z','content':[{'attachment':{'contentType':'text/plain','url':'Binary/file'}}]");
  server_run (kit);
  since = cp_time_now ();
  ehr_kit_read_otherwise (&kit->ehr);
  kit->without_next = one->without_next;
  fhir_kit_fault (kit, &one->fault);
  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (fhir_kit_run (kit) != one->fails);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, WRONG), >, 0);
  kit->without_next = FALSE;
  fhir_kit_clear_faults (kit);
  server_run (kit);
  assert_quiet (&kit->ehr, since);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count(*) FROM meta WHERE key LIKE 'ehr-anew-of-%'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-anew/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (directory);
  ADD (evaluation);
  ADD (both);
  ADD (files);
  ADD (same_time);
  ADD (plan_changed);
  ADD (in_doubt);
  g_test_add_func ("/ehr-anew/broken_off", test_broken_off);
#undef ADD
#define ADD(name) g_test_add ("/ehr-anew/" #name, FhirKit, NULL, server_set_up, test_##name, server_tear_down)
  ADD (server);
  ADD (server_both);
  ADD (server_same_time);
  ADD (server_other_files);
  ADD (server_database_fails);
  ADD (server_broken_off);
  for (gsize i = 0; i < G_N_ELEMENTS (kept_back); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr-anew/server-kept-back/", kept_back[i].name, NULL);

      g_test_add (path, FhirKit, &kept_back[i], server_set_up, test_server_kept_back, server_tear_down);
    }
  return g_test_run ();
}
