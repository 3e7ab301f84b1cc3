/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehr-kit.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "cp-json.h"
#include "cpd-ehr-freshness.h"
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
ehr_kit_set_codes (CpdEhrMapper *mapper)
{
  static const char *const reports[] = { "http://snomed.info/sct|11591000146107", NULL };
  static const char *const evaluations[] = { "http://loinc.org|18776-5", NULL };
  static const char *const documents[] = { "http://loinc.org|34746-8", "http://loinc.org|28623-7",
                                           "http://loinc.org|34129-7", NULL };

  mapper->report_codes = reports;
  mapper->evaluation_codes = evaluations;
  mapper->document_codes = documents;
}

const CpdEhrTypeReport *
ehr_kit_type (const CpdEhrSyncReport *report, const char *type)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (g_str_equal (report->types[i].type, type))
      return &report->types[i];
  g_assert_not_reached ();
}

void
ehr_kit_set_up (EhrKit *kit)
{
  store_kit_set_up (&kit->store);
  g_mkdir_with_parents (kit->store.config->source_directory, 0700);
}

void
ehr_kit_set_up_wil (EhrKit *kit)
{
  ehr_kit_set_up (kit);
  ehr_kit_enrol (kit, "s|1", "Bruin");
  ehr_kit_file (kit, "Patient.ndjson", EHR_KIT_PATIENT ("wil", "1", "Wil Bruin"));
}

void
ehr_kit_set_up_two (EhrKit *kit)
{
  ehr_kit_set_up (kit);
  ehr_kit_enrol (kit, "s|1", "Wil");
  ehr_kit_enrol (kit, "s|2", "Henk");
  ehr_kit_file (kit, "Patient.ndjson", EHR_KIT_TWO);
}

void
ehr_kit_tear_down (EhrKit *kit)
{
  g_clear_object (&kit->running);
  store_kit_tear_down (&kit->store);
}

void
ehr_kit_begin_wil (EhrKit *kit, gconstpointer data)
{
  ehr_kit_set_up_wil (kit);
}

void
ehr_kit_end (EhrKit *kit, gconstpointer data)
{
  ehr_kit_tear_down (kit);
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
  g_autoptr (GBytes) sealed = cpd_keys_seal (kit->store.keys, "identifier", identifier, strlen (identifier));
  guchar hash[CPD_HASH_SIZE];
  gint64 id;

  cpd_ehr_identifier_hash (kit->store.keys, "ecd", identifier, hash);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db,
                          "INSERT INTO patient (public_id, source, identifier_hash, identifier_sealed, name,"
                          " short_name, created) VALUES (?1, 'ecd', ?2, ?4, ?3, ?3, 1)",
                          -1, &stmt, NULL),
      ==, SQLITE_OK);
  sqlite3_bind_text (stmt, 1, identifier, -1, SQLITE_TRANSIENT);
  sqlite3_bind_blob (stmt, 2, hash, sizeof hash, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 3, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_blob (stmt, 4, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), SQLITE_TRANSIENT);
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
  CpdEhrSync sync = { kit->store.config, kit->store.keys,      kit->store.writer,
                      count_refresh,     kit->accept_removals, kit->limits };
  gboolean fine;

  refreshed = 0;
  stop_after_refreshes = stop_after;
  g_clear_object (&kit->running);
  kit->running = g_cancellable_new ();
  running = kit->running;
  fine = cpd_ehr_sync_run (&sync, kit->running, report, NULL);
  kit->refreshed = refreshed;
  return fine;
}

void
ehr_kit_run_well (EhrKit *kit)
{
  g_auto (CpdEhrSyncReport) report = { 0 };

  store_kit_set_now (cp_time_now () + CP_TIME_HOUR);
  g_assert_true (ehr_kit_run (kit, &report, 0));
  g_assert_true (cpd_ehr_sync_report_is_fine (&report));
}

void
ehr_kit_assert_current (EhrKit *kit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdDb) db = cpd_db_open (kit->store.database, CPD_DB_READER, &error);
  const CpdGrant grant = store_kit_grant (db, 1);
  g_autoptr (CpFreshness) freshness =
      cpd_ehr_freshness (db, kit->store.config, &grant, cp_time_now (), 1u << CP_FRESH_REPORTS, &error);

  g_assert_no_error (error);
  g_assert_cmpint (freshness->state, ==, CP_FRESH_CURRENT);
  g_assert_cmpint (freshness->fetched_at, ==, cp_time_now ());
}

void
ehr_kit_exec (EhrKit *kit, const char *sql)
{
  sqlite3 *db = open_database (kit);

  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

void
ehr_kit_read_otherwise (EhrKit *kit)
{
  ehr_kit_exec (kit,
                "INSERT INTO item_search (item_search, rowid, title, author, text) SELECT 'delete', id, title, author,"
                " text FROM item WHERE removed IS NULL;"
                "UPDATE item SET text = 'Vroeger ' || text, preview = 'Vroeger ' || preview, hash = zeroblob (32);"
                "INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item"
                " WHERE removed IS NULL;"
                "UPDATE plan_piece SET hash = zeroblob (32);"
                "UPDATE care_plan SET title = 'Vroeger ' || title, hash = zeroblob (32),"
                " body = json_set (body, '$.title', 'Vroeger ' || title);"
                "UPDATE ehr_recall SET context = zeroblob (32);"
                "UPDATE meta SET value = '' WHERE key LIKE 'ehr-context-of-%'");
}

#define WORDS(table) "SELECT term, doc, col, offset FROM " table

void
ehr_kit_assert_search (EhrKit *kit)
{
  static const char differ[] = "SELECT (SELECT count(*) FROM (" WORDS ("item_word") " EXCEPT " WORDS (
      "shown_word") "))"
                    " + (SELECT count(*) FROM (" WORDS ("shown_word") " EXCEPT " WORDS ("item_word") "))";
  sqlite3 *db = open_database (kit);
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_exec (db,
                                 "CREATE VIRTUAL TABLE temp.shown USING fts5 (title, author, text,"
                                 " tokenize='unicode61 remove_diacritics 2');"
                                 "CREATE VIRTUAL TABLE temp.shown_word USING fts5vocab (temp, shown, instance);"
                                 "INSERT INTO temp.shown (rowid, title, author, text) SELECT id, title, author, text"
                                 " FROM item WHERE removed IS NULL",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, differ, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (stmt, 0), ==, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
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

void
ehr_kit_run_whole (EhrKit *kit)
{
  ehr_kit_run_well (kit);
  g_assert_cmpint (ehr_kit_count (kit, "SELECT count(*) FROM patient WHERE plans_dirty"), ==, 0);
}

char *
ehr_kit_text (EhrKit *kit, const char *sql)
{
  sqlite3 *db = open_database (kit);
  sqlite3_stmt *stmt = NULL;
  char *text;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  text = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return text;
}

/* Of the cards that a plan names: their ids are chance. */
#define BODY                                                                                                           \
  "json_remove (body, '$.evaluations'), (SELECT json_group_array (json_remove (value, '$.item'))"                      \
  " FROM json_each (body, '$.evaluations'))"

/* Whether it came, or was renewed, after the first load: that is new to who reads it. */
#define AFTER(moment) moment " > (SELECT loaded FROM patient WHERE patient.id = patient)"

static const char *const dumps[] = {
  "SELECT id, fhir_id, name, short_name, birth_date, deceased, next_item, plans_dirty FROM patient ORDER BY id",
  "SELECT id, type, fhir_id, kind, at, date_only, partial_date, title, author, author_role, informant, about, amended, "
  "amended_at, "
  "unfinished, unshown,"
  " preview, text, entries, about_key, goal_key, month, version, hex (hash), removed IS NULL, " AFTER (
      "first_seen") ", " AFTER ("seen") " FROM item ORDER BY id",
  "SELECT item, version, title, text, entries, unshown FROM item_version ORDER BY item, version",
  "SELECT patient, month, kind, count FROM item_month ORDER BY patient, month, kind",
  "SELECT patient, author, kind, count FROM item_author ORDER BY patient, author, kind",
  "SELECT type, fhir_id, item FROM item_replaced ORDER BY type, fhir_id",
  "SELECT item, line, version_id, last_updated, told FROM item_line ORDER BY item, line",
  "SELECT id, fhir_id, title, description, state, period_from, period_until, version, hex (hash), removed IS NULL, own,"
  " " BODY ", part_of, " AFTER ("seen") " FROM care_plan ORDER BY id",
  "SELECT care_plan, key, goal FROM care_plan_key ORDER BY care_plan, key",
  "SELECT id, type, fhir_id, body, hex (hash), removed IS NULL FROM plan_piece ORDER BY id",
  "SELECT item, position, since, until, title, media_type, size, hex (hash) FROM attachment"
  " ORDER BY item, position, since",
  "SELECT type, fhir_id, place, reason FROM sync_quarantine ORDER BY type, fhir_id",
  "SELECT care_plan, version, " BODY " FROM care_plan_version ORDER BY care_plan, version",
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
