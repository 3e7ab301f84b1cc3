/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "cp-json.h"
#include "cpd-fhir.h"

static int refreshed;
static int stop_after_refreshes;
static GCancellable *running;

CpdEhrResource *
ehr_kit_resource (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = cp_json_parse (text, strlen (text), CP_JSON_DEPTH_FHIR, &error);

  g_assert_no_error (error);
  return cpd_ehr_resource_new (node, cpd_fhir_string (json_node_get_object (node), "id"), NULL, "test");
}

void
ehr_kit_set_up (EhrKit *kit)
{
  store_kit_set_up (&kit->store);
  g_mkdir_with_parents (kit->store.config->source_directory, 0700);
}

void
ehr_kit_tear_down (EhrKit *kit)
{
  store_kit_tear_down (&kit->store);
}

void
ehr_kit_file (EhrKit *kit, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (kit->store.config->source_directory, name, NULL);
  g_autofree char *json = g_strdup (text);
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    {
      g_assert_cmpint (g_unlink (path), ==, 0);
      return;
    }
  g_file_set_contents (path, g_strdelimit (json, "'", '"'), -1, &error);
  g_assert_no_error (error);
}

static sqlite3 *
open_database (EhrKit *kit)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (kit->store.database, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  return db;
}

gint64
ehr_kit_enrol (EhrKit *kit, const char *identifier, const char *name)
{
  sqlite3 *db = open_database (kit);
  sqlite3_stmt *stmt = NULL;
  guchar hash[CPD_HASH_SIZE];
  gint64 id;

  cpd_ehr_identifier_hash (kit->store.keys, "ecd", identifier, hash);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db,
                          "INSERT INTO patient (public_id, source, identifier_hash, identifier_sealed, name,"
                          " short_name, created) VALUES (?1, 'ecd', ?2, x'00', ?3, ?3, 1)",
                          -1, &stmt, NULL),
      ==, SQLITE_OK);
  sqlite3_bind_text (stmt, 1, identifier, -1, SQLITE_TRANSIENT);
  sqlite3_bind_blob (stmt, 2, hash, sizeof hash, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 3, name, -1, SQLITE_TRANSIENT);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
  sqlite3_finalize (stmt);
  id = sqlite3_last_insert_rowid (db);
  sqlite3_close (db);
  return id;
}

static gboolean
count_refresh (CpdDb *db, gint64 patient, GError **error)
{
  refreshed++;
  if (refreshed == stop_after_refreshes)
    g_cancellable_cancel (running);
  return TRUE;
}

gboolean
ehr_kit_run (EhrKit *kit, CpdEhrSyncReport *report, int stop_after)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CpdEhrSync sync = { kit->store.config, kit->store.keys, kit->store.writer, count_refresh, FALSE };
  gboolean fine;

  refreshed = 0;
  stop_after_refreshes = stop_after;
  running = cancellable;
  fine = cpd_ehr_sync_run (&sync, cancellable, report, NULL);
  kit->refreshed = refreshed;
  return fine;
}

gint64
ehr_kit_count (EhrKit *kit, const char *sql)
{
  sqlite3 *db = open_database (kit);
  sqlite3_stmt *stmt = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

static const char *const dumps[] = {
  "SELECT id, fhir_id, name, short_name, birth_date, deceased, active, next_item FROM patient ORDER BY id",
  "SELECT id, type, fhir_id, kind, at, date_only, title, author, author_role, about, amended, amended_at, unfinished,"
  " preview, body, version, hex (hash), removed IS NULL FROM item ORDER BY id",
  "SELECT item, version, title, body FROM item_version ORDER BY item, version",
  "SELECT id, fhir_id, title, description, state, period_from, period_until, version, hex (hash), removed IS NULL"
  " FROM care_plan ORDER BY id",
  "SELECT care_plan, version, body FROM care_plan_version ORDER BY care_plan, version",
  "SELECT id, fhir_id, status, starts, ends, description, with_whom, place, instruction, note, cancel_reason,"
  " removed IS NULL FROM appointment ORDER BY id",
  "SELECT patient, body FROM profile ORDER BY patient",
  "SELECT id, type, fhir_id, position, name, relation, role, phone, email, hidden, removed IS NULL FROM contact"
  " ORDER BY id",
};

char *
ehr_kit_dump (EhrKit *kit)
{
  sqlite3 *db = open_database (kit);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (dumps); i++)
    {
      sqlite3_stmt *stmt = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (db, dumps[i], -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        {
          for (int column = 0; column < sqlite3_column_count (stmt); column++)
            g_string_append_printf (text, "%s|", (const char *) sqlite3_column_text (stmt, column));
          g_string_append_c (text, '\n');
        }
      sqlite3_finalize (stmt);
    }
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}
