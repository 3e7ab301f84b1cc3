/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-db-private.h"

#include <string.h>

struct _CpdStmt
{
  CpdDb *db;            /* (borrowed) */
  sqlite3_stmt *handle; /* (owned) */
  gboolean kept;        /* in the cache of the connection */
  gboolean busy;        /* between prepare and finish */
};

/* The cache knows a statement by the address of its literal. */
static CpdStmt *
prepare (CpdDb *db, const char *sql, GError **error)
{
  CpdStmt *stmt = g_hash_table_lookup (db->statements, sql);
  sqlite3_stmt *handle;
  gboolean twice = stmt != NULL && stmt->busy;
  int result;

  if (stmt != NULL && !twice)
    {
      stmt->busy = TRUE;
      return stmt;
    }
  result = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (result != SQLITE_OK)
    {
      cpd_db_fail (db, result, error);
      return NULL;
    }
  stmt = g_new0 (CpdStmt, 1);
  stmt->db = db;
  stmt->handle = handle;
  stmt->busy = TRUE;
  stmt->kept = !twice; /* the same statement twice at a time: one is enough to keep */
  if (stmt->kept)
    g_hash_table_insert (db->statements, (gpointer) sql, stmt);
  return stmt;
}

/* How long what is bound must last: SQLITE_STATIC when the statement ends before the call does, else it is copied. */
typedef sqlite3_destructor_type Lasting;

static void
bind_bytes (sqlite3_stmt *handle, int at, GBytes *bytes, Lasting lasting)
{
  gsize size;
  const void *data;

  if (bytes == NULL)
    return;
  data = g_bytes_get_data (bytes, &size);
  /* Of an empty one there is no address, which would make it NULL. */
  sqlite3_bind_blob64 (handle, at, size > 0 ? data : "", size, lasting);
}

static void
bind_all (sqlite3_stmt *handle, Lasting lasting, const char *format, va_list args)
{
  for (int at = 1; *format != '\0'; at++, format++)
    switch (*format)
      {
      case 't':
        sqlite3_bind_text (handle, at, va_arg (args, const char *), -1, lasting);
        break;
      case 'i':
        sqlite3_bind_int64 (handle, at, va_arg (args, gint64));
        break;
      case 'o':
        {
          gint64 value = va_arg (args, gint64);
          if (value != 0)
            sqlite3_bind_int64 (handle, at, value);
          break;
        }
      case 'b':
        {
          const void *data = va_arg (args, const void *);
          gsize size = va_arg (args, gsize);
          sqlite3_bind_blob64 (handle, at, data, size, lasting);
          break;
        }
      case 'y':
        bind_bytes (handle, at, va_arg (args, GBytes *), lasting);
        break;
      case 'n':
        break;
      default:
        g_assert_not_reached ();
      }
}

static CpdStmt *
query_valist (CpdDb *db, Lasting lasting, GError **error, const char *sql, const char *format, va_list args)
{
  CpdStmt *stmt;

  cpd_db_assert_thread (db);
  stmt = prepare (db, sql, error);
  if (stmt == NULL)
    return NULL;
  g_assert (sqlite3_bind_parameter_count (stmt->handle) == (int) strlen (format));
  bind_all (stmt->handle, lasting, format, args);
  return stmt;
}

/**
 * cpd_db_query:
 * @sql: a string literal: its address is the key of the statement cache
 * @format: a letter for each parameter, see cpd-stmt.h; integers are gint64
 *
 * Returns: (transfer full) (nullable): the statement before its first row.
 */
CpdStmt *
cpd_db_query (CpdDb *db, GError **error, const char *sql, const char *format, ...)
{
  va_list args;
  CpdStmt *stmt;

  va_start (args, format);
  stmt = query_valist (db, SQLITE_TRANSIENT, error, sql, format, args);
  va_end (args);
  return stmt;
}

/**
 * cpd_db_run:
 *
 * As cpd_db_query(), for a statement whose rows do not matter.
 *
 * Returns: FALSE with an error.
 */
gboolean
cpd_db_run (CpdDb *db, GError **error, const char *sql, const char *format, ...)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;
  va_list args;

  va_start (args, format);
  stmt = query_valist (db, SQLITE_STATIC, &local, sql, format, args);
  va_end (args);
  while (cpd_stmt_next (stmt, &local))
    ;
  return cpd_result (&local, error);
}

/**
 * cpd_db_exec:
 *
 * Runs one or more statements without arguments: for schema and pragmas.
 */
gboolean
cpd_db_exec (CpdDb *db, const char *sql, GError **error)
{
  int result;

  cpd_db_assert_thread (db);
  result = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);
  return result == SQLITE_OK || cpd_db_fail (db, result, error);
}

/**
 * cpd_db_last_id:
 *
 * Returns: the row id of the last INSERT of this connection.
 */
gint64
cpd_db_last_id (CpdDb *db)
{
  return sqlite3_last_insert_rowid (db->handle);
}

/**
 * cpd_db_changes:
 *
 * Returns: how many rows the last statement changed.
 */
gint64
cpd_db_changes (CpdDb *db)
{
  return sqlite3_changes64 (db->handle);
}

/**
 * cpd_db_total_changes:
 *
 * Returns: how many rows all statements of this connection changed, those of virtual tables for themselves included.
 */
gint64
cpd_db_total_changes (CpdDb *db)
{
  return sqlite3_total_changes64 (db->handle);
}

/**
 * cpd_stmt_next:
 * @stmt: (nullable): NULL when the query has failed already, with @error set by it
 *
 * Returns: TRUE when a row is there.
 */
gboolean
cpd_stmt_next (CpdStmt *stmt, GError **error)
{
  int result;

  if (stmt == NULL)
    return FALSE;
  cpd_db_assert_thread (stmt->db);
  result = sqlite3_step (stmt->handle);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    cpd_db_fail (stmt->db, result, error);
  return FALSE;
}

/**
 * cpd_stmt_int:
 *
 * Returns: the integer of @column, 0 for null.
 */
gint64
cpd_stmt_int (CpdStmt *stmt, int column)
{
  return sqlite3_column_int64 (stmt->handle, column);
}

/**
 * cpd_stmt_text:
 *
 * Returns: (transfer none) (nullable): the text of @column, until the next step.
 */
const char *
cpd_stmt_text (CpdStmt *stmt, int column)
{
  return (const char *) sqlite3_column_text (stmt->handle, column);
}

/**
 * cpd_stmt_dup_text:
 *
 * Returns: (transfer full) (nullable): the text of @column.
 */
char *
cpd_stmt_dup_text (CpdStmt *stmt, int column)
{
  return g_strdup (cpd_stmt_text (stmt, column));
}

/**
 * cpd_stmt_blob:
 * @size: (out): bytes
 *
 * Returns: (transfer none) (nullable): the bytes of @column, until the next step.
 */
const void *
cpd_stmt_blob (CpdStmt *stmt, int column, gsize *size)
{
  const void *data = sqlite3_column_blob (stmt->handle, column);

  *size = sqlite3_column_bytes (stmt->handle, column);
  return data;
}

/**
 * cpd_stmt_is_null:
 */
gboolean
cpd_stmt_is_null (CpdStmt *stmt, int column)
{
  return sqlite3_column_type (stmt->handle, column) == SQLITE_NULL;
}

/**
 * cpd_stmt_destroy:
 *
 * For the connection only: finalizes a cached statement.
 */
void
cpd_stmt_destroy (CpdStmt *stmt)
{
  sqlite3_finalize (stmt->handle);
  g_free (stmt);
}

/**
 * cpd_stmt_finish:
 * @stmt: (nullable)
 *
 * Resets the statement, drops what was bound, and lets the cache of its connection give it out again.
 */
void
cpd_stmt_finish (CpdStmt *stmt)
{
  if (stmt == NULL)
    return;
  sqlite3_reset (stmt->handle);
  sqlite3_clear_bindings (stmt->handle);
  stmt->busy = FALSE;
  if (!stmt->kept)
    cpd_stmt_destroy (stmt);
}
