/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

/* The address of a directory whose Bundles, if there are any, tell none (fullUrl). */

#define REPORT_ID "{'resourceType':'Observation','id':'"
#define REPORT_MORE                                                                                                    \
  "','status':'final','code':{'coding':[{'system':'http://snomed.info/sct','code':'11591000146107'}]},"                \
  "'effectiveDateTime':'2026-03-01','valueString':'x','subject':{"
#define REPORT(id, subject) REPORT_ID id REPORT_MORE "'reference':'" subject "'}}\n"
#define TOLD "SELECT count(*) FROM sync_problem WHERE reason LIKE "
#define SHOWN "SELECT count(*) FROM item WHERE removed IS NULL"
#define ONE "https://een.example/fhir/Patient/"
#define OTHER "https://ander.example/fhir/Patient/"

static void
assert_shown (EhrKit *kit, const char *text, const char *ids)
{
  g_autofree char *shown = NULL;

  ehr_kit_file (kit, "Observation.ndjson", text);
  for (int i = 0; i < 2; i++)
    {
      ehr_kit_run_well (kit);
      g_clear_pointer (&shown, g_free);
      shown = ehr_kit_text (kit, "SELECT coalesce (group_concat (fhir_id, ' '), '') FROM (SELECT fhir_id FROM item"
                                 " WHERE removed IS NULL ORDER BY fhir_id)");
      g_assert_cmpstr (shown, ==, ids);
    }
}

/* Who has that id elsewhere is somebody else; in a source that names its own there is nothing to complain of. */
static void
test_of_another (EhrKit *kit, gconstpointer data)
{
  assert_shown (kit, REPORT ("a", "Patient/wil") REPORT ("b", OTHER "wil"), "a");
  assert_shown (kit, REPORT ("b", OTHER "wil") REPORT ("a", "Patient/wil"), "a");
  g_assert_cmpint (ehr_kit_count (kit, TOLD "'clients are named at %'"), ==, 0);
  assert_shown (kit, REPORT ("a", "Patient/wil") REPORT ("b", "https:\\/\\/een.example\\/Patient\\/wil"), "a");
}

/* However it is written; and it stays so when another one comes. */
static void
test_own (EhrKit *kit, gconstpointer data)
{
  static const char *const ways[] = { REPORT ("a", ONE "wil"), REPORT ("a", ONE "wil/_history/3"),
                                      REPORT ("a", "https:\\/\\/een.example\\/fhir\\/Patient\\/wil"),
                                      REPORT_ID "a" REPORT_MORE "'reference' : '" ONE "wil'}}\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *both = g_strconcat (REPORT ("b", OTHER "wil"), ways[i], NULL);

      ehr_kit_exec (kit, "DELETE FROM meta WHERE key LIKE 'ehr-base-of-%'");
      assert_shown (kit, ways[i], "a");
      assert_shown (kit, both, "a");
      assert_shown (kit, "", "");
    }
}

/* What is named elsewhere and is not here claims nothing. */
static void
test_not_here (EhrKit *kit, gconstpointer data)
{
  assert_shown (kit, REPORT ("b", OTHER "truus") REPORT ("a", ONE "wil"), "a");
}

/* Of two nobody knows which one it is. */
static void
test_two (EhrKit *kit, gconstpointer data)
{
  assert_shown (kit, REPORT ("a", ONE "wil") REPORT ("b", OTHER "wil") REPORT ("c", OTHER "wil"), "");
  g_assert_cmpint (ehr_kit_count (kit, TOLD "'clients are named at 2 addresses: % 3 references by one are left out'"),
                   ==, 1);
}

/* Nor of two of which one is not as it is mostly written: with other signs escaped, or very long. */
static void
test_two_of_which_one_is_odd (EhrKit *kit, gconstpointer data)
{
  g_autofree char *way = g_strnfill (500, 'x');
  g_autofree char *far = g_strdup_printf (
      REPORT ("a", ONE "wil") REPORT_ID "b" REPORT_MORE "'reference':'https://%s.example/Patient/wil'}}\n", way);

  assert_shown (kit, REPORT ("a", ONE "wil") REPORT ("b", "https:\\u002f\\u002fander.example\\u002fPatient\\u002fwil"),
                "");
  assert_shown (kit, far, "");
  /* What is no address of a client does not count. */
  assert_shown (kit, REPORT ("a", ONE "wil") REPORT ("b", "https:\\u002f\\u002fander.example\\u002fGroup\\u002f1"),
                "a");
}

/* A report of Wil, and others of who is not here: of each of so many addresses, or of so many people of one. */
static const struct
{
  const char *name, *before, *after; /* of its number */
  int n;                             /* so many are looked at beside it */
} many[] = {
  { "addresses", "https://a", ".example/fhir/Patient/x", 15 },
  { "people", OTHER "x", "", 1000 },
};

/* What is not looked at may name Wil of elsewhere too: then nothing is certain, but what was before. */
static void
test_too_many (EhrKit *kit, gconstpointer data)
{
  int way = GPOINTER_TO_INT (data);
  g_autoptr (GString) all = g_string_new (REPORT ("a", ONE "wil"));
  g_autofree char *too_many = NULL;

  for (int i = 0; i < many[way].n; i++)
    g_string_append_printf (all, REPORT_ID "r%d" REPORT_MORE "'reference':'%s%d%s'}}\n", i, many[way].before, i,
                            many[way].after);
  too_many = g_strconcat (all->str, REPORT ("b", OTHER "wil"), NULL);
  assert_shown (kit, too_many, "");
  g_assert_cmpint (ehr_kit_count (kit, TOLD "'clients are named at %'"), ==, 1);
  assert_shown (kit, all->str, "a");
  g_assert_cmpint (ehr_kit_count (kit, TOLD "'clients are named at %'"), ==, 0);
  assert_shown (kit, too_many, "a");
}

static void
test_in_a_bundle (EhrKit *kit, gconstpointer data)
{
  ehr_kit_file (kit, "Bundle.json", "{'resourceType':'Bundle','entry':[{'resource':" REPORT ("a", ONE "wil") "}]}");
  assert_shown (kit, "", "a");
  ehr_kit_file (kit, "Bundle.json",
                "{'resourceType':'Bundle','entry':[{'resource':" REPORT (
                    "a", ONE "wil") "},"
                                    "{'fullUrl':'" OTHER "henk','resource':{'resourceType':'Patient','id':'henk'}}]}");
  assert_shown (kit, "", "");
}

/* (transfer full): beside one that is named as the source names its own. */
static char *
reports (int n, const char *subject, const char *more)
{
  GString *text = g_string_new (REPORT ("z", "Patient/wil"));

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, REPORT_ID "r%02d" REPORT_MORE "'%s':'%s'}%s}\n", i,
                            g_str_has_prefix (subject, "W") ? "display" : "reference", subject, more);
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name, *subject, *more;
  int stay;
} gone[] = {
  { "elsewhere", OTHER "wil", "", 13 },
  { "elsewhere-and-newer", OTHER "wil", ",'meta':{'lastUpdated':'2026-03-02T00:00:00Z'}", 13 },
  { "in-words", "Wil", "", 13 },
  { "somebody-else", "Patient/truus", "", 1 },
};

/* What names nobody any more does not all go at once: that is a mistake of who wrote it. What names somebody else does.
 */
static void
test_gone (EhrKit *kit, gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  g_autofree char *before = reports (12, "Patient/wil", ",'meta':{'lastUpdated':'2026-03-01T00:00:00Z'}");
  g_autofree char *after = reports (12, gone[i].subject, gone[i].more);

  ehr_kit_file (kit, "Observation.ndjson", before);
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 13);
  ehr_kit_file (kit, "Observation.ndjson", after);
  for (int run = 0; run < 2; run++)
    {
      g_auto (CpdEhrSyncReport) report = { 0 };

      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      g_assert_true (ehr_kit_run (kit, &report, 0));
      g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, gone[i].stay);
      g_assert_true ((ehr_kit_type (&report, "Observation")->error != NULL) == (gone[i].stay > 1));
    }
}

/* Of a few nothing is held. */
static void
test_few_gone (EhrKit *kit, gconstpointer data)
{
  assert_shown (kit, REPORT ("a", "Patient/wil") REPORT ("b", "Patient/wil"), "a b");
  assert_shown (kit, REPORT ("a", "Patient/wil") REPORT ("b", OTHER "wil"), "a");
}

#define ADD(name, func) g_test_add ("/ehr/base/" name, EhrKit, NULL, ehr_kit_begin_wil, func, ehr_kit_end)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("of-another", test_of_another);
  ADD ("own", test_own);
  ADD ("not-here", test_not_here);
  ADD ("two", test_two);
  ADD ("two-of-which-one-is-odd", test_two_of_which_one_is_odd);
  ADD ("in-a-bundle", test_in_a_bundle);
  ADD ("few-gone", test_few_gone);
  for (gsize i = 0; i < G_N_ELEMENTS (many); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/base/too-many/", many[i].name, NULL);

      g_test_add (path, EhrKit, GINT_TO_POINTER (i), ehr_kit_begin_wil, test_too_many, ehr_kit_end);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (gone); i++)
    {
      g_autofree char *path = g_strconcat ("/ehr/base/gone/", gone[i].name, NULL);

      g_test_add (path, EhrKit, GINT_TO_POINTER (i), ehr_kit_begin_wil, test_gone, ehr_kit_end);
    }
  return g_test_run ();
}
