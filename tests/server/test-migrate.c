/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cpd-db-private.h"
#include "cpd-migrate.h"
#include "cpd-schema.h"
#include "cpd-store-month.h"

/* A database as version 1 of the schema left it: a report that was changed, a form, one that was removed, an evaluation
 * that is newer than the reports, a plan with a version, somebody who accepted. */
static const char old_rows[] =
    "INSERT INTO account (id, public_id, username, name, given_name, email, created, last_login, previous_login)"
    " VALUES (1, 'a', 'a', 'A', 'A', 'a@x.example', 1, 88, 80);"
    "INSERT INTO device (id, account, token_hash, created, last_visit) VALUES (1, 1, x'01', 1, 1), (2, 1, x'02', 1, 1);"
    "INSERT INTO session (id, token_hash, account, kind, shared, created, last_used, expires)"
    " VALUES (1, x'01', 1, 3, 0, 1, 1, 2), (2, x'02', 1, 3, 0, 1, 1, 2);"
    "INSERT INTO login_attempt (id, account, created, expires, reason, shared, temporary) VALUES (1, 1, 1, 2, 0, 0, 0);"
    "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
    " VALUES (1, 'p', 'ecd', x'01', x'00', 'Wil', 'W.', 1), (2, 'q', 'ecd', x'02', x'00', 'Henk', 'H.', 1);"
    "UPDATE patient SET fhir_id = 'h' WHERE id = 2;"
    "INSERT INTO appointment (public_id, patient, source, type, fhir_id, status, hash, first_seen, changed)"
    " VALUES ('v', 2, 'ecd', 'Appointment', '1', 0, x'00', 11, 11);"
    "INSERT INTO membership (id, public_id, account, patient, state, created, accepted) VALUES (1, 'm', 1, 1, 2, 1, "
    "77), (2, 'n', 1, 2, 1, 1, NULL);"
    "INSERT INTO invitation (public_id, membership, state, created, expires) VALUES ('i', 2, 0, 1, 2);"
    "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, author, body, version, hash, "
    "first_seen,"
    " changed, removed) VALUES"
    " (4294967297, 'i1', 1, 'ecd', 'Observation', '1', 0, 1772321400000000, 'Fatima', '{\"text\":\"Eén kopje\"}', 2,"
    "  x'00', 5, 9, NULL),"
    " (4294967298, 'i2', 1, 'ecd', 'QuestionnaireResponse', '2', 2, 1772321400000000, NULL,"
    "  '{\"entries\":[{\"level\":0,\"label\":\"Hoe?\",\"answers\":[\"Goed\",\"Fijn\"]},"
    "{\"level\":0,\"label\":\"Kop\",\"group\":true,\"answers\":[]}]}', 1, x'00', 6, 6, NULL),"
    " (4294967299, 'i3', 1, 'ecd', 'Observation', '3', 0, 1772321400000000, 'Joke', '{\"text\":\"weg\"}', 1, x'00', 7,"
    "  7, 8),"
    " (4294967300, 'i4', 1, 'ecd', 'Observation', '4', 3, 1775000000000000, NULL, '{\"text\":\"doel\"}', 1, x'00', 8,"
    "  8, NULL),"
    " (8589934593, 'i5', 2, 'ecd', 'Observation', '5', 1, 1600000000000000, 'Fatima', '{\"text\":\"van Henk\"}', 1,"
    "  x'00', 8, 8, NULL);"
    "INSERT INTO item_version (item, version, seen, title, body) VALUES (4294967297, 1, 5, NULL, "
    "'{\"text\":\"Eerst\"}');"
    "INSERT INTO summary (patient, latest, newest_seen, plan_changed) VALUES (1, 4294967300, 8, 0), (2, 8589934593, 8, "
    "0);"
    "INSERT INTO care_plan (id, public_id, patient, source, type, fhir_id, state, version, hash, first_seen, changed)"
    " VALUES (1, 'c', 1, 'ecd', 'CarePlan', '1', 0, 2, x'00', 5, 9);"
    "INSERT INTO care_plan_version (care_plan, version, seen, body) VALUES (1, 1, 5, '{}');"
    "INSERT INTO outbox (id, kind, template, account, created, give_up, next_try) VALUES (1, 2, 'invitation-known', 1, "
    "1,"
    " 9, 1);";

static const char *const expected[] = {
  "SELECT text = 'Eén kopje' AND entries IS NULL AND seen = 9 FROM item WHERE id = 4294967297",
  ("SELECT text = 'Hoe?: Goed, Fijn' || char (10) || 'Kop' AND json_array_length (entries) = 2 AND seen = 6 FROM item"
   " WHERE id = 4294967298"),
  "SELECT text = 'Eerst' FROM item_version",
  "SELECT group_concat (rowid) = '4294967297' FROM item_search WHERE item_search MATCH 'een'",
  "SELECT count (*) = 0 FROM item_search WHERE item_search MATCH 'weg'",
  "SELECT count (*) = 1 FROM item_search WHERE item_search MATCH 'hoe fijn'",
  "SELECT group_concat (author || kind || count) = 'Fatima01' FROM item_author WHERE patient = 1",
  "SELECT sum (count) = 4 FROM item_month",
  "SELECT unread_since = 77 FROM membership WHERE id = 1",
  "SELECT visited = 88 AND visited_before = 80 FROM membership WHERE id = 1",
  "SELECT visited IS NULL AND visited_before IS NULL FROM membership WHERE id = 2",
  "SELECT named = 1 AND made_account = 0 AND contact IS NULL AND until_days IS NULL FROM membership WHERE id = 1",
  "SELECT named = 0 AND email = 'a@x.example' FROM membership WHERE id = 2",
  "SELECT email IS NULL FROM membership WHERE id = 1",
  "SELECT outbox IS NULL FROM invitation",
  "SELECT latest = 4294967297 FROM summary WHERE patient = 1",
  "SELECT version = 1 AND seen = 9 FROM care_plan",
  "SELECT min (plans_dirty) = 1 FROM patient",
  "SELECT count (DISTINCT public_id) = 2 AND min (length (public_id)) = 22 FROM device",
  "SELECT count (DISTINCT public_id) = 2 AND min (length (public_id)) = 22 FROM session",
  "SELECT purpose = 0 AND mobile IS NULL FROM login_attempt",
  "SELECT lease = 0 AND leased_until = 0 AND link_kind = 0 AND membership IS NULL AND sent IS NULL FROM outbox",
  "SELECT count (*) = 4 FROM pragma_table_info ('change')",
  "SELECT count (*) = 0 FROM link",
  "SELECT count (informant) = 0 FROM item",
  "SELECT count (*) = 0 FROM patient_earlier",
  "SELECT news_mail = 1 AND quiet_from = 1260 AND quiet_until = 480 AND NOT news_waiting AND news_told = 0 FROM "
  "account",
  "SELECT loaded IS NULL FROM patient WHERE id = 1",
  "SELECT loaded = 11 FROM patient WHERE id = 2",
};

/* After the months were judged: 23:30 UTC on the last of February is March in Amsterdam. */
static const char *const judged[] = {
  ("SELECT group_concat (month || '-' || kind || '-' || count) = '202603-0-1,202603-2-1,202604-3-1'"
   " FROM (SELECT * FROM item_month WHERE patient = 1 ORDER BY month, kind)"),
  "SELECT count (*) = 0 FROM item WHERE month = 0",
  "SELECT value = 'Europe/Amsterdam' FROM meta WHERE key = 'months-of-zone'",
};

typedef struct
{
  char *directory;
  char *path;
} Kit;

static void
exec (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* One step of the schema after the other, up to version; they are told apart by their names. */
static void
exec_steps (sqlite3 *db, int version)
{
  GResource *resource = cpd_schema_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, "/nl/clientportaal/schema/", 0, NULL);

  g_assert_cmpint (g_strv_length (names), >=, version);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (int i = 0; i < version; i++)
    {
      g_autofree char *path = g_strconcat ("/nl/clientportaal/schema/", names[i], NULL);
      g_autoptr (GBytes) step = g_resource_lookup_data (resource, path, 0, NULL);

      exec (db, g_bytes_get_data (step, NULL));
    }
}

static void
set_up_at (Kit *kit, int version, const char *rows)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %d", version);
  sqlite3 *db = NULL;

  kit->directory = g_dir_make_tmp ("portal-test-XXXXXX", NULL);
  kit->path = g_build_filename (kit->directory, "portal.db", NULL);
  g_assert_cmpint (sqlite3_open (kit->path, &db), ==, SQLITE_OK);
  exec_steps (db, version);
  exec (db, rows);
  exec (db, set_version);
  sqlite3_close (db);
}

static void
set_up (Kit *kit, gconstpointer data)
{
  set_up_at (kit, 1, old_rows);
}

static void
tear_down (Kit *kit, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (kit->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (kit->directory, name, NULL);
      g_unlink (path);
    }
  g_rmdir (kit->directory);
  g_free (kit->directory);
  g_free (kit->path);
}

static gint64
number (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

static void
assert_all (const Kit *kit, const char *const *facts, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (number (kit->path, facts[i]) != 1)
      g_error ("not so: %s", facts[i]);
}

static void
migrate (const Kit *kit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->path, CPD_DB_WRITER, &error);

  g_assert_no_error (error);
  cpd_migrate (db, kit->path, &error);
  g_assert_no_error (error);
}

static void
test_old_database (Kit *kit, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdWriter) writer = cpd_writer_new (kit->path, &error);
  g_autofree char *copy = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (number (kit->path, "PRAGMA user_version"), ==, cpd_migrate_version ());
  assert_all (kit, expected, G_N_ELEMENTS (expected));
  copy = g_strconcat (kit->path, ".schema-1", NULL);
  g_assert_cmpint (number (copy, "SELECT count (*) FROM item WHERE body IS NOT NULL"), ==, 5);
  cpd_store_months_judge (writer, "Europe/Amsterdam", zone, &error);
  g_assert_no_error (error);
  assert_all (kit, judged, G_N_ELEMENTS (judged));
}

/* What is told apart from the 19th on: where a temporary password came from, and whether a plan was replaced. */
static void
test_from_18 (void)
{
  static const char rows[] =
      "INSERT INTO account (id, public_id, username, name, given_name, email, created) VALUES"
      " (1, 'a', 'a', 'A', 'A', 'a@x.example', 1), (2, 'b', 'b', 'B', 'B', 'b@x.example', 1);"
      "INSERT INTO credential (account, kind, pepper, hash, created, expires) VALUES (1, 0, 0, 'x', 1, NULL),"
      " (1, 1, 0, 'x', 1, 86400000001), (2, 1, 0, 'x', 1, 604800000001);"
      "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
      " VALUES (1, 'p', 'ecd', x'01', x'00', 'Wil', 'W.', 1), (2, 'q', 'ecd', x'02', x'00', 'Henk', 'H.', 1);"
      "INSERT INTO care_plan (id, public_id, patient, source, type, fhir_id, state, hash, first_seen, changed, body)"
      " VALUES (1, 'c', 1, 'ecd', 'CarePlan', '1', 0, x'00', 1, 1, '{\"state\":\"expired\"}'),"
      " (2, 'd', 1, 'ecd', 'CarePlan', '2', 0, x'00', 1, 1, '{\"state\":\"current\"}'),"
      " (3, 'e', 1, 'ecd', 'CarePlan', '3', 0, x'00', 1, 1, NULL),"
      " (4, 'f', 2, 'ecd', 'CarePlan', '4', 2, x'00', 1, 1, '{\"state\":\"expired\"}');"
      "UPDATE patient SET plans_dirty = 0";
  static const char *const then[] = {
    "SELECT group_concat (account) = '2' FROM credential WHERE invited = 1",
    "SELECT group_concat (id) = '1' FROM care_plan WHERE replaced = 1",
    "SELECT group_concat (id) = '2' FROM patient WHERE plans_dirty = 1",
  };
  Kit kit = { 0 };

  set_up_at (&kit, 18, rows);
  migrate (&kit);
  assert_all (&kit, then, G_N_ELEMENTS (then));
  tear_down (&kit, NULL);
}

/* How old what is shown of each client is: from before it was told apart, as old as what was shown. */
static void
test_from_26 (void)
{
  static const char rows[] =
      "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, fhir_id, name, short_name,"
      " created) VALUES (1, 'p', 'ecd', x'01', x'00', 'wil', 'Wil', 'W.', 1),"
      " (2, 'q', 'ecd', x'02', x'00', NULL, 'Henk', 'H.', 1), (3, 'r', 'other', x'03', x'00', 'ans', 'Ans', 'A.', 1);"
      "INSERT INTO sync_type (source, type, last_attempt, last_success, read_count, written_count, odd_count) VALUES"
      " ('ecd', 'Patient', 7, 7, 0, 0, 0), ('ecd', 'Task', 7, 3, 0, 0, 0), ('other', 'Patient', 9, NULL, 0, 0, 0)";
  static const char *const then[] = {
    "SELECT group_concat (coalesce (read_at, 'never')) = '7,never,never' FROM patient"
  };
  Kit kit = { 0 };

  set_up_at (&kit, 26, rows);
  migrate (&kit);
  assert_all (&kit, then, G_N_ELEMENTS (then));
  tear_down (&kit, NULL);
}

/* A card that has the place of others is read once more, to note who says so; and plans with cards of their own are put
 * together once more. */
static void
test_from_30 (void)
{
  static const char rows[] =
      "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
      " VALUES (1, 'p', 'ecd', x'01', x'00', 'Wil', 'W.', 1), (2, 'q', 'ecd', x'02', x'00', 'Henk', 'H.', 1);"
      "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, text, month, hash, first_seen, "
      "changed,"
      " seen) VALUES (4294967297, 'i', 1, 'ecd', 'DocumentReference', 'new', 0, 1, 'x', 0, x'01', 1, 1, 1),"
      " (4294967298, 'j', 1, 'ecd', 'DocumentReference', 'other', 0, 1, 'x', 0, x'01', 1, 1, 1),"
      " (8589934593, 'k', 2, 'ecd', 'CarePlan#evaluation', '1#x', 3, 1, 'x', 0, x'01', 1, 1, 1);"
      "INSERT INTO item_replaced (source, type, fhir_id, item) VALUES ('ecd', 'DocumentReference', 'old', 4294967297);"
      "INSERT INTO sync_quarantine (source, type, fhir_id, place, reason, since, seen)"
      " VALUES ('ecd', 'Observation', 'odd', 'x', 'y', 1, 1);"
      "UPDATE patient SET plans_dirty = 0";
  static const char *const then[] = {
    "SELECT group_concat (fhir_id) = 'new' FROM item WHERE hash = x''",
    "SELECT count (*) = 1 FROM item_replaced WHERE named_by IS NULL",
    "SELECT count (*) = 1 FROM sync_quarantine WHERE patient IS NULL",
    "SELECT group_concat (id) = '2' FROM patient WHERE plans_dirty = 1",
  };
  Kit kit = { 0 };

  set_up_at (&kit, 30, rows);
  migrate (&kit);
  assert_all (&kit, then, G_N_ELEMENTS (then));
  tear_down (&kit, NULL);
}

/* The index of words is made anew, of what is shown; and which cards were renewed is told by an index of its own. */
static void
test_from_31 (void)
{
  static const char rows[] =
      "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
      " VALUES (1, 'p', 'ecd', x'01', x'00', 'Wil', 'W.', 1);"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
      " INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, title, text, month, hash, "
      "first_seen,"
      " changed, seen, removed) SELECT 4294967296 + i, i, 1, 'ecd', 'Observation', i, iif (i = 5, 3, 0), i, 'Kop', "
      "'Kopje thee ' || i,"
      " 202603, x'00', 5, 5, CASE WHEN i <= 3 THEN 8 WHEN i = 4 THEN 0 ELSE 5 END, iif (i % 10 = 0, 9, NULL) FROM n;"
      "UPDATE patient SET plans_dirty = 0;"
      "INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item"
      " WHERE removed IS NULL";
  static const char *const then[] = {
    "SELECT count (*) = 2700 FROM item_search WHERE item_search MATCH 'kopje'",
    "SELECT group_concat (rowid - 4294967296) = '1234' FROM item_search WHERE item_search MATCH '1234'",
    "SELECT count (*) = 0 FROM item_search WHERE item_search MATCH '1230'",
    "SELECT count (*) > 0 FROM item_word WHERE term = 'thee'",
    "SELECT count (*) = 0 FROM sqlite_schema WHERE name = 'item_search_docsize'",
    "SELECT group_concat (v) = '0,500,8388608,16' FROM (SELECT v FROM item_search_config WHERE k <> 'version' ORDER BY "
    "k)",
    ("SELECT count (*) = 3 FROM item INDEXED BY item_renewed WHERE patient = 1 AND removed IS NULL"
     " AND seen > first_seen AND seen > 5"),
    "SELECT min (seen) = 5 FROM item",
    "SELECT plans_dirty = 1 FROM patient",
    "SELECT count (*) = 0 FROM pragma_index_info ('item_date') WHERE name = 'seen'",
    "SELECT count (*) = 1 FROM pragma_index_info ('item_about') WHERE name = 'kind'",
  };
  Kit kit = { 0 };

  set_up_at (&kit, 31, rows);
  migrate (&kit);
  assert_all (&kit, then, G_N_ELEMENTS (then));
  tear_down (&kit, NULL);
}

static int
die_cb (void *data)
{
  int *left = data;

  if (--*left == 0)
    _exit (7);
  return 0;
}

/* TRUE: it was killed after so many steps of SQLite, without a word to anybody. */
static gboolean
migrate_killed (const Kit *kit, int steps)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      CpdDb *db = cpd_db_open (kit->path, CPD_DB_WRITER, NULL);

      sqlite3_progress_handler (db->handle, 20, die_cb, &steps);
      cpd_migrate (db, kit->path, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status) == 7;
}

static void
test_killed_in_the_middle (Kit *kit, gconstpointer data)
{
  int killed = 0;

  for (int steps = 1; steps < 5000; steps += 1 + steps / 2)
    {
      Kit own = { 0 };
      gboolean was_killed;
      gint64 version;

      set_up (&own, NULL);
      was_killed = migrate_killed (&own, steps);
      killed += was_killed;
      version = number (own.path, "PRAGMA user_version");
      /* One or the other, and nothing in between. */
      g_assert_cmpint (version, >=, 1);
      g_assert_cmpint (number (own.path, "SELECT count (*) FROM pragma_table_info ('item') WHERE name = 'body'"), ==,
                       version < 3);
      g_assert_cmpint (number (own.path, "SELECT count (*) FROM pragma_table_info ('item') WHERE name = 'text'"), ==,
                       version >= 3);
      migrate (&own);
      assert_all (&own, expected, G_N_ELEMENTS (expected));
      tear_down (&own, NULL);
      if (!was_killed)
        break;
    }
  g_assert_cmpint (killed, >, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/migrate/killed-in-the-middle", Kit, NULL, set_up, test_killed_in_the_middle, tear_down);
  g_test_add_func ("/migrate/from-18", test_from_18);
  g_test_add_func ("/migrate/from-26", test_from_26);
  g_test_add_func ("/migrate/from-30", test_from_30);
  g_test_add_func ("/migrate/from-31", test_from_31);
  g_test_add ("/migrate/old-database", Kit, NULL, set_up, test_old_database, tear_down);
  return g_test_run ();
}
