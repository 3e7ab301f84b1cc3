/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-db.h"
#include "cpd-db-private.h"

#include "cpd-stmt.h"

#include <pthread.h>

/* For every connection. trusted_schema off: a changed schema cannot call functions with side effects. */
static const char common_pragmas[] = "PRAGMA trusted_schema=OFF;"
                                     "PRAGMA foreign_keys=ON;"
                                     "PRAGMA temp_store=MEMORY;";

static const char writer_pragmas[] = "PRAGMA journal_mode=WAL;"
                                     "PRAGMA synchronous=FULL;"
                                     "PRAGMA cache_size=-16000;"
                                     "PRAGMA wal_autocheckpoint=1000;";

/* Readers never checkpoint: the writer is the only one (SQLite's WAL-reset bug before 3.51.3). */
static const char reader_pragmas[] = "PRAGMA query_only=ON;"
                                     "PRAGMA cache_size=-8000;"
                                     "PRAGMA wal_autocheckpoint=0;";

static const struct
{
  int id;
  int value;
} limits[] = {
  { SQLITE_LIMIT_LENGTH, 32 * 1024 * 1024 }, { SQLITE_LIMIT_SQL_LENGTH, 64 * 1024 },     { SQLITE_LIMIT_ATTACHED, 0 },
  { SQLITE_LIMIT_TRIGGER_DEPTH, 4 },         { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
};

gboolean
cpd_db_fail (CpdDb *db, int result, GError **error)
{
  int code = CP_ERROR_INTERNAL;

  switch (result & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      code = CP_ERROR_SERVER_FULL;
      break;
    case SQLITE_CONSTRAINT:
      code = CP_ERROR_CONFLICT;
      break;
    case SQLITE_BUSY:
      code = CP_ERROR_BUSY;
      break;
    default:
      break;
    }
  g_set_error (error, CP_ERROR, code, "SQLite %d: %s", result,
               db->handle != NULL ? sqlite3_errmsg (db->handle) : sqlite3_errstr (result));
  return FALSE;
}

void
cpd_db_assert_thread (CpdDb *db)
{
  g_assert (pthread_equal (db->thread, pthread_self ()));
}

void
cpd_db_adopt (CpdDb *db)
{
  db->thread = pthread_self ();
}

void
cpd_db_note_changed (CpdDb *db, gint64 account)
{
  g_array_append_val (db->changed, account);
}

static guint64
new_generation (void)
{
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  static guint64 last;
  guint64 generation;

  pthread_mutex_lock (&mutex);
  generation = ++last;
  pthread_mutex_unlock (&mutex);
  return generation;
}

gboolean
cpd_db_renew_generation (CpdDb *db, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "PRAGMA data_version", "");
  gint64 others;

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  others = cpd_stmt_int (stmt, 0);
  if (db->generation == 0 || others != db->others)
    db->generation = new_generation ();
  db->others = others;
  return TRUE;
}

/**
 * cpd_db_generation:
 *
 * Returns: see the header.
 */
guint64
cpd_db_generation (CpdDb *db)
{
  cpd_db_assert_thread (db);
  return db->generation;
}

static gboolean
harden (CpdDb *db, CpdDbMode mode, GError **error)
{
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, 5000);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (db->handle, limits[i].id, limits[i].value);
  return cpd_db_exec (db, common_pragmas, error) &&
         cpd_db_exec (db, mode == CPD_DB_WRITER ? writer_pragmas : reader_pragmas, error);
}

static int
end_growing (void *data)
{
  CpdDb *db = data;

  db->grown = db->growing;
  db->growing = (CpdLogGrowth){ 0 };
  return 0;
}

/* Also when it could not be committed after all. */
static void
forget_growing (void *data)
{
  CpdDb *db = data;

  db->growing = db->grown = (CpdLogGrowth){ 0 };
}

/* SQLite counts the memory of all connections under one mutex, which the threads then fight for; nobody reads it. */
static void
configure_once (void)
{
  static gsize configured = 0;

  if (g_once_init_enter (&configured))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&configured, 1);
    }
}

/**
 * cpd_db_open:
 * @path: of the database file; a writer creates it (0600), a reader needs it
 *
 * Opens a hardened connection for the calling thread.
 *
 * Returns: (transfer full): the connection, or NULL with an error.
 */
CpdDb *
cpd_db_open (const char *path, CpdDbMode mode, GError **error)
{
  g_autoptr (CpdDb) db = g_new0 (CpdDb, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
  int result;

  configure_once ();
  flags |= mode == CPD_DB_WRITER ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  db->thread = pthread_self ();
  db->statements = g_hash_table_new (g_direct_hash, g_direct_equal);
  db->changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  result = sqlite3_open_v2 (path, &db->handle, flags, NULL);
  if (result != SQLITE_OK)
    {
      cpd_db_fail (db, result, error);
      g_prefix_error (error, "cannot open %s: ", path);
      return NULL;
    }
  sqlite3_commit_hook (db->handle, end_growing, db);
  sqlite3_rollback_hook (db->handle, forget_growing, db);
  if (!harden (db, mode, error))
    return NULL;
  return g_steal_pointer (&db);
}

/**
 * cpd_db_close:
 * @db: (nullable)
 */
void
cpd_db_close (CpdDb *db)
{
  GHashTableIter iter;
  gpointer stmt;

  if (db == NULL)
    return;
  g_hash_table_iter_init (&iter, db->statements);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    cpd_stmt_destroy (stmt);
  g_hash_table_unref (db->statements);
  g_array_unref (db->changed);
  sqlite3_close_v2 (db->handle);
  g_free (db);
}

static int
is_stopping (void *data)
{
  return g_cancellable_is_cancelled (data);
}

void
cpd_db_stop_by (CpdDb *db, GCancellable *stopping)
{
  if (stopping != NULL)
    sqlite3_progress_handler (db->handle, 1000, is_stopping, stopping);
}

/* SQLite attaches the copy that it writes, which a connection of ours may not do otherwise. */
gboolean
cpd_db_vacuum_into (CpdDb *db, const char *path, GError **error)
{
  int before = sqlite3_limit (db->handle, SQLITE_LIMIT_ATTACHED, 1);
  gboolean done = cpd_db_run (db, error, "VACUUM INTO ?", "t", path);

  sqlite3_limit (db->handle, SQLITE_LIMIT_ATTACHED, before);
  return done;
}

/* In the directory of the database (without a name, so that nothing of it stays). */
gboolean
cpd_db_sort_in_files (CpdDb *db, gboolean in_files, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (sqlite3_db_filename (db->handle, "main"));

  sqlite3_free (sqlite3_temp_directory);
  sqlite3_temp_directory = in_files ? sqlite3_mprintf ("%s", directory) : NULL;
  return cpd_db_exec (db, in_files ? "PRAGMA temp_store=FILE" : "PRAGMA temp_store=MEMORY", error);
}

/* SQLite makes the database anew in a temporary database first. */
gboolean
cpd_db_vacuum (CpdDb *db, GError **error)
{
  int before = sqlite3_limit (db->handle, SQLITE_LIMIT_ATTACHED, 1);
  gboolean done = cpd_db_sort_in_files (db, TRUE, error) && cpd_db_exec (db, "VACUUM", error);

  done = cpd_db_sort_in_files (db, FALSE, done ? error : NULL) && done;
  sqlite3_limit (db->handle, SQLITE_LIMIT_ATTACHED, before);
  return done;
}

/**
 * cpd_db_begin_read:
 *
 * Starts a transaction in which every query sees the same state.
 */
gboolean
cpd_db_begin_read (CpdDb *db, GError **error)
{
  return cpd_db_run (db, error, "BEGIN", "");
}

/**
 * cpd_db_end_read:
 *
 * Ends it; nothing was changed, so nothing can fail that matters.
 */
void
cpd_db_end_read (CpdDb *db)
{
  if (!sqlite3_get_autocommit (db->handle))
    cpd_db_run (db, NULL, "ROLLBACK", "");
}

/**
 * cpd_db_mark:
 *
 * What is written from here on can be undone.
 */
gboolean
cpd_db_mark (CpdDb *db, GError **error)
{
  return cpd_db_run (db, error, "SAVEPOINT part", "");
}

/**
 * cpd_db_keep:
 *
 * What was written since the newest mark stays, if what is around it does.
 */
gboolean
cpd_db_keep (CpdDb *db, GError **error)
{
  return cpd_db_run (db, error, "RELEASE part", "");
}

/**
 * cpd_db_undo:
 *
 * What was written since the newest mark is undone. A failed statement can roll back the whole transaction
 * (SQLITE_FULL, IOERR, NOMEM): then the mark is gone with it.
 */
gboolean
cpd_db_undo (CpdDb *db)
{
  forget_growing (db); /* of this SQLite tells nobody */
  return !sqlite3_get_autocommit (db->handle) && cpd_db_run (db, NULL, "ROLLBACK TO part", "") &&
         cpd_db_run (db, NULL, "RELEASE part", "");
}
