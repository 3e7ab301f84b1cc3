/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-kit.h"

#include <glib/gstdio.h>

#include "cpd-stmt.h"

static CpTime clock_now = 1772539200 * CP_TIME_SECOND; /* 2026-03-03 12:00 UTC; read and set in several threads */

static CpTime
still_clock (void)
{
  return __atomic_load_n (&clock_now, __ATOMIC_SEQ_CST);
}

static const char config_text[] =
    "[organisation]\nid=test\nname=Zorggroep De Linde\nphone=088 000 12 00\n"
    "desk-nl=de servicedesk\ndesk-en=the service desk\nhours-nl=8.30 tot 16.30 uur\n"
    "hours-en=8:30 to 16:30\nsms-name=De Linde\n"
    "[server]\ndatabase=portal.db\nkey-file=keys\nport=0\npublic-address=portal.example.org\n"
    "[password]\nargon2-memory-mib=19\nargon2-passes=2\n"
    "[ehr]\nsource=ecd\ndirectory=ehr\n[outgoing]\ndirectory=outbox\n";

void
store_kit_set_now (CpTime now)
{
  __atomic_store_n (&clock_now, now, __ATOMIC_SEQ_CST);
}

void
store_kit_set_up (StoreKit *kit)
{
  store_kit_set_up_with (kit, "");
}

void
store_kit_set_up_with (StoreKit *kit, const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = g_strconcat (config_text, more, NULL);

  cp_time_set_source (still_clock);
  kit->directory = g_dir_make_tmp ("portal-test-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (kit->directory, "portal.conf", NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  kit->config = cpd_config_load (path, &error);
  g_assert_no_error (error);
  cpd_keys_generate (kit->config->key_file, &error);
  g_assert_no_error (error);
  kit->keys = cpd_keys_load (kit->config->key_file, &error);
  g_assert_no_error (error);
  kit->database = g_strdup (kit->config->database);
  kit->writer = cpd_writer_new (kit->database, &error);
  g_assert_no_error (error);
}

static void
remove_all (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (directory);
}

void
store_kit_tear_down (StoreKit *kit)
{
  cpd_writer_free (kit->writer);
  cpd_keys_free (kit->keys);
  cpd_config_free (kit->config);
  remove_all (kit->directory);
  g_free (kit->directory);
  g_free (kit->database);
}

void
store_kit_write (StoreKit *kit, CpdWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  cpd_writer_run (kit->writer, func, data, &error);
  g_assert_no_error (error);
}

gint64
store_kit_number (CpdDb *db, const char *sql)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, NULL, sql, "");

  g_assert_true (cpd_stmt_next (stmt, NULL));
  return cpd_stmt_int (stmt, 0);
}

CpdGrant
store_kit_grant (CpdDb *db, gint64 patient)
{
  CpdGrant grant = { .patient = patient, .shared = ~0u };
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, NULL,
      "SELECT (SELECT read_at FROM patient WHERE id = ?1), EXISTS (SELECT 1 FROM ehr_lacking WHERE patient = ?1)", "i",
      patient);

  g_assert_true (cpd_stmt_next (stmt, NULL));
  grant.read_at = cpd_stmt_int (stmt, 0);
  grant.waits = cpd_stmt_int (stmt, 1) != 0;
  return grant;
}
