/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <signal.h>
#include <string.h>

#include "cpd-migrate.h"
#include "cpd-stmt.h"
#include "cpd-store-audit.h"
#include "store-kit.h"

static gboolean
put (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_run (db, error, "INSERT INTO meta (key, value) VALUES (?, 1)", "t", data);
}

static gboolean
put_and_fail (CpdDb *db, gpointer data, GError **error)
{
  if (!put (db, data, error))
    return FALSE;
  g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "on purpose");
  return FALSE;
}

static gint64
count (StoreKit *kit)
{
  g_autoptr (CpdDb) db = cpd_db_open (kit->database, CPD_DB_READER, NULL);
  gint64 n;
  {
    g_autoptr (CpdStmt) stmt = cpd_db_query (db, NULL, "SELECT count (*) FROM meta", "");
    g_assert_true (cpd_stmt_next (stmt, NULL));
    n = cpd_stmt_int (stmt, 0);
  }
  return n;
}

static void
test_failed_job_is_undone_alone (void)
{
  StoreKit kit;
  g_autoptr (GError) error = NULL;

  store_kit_set_up (&kit);
  store_kit_write (&kit, put, (gpointer) "a");
  g_assert_false (cpd_writer_run (kit.writer, put_and_fail, (gpointer) "b", &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_CONFLICT);
  store_kit_write (&kit, put, (gpointer) "c");
  g_assert_cmpint (count (&kit), ==, 2);
  g_assert_true (cpd_writer_is_healthy (kit.writer));
  store_kit_tear_down (&kit);
}

typedef struct
{
  int good;
  int bad;
} Ends;

static void
count_end (gpointer data, const GError *error)
{
  Ends *ends = data;

  if (error == NULL)
    g_atomic_int_inc (&ends->good);
  else
    g_atomic_int_inc (&ends->bad);
}

static gboolean
put_any (CpdDb *db, gpointer data, GError **error)
{
  static int n;
  g_autofree char *key = g_strdup_printf ("%d", n++);

  return put (db, key, error);
}

static void
test_every_acknowledged_job_is_there (void)
{
  StoreKit kit;
  Ends ends = { 0 };

  store_kit_set_up (&kit);
  for (int i = 0; i < 2000; i++)
    g_assert_true (cpd_writer_submit (kit.writer, put_any, count_end, &ends, NULL));
  store_kit_write (&kit, put, (gpointer) "last");
  g_assert_cmpint (ends.good, ==, 2000);
  g_assert_cmpint (count (&kit), ==, 2001);
  store_kit_tear_down (&kit);
}

static gboolean
wait_for_gate (CpdDb *db, gpointer data, GError **error)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  return TRUE;
}

static void
test_change_of_its_own (void)
{
  StoreKit kit;
  Ends ends = { 0 };
  GMutex gate;
  CpdWriting *good;
  CpdWriting *bad;
  g_autoptr (GError) error = NULL;

  store_kit_set_up (&kit);
  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  g_assert_true (cpd_writer_submit (kit.writer, wait_for_gate, NULL, &gate, NULL));
  good = cpd_writer_begin (kit.writer, put, (gpointer) "a");
  g_assert_true (cpd_writer_submit (kit.writer, put_any, count_end, &ends, NULL));
  bad = cpd_writer_begin (kit.writer, put_and_fail, (gpointer) "b");
  g_assert_true (cpd_writer_submit (kit.writer, put_any, count_end, &ends, NULL));
  g_mutex_unlock (&gate);
  g_assert_true (cpd_writer_end (good, NULL));
  g_assert_false (cpd_writer_end (bad, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_CONFLICT);
  store_kit_write (&kit, put, (gpointer) "last");
  g_assert_cmpint (ends.good, ==, 2);
  g_assert_cmpint (count (&kit), ==, 4);
  g_mutex_clear (&gate);
  store_kit_tear_down (&kit);
}

static void
test_full_queue_is_busy (void)
{
  StoreKit kit;
  GMutex gate;
  g_autoptr (GError) error = NULL;
  int n = 0;

  store_kit_set_up (&kit);
  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  while (cpd_writer_submit (kit.writer, wait_for_gate, NULL, &gate, &error))
    n++;
  g_assert_error (error, CP_ERROR, CP_ERROR_BUSY);
  g_assert_cmpint (n, >=, 4096);
  g_mutex_unlock (&gate);
  store_kit_tear_down (&kit);
  g_mutex_clear (&gate);
}

static gboolean
refuse (CpdDb *db, gpointer data, GError **error)
{
  g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, "on purpose");
  return FALSE;
}

typedef struct
{
  GMutex mutex;
  int reached; /* atomic */
} Gate;

static gboolean
reach_gate (CpdDb *db, gpointer data, GError **error)
{
  Gate *gate = data;

  g_atomic_int_set (&gate->reached, TRUE);
  return wait_for_gate (db, &gate->mutex, error);
}

/* Puts "a", runs reading, and puts "b", all in one batch. */
static void
run_beside_changes (StoreKit *kit, CpdWriteFunc reading, Ends *changes, Ends *readings)
{
  Gate gate = { 0 };

  g_mutex_init (&gate.mutex);
  g_mutex_lock (&gate.mutex);
  g_assert_true (cpd_writer_submit (kit->writer, reach_gate, NULL, &gate, NULL));
  while (!g_atomic_int_get (&gate.reached))
    g_thread_yield ();
  g_assert_true (cpd_writer_submit (kit->writer, put, NULL, (gpointer) "a", NULL));
  g_assert_true (cpd_writer_submit_reading (kit->writer, reading, count_end, readings, NULL));
  g_assert_true (cpd_writer_submit (kit->writer, put_any, count_end, changes, NULL));
  g_mutex_unlock (&gate.mutex);
  cpd_writer_run (kit->writer, refuse, NULL, NULL);
  g_mutex_clear (&gate.mutex);
}

static void
test_refused_reading_is_alone (void)
{
  StoreKit kit;
  Ends changes = { 0 };
  Ends readings = { 0 };

  store_kit_set_up (&kit);
  run_beside_changes (&kit, refuse, &changes, &readings);
  g_assert_cmpint (readings.bad, ==, 1);
  g_assert_cmpint (changes.good, ==, 1);
  g_assert_cmpint (count (&kit), ==, 2);
  store_kit_tear_down (&kit);
}

static gboolean
put_any_and_fail (CpdDb *db, gpointer data, GError **error)
{
  return put_any (db, data, error) && refuse (db, data, error);
}

/* A reading has no savepoint: what it wrote before it failed must not be committed, whatever that costs the others. */
static void
test_half_written_reading_fails_all (void)
{
  StoreKit kit;
  Ends changes = { 0 };
  Ends readings = { 0 };

  store_kit_set_up (&kit);
  g_test_expect_message ("cpd-store", G_LOG_LEVEL_WARNING, "*not committed*");
  run_beside_changes (&kit, put_any_and_fail, &changes, &readings);
  g_test_assert_expected_messages ();
  g_assert_cmpint (readings.bad, ==, 1);
  g_assert_cmpint (changes.bad, ==, 1);
  g_assert_cmpint (count (&kit), ==, 0);
  store_kit_tear_down (&kit);
}

static gboolean
put_much (CpdDb *db, gpointer data, GError **error)
{
  g_autofree char *big = g_strnfill (400000, 'x');

  return cpd_db_run (db, error, "INSERT OR REPLACE INTO meta (key, value) VALUES ('big', ?)", "t", big);
}

/* A disk that is full fails the whole batch, tells everybody in it, and is over when there is room again. */
static void
test_disk_full (void)
{
  StoreKit kit;
  struct rlimit before;
  struct rlimit small;
  g_autoptr (GError) error = NULL;

  store_kit_set_up (&kit);
  store_kit_write (&kit, put, (gpointer) "before");
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  small = (struct rlimit){ 200000, before.rlim_max };
  setrlimit (RLIMIT_FSIZE, &small);
  g_test_expect_message ("cpd-store", G_LOG_LEVEL_WARNING, "*not committed*");
  g_assert_false (cpd_writer_run (kit.writer, put_much, NULL, &error));
  g_test_assert_expected_messages ();
  g_assert_error (error, CP_ERROR, CP_ERROR_SERVER_FULL);
  g_assert_false (cpd_writer_is_healthy (kit.writer));
  /* What writes nothing in the end proves nothing. */
  g_assert_false (cpd_writer_end (cpd_writer_begin (kit.writer, put_and_fail, (gpointer) "refused"), NULL));
  g_assert_false (cpd_writer_is_healthy (kit.writer));
  g_assert_false (cpd_writer_run (kit.writer, refuse, NULL, NULL));
  g_assert_false (cpd_writer_is_healthy (kit.writer));
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_false (cpd_writer_end (cpd_writer_begin (kit.writer, put_and_fail, (gpointer) "refused"), NULL));
  g_assert_false (cpd_writer_is_healthy (kit.writer));
  store_kit_write (&kit, put, (gpointer) "after");
  g_assert_true (cpd_writer_is_healthy (kit.writer));
  g_assert_cmpint (count (&kit), ==, 2);
  store_kit_tear_down (&kit);
}

static gboolean
set_newer (CpdDb *db, gpointer data, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version=%d", cpd_migrate_version () + 1);

  return cpd_db_exec (db, sql, error);
}

static void
test_newer_schema_is_refused (void)
{
  StoreKit kit;
  g_autoptr (GError) error = NULL;

  store_kit_set_up (&kit);
  store_kit_write (&kit, set_newer, NULL);
  g_assert_null (cpd_writer_new (kit.database, &error));
  g_assert_nonnull (strstr (error->message, "newer"));
  store_kit_tear_down (&kit);
}

static void
test_reader_cannot_write (void)
{
  StoreKit kit;
  g_autoptr (GError) error = NULL;

  store_kit_set_up (&kit);
  {
    g_autoptr (CpdDb) db = cpd_db_open (kit.database, CPD_DB_READER, NULL);
    g_assert_false (cpd_db_run (db, &error, "INSERT INTO meta (key, value) VALUES ('x', 1)", ""));
    g_assert_nonnull (error);
  }
  store_kit_tear_down (&kit);
}

static gboolean
add_row (CpdDb *db, gpointer data, GError **error)
{
  const CpdAudit row = { .at = 1, .action = CPD_AUDIT_READ };

  return cpd_store_audit_add (db, &row, error);
}

static gboolean
add_row_and_fail (CpdDb *db, gpointer data, GError **error)
{
  return add_row (db, data, error) && put_and_fail (db, data, error);
}

static void
assert_chain (StoreKit *kit, gint64 expected)
{
  g_autoptr (CpdDb) db = cpd_db_open (kit->database, CPD_DB_READER, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n;

  g_assert_true (cpd_store_audit_verify (db, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, expected);
}

/* Within one transaction each row of the log is built on the one before, which is not asked for: also when that one was
 * undone, alone or with all of the batch. */
static void
test_log_is_one_chain (void)
{
  StoreKit kit;
  Ends ends = { 0 };
  GMutex gate;

  store_kit_set_up (&kit);
  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  g_assert_true (cpd_writer_submit (kit.writer, wait_for_gate, NULL, &gate, NULL));
  g_assert_true (cpd_writer_submit_reading (kit.writer, add_row, count_end, &ends, NULL));
  g_assert_true (cpd_writer_submit_reading (kit.writer, add_row, count_end, &ends, NULL));
  g_assert_true (cpd_writer_submit (kit.writer, add_row_and_fail, count_end, &ends, NULL));
  g_assert_true (cpd_writer_submit_reading (kit.writer, add_row, count_end, &ends, NULL));
  g_mutex_unlock (&gate);
  store_kit_write (&kit, add_row, NULL);
  g_assert_cmpint (ends.good, ==, 3);
  assert_chain (&kit, 4);

  g_test_expect_message ("cpd-store", G_LOG_LEVEL_WARNING, "*not committed*");
  g_assert_true (cpd_writer_submit_reading (kit.writer, add_row_and_fail, count_end, &ends, NULL));
  cpd_writer_run (kit.writer, put, (gpointer) "between", NULL); /* whether it was in that batch or not */
  g_test_assert_expected_messages ();
  store_kit_write (&kit, add_row, NULL);
  assert_chain (&kit, 5);
  g_mutex_clear (&gate);
  store_kit_tear_down (&kit);
}

/* What was written by a connection is not the newest for ever. */
static void
test_log_of_two_connections (void)
{
  StoreKit kit;
  g_autoptr (CpdDb) db = NULL;

  store_kit_set_up (&kit);
  db = cpd_db_open (kit.database, CPD_DB_WRITER, NULL);
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (add_row (db, NULL, NULL));
      store_kit_write (&kit, add_row, NULL);
    }
  assert_chain (&kit, 6);
  g_clear_pointer (&db, cpd_db_close);
  store_kit_tear_down (&kit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/writer/failed-job-is-undone-alone", test_failed_job_is_undone_alone);
  g_test_add_func ("/writer/every-acknowledged-job-is-there", test_every_acknowledged_job_is_there);
  g_test_add_func ("/writer/change-of-its-own", test_change_of_its_own);
  g_test_add_func ("/writer/full-queue-is-busy", test_full_queue_is_busy);
  g_test_add_func ("/writer/refused-reading-is-alone", test_refused_reading_is_alone);
  g_test_add_func ("/writer/half-written-reading-fails-all", test_half_written_reading_fails_all);
  g_test_add_func ("/writer/log-is-one-chain", test_log_is_one_chain);
  g_test_add_func ("/writer/log-of-two-connections", test_log_of_two_connections);
  g_test_add_func ("/writer/disk-full", test_disk_full);
  g_test_add_func ("/migrate/newer-schema-is-refused", test_newer_schema_is_refused);
  g_test_add_func ("/db/reader-cannot-write", test_reader_cannot_write);
  return g_test_run ();
}
