/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-freshness.h"
#include "cpd-ehr-run.h"
#include "ehr-kit.h"

/* The same reports in lines as in test-ehr-soap.c, of a directory: the lines lie anywhere in it. */

typedef EhrKit Fixture;

#define SNOMED "'system':'http://snomed.info/sct','code':"
#define SECTION(name, id, display)                                                                                     \
  "{'title':'" name "','entry':[{'reference':'Observation/" id "','display':'" display "'}]}"
#define REPORT_MEMBERS                                                                                                 \
  "'id':'k','status':'final','type':{'coding':[{" SNOMED                                                               \
  "'11591000146107'}]},'date':'2026-03-01','subject':{'reference':'Patient/wil'},'title':'SOEP','section':[" SECTION ( \
      "Subjectief", "s", "S-regel") "," SECTION ("Plan", "p", "P-regel") "]"
#define REPORT "{'resourceType':'Composition'," REPORT_MEMBERS "}"
#define LINE_MORE(id, client, status, words, more)                                                                     \
  "{'resourceType':'Observation','id':'" id "'" more ",'status':'" status "','code':{'coding':[{" SNOMED               \
  "'255362007'}]},'subject':{'reference':'Patient/" client "'},'valueString':'" words "'}"
#define LINE(id, client, status, words) LINE_MORE (id, client, status, words, "")
#define SAID(at) ",'meta':{'lastUpdated':'2026-03-0" at "T09:00:00Z'}"
#define PLAN_LINE LINE ("p", "wil", "final", "Rust")
#define PATIENT(id, value, name)                                                                                       \
  "{'resourceType':'Patient','id':'" id "','identifier':[{'system':'s','value':'" value "'}],'name':[{'text':'" name   \
  "'}]}\n"

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up (kit);
  ehr_kit_enrol (kit, "s|1", "Wil");
  ehr_kit_enrol (kit, "s|2", "Henk");
  ehr_kit_file (kit, "Patient.ndjson", PATIENT ("wil", "1", "Wil") PATIENT ("henk", "2", "Henk"));
  ehr_kit_file (kit, "Composition.ndjson", REPORT "\n");
}

static void
tear_down (Fixture *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
}

/* How many lines were left alone. */
static gint64
run (Fixture *kit)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (ehr_kit_run (kit, &report, 0));
  return report.recalled;
}

/* After a run. */
static void
assert_report (Fixture *kit, const char *expected)
{
  g_autofree char *text = NULL;

  run (kit);
  text = ehr_kit_text (kit, "SELECT text FROM item WHERE type = 'Composition' AND removed IS NULL");
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_problems (Fixture *kit, int n)
{
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM sync_problem WHERE reason LIKE 'it waits for a line,%'"),
                   ==, n);
}

#define WHOLE "Subjectief\nHoest\n\nPlan\nRust"

/* In front of the report, behind it, in its own file, in a Bundle under another name, and each elsewhere. */
static void
test_anywhere (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *name, *text;
  } files[] = {
    { "A.ndjson", LINE ("s", "wil", "final", "Hoest") "\n" PLAN_LINE "\n" },
    { "Observation.ndjson", LINE ("s", "wil", "final", "Hoest") "\n" PLAN_LINE "\n" },
    { "Composition.ndjson",
      PLAN_LINE "\n" REPORT "\n" LINE ("s", "wil", "final", "Hoest") "\n" LINE ("t", "wil", "final", "Niet van hier") },
    { "Bundle.json", "{'resourceType':'Bundle','entry':[{'resource':" PLAN_LINE
                     "},{'resource':" LINE ("s", "wil", "final", "Hoest") "}]}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      ehr_kit_file (kit, "Composition.ndjson", REPORT "\n");
      assert_report (kit, "Subjectief\nS-regel\n\nPlan\nP-regel");
      ehr_kit_file (kit, files[i].name, files[i].text);
      assert_report (kit, WHOLE);
      ehr_kit_file (kit, files[i].name, NULL);
    }
}

/* The report does not begin with its type, or is an entry itself. */
static void
test_report_otherwise (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "final", "Hoest") "\n");
  ehr_kit_file (kit, "Composition.ndjson", "{" REPORT_MEMBERS ",'resourceType':'Composition'}\n");
  assert_report (kit, WHOLE);
  ehr_kit_file (kit, "Composition.ndjson", NULL);
  ehr_kit_file (kit, "Bundle.json", "{'resourceType':'Bundle','entry':[{'resource':" REPORT "}]}");
  assert_report (kit, WHOLE);
}

/* A report names a line as the Bundle does that it lies in. */
static void
test_bundle_names (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Composition.ndjson",
                "{'resourceType':'Composition','id':'k','status':'final','type':{'coding':[{" SNOMED
                "'11591000146107'}]},'date':'2026-03-01','subject':{'reference':'Patient/wil'},'section':["
                "{'title':'Plan','entry':[{'reference':'urn:uuid:00000000-0000-0000-0000-000000000001'}]}]}\n");
  ehr_kit_file (kit, "Bundle.json",
                "{'resourceType':'Bundle','entry':[{'fullUrl':'urn:uuid:00000000-0000-0000-0000-000000000001',"
                "'resource':" PLAN_LINE "}]}");
  assert_report (kit, "Plan\nRust");
}

/* The report itself stays the same line, and is read again; otherwise it is left alone. */
static void
test_line_changes (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "final", "Koorts") "\n");
  assert_report (kit, "Subjectief\nKoorts\n\nPlan\nRust");
  g_assert_cmpint (run (kit), ==, 3);
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "amended", "Hoest") "\n");
  assert_report (kit, WHOLE);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT version FROM item WHERE fhir_id = 'k'"), ==, 2);
  g_assert_cmpint (run (kit), ==, 3);
}

/* Nothing of it, and not its display; of one that is not there at all the display is what is known. */
static void
test_line_goes (Fixture *kit, gconstpointer data)
{
  static const struct
  {
    const char *line, *text;
  } lines[] = {
    { LINE ("s", "wil", "entered-in-error", "Hoest") "\n", "Plan\nRust" },
    { LINE ("s", "henk", "final", "Hoest") "\n", "Plan\nRust" },
    { LINE ("s", "truus", "final", "Hoest") "\n", "Plan\nRust" },
    { "", "Subjectief\nS-regel\n\nPlan\nRust" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strconcat (PLAN_LINE "\n", lines[i].line, NULL);

      ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "final", "Hoest") "\n");
      assert_report (kit, WHOLE);
      ehr_kit_file (kit, "Observation.ndjson", text);
      assert_report (kit, lines[i].text);
    }
}

/* Of two with one id the newest counts, wherever it stands: also when it takes the line back. */
static void
test_doubled (Fixture *kit, gconstpointer data)
{
#define OLD LINE_MORE ("s", "wil", "final", "Hoest", SAID ("1")) "\n"
#define ERROR LINE_MORE ("s", "wil", "entered-in-error", "Hoest", SAID ("2")) "\n"
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" OLD);
  assert_report (kit, WHOLE);
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" OLD ERROR);
  assert_report (kit, "Plan\nRust");
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" OLD);
  assert_report (kit, WHOLE);
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" ERROR OLD);
  assert_report (kit, "Plan\nRust");
}

/* While a line cannot be read the report stays as it was, and is told; a new one waits. */
static void
test_broken (Fixture *kit, gconstpointer data)
{
  static const char *const broken[] = {
    PLAN_LINE "\n{'resourceType':'Observation','id':'s','status'\n",
    PLAN_LINE "\n{'resourceType':'Observation','id':'s','status':'final','subject':'Wil','valueString':'Hoest'}\n",
    PLAN_LINE "\n" LINE_MORE ("s", "wil", "final", "Hoest nog", ",'basedOn':'Plan'") "\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "final", "Hoest") "\n");
      assert_report (kit, WHOLE);
      assert_problems (kit, 0);
      ehr_kit_file (kit, "Observation.ndjson", broken[i]);
      assert_report (kit, WHOLE);
      assert_problems (kit, 1);
      assert_report (kit, WHOLE);
      assert_problems (kit, 1);
    }
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n");
  assert_report (kit, "Subjectief\nS-regel\n\nPlan\nRust");
}

static void
test_new_waits (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n{'resourceType':'Observation','id':'s','status'\n");
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 0);
  assert_problems (kit, 1);
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "final", "Hoest") "\n");
  assert_report (kit, WHOLE);
  assert_problems (kit, 0);
}

static void
assert_reports_of (Fixture *kit, gint64 patient, CpFreshState state, CpTime fetched_at)
{
  g_autoptr (CpdDb) db = cpd_db_open (kit->store.database, CPD_DB_READER, NULL);
  const CpdGrant grant = store_kit_grant (db, patient);
  g_autoptr (CpFreshness) freshness =
      cpd_ehr_freshness (db, kit->store.config, &grant, cp_time_now (), 1u << CP_FRESH_REPORTS, NULL);

  g_assert_cmpint (freshness->state, ==, state);
  g_assert_cmpint (freshness->fetched_at, ==, fetched_at);
}

/* The reports of whose it is are as old as the last run in which nothing of theirs waited, and nobody else's; soon it
 * is tried again. What waits keeps no other line from being left alone. */
static void
test_waits (Fixture *kit, gconstpointer data)
{
  CpTime whole;

  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "final", "Hoest") "\n");
  run (kit);
  whole = cp_time_now ();
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n{'resourceType':'Observation','id':'s','status':7}\n");
  for (int i = 0; i < 3; i++)
    {
      static const char *const others[] = { LINE ("t", "wil", "final", "Een"), LINE ("t", "wil", "final", "Twee"), "" };
      g_auto (CpdEhrSyncReport) report = { 0 };

      ehr_kit_file (kit, "Observation-2.ndjson", others[i]);
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      g_assert_true (ehr_kit_run (kit, &report, 0));
      g_assert_false (cpd_ehr_sync_report_is_fine (&report));
      g_assert_cmpint (report.types[cpd_ehr_run_type ("Composition")].waiting, ==, 1);
      g_assert_cmpint (report.recalled, ==, 1);
      assert_reports_of (kit, 1, CP_FRESH_FAILED, whole);
      assert_reports_of (kit, 2, CP_FRESH_CURRENT, cp_time_now ());
    }
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "final", "Hoest") "\n");
  run (kit);
  assert_reports_of (kit, 1, CP_FRESH_CURRENT, cp_time_now ());
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

static void
test_enrolled_later (Fixture *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Observation.ndjson", PLAN_LINE "\n" LINE ("s", "wil", "final", "Hoest") "\n");
  ehr_kit_exec (kit, "UPDATE patient SET source = 'elders' WHERE id = 1");
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 0);
  ehr_kit_exec (kit, "UPDATE patient SET source = 'ecd' WHERE id = 1");
  assert_report (kit, WHOLE);
}

#define ADD(name, func) g_test_add ("/ehr/soap-files/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("anywhere", test_anywhere);
  ADD ("report-otherwise", test_report_otherwise);
  ADD ("bundle-names", test_bundle_names);
  ADD ("line-changes", test_line_changes);
  ADD ("line-goes", test_line_goes);
  ADD ("doubled", test_doubled);
  ADD ("broken", test_broken);
  ADD ("new-waits", test_new_waits);
  ADD ("waits", test_waits);
  ADD ("enrolled-later", test_enrolled_later);
  return g_test_run ();
}
