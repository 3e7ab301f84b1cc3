/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <string.h>

/* Letters that come in the place of others (relatesTo). */

typedef EhrKit Fixture;

static char *
letter (const char *id, const char *whose, const char *text, const char *relation, const char *other)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
  g_autofree char *related =
      other != NULL ? g_strdup_printf ("'relatesTo':[{'code':'%s','target':{'reference':'DocumentReference/%s'}}],",
                                       relation, other)
                    : g_strdup ("");

  return g_strdup_printf ("{'resourceType':'DocumentReference','id':'%s','status':'current',%s'type':{'coding':[{"
                          "'system':'http://loinc.org','code':'34746-8'}]},'subject':{'reference':'Patient/%s'},"
                          "'date':'2026-03-01T09:00:00Z','content':[{'attachment':{'contentType':'text/plain',"
                          "'data':'%s'}}]}\n",
                          id, related, whose, base64);
}

static void
write_letters (Fixture *kit, const char *first, const char *second, const char *third)
{
  g_autofree char *text = g_strconcat (first, second, third, NULL);

  ehr_kit_file (kit, "DocumentReference.ndjson", text);
}

#define SHOWN "SELECT count(*) FROM item WHERE removed IS NULL"

/* What a run lets go of the next one reads. */
static void
run_twice (Fixture *kit)
{
  for (int run = 0; run < 2; run++)
    {
      store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
      ehr_kit_run_well (kit);
    }
}

/* What it replaces becomes a version of the same card, and is no card any more. */
static void
test_replaces (Fixture *kit, gconstpointer data)
{
  g_autofree char *old = letter ("old", "wil", "Oud", NULL, NULL);
  g_autofree char *new = letter ("new", "wil", "Nieuw", "replaces", "old");
  g_autofree char *card = NULL;
  g_autofree char *same = NULL;

  write_letters (kit, old, NULL, NULL);
  ehr_kit_run_well (kit);
  card = ehr_kit_text (kit, "SELECT public_id FROM item");
  write_letters (kit, old, new, NULL);
  for (int run = 0; run < 3; run++)
    {
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'Nieuw' AND version = 2 AND fhir_id = 'new'"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version WHERE text = 'Oud'"), ==, 1);
      if (run == 1)
        ehr_kit_exec (kit, "DELETE FROM ehr_recall");
    }
  same = ehr_kit_text (kit, "SELECT public_id FROM item");
  g_assert_cmpstr (same, ==, card);
  /* Withdrawn, it leaves its place to what was there. */
  write_letters (kit, old, NULL, NULL);
  run_twice (kit);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'Oud' AND fhir_id = 'old'"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 1);
  /* That lasts one run: the next ones leave out what did not change again. */
  run_twice (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT trusted FROM ehr_recall"), ==, 1);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM ehr_lacking"), ==, 0);
}

static void
assert_shown (Fixture *kit, const char *texts)
{
  g_autofree char *shown = ehr_kit_text (kit, "SELECT group_concat (text, ' ') FROM"
                                              " (SELECT text FROM item WHERE removed IS NULL ORDER BY text)");

  g_assert_cmpstr (shown, ==, texts);
}

/* What it does not say any more that it replaces shows again, beside it. */
static void
test_replaces_no_more (Fixture *kit, gconstpointer data)
{
  g_autofree char *one = letter ("one", "wil", "Een", NULL, NULL);
  g_autofree char *two = letter ("two", "wil", "Twee", NULL, NULL);
  g_autofree char *both = g_strconcat (one, two, NULL);
  const char *const steps[][2] = { { "one", "Nieuw Twee" }, { "two", "Een Nieuw" }, { NULL, "Een Nieuw Twee" } };

  write_letters (kit, both, NULL, NULL);
  ehr_kit_run_well (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *new = letter ("new", "wil", "Nieuw", "replaces", steps[i][0]);

      write_letters (kit, both, new, NULL);
      run_twice (kit);
      assert_shown (kit, steps[i][1]);
    }
}

/* What the letter that it replaces replaced itself stays away with it, whatever changes in the newest. */
static void
test_replaces_in_a_row (Fixture *kit, gconstpointer data)
{
  g_autofree char *a = letter ("a", "wil", "A", NULL, NULL);
  g_autofree char *b = letter ("b", "wil", "B", "replaces", "a");
  g_autofree char *c = letter ("c", "wil", "C", "replaces", "b");
  g_autofree char *better = letter ("c", "wil", "Beter", "replaces", "b");
  const char *const letters[][3] = { { a, NULL }, { a, b, NULL }, { a, b, c }, { a, b, better }, { a, b, NULL } };
  const char *const shown[] = { "A", "B", "C", "Beter", "B" };

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      write_letters (kit, letters[i][0], letters[i][1], letters[i][2]);
      ehr_kit_run_well (kit);
      if (i == G_N_ELEMENTS (letters) - 1)
        ehr_kit_run_well (kit);
      assert_shown (kit, shown[i]);
    }
}

/* Letters in whose place one came go their own way: what one of them replaced itself goes with that one. */
static void
test_replaces_one_less (Fixture *kit, gconstpointer data)
{
  static const char both[] = "'relatesTo':[{'code':'replaces','target':{'reference':'DocumentReference/two'}},";
  g_autofree char *zero = letter ("zero", "wil", "Nul", NULL, NULL);
  g_autofree char *one = letter ("one", "wil", "Een", NULL, NULL);
  g_autofree char *two = letter ("two", "wil", "Twee", "replaces", "zero");
  g_autofree char *old = g_strconcat (zero, one, two, NULL);
  g_autofree char *of_one = letter ("new", "wil", "Nieuw", "replaces", "one");
  g_autofree char *of_two = letter ("new", "wil", "Nieuw", "replaces", "two");
  g_auto (GStrv) parts = g_strsplit (of_one, "'relatesTo':[", 2);
  g_autofree char *of_both = g_strjoinv (both, parts);
  const char *const steps[][2] = { { of_both, "Nieuw" },     { of_two, "Een Nieuw" }, { of_both, "Nieuw" },
                                   { of_one, "Nieuw Twee" }, { of_both, "Nieuw" },    { NULL, "Een Twee" } };

  write_letters (kit, old, NULL, NULL);
  run_twice (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      write_letters (kit, old, steps[i][0], NULL);
      run_twice (kit);
      assert_shown (kit, steps[i][1]);
      /* As when it was told before it was noted who said so (0031-ehr-more.sql): then all is read, and written once. */
      if (i == 0)
        ehr_kit_exec (kit,
                      "UPDATE item_replaced SET named_by = NULL; UPDATE item SET hash = x''; DELETE FROM ehr_recall");
      run_twice (kit);
      assert_shown (kit, steps[i][1]);
    }
}

/* (transfer full) of: (transfer full) */
static char *
changed (char *of, const char *when)
{
  g_autofree char *whole = of;
  g_autofree char *meta = g_strdup_printf ("'status':'current','meta':{'lastUpdated':'%s'},", when);
  g_auto (GStrv) parts = g_strsplit (whole, "'status':'current',", 2);

  return g_strconcat (parts[0], meta, parts[1], NULL);
}

/* An old copy of a letter takes no other away. */
static void
test_replaces_in_an_old_copy (Fixture *kit, gconstpointer data)
{
  g_autofree char *old = letter ("old", "wil", "Oud", NULL, NULL);
  g_autofree char *new = changed (letter ("new", "wil", "Nieuw", NULL, NULL), "2026-03-02T09:00:00Z");
  g_autofree char *copy = changed (letter ("new", "wil", "Fout", "replaces", "old"), "2026-03-01T09:00:00Z");

  write_letters (kit, old, new, NULL);
  ehr_kit_run_well (kit);
  write_letters (kit, old, new, copy);
  for (int run = 0; run < 3; run++)
    {
      ehr_kit_run_well (kit);
      assert_shown (kit, "Nieuw Oud");
    }
}

/* What another has the place of may be withdrawn itself, as a source does with what was replaced. */
static void
test_replaced_is_hidden (Fixture *kit, gconstpointer data)
{
  static const char *const statuses[] = { "superseded", "entered-in-error", "current" };
  g_autofree char *old = letter ("old", "wil", "Oud", NULL, NULL);
  g_autofree char *new = letter ("new", "wil", "Nieuw", "replaces", "old");
  g_auto (GStrv) parts = g_strsplit (old, "current", 2);

  write_letters (kit, old, NULL, NULL);
  ehr_kit_run_well (kit);
  write_letters (kit, old, new, NULL);
  ehr_kit_run_well (kit);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *hidden = g_strjoinv (statuses[i], parts);

      write_letters (kit, hidden, new, NULL);
      run_twice (kit);
      assert_shown (kit, "Nieuw");
      /* What was only replaced is a version still; what was a mistake is none. */
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version"), ==, i == 0);
    }
}

/* It was never that client's: no version of what came in its place tells it, whoever it is of, enrolled here or not. */
static void
test_replaced_is_of_other (Fixture *kit, gconstpointer data)
{
  static const char *const others[] = { "henk", "nobody" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *old = letter ("old", "wil", "Van Henk", NULL, NULL);
      g_autofree char *new = letter ("new", "wil", "Nieuw", "replaces", "old");
      g_autofree char *newer = letter ("newest", "wil", "Nieuwste", "replaces", "new");
      g_autofree char *right = letter ("old", others[i], "Van Henk", NULL, NULL);

      ehr_kit_tear_down (kit);
      ehr_kit_set_up_wil (kit);
      ehr_kit_enrol (kit, "s|9", "H. Bruin");
      ehr_kit_file (kit, "Patient-9.ndjson", EHR_KIT_PATIENT ("henk", "9", "Henk Bruin"));
      write_letters (kit, old, NULL, NULL);
      run_twice (kit);
      write_letters (kit, old, new, NULL);
      run_twice (kit);
      write_letters (kit, old, new, newer);
      run_twice (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version"), ==, 2);
      write_letters (kit, right, new, newer);
      run_twice (kit);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version WHERE text = 'Van Henk'"), ==, 0);
      g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM item_version WHERE text = 'Nieuw'"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND patient = 1 AND text = 'Nieuwste'"), ==, 1);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND patient = 2 AND text = 'Van Henk'"), ==, i == 0);
    }
}

/* In whatever order they come, also in a first load and when each replaces the one before. */
static void
test_replaces_in_any_order (Fixture *kit, gconstpointer data)
{
  static const int orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 0, 2 }, { 1, 2, 0 }, { 0, 2, 1 }, { 2, 0, 1 } };
  g_autofree char *a = letter ("a", "wil", "A", NULL, NULL);
  g_autofree char *b = letter ("b", "wil", "B", "replaces", "a");
  g_autofree char *c = letter ("c", "wil", "C", "replaces", "b");
  const char *const letters[] = { a, b, c };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    for (int apart = 0; apart < 2; apart++)
      {
        const int *order = orders[i];

        ehr_kit_tear_down (kit);
        ehr_kit_set_up_wil (kit);
        for (int n = apart ? 0 : 2; n < 3; n++)
          {
            write_letters (kit, letters[order[0]], n > 0 ? letters[order[1]] : "", n > 1 ? letters[order[2]] : "");
            ehr_kit_run_well (kit);
          }
        g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'C'"), ==, 1);
        g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 1);
      }
}

/* What is somebody else's keeps its place, and what only adds to another, signs it or says it otherwise stands beside
 * it. */
static void
test_does_not_replace (Fixture *kit, gconstpointer data)
{
  static const char *const codes[] = { "appends", "signs", "transforms" };
  g_autofree char *old = letter ("old", "wil", "Oud", NULL, NULL);
  g_autofree char *other = letter ("other", "henk", "Van Henk", "replaces", "old");

  ehr_kit_enrol (kit, "s|9", "H. Bruin");
  ehr_kit_file (kit, "Patient-9.ndjson",
                "{'resourceType':'Patient','id':'henk','identifier':[{'system':'s','value':'9'}],"
                "'name':[{'text':'Henk Bruin'}]}\n");
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *more = letter ("more", "wil", codes[i], codes[i], "old");

      write_letters (kit, i == 0 ? old : other, i == 0 ? other : old, more);
      ehr_kit_run_well (kit);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN), ==, 3);
      g_assert_cmpint (ehr_kit_count (kit, SHOWN " AND text = 'Oud'"), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/ehr-replaces/" #name, Fixture, NULL, ehr_kit_begin_wil, test_##name, ehr_kit_end)
  ADD (replaces);
  ADD (replaces_no_more);
  ADD (replaces_in_a_row);
  ADD (replaces_one_less);
  ADD (replaces_in_an_old_copy);
  ADD (replaced_is_hidden);
  ADD (replaced_is_of_other);
  ADD (replaces_in_any_order);
  ADD (does_not_replace);
  return g_test_run ();
}
