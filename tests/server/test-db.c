/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connection refuses, so that a statement that somebody smuggled in could do no more than read. */
#include <string.h>

#include "cpd-stmt.h"
#include "store-kit.h"

static gboolean
runs (CpdDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  return cpd_db_exec (db, sql, &error);
}

static void
test_a_reader_cannot_write (void)
{
  StoreKit kit;

  store_kit_set_up (&kit);
  {
    g_autoptr (CpdDb) db = cpd_db_open (kit.database, CPD_DB_READER, NULL);

    g_assert_true (runs (db, "SELECT count (*) FROM meta"));
    g_assert_false (runs (db, "INSERT INTO meta VALUES ('a', 1)"));
    g_assert_false (runs (db, "DELETE FROM audit"));
    g_assert_false (runs (db, "CREATE TABLE more (a)"));
    g_assert_false (runs (db, "PRAGMA user_version=7"));
    g_assert_cmpint (store_kit_number (db, "PRAGMA wal_autocheckpoint"), ==, 0);
    g_assert_cmpint (store_kit_number (db, "PRAGMA trusted_schema"), ==, 0);
  }
  store_kit_tear_down (&kit);
}

/* Bytes that are empty are not NULL, which stands for none. */
static void
test_empty_bytes (void)
{
  StoreKit kit;

  store_kit_set_up (&kit);
  {
    g_autoptr (CpdDb) db = cpd_db_open (kit.database, CPD_DB_READER, NULL);
    g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
    g_autoptr (CpdStmt) stmt = cpd_db_query (db, NULL, "SELECT typeof (?1), typeof (?2)", "yy", empty, NULL);

    g_assert_true (cpd_stmt_next (stmt, NULL));
    g_assert_cmpstr (cpd_stmt_text (stmt, 0), ==, "blob");
    g_assert_cmpstr (cpd_stmt_text (stmt, 1), ==, "null");
  }
  store_kit_tear_down (&kit);
}

/* (transfer full): a statement of that many bytes. */
static char *
statement (gsize length)
{
  g_autofree char *blanks = g_strnfill (length - strlen ("SELECT 1"), ' ');

  return g_strconcat ("SELECT 1", blanks, NULL);
}

/* A statement that is right, but for what it is too much of. */
static void
try_sizes (CpdDb *db)
{
  g_autofree char *longest = statement (64 * 1024);
  g_autofree char *too_long = statement (64 * 1024 + 1);

  g_assert_true (runs (db, longest));
  g_assert_false (runs (db, too_long));
  g_assert_true (runs (db, "SELECT zeroblob (32 * 1024 * 1024)"));
  g_assert_false (runs (db, "SELECT zeroblob (32 * 1024 * 1024 + 1)"));
  g_assert_true (runs (db, "SELECT 'a' LIKE substr (hex (zeroblob (600)), 1, 1000)"));
  g_assert_false (runs (db, "SELECT 'a' LIKE substr (hex (zeroblob (600)), 1, 1001)"));
}

/* In the writer. */
static gboolean
try_all (CpdDb *db, gpointer data, GError **error)
{
  try_sizes (db);
  g_assert_false (runs (db, "SELECT load_extension ('nothing')"));
  g_assert_false (runs (db, "ATTACH ':memory:' AS other"));
  g_assert_true (runs (db, "PRAGMA writable_schema=ON"));
  g_assert_false (runs (db, "UPDATE sqlite_schema SET sql = 'CREATE TABLE meta (a)' WHERE name = 'meta'"));
  g_assert_false (runs (db, "INSERT INTO session (token_hash, account, kind, shared, created, last_used, expires)"
                            " VALUES (x'', 99, 3, 0, 0, 0, 0)"));      /* no such account */
  g_assert_false (runs (db, "INSERT INTO meta VALUES (\"text\", 1)")); /* a name, not a text */
  g_assert_false (runs (db, "UPDATE account SET created = 'a text'; INSERT INTO throttle VALUES ('a', x'', 0, 0)"));
  return TRUE;
}

/* Killing the program does not show whether what was committed outlives a power cut: FULL (2) does. */
static gboolean
look_at_settings (CpdDb *db, gpointer data, GError **error)
{
  g_assert_cmpint (store_kit_number (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (store_kit_number (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (store_kit_number (db, "PRAGMA trusted_schema"), ==, 0);
  return TRUE;
}

static void
test_the_writer_is_safe (void)
{
  StoreKit kit;

  store_kit_set_up (&kit);
  store_kit_write (&kit, look_at_settings, NULL);
  store_kit_tear_down (&kit);
}

static void
test_what_the_writer_refuses (void)
{
  StoreKit kit;

  store_kit_set_up (&kit);
  store_kit_write (&kit, try_all, NULL);
  store_kit_tear_down (&kit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/a-reader-cannot-write", test_a_reader_cannot_write);
  g_test_add_func ("/db/empty-bytes", test_empty_bytes);
  g_test_add_func ("/db/the-writer-is-safe", test_the_writer_is_safe);
  g_test_add_func ("/db/what-the-writer-refuses", test_what_the_writer_refuses);
  return g_test_run ();
}
