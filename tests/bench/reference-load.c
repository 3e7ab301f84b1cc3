/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference of the first load: one thread that parses every line of every file with json-glib and inserts the
 * reports and the appointments into the tables, indexes and FTS5 that the server keeps, with the server's settings of
 * SQLite and those with which FTS5 comes. It looks at nothing, maps nothing and keeps nothing of the other types.
 * Usage: reference-load DATABASE DIRECTORY; the clients must be in the database with their fhir_id. */
#include <json-glib/json-glib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define ROWS_OF_COMMIT 1000

typedef struct
{
  sqlite3 *db;
  sqlite3_stmt *item;
  sqlite3_stmt *search;
  sqlite3_stmt *appointment;
  GHashTable *patients; /* fhir id -> row */
  GHashTable *numbers;  /* row -> next number */
  gint64 rows;
} Load;

static void
must (Load *load, int result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
    g_error ("SQLite: %s", sqlite3_errmsg (load->db));
}

static void
exec (Load *load, const char *sql)
{
  must (load, sqlite3_exec (load->db, sql, NULL, NULL, NULL));
}

static const char *
string (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

static JsonObject *
first (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name)
             ? json_array_get_object_element (json_object_get_array_member (object, name), 0)
             : NULL;
}

static gint64
microseconds (const char *text)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

static void
bind_text (sqlite3_stmt *stmt, int at, const char *text)
{
  sqlite3_bind_text (stmt, at, text, -1, SQLITE_STATIC);
}

/* Public ids begin alike, as those of one job of the server do: random ones put each row on another page of an index.
 */
static void
bind_public_id (Load *load, sqlite3_stmt *stmt, int at)
{
  char id[32];

  g_snprintf (id, sizeof id, "reference-%012" G_GINT64_FORMAT, load->rows);
  sqlite3_bind_text (stmt, at, id, -1, SQLITE_TRANSIENT);
}

static void
count (Load *load)
{
  if (++load->rows % ROWS_OF_COMMIT == 0)
    exec (load, "COMMIT; BEGIN IMMEDIATE");
}

static void
insert (Load *load, JsonObject *object, gint64 patient)
{
  g_autofree char *preview = g_utf8_substring (string (object, "valueString"), 0,
                                               MIN (300, g_utf8_strlen (string (object, "valueString"), -1)));
  JsonObject *performer = first (object, "performer");
  JsonObject *meta = json_object_has_member (object, "meta") ? json_object_get_object_member (object, "meta") : NULL;
  const char *when = string (object, "effectiveDateTime");
  gint64 n = GPOINTER_TO_SIZE (g_hash_table_lookup (load->numbers, GSIZE_TO_POINTER (patient))) + 1;
  gint64 id = patient << 32 | n;

  g_hash_table_insert (load->numbers, GSIZE_TO_POINTER (patient), GSIZE_TO_POINTER (n));
  sqlite3_bind_int64 (load->item, 1, id);
  sqlite3_bind_int64 (load->item, 2, patient);
  bind_text (load->item, 3, string (object, "id"));
  sqlite3_bind_int64 (load->item, 4, microseconds (when));
  bind_text (load->item, 5, string (performer, "display"));
  bind_text (load->item, 6, preview);
  bind_text (load->item, 7, string (object, "valueString"));
  bind_text (load->item, 8,
             string (first (object, "basedOn") != NULL ? first (object, "basedOn") : object, "reference"));
  sqlite3_bind_int64 (load->item, 9,
                      g_ascii_strtoll (when, NULL, 10) * 100 + g_ascii_strtoll (when + strlen ("2026-"), NULL, 10));
  bind_text (load->item, 10, string (meta, "versionId"));
  sqlite3_bind_int64 (load->item, 11, microseconds (string (meta, "lastUpdated")));
  bind_public_id (load, load->item, 12);
  must (load, sqlite3_step (load->item));
  must (load, sqlite3_reset (load->item));
  sqlite3_bind_int64 (load->search, 1, id);
  bind_text (load->search, 2, string (performer, "display"));
  bind_text (load->search, 3, string (object, "valueString"));
  must (load, sqlite3_step (load->search));
  must (load, sqlite3_reset (load->search));
  count (load);
}

static void
insert_appointment (Load *load, JsonObject *object, gint64 patient)
{
  sqlite3_bind_int64 (load->appointment, 1, patient);
  bind_text (load->appointment, 2, string (object, "id"));
  sqlite3_bind_int64 (load->appointment, 3, microseconds (string (object, "start")));
  sqlite3_bind_int64 (load->appointment, 4, microseconds (string (object, "end")));
  bind_text (load->appointment, 5, string (object, "description"));
  bind_text (load->appointment, 6, string (object, "patientInstruction"));
  bind_public_id (load, load->appointment, 7);
  must (load, sqlite3_step (load->appointment));
  must (load, sqlite3_reset (load->appointment));
  count (load);
}

static gint64
patient_of (Load *load, JsonObject *reference)
{
  const char *text = string (reference, "reference");

  return text != NULL && g_str_has_prefix (text, "Patient/")
             ? (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (load->patients, text + strlen ("Patient/")))
             : 0;
}

static void
take (Load *load, JsonObject *object)
{
  const char *type = string (object, "resourceType");
  gint64 patient;

  if (g_strcmp0 (type, "Observation") == 0 && string (object, "valueString") != NULL)
    {
      patient = patient_of (load, json_object_get_object_member (object, "subject"));
      if (patient != 0)
        insert (load, object, patient);
    }
  else if (g_strcmp0 (type, "Appointment") == 0)
    {
      patient = patient_of (load, json_object_get_object_member (first (object, "participant"), "actor"));
      if (patient != 0)
        insert_appointment (load, object, patient);
    }
}

static void
read_file (Load *load, const char *path)
{
  FILE *file = fopen (path, "r");
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  while (file != NULL && (length = getline (&line, &size, file)) > 0)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;

      if (!json_parser_load_from_data (parser, line, length, &error))
        g_error ("%s: %s", path, error->message);
      take (load, json_node_get_object (json_parser_get_root (parser)));
    }
  free (line);
  g_clear_pointer (&file, fclose);
}

static void
read_patients (Load *load)
{
  sqlite3_stmt *stmt;

  must (load, sqlite3_prepare_v2 (load->db, "SELECT id, fhir_id FROM patient", -1, &stmt, NULL));
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_hash_table_insert (load->patients, g_strdup ((const char *) sqlite3_column_text (stmt, 1)),
                         GSIZE_TO_POINTER (sqlite3_column_int64 (stmt, 0)));
  sqlite3_finalize (stmt);
}

int
main (int argc, char *argv[])
{
  Load load = { .patients = g_hash_table_new (g_str_hash, g_str_equal), .numbers = g_hash_table_new (NULL, NULL) };
  GDir *directory = g_dir_open (argv[2], 0, NULL);
  const char *name;

  if (argc != 3 || directory == NULL || sqlite3_open (argv[1], &load.db) != SQLITE_OK)
    return 2;
  exec (&load, "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=1000;"
               "INSERT INTO item_search (item_search, rank) VALUES ('automerge', 4), ('crisismerge', 16),"
               " ('hashsize', 1048576)");
  read_patients (&load);
  must (&load, sqlite3_prepare_v2 (
                   load.db,
                   "INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, author, preview, text,"
                   " about_key, month, version_id, last_updated, hash, first_seen, changed, seen)"
                   " VALUES (?1, ?12, ?2, 'ecd', 'Observation', ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
                   " ?11, randomblob (32), 1, 1, 1)",
                   -1, &load.item, NULL));
  must (&load, sqlite3_prepare_v2 (load.db, "INSERT INTO item_search (rowid, author, text) VALUES (?, ?, ?)", -1,
                                   &load.search, NULL));
  must (&load, sqlite3_prepare_v2 (load.db,
                                   "INSERT INTO appointment (public_id, patient, source, type, fhir_id, status, starts,"
                                   " ends, description, instruction, hash, first_seen, changed) VALUES"
                                   " (?7, ?1, 'ecd', 'Appointment', ?2, 0, ?3, ?4, ?5, ?6,"
                                   " randomblob (32), 1, 1)",
                                   -1, &load.appointment, NULL));
  exec (&load, "BEGIN IMMEDIATE");
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[2], name, NULL);

      read_file (&load, path);
    }
  exec (&load, "INSERT INTO item_month SELECT patient, month, kind, count (*) FROM item GROUP BY 1, 2, 3;"
               "INSERT INTO item_author SELECT patient, author, kind, count (*) FROM item WHERE author IS NOT NULL"
               " GROUP BY 1, 2, 3; COMMIT");
  sqlite3_finalize (load.item);
  sqlite3_finalize (load.search);
  sqlite3_finalize (load.appointment);
  sqlite3_close (load.db);
  g_dir_close (directory);
  printf ("%" G_GINT64_FORMAT "\n", load.rows);
  return 0;
}
