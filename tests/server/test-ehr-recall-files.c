/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run reads only what changed: whatever changes in a directory, and wherever, is seen. */
#include "cpd-ehr-recall-pages.h"
#include "ehr-kit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#define REPORT(id, client, text)                                                                                       \
  "{'resourceType':'Observation','id':'" id "','status':'final','code':{'coding':[{'system':'http://snomed.info/sct'," \
  "'code':'11591000146107'}]},'subject':{'reference':'Patient/" client "'},'performer':[{'reference':"                 \
  "'Practitioner/p'}],'basedOn':[{'reference':'CarePlan/plan'}],'effectiveDateTime':'2026-03-01T09:00:00+01:00',"      \
  "'valueString':'" text "'}\n"
#define CARER(id, name) "{'resourceType':'Practitioner','id':'" id "','name':[{'text':'" name "'}]}\n"
#define PLAN(id, title)                                                                                                \
  "{'resourceType':'CarePlan','id':'" id "','status':'active','intent':'plan','title':'" title                         \
  "','subject':{'reference':'Patient/wil'}}\n"

#define AUTHOR "SELECT author FROM item WHERE fhir_id = 'a'"

typedef EhrKit Fixture;

static void
set_up (Fixture *kit, gconstpointer data)
{
  ehr_kit_set_up_two (kit);
  ehr_kit_file (kit, "Practitioner.ndjson", CARER ("p", "Ineke") CARER ("q", "Sanne"));
  ehr_kit_file (kit, "CarePlan.ndjson", PLAN ("plan", "Wond"));
  ehr_kit_file (kit, "Observation.ndjson",
                REPORT ("a", "wil", "Een") REPORT ("b", "henk", "Twee") REPORT ("c", "wil", "Drie"));
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

  g_assert_true (ehr_kit_run (kit, &report, 0));
  g_assert_true (cpd_ehr_sync_report_is_fine (&report));
  return report.recalled;
}

static void
assert_text (Fixture *kit, const char *sql, const char *expected)
{
  g_autofree char *text = ehr_kit_text (kit, sql);

  g_assert_cmpstr (text, ==, expected);
}

static char *
path_of (Fixture *kit, const char *name)
{
  return g_build_filename (kit->store.config->source_directory, name, NULL);
}

static void
assert_shown (Fixture *kit, const char *texts)
{
  assert_text (
      kit, "SELECT group_concat (text) FROM (SELECT text FROM item WHERE removed IS NULL ORDER BY patient, fhir_id)",
      texts);
}

/* Of the file neither the size, nor the time, nor the inode is another. */
static void
test_same_size_and_time (Fixture *kit, gconstpointer data)
{
  g_autofree char *path = path_of (kit, "Observation.ndjson");
  g_autofree char *text = NULL;
  struct utimbuf old = { 1700000000, 1700000000 };
  FILE *file;

  g_assert_cmpint (utime (path, &old), ==, 0);
  run (kit);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  memcpy (strstr (text, "Drie"), "Vier", 4);
  file = g_fopen (path, "r+");
  g_assert_cmpint (fwrite (text, strlen (text), 1, file), ==, 1);
  g_assert_cmpint (fclose (file), ==, 0);
  g_assert_cmpint (utime (path, &old), ==, 0);
  g_assert_cmpint (run (kit), ==, 3);
  assert_shown (kit, "Een,Vier,Twee");
}

/* Only its time is another: nothing is read again. */
static void
test_touched (Fixture *kit, gconstpointer data)
{
  g_autofree char *path = path_of (kit, "Observation.ndjson");
  gint64 recalled;

  run (kit);
  recalled = run (kit);
  g_assert_cmpint (recalled, ==, 4);
  g_assert_cmpint (utime (path, NULL), ==, 0);
  g_assert_cmpint (run (kit), ==, recalled);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version"), ==, 0);
}

static void
test_renamed (Fixture *kit, gconstpointer data)
{
  g_autofree char *before = path_of (kit, "Observation.ndjson");
  g_autofree char *after = path_of (kit, "Observation-2.ndjson");

  run (kit);
  g_assert_cmpint (g_rename (before, after), ==, 0);
  run (kit);
  assert_shown (kit, "Een,Drie,Twee");
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item"), ==, 3);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(DISTINCT path) FROM ehr_recall_page WHERE path LIKE 'Obs%'"), ==,
                   1);
}

static void
test_swapped (Fixture *kit, gconstpointer data)
{
  static const char *const files[] = { REPORT ("a", "wil", "Een"), REPORT ("b", "henk", "Twee") };

  for (int times = 0; times < 3; times++)
    {
      ehr_kit_file (kit, "Observation.ndjson", files[times % 2]);
      ehr_kit_file (kit, "Observation-2.ndjson", files[1 - times % 2]);
      run (kit);
      assert_shown (kit, "Een,Twee");
    }
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version"), ==, 0);
}

/* A report goes to another file, to the other side of its own, and away. */
static void
test_moved (Fixture *kit, gconstpointer data)
{
  run (kit);
  ehr_kit_file (kit, "Observation-2.ndjson", REPORT ("a", "wil", "Een"));
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("b", "henk", "Twee") REPORT ("c", "wil", "Drie"));
  run (kit);
  assert_shown (kit, "Een,Drie,Twee");
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("c", "wil", "Drie") REPORT ("b", "henk", "Twee"));
  run (kit);
  assert_shown (kit, "Een,Drie,Twee");
  ehr_kit_file (kit, "Observation-2.ndjson", NULL);
  run (kit);
  assert_shown (kit, "Drie,Twee");
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("b", "henk", "Twee"));
  run (kit);
  assert_shown (kit, "Twee");
}

/* The file ends in the middle of a line: nothing goes, and when it is whole again nothing is missing. */
static void
test_half_written (Fixture *kit, gconstpointer data)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  run (kit);
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("a", "wil", "Anders") "{'resourceType':'Observation','id':'b',");
  g_assert_true (ehr_kit_run (kit, &report, 0));
  g_assert_nonnull (ehr_kit_type (&report, "Observation")->error);
  assert_shown (kit, "Anders,Drie,Twee");
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("a", "wil", "Anders") REPORT ("b", "henk", "Twee"));
  run (kit);
  assert_shown (kit, "Anders,Twee");
}

/* What another version of the program, or of the mapping, kept is not used, nor what it was told of names. */
static void
test_other_mapping (Fixture *kit, gconstpointer data)
{
  run (kit);
  ehr_kit_exec (kit, "UPDATE ehr_recall SET context = x'00'");
  g_assert_cmpint (run (kit), ==, 0);
  g_assert_cmpint (run (kit), ==, 4);
}

/* A name that is not read until a line asks for it is the right one: of a report that changed, and of a new one. */
static void
test_name_read_later (Fixture *kit, gconstpointer data)
{
  run (kit);
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("a", "wil", "Anders") REPORT ("d", "wil", "Nieuw"));
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE author = 'Ineke' AND removed IS NULL"), ==, 2);
}

/* The line that gives a name stays, but goes to another file, and comes back in front of another one. */
static void
test_name_moved (Fixture *kit, gconstpointer data)
{
  run (kit);
  ehr_kit_file (kit, "Practitioner.ndjson", CARER ("q", "Sanne"));
  ehr_kit_file (kit, "Practitioner-2.ndjson", CARER ("p", "Ineke"));
  g_assert_cmpint (run (kit), ==, 4);
  assert_text (kit, AUTHOR, "Ineke");
  ehr_kit_file (kit, "Practitioner-2.ndjson", NULL);
  run (kit);
  assert_text (kit, AUTHOR, NULL);
  ehr_kit_file (kit, "Practitioner-2.ndjson", CARER ("p", "Ineke"));
  run (kit);
  assert_text (kit, AUTHOR, "Ineke");
}

/* Of two lines with one key the first counts, in whichever file, also when both were there in the run before. */
static void
test_name_doubled (Fixture *kit, gconstpointer data)
{
  run (kit);
  ehr_kit_file (kit, "Practitioner-2.ndjson", CARER ("p", "Mo"));
  for (int times = 0; times < 3; times++)
    {
      g_assert_cmpint (run (kit), ==, times == 0 ? 1 : 4);
      assert_text (kit, AUTHOR, "Mo");
    }
  ehr_kit_file (kit, "Practitioner.ndjson", CARER ("q", "Sanne"));
  run (kit);
  assert_text (kit, AUTHOR, "Mo");
  ehr_kit_file (kit, "Practitioner.ndjson", CARER ("p", "Ineke") CARER ("q", "Sanne"));
  run (kit);
  assert_text (kit, AUTHOR, "Mo");
  ehr_kit_file (kit, "Practitioner-2.ndjson", NULL);
  run (kit);
  assert_text (kit, AUTHOR, "Ineke");
  ehr_kit_file (kit, "Practitioner.ndjson", CARER ("p", "Ineke") CARER ("p", "Bo"));
  run (kit);
  assert_text (kit, AUTHOR, "Ineke");
  ehr_kit_file (kit, "Practitioner.ndjson", CARER ("p", "Bo"));
  run (kit);
  assert_text (kit, AUTHOR, "Bo");
}

/* What a PractitionerRole says is about its Practitioner too. */
static void
test_role (Fixture *kit, gconstpointer data)
{
  static const char role[] = "{'resourceType':'PractitionerRole','id':'r','practitioner':{'reference':"
                             "'Practitioner/p'},'code':[{'text':'Wijkverpleegkundige'}]}\n";

  ehr_kit_file (kit, "PractitionerRole.ndjson", role);
  run (kit);
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("a", "wil", "Anders"));
  run (kit);
  assert_text (kit, "SELECT author_role FROM item WHERE fhir_id = 'a'", "Wijkverpleegkundige");
  ehr_kit_file (kit, "PractitionerRole.ndjson", NULL);
  run (kit);
  assert_text (kit, "SELECT author_role FROM item WHERE fhir_id = 'a'", NULL);
}

/* Of who is related, and of a team, only those lines are read each day in which something ends after that day. */
static void
test_ends_by_itself (Fixture *kit, gconstpointer data)
{
  static const char name[] = "SELECT name FROM contact WHERE fhir_id = 'r4'";
  static const char sql[] = "SELECT (SELECT count(*) FROM contact WHERE hidden)"
                            " || ' ' || (SELECT count(*) FROM plan_piece WHERE type = 'CareTeam' AND removed IS NULL)";
  g_autofree char *day = cp_time_date (cp_time_now () + 2 * CP_TIME_DAY, kit->store.config->zone);
  g_autofree char *people = g_strdup_printf (
      "{'resourceType':'RelatedPerson','id':'r1','patient':{'reference':'Patient/wil'},'name':[{'text':'Joke'}],"
      "'period':{'end':'2020-01-01'}}\n"
      "{'resourceType':'RelatedPerson','id':'r2','patient':{'reference':'Patient/wil'},'name':[{'text':'Piet'}]}\n"
      "{'resourceType':'RelatedPerson','id':'r3','patient':{'reference':'Patient/wil'},'name':[{'text':'Kees'}],"
      "'period':{'end':'%s'}}\n"
      "{'resourceType':'RelatedPerson','id':'r4','patient':{'reference':'Patient/wil'},'name':[{'use':'official',"
      "'text':'Anna Smit','period':{'end':'%s'}},{'text':'Anna Bos'}]}\n",
      day, day);
  g_autofree char *teams = g_strdup_printf (
      "{'resourceType':'CareTeam','id':'t1','subject':{'reference':'Patient/wil'},'participant':[{'member':"
      "{'reference':'Practitioner/p'}}]}\n"
      "{'resourceType':'CareTeam','id':'t2','subject':{'reference':'Patient/wil'},'period':{'end':'%s'}}\n",
      day);

  ehr_kit_file (kit, "RelatedPerson.ndjson", people);
  ehr_kit_file (kit, "CareTeam.ndjson", teams);
  run (kit);
  assert_text (kit, sql, "1 2");
  assert_text (kit, name, "Anna Smit");
  g_assert_cmpint (run (kit), ==, 4 + 3);
  store_kit_set_now (cp_time_now () + 3 * CP_TIME_DAY);
  run (kit);
  assert_text (kit, sql, "2 1");
  assert_text (kit, name, "Anna Bos");
  g_assert_cmpint (run (kit), ==, 4 + 6);
}

/* A contact that stands in the Patient too comes back when the RelatedPerson goes. */
static void
test_contact_of_both (Fixture *kit, gconstpointer data)
{
  static const char shown[] = "SELECT group_concat (type) FROM contact WHERE removed IS NULL";

  ehr_kit_file (
      kit, "Patient.ndjson",
      "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],'name':[{'text':'Wil'}],"
      "'contact':[{'name':{'text':'Joke'}}]}\n");
  run (kit);
  assert_text (kit, shown, "Patient");
  ehr_kit_file (kit, "RelatedPerson.ndjson",
                "{'resourceType':'RelatedPerson','id':'r','patient':{'reference':'Patient/wil'},'name':"
                "[{'text':'Joke'}]}\n");
  for (int times = 0; times < 3; times++)
    {
      run (kit);
      assert_text (kit, shown, "RelatedPerson");
    }
  ehr_kit_file (kit, "RelatedPerson.ndjson", NULL);
  run (kit);
  assert_text (kit, shown, "Patient");
}

/* What is kept of Wil, and whether every type is settled but for that: 13 bits. */
#define KEPT "SELECT hex (kept) || ' ' || settled FROM ehr_recall"
#define HENK                                                                                                           \
  "{'resourceType':'Patient','id':'henk','identifier':[{'system':'s','value':'2'}],'name':[{'text':'Henk'}]}\n"
#define WIL_DIED                                                                                                       \
  "{'resourceType':'Patient','id':'wil','identifier':[{'system':'s','value':'1'}],'name':[{'text':'Wil'}],"            \
  "'deceasedBoolean':true}\n"

/* Of a dossier that was closed is known that it is kept, so that not all that is shown is looked for in each run. What
 * goes of others is noticed all the same. What is missing of it stays, also when some of it is there again. */
static void
test_closed_dossier (Fixture *kit, gconstpointer data)
{
  run (kit);
  assert_text (kit, KEPT, " 8191");
  ehr_kit_file (kit, "Patient.ndjson", WIL_DIED HENK);
  ehr_kit_file (kit, "CarePlan.ndjson", "");
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("b", "henk", "Twee") REPORT ("e", "henk", "Vijf"));
  for (int times = 0; times < 3; times++)
    {
      run (kit);
      assert_shown (kit, "Een,Drie,Twee,Vijf");
      assert_text (kit, KEPT, "0100000000000000 8191");
    }
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("b", "henk", "Twee"));
  run (kit);
  assert_shown (kit, "Een,Drie,Twee");
  ehr_kit_file (kit, "Observation.ndjson", REPORT ("b", "henk", "Twee") REPORT ("c", "wil", "Drie"));
  run (kit);
  assert_shown (kit, "Een,Drie,Twee");
  assert_text (kit, KEPT, "0100000000000000 8191");
}

/* The death was a mistake, or a Patient that was not there is there again. */
static void
test_kept_no_more (Fixture *kit, gconstpointer data)
{
  static const char *const meanwhile[] = { WIL_DIED HENK, HENK };

  for (gsize i = 0; i < G_N_ELEMENTS (meanwhile); i++)
    {
      ehr_kit_file (kit, "Patient.ndjson", EHR_KIT_TWO);
      ehr_kit_file (kit, "Observation.ndjson", REPORT ("a", "wil", "Een") REPORT ("b", "henk", "Twee"));
      run (kit);
      ehr_kit_file (kit, "Patient.ndjson", meanwhile[i]);
      ehr_kit_file (kit, "CarePlan.ndjson", "");
      ehr_kit_file (kit, "Observation.ndjson", REPORT ("b", "henk", "Twee"));
      for (int times = 0; times < 2; times++)
        {
          run (kit);
          assert_shown (kit, "Een,Twee");
          assert_text (kit, KEPT, "0100000000000000 8191");
        }
      ehr_kit_file (kit, "Patient.ndjson", EHR_KIT_TWO);
      /* In the first of these it was known before that Wil had died. */
      run (kit);
      run (kit);
      assert_shown (kit, "Twee");
      assert_text (kit, KEPT, " 8191");
    }
}

/* So much at once is refused, in each run until it is accepted. */
static void
test_kept_no_more_but_refused (Fixture *kit, gconstpointer data)
{
  static const char all[] = REPORT ("a", "wil", "1") REPORT ("b", "wil", "2") REPORT ("c", "wil", "3")
      REPORT ("d", "wil", "4") REPORT ("e", "wil", "5") REPORT ("f", "wil", "6");

  ehr_kit_file (kit, "Observation.ndjson", all);
  run (kit);
  ehr_kit_file (kit, "Patient.ndjson", HENK);
  ehr_kit_file (kit, "Observation.ndjson", "");
  run (kit);
  ehr_kit_file (kit, "Patient.ndjson", EHR_KIT_TWO);
  for (int times = 0; times < 3; times++)
    {
      g_auto (CpdEhrSyncReport) report = { 0 };

      g_assert_true (ehr_kit_run (kit, &report, 0));
      g_assert_nonnull (ehr_kit_type (&report, "Observation")->error);
      assert_shown (kit, "1,2,3,4,5,6");
    }
  kit->accept_removals = TRUE;
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE removed IS NULL"), ==, 0);
}

/* Nothing of a name is kept of who is not enrolled, nor of who is. */
static void
test_no_names_kept (Fixture *kit, gconstpointer data)
{
  run (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT length (named) > 0 FROM ehr_recall"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM ehr_recall WHERE instr (named, CAST ('Ineke' AS BLOB)) > 0"
                                       " OR instr (named, CAST ('Wond' AS BLOB)) > 0"),
                   ==, 0);
}

#define SECOND                                                                                                         \
  "{'resourceType':'Observation','id':'a','meta':{'lastUpdated':'2026-03-02T09:00:00Z'},'status':'final','code':"      \
  "{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},'subject':{'reference':'Patient/henk'},"   \
  "'effectiveDateTime':'2026-03-01T09:00:00+01:00','valueString':'Van een ander'}\n"

/* So many lines of nobody around a report, and another with its id about somebody else. second: -1: it is not there. */
static void
with_second (Fixture *kit, int first, int second, int n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    if (i == first)
      g_string_append (text, REPORT ("a", "wil", "Een"));
    else if (i == second)
      g_string_append (text, SECOND);
    else
      g_string_append_printf (text, REPORT ("n%d", "niemand", "Niets"), i);
  ehr_kit_file (kit, "Observation.ndjson", text->str);
}

/* In one file, in one page of what is recalled of it and in two, in front and behind: as long as it is there the report
 * is shown to nobody else, and when it goes the report is back. */
static void
test_doubled_in_a_file (Fixture *kit, gconstpointer data)
{
  static const int places[][2] = { { 20, 10 }, { 20, 30 }, { 4500, 10 }, { 10, 4500 }, { 3999, 4000 }, { 4000, 3999 } };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      with_second (kit, places[i][0], -1, 4600);
      run (kit);
      assert_shown (kit, "Een");
      with_second (kit, places[i][0], places[i][1], 4600);
      for (int times = 0; times < 3; times++)
        {
          ehr_kit_run_well (kit);
          g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item WHERE text = 'Een' AND removed IS NULL"), ==,
                           0);
        }
      with_second (kit, places[i][0], -1, 4600);
      ehr_kit_run_well (kit);
      assert_shown (kit, "Een");
    }
}

static GByteArray *
page_new (gsize size)
{
  GByteArray *page = g_byte_array_new ();

  g_byte_array_set_size (page, (guint) size);
  memset (page->data, 7, size);
  return page;
}

/* Pages go to the writer together, the last of them when all are asked for; which one came last counts. */
static void
test_pages_together (Fixture *kit, gconstpointer data)
{
  CpdEhrRecallPages *pages = cpd_ehr_recall_pages_new (kit->store.writer, "other");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    cpd_ehr_recall_pages_send (pages, "a", i, page_new (10));
  cpd_ehr_recall_pages_send (pages, "a", 2, page_new (20));
  cpd_ehr_recall_pages_send (pages, "b", 0, page_new (30));
  cpd_ehr_recall_pages_send (pages, "b", 0, NULL);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count (*) FROM ehr_recall_page WHERE source = 'other'"), ==, 0);
  g_assert_true (cpd_ehr_recall_pages_settle (pages, NULL));
  assert_text (kit,
               "SELECT group_concat (path || page || '-' || length (body)) FROM ehr_recall_page"
               " WHERE source = 'other' ORDER BY page",
               "a0-10,a1-10,a2-20");
  cpd_ehr_recall_pages_send (pages, "c", 0, page_new (1024 * 1024));
  cpd_ehr_recall_pages_send (pages, "c", 1, page_new (10));
  cpd_ehr_recall_pages_free (pages);
  assert_text (kit, "SELECT group_concat (page) FROM ehr_recall_page WHERE source = 'other' AND path = 'c'", "0");
  ehr_kit_exec (kit, "CREATE TRIGGER full BEFORE INSERT ON ehr_recall_page BEGIN SELECT raise (ABORT, 'no'); END");
  pages = cpd_ehr_recall_pages_new (kit->store.writer, "other");
  cpd_ehr_recall_pages_send (pages, "d", 0, page_new (10));
  g_assert_false (cpd_ehr_recall_pages_settle (pages, &error));
  g_assert_nonnull (error);
  cpd_ehr_recall_pages_free (pages);
}

/* The whole directory lies elsewhere, as after a new disk: what is the same is left alone, and nobody hears of it. */
static void
test_directory_moved (Fixture *kit, gconstpointer data)
{
  CpdConfig *config = kit->store.config;
  g_autofree char *before = g_strdup (config->source_directory);
  gint64 recalled;

  run (kit);
  recalled = run (kit);
  g_assert_cmpint (recalled, >, 0);
  g_free (config->source_directory);
  config->source_directory = g_strconcat (before, "-elders", NULL);
  g_assert_cmpint (g_rename (before, config->source_directory), ==, 0);
  g_assert_cmpint (run (kit), ==, recalled);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT max (version) FROM item"), ==, 1);
  /* Of what changed on the way only that is a correction. */
  ehr_kit_file (kit, "Observation.ndjson",
                REPORT ("a", "wil", "Een") REPORT ("b", "henk", "Anders") REPORT ("c", "wil", "Drie"));
  g_assert_cmpint (run (kit), ==, recalled - 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT sum (version) FROM item"), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-recall-files/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (same_size_and_time);
  ADD (touched);
  ADD (renamed);
  ADD (swapped);
  ADD (moved);
  ADD (directory_moved);
  ADD (half_written);
  ADD (other_mapping);
  ADD (name_read_later);
  ADD (name_moved);
  ADD (name_doubled);
  ADD (role);
  ADD (ends_by_itself);
  ADD (contact_of_both);
  ADD (closed_dossier);
  ADD (kept_no_more);
  ADD (kept_no_more_but_refused);
  ADD (no_names_kept);
  ADD (doubled_in_a_file);
  ADD (pages_together);
  return g_test_run ();
}
