/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "cpd-db-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-outbox.h"
#include "cpd-store-session.h"

#define MB 1000000
#define MARGIN (100 * MB) /* for what is written meanwhile */

static CpdDb *
open_reader (const char *path, GCancellable *stopping, GError **error)
{
  CpdDb *db = cpd_db_open (path, CPD_DB_READER, error);

  if (db != NULL)
    cpd_db_stop_by (db, stopping);
  return db;
}

static gboolean
make (const char *database, const char *path, GCancellable *stopping, GError **error)
{
  g_autoptr (CpdDb) db = open_reader (database, stopping, error);

  /* Nothing but the copy is written by it. */
  return db != NULL && cpd_db_exec (db, "PRAGMA query_only=OFF", error) && cpd_db_vacuum_into (db, path, error);
}

static gboolean
look_through (const char *path, GCancellable *stopping, GError **error)
{
  g_autoptr (CpdDb) db = open_reader (path, stopping, error);

  return db != NULL && cpd_copy_check (db, error);
}

static guint64
size_of (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (guint64) info.st_size : 0;
}

/**
 * cpd_copy_has_room:
 *
 * A volume that a copy has filled lets nobody read or write, until it is gone.
 */
gboolean
cpd_copy_has_room (const char *database, const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (database, "-wal", NULL);
  g_autofree char *directory = g_path_get_dirname (path);
  guint64 needed = size_of (database) + size_of (wal) + MARGIN;
  struct statvfs volume;
  guint64 room;

  if (statvfs (directory, &volume) != 0)
    return TRUE;
  room = (guint64) volume.f_bavail * volume.f_frsize;
  if (room >= needed)
    return TRUE;
  g_set_error (error, CP_ERROR, CP_ERROR_SERVER_FULL,
               "the copy of the database needs %" G_GUINT64_FORMAT " MB beside it, and %s has %" G_GUINT64_FORMAT
               " MB: make room first",
               needed / MB + 1, directory, room / MB);
  return FALSE;
}

/**
 * cpd_copy_make:
 *
 * Returns: FALSE with @error: there is no copy then.
 */
gboolean
cpd_copy_make (const char *database, const char *path, GCancellable *stopping, GError **error)
{
  int fd;

  g_unlink (path);
  if (!cpd_copy_has_room (database, path, error))
    return FALSE;
  /* An empty file is one that SQLite takes: so nobody else can read what it writes. */
  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, CP_ERROR, CP_ERROR_SERVER_FULL, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  g_close (fd, NULL);
  if (make (database, path, stopping, error) && look_through (path, stopping, error))
    return TRUE;
  g_unlink (path);
  if (g_cancellable_is_cancelled (stopping))
    g_prefix_error (error, "the server stops, so that there is no backup: ");
  return FALSE;
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, CP_ERROR, CP_ERROR_INTERNAL, "the copy of the database is damaged: %s", what);
  return FALSE;
}

static gboolean
check_pages (CpdDb *db, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "PRAGMA integrity_check (1)", "");

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  return strcmp (cpd_stmt_text (stmt, 0), "ok") == 0 || fail (error, cpd_stmt_text (stmt, 0));
}

static gboolean
check_references (CpdDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "PRAGMA foreign_key_check", "");

  if (cpd_stmt_next (stmt, &local))
    return fail (error, "a reference points at nothing");
  return cpd_result (&local, error);
}

/**
 * cpd_copy_check:
 */
gboolean
cpd_copy_check (CpdDb *db, GError **error)
{
  gint64 n_rows;

  return check_pages (db, error) && check_references (db, error) && cpd_store_audit_verify (db, &n_rows, error);
}

/**
 * cpd_copy_files:
 *
 * Returns: (transfer full) (nullable)
 */
GPtrArray *
cpd_copy_files (CpdDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT DISTINCT file FROM attachment", "");

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (files, cpd_stmt_dup_text (stmt, 0));
  return cpd_result (&local, error) ? g_steal_pointer (&files) : NULL;
}

/**
 * cpd_copy_sealed:
 *
 * Returns: (transfer full) (nullable): the identifier of a client.
 */
GBytes *
cpd_copy_sealed (CpdDb *db, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT identifier_sealed FROM patient LIMIT 1", "");
  gsize size;
  const void *bytes;

  if (!cpd_stmt_next (stmt, error))
    return NULL;
  bytes = cpd_stmt_blob (stmt, 0, &size);
  return g_bytes_new (bytes, size);
}

/* What the EHR took back or moved to somebody else since is here again. So the next run begins by itself, at once,
 * reads every line, and looks for all that is gone; until it has, nothing of it is shown. */
static gboolean
doubt_ehr (CpdDb *db, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM sync_slot", "") && cpd_db_run (db, error, "DELETE FROM sync_lease", "") &&
         cpd_db_run (db, error, "UPDATE ehr_type SET swept = 0", "") &&
         cpd_db_run (db, error, "UPDATE ehr_recall SET trusted = 0", "") &&
         cpd_db_run (db, error, "UPDATE patient SET read_at = 0 WHERE fhir_id IS NOT NULL", "");
}

/* Of a server that tells what changed all is read again, with documents that are not here. */
static gboolean
end_all (CpdDb *db, CpTime now, gboolean lacks_documents, GError **error)
{
  return cpd_store_session_close (db, 0, now, error) &&
         cpd_db_run (db, error, "UPDATE login_attempt SET expires = min (expires, ?)", "i", now) &&
         cpd_db_run (db, error, "DELETE FROM sms_code", "") && cpd_db_run (db, error, "DELETE FROM link", "") &&
         cpd_db_run (db, error, "DELETE FROM credential WHERE kind = 1", "") &&
         cpd_db_run (db, error, "DELETE FROM given_code", "") &&
         cpd_db_run (db, error, "DELETE FROM email_change", "") &&
         cpd_store_outbox_fail_all (db, now, "it waited when the backup was made", error) && doubt_ehr (db, error) &&
         (!lacks_documents || cpd_db_run (db, error, "DELETE FROM ehr_mark", ""));
}

/**
 * cpd_copy_close_all:
 */
gboolean
cpd_copy_close_all (CpdDb *db, const CpdAudit *told, gboolean lacks_documents, GError **error)
{
  if (!cpd_db_run (db, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  if (end_all (db, told->at, lacks_documents, error) && cpd_store_audit_add (db, told, error) &&
      cpd_db_run (db, error, "COMMIT", ""))
    return TRUE;
  cpd_db_run (db, NULL, "ROLLBACK", "");
  return FALSE;
}
