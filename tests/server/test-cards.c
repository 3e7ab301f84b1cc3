/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept beside cards (words, counts, what is unread) is what it would be if it were counted now. */
#include "card-kit.h"
#include "cpd-store-month.h"
#include "cpd-store-timeline.h"

#include <sqlite3.h>

/* What is kept beside the cards against what is counted now, on a connection of its own. */
static const char *const fresh_sql =
    "CREATE VIRTUAL TABLE temp.fresh USING fts5 (title, author, text,"
    " tokenize=\"unicode61 remove_diacritics 2\");"
    "INSERT INTO temp.fresh (rowid, title, author, text) SELECT id, title, author, text FROM main.item"
    " WHERE removed IS NULL;"
    "CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab ('main', 'item_search', 'instance');"
    "CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab ('temp', 'fresh', 'instance');"
    "CREATE TEMP VIEW fresh_month AS SELECT patient, month, kind, count (*) AS count FROM main.item"
    " WHERE removed IS NULL GROUP BY 1, 2, 3;"
    "CREATE TEMP VIEW fresh_author AS SELECT patient, author, kind, count (*) AS count FROM main.item"
    " WHERE removed IS NULL AND author IS NOT NULL GROUP BY 1, 2, 3;"
    "INSERT INTO item_search (item_search) VALUES ('integrity-check');";

static const char *const compared[][2] = {
  { "temp.kept_words", "temp.fresh_words" },
  { "main.item_month", "fresh_month" },
  { "main.item_author", "fresh_author" },
};

static gint64
number (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

static void
assert_kept (CardKit *kit)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (kit->ehr.store.database, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  sqlite3_exec (db, fresh_sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (compared); i++)
    for (int side = 0; side < 2; side++)
      {
        g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM (SELECT * FROM %s EXCEPT SELECT * FROM %s)",
                                                compared[i][side], compared[i][1 - side]);
        g_assert_cmpint (number (db, sql), ==, 0);
      }
  sqlite3_close (db);
}

/* What the timeline finds in two indexes against the rows themselves. */
static void
assert_unread (CardKit *kit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->ehr.store.database, CPD_DB_READER, &error);
  g_autoptr (CpTimeline) timeline = cp_timeline_new ();

  cpd_store_timeline (db, &kit->grant, CARD_KIT_ALL, timeline, &error);
  g_assert_no_error (error);
  g_assert_cmpint (timeline->unread, >, 0);
  g_assert_cmpint (timeline->unread, ==,
                   ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item JOIN membership m ON m.patient = item.patient"
                                             " WHERE m.id = 5 AND removed IS NULL AND seen > unread_since"
                                             " AND (at > unread_since - 1209600000000 OR seen > first_seen)"));
}

static void
test_kept_with_each_change (CardKit *kit, gconstpointer data)
{
  static const char *const words[] = { "één", "koffie", "a.d.l.", "Mevrouw", "zus" };
  static const char *const authors[] = { NULL, "Fatima", "Joke", "fatima" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  ehr_kit_exec (&kit->ehr, "UPDATE membership SET unread_since = 1772539500000000");
  for (int step = 1; step <= 1200; step++)
    {
      g_autofree char *id = g_strdup_printf ("%d", step / 10 + g_rand_int_range (random, 0, 40));
      g_autofree char *text = g_strdup_printf ("%s %s %d", words[g_rand_int_range (random, 0, 5)],
                                               words[g_rand_int_range (random, 0, 5)], g_rand_int_range (random, 0, 3));
      /* Now and then a card turns out to be somebody else's. */
      gint64 patient = g_rand_int_range (random, 0, 20) == 0 ? kit->henk : kit->wil;
      gboolean gone = g_rand_int_range (random, 0, 4) == 0;

      store_kit_set_now (CARD_KIT_AT (0) + step * CP_TIME_SECOND);
      card_kit_put (kit, patient, id, g_rand_int_range (random, 0, 5), CARD_KIT_AT (g_rand_int_range (random, -100, 0)),
                    authors[g_rand_int_range (random, 0, 4)], g_rand_boolean (random) ? "Titel" : NULL,
                    gone ? NULL : text);
      if (step % 150 == 0)
        assert_kept (kit);
      if (step % 150 == 0 && step >= 600)
        assert_unread (kit);
    }
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE removed IS NULL"), >, 5);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE removed IS NOT NULL"), >, 5);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_version"), >, 100);
}

/* Where a card was sought first may be another's row by now, or nobody's. */
static void
test_known_no_more (CardKit *kit, gconstpointer data)
{
  card_kit_put (kit, kit->wil, "a", 0, CARD_KIT_AT (0), NULL, NULL, "of a");
  card_kit_put (kit, kit->wil, "b", 0, CARD_KIT_AT (0), NULL, NULL, "of b");
  card_kit_put_at (kit, ehr_kit_count (&kit->ehr, "SELECT id FROM item WHERE fhir_id = 'a'"), kit->wil, "b", 0,
                   CARD_KIT_AT (0), NULL, NULL, "of b again");
  card_kit_put_at (kit, 77, kit->wil, "a", 0, CARD_KIT_AT (0), NULL, NULL, "of a again");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item"), ==, 2);
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE text = 'of ' || fhir_id || ' again'"),
                   ==, 2);
}

/* Nothing is written to the index of words when they stay as they are. */
static void
test_words_stay (CardKit *kit, gconstpointer data)
{
  gint64 before;

  card_kit_put (kit, kit->wil, "a", 0, CARD_KIT_AT (0), "Fatima", "Titel", "Goed geslapen");
  before = ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_search_data");
  card_kit_put (kit, kit->wil, "a", 1, CARD_KIT_AT (-40), "Fatima", "Titel", "Goed geslapen");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_search_data"), ==, before);
  assert_kept (kit);
  card_kit_put (kit, kit->wil, "a", 1, CARD_KIT_AT (-40), "Fatima", NULL, "Goed geslapen");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item_search_data"), >, before);
  assert_kept (kit);
}

static void
judge (CardKit *kit, const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  g_autoptr (GError) error = NULL;

  cpd_store_months_judge (kit->ehr.store.writer, name, zone, &error);
  g_assert_no_error (error);
}

/* 23:30 UTC on the last of February is March in Amsterdam and February in New York. */
static void
test_months_of_the_zone (CardKit *kit, gconstpointer data)
{
  CpTime border = 1772321400 * CP_TIME_SECOND;

  card_kit_put (kit, kit->wil, "1", 0, border, NULL, NULL, "x");
  card_kit_put (kit, kit->henk, "2", 0, border, NULL, NULL, "x");
  /* More than are judged at once. */
  ehr_kit_exec (
      &kit->ehr,
      "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 2599)"
      " INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, text, hash, first_seen,"
      " changed) SELECT 1 << 32 | i, 'm' || i, 1, 'ecd', 'Observation', 'm' || i, i % 2, 1772321400000000, 'x',"
      " x'', 1, 1 FROM n; INSERT INTO item_search (item_search) VALUES ('rebuild')");
  judge (kit, "Europe/Amsterdam");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE month = 202603"), ==, 2502);
  assert_kept (kit);
  ehr_kit_exec (&kit->ehr, "DELETE FROM item WHERE fhir_id LIKE 'm%'; DELETE FROM item_month;"
                           " INSERT INTO item_search (item_search) VALUES ('rebuild')");
  judge (kit, "America/New_York");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE month = 202602"), ==, 2);
  assert_kept (kit);
  /* The same zone is not judged again: what is wrong on purpose stays. */
  ehr_kit_exec (&kit->ehr, "UPDATE item SET month = 1");
  judge (kit, "America/New_York");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE month = 1"), ==, 2);
  /* One that broke off has not written which zone it was. */
  ehr_kit_exec (&kit->ehr, "DELETE FROM meta; UPDATE item SET month = 202602 WHERE patient = 1");
  judge (kit, "Europe/Amsterdam");
  g_assert_cmpint (ehr_kit_count (&kit->ehr, "SELECT count (*) FROM item WHERE month = 202603"), ==, 2);
  assert_kept (kit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, CardKit, NULL, card_kit_set_up, func, card_kit_tear_down)
  ADD ("/cards/kept-with-each-change", test_kept_with_each_change);
  ADD ("/cards/known-no-more", test_known_no_more);
  ADD ("/cards/words-stay", test_words_stay);
  ADD ("/cards/months-of-the-zone", test_months_of_the_zone);
  return g_test_run ();
}
