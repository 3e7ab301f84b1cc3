/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-recall.h"

#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-ehr-server.h"

/**
 * cpd_store_recall_clear:
 *
 * Frees what it holds.
 */
void
cpd_store_recall_clear (CpdStoreRecall *recall)
{
  g_clear_pointer (&recall->context, g_bytes_unref);
  g_clear_pointer (&recall->known, g_bytes_unref);
  g_clear_pointer (&recall->named, g_bytes_unref);
  g_clear_pointer (&recall->kept, g_bytes_unref);
}

static GBytes *
column_bytes (CpdStmt *stmt, int column)
{
  gsize size;
  const void *data = cpd_stmt_blob (stmt, column, &size);

  return g_bytes_new (data, size);
}

/**
 * cpd_store_recall_read:
 * @recall: (out caller-allocates): to be cleared by the caller
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_store_recall_read (CpdDb *db, const char *source, CpdStoreRecall *recall, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT trusted, whole, settled, context, known, named, kept FROM ehr_recall WHERE source = ?", "t",
      source);

  *recall = (CpdStoreRecall){ 0 };
  if (cpd_stmt_next (stmt, &local))
    {
      recall->trusted = cpd_stmt_int (stmt, 0) != 0;
      recall->whole = cpd_stmt_int (stmt, 1);
      recall->settled = (guint) cpd_stmt_int (stmt, 2);
      recall->context = column_bytes (stmt, 3);
      recall->known = column_bytes (stmt, 4);
      recall->named = column_bytes (stmt, 5);
      recall->kept = column_bytes (stmt, 6);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_recall_write:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_recall_write (CpdDb *db, const char *source, CpTime started, const CpdStoreRecall *recall, GError **error)
{
  gboolean left;

  if (!cpd_store_ehr_lacks_since (db, source, started, &left, error))
    return FALSE;
  if (left)
    return TRUE;
  return cpd_store_ehr_end_anew (db, source, "", error) &&
         cpd_db_run (
             db, error,
             "INSERT INTO ehr_recall (source, trusted, whole, settled, context, known, named, kept)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET trusted = excluded.trusted,"
             " whole = excluded.whole, settled = excluded.settled, context = excluded.context,"
             " known = excluded.known, named = excluded.named, kept = excluded.kept"
             " WHERE (trusted, whole, settled, context, known, named, kept) IS NOT (excluded.trusted,"
             " excluded.whole, excluded.settled, excluded.context, excluded.known, excluded.named, excluded.kept)",
             "tiiiyyyy", source, (gint64) recall->trusted, recall->whole, (gint64) recall->settled, recall->context,
             recall->known, recall->named, recall->kept);
}

/**
 * cpd_store_recall_doubt:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_recall_doubt (CpdDb *db, const char *source, GError **error)
{
  return cpd_db_run (db, error, "UPDATE ehr_recall SET trusted = 0 WHERE source = ? AND trusted <> 0", "t", source);
}

/**
 * cpd_store_recall_page:
 * @body: becomes the page
 *
 * Returns: FALSE when there is none, or with @error.
 */
gboolean
cpd_store_recall_page (CpdDb *db, const char *source, const char *path, guint page, GByteArray *body, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT body FROM ehr_recall_page WHERE source = ? AND path = ? AND page = ?", "tti",
                    source, path, (gint64) page);
  const void *data;
  gsize size;

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  data = cpd_stmt_blob (stmt, 0, &size);
  g_byte_array_set_size (body, 0);
  g_byte_array_append (body, data, (guint) size);
  return TRUE;
}

/**
 * cpd_store_recall_paths:
 *
 * Returns: (transfer full) (nullable) (element-type utf8)
 */
GPtrArray *
cpd_store_recall_paths (CpdDb *db, const char *source, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT DISTINCT path FROM ehr_recall_page WHERE source = ?", "t", source);

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (paths, cpd_stmt_dup_text (stmt, 0));
  return cpd_result (&local, error) ? g_steal_pointer (&paths) : NULL;
}

/**
 * cpd_store_recall_put_page:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_recall_put_page (CpdDb *db, const char *source, const char *path, guint page, const void *body, gsize size,
                           GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO ehr_recall_page (source, path, page, body) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT (source, path, page) DO UPDATE SET body = excluded.body",
                     "ttib", source, path, (gint64) page, body, size);
}

/**
 * cpd_store_recall_cut:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_recall_cut (CpdDb *db, const char *source, const char *path, guint pages, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM ehr_recall_page WHERE source = ? AND path = ? AND page >= ?", "tti",
                     source, path, (gint64) pages);
}
