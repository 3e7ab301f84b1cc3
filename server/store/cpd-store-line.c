/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-line.h"

#include "cpd-result.h"
#include "cpd-stmt.h"

/**
 * cpd_store_line_free:
 * @line: (nullable):
 */
void
cpd_store_line_free (CpdStoreLine *line)
{
  if (line == NULL)
    return;
  g_free (line->line);
  g_free (line->version_id);
  g_free (line->report);
  g_free (line);
}

static CpdStoreLine *
line_new (CpdStmt *stmt)
{
  CpdStoreLine *line = g_new0 (CpdStoreLine, 1);
  gint64 told = cpd_stmt_int (stmt, 3);

  line->line = cpd_stmt_dup_text (stmt, 0);
  line->version_id = cpd_stmt_dup_text (stmt, 1);
  line->last_updated = cpd_stmt_int (stmt, 2);
  line->told = told == 1;
  line->earlier = told == 2;
  line->item = cpd_stmt_int (stmt, 4);
  line->patient = cpd_stmt_int (stmt, 5);
  line->report = cpd_stmt_dup_text (stmt, 6);
  return line;
}

/**
 * cpd_store_lines_after:
 *
 * Returns: (transfer full) (nullable) (element-type CpdStoreLine)
 */
GPtrArray *
cpd_store_lines_after (CpdDb *db, const char *source, const char *line, gint64 item, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_store_line_free);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &failed,
                    "SELECT l.line, l.version_id, l.last_updated, l.told, i.id, i.patient, i.fhir_id"
                    " FROM item_line l CROSS JOIN item i ON i.id = l.item WHERE (l.line, l.item) > (?, ?)"
                    " AND i.source = ? AND i.type = 'Composition' AND i.removed IS NULL"
                    " AND (l.told < 2 OR EXISTS (SELECT 1 FROM item_version v WHERE v.item = l.item))"
                    " ORDER BY l.line, l.item LIMIT " G_STRINGIFY (CPD_STORE_LINES_MAX),
                    "tit", line, item, source);

  while (cpd_stmt_next (stmt, &failed))
    g_ptr_array_add (lines, line_new (stmt));
  return cpd_result (&failed, error) ? g_steal_pointer (&lines) : NULL;
}

/* Of a report that was read before its lines were kept, one that is there may have been; of others one that is not
 * known is new. */
static gboolean
was_told (CpdDb *db, gint64 item, const CpdEhrSoapLine *line, gboolean *told, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean there = line->version_id != NULL || line->last_updated != 0;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &failed,
                    "SELECT coalesce ((SELECT told FROM item_line WHERE item = ?1 AND line = ?2),"
                    " ?3 AND NOT EXISTS (SELECT 1 FROM item_line WHERE item = ?1))",
                    "iti", item, line->id, (gint64) there);

  *told = cpd_stmt_next (stmt, &failed) && cpd_stmt_int (stmt, 0) != 0;
  return cpd_result (&failed, error);
}

static gboolean
put_line (CpdDb *db, gint64 item, const CpdEhrSoapLine *line, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO item_line (item, line, version_id, last_updated, told) VALUES (?, ?, ?, ?, ?)"
                     " ON CONFLICT (item, line) DO UPDATE SET version_id = excluded.version_id,"
                     " last_updated = excluded.last_updated, told = excluded.told",
                     "ittoi", item, line->id, line->version_id, line->last_updated, (gint64) line->told);
}

/**
 * cpd_store_lines_put:
 * @lines: (nullable) (element-type CpdEhrSoapLine):
 * @lost: (out):
 *
 * A line that the report names no more stands in an earlier version of it still.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_lines_put (CpdDb *db, gint64 item, const GPtrArray *lines, gboolean *lost, GError **error)
{
  *lost = FALSE;
  for (guint i = 0; lines != NULL && i < lines->len && !*lost; i++)
    {
      const CpdEhrSoapLine *line = g_ptr_array_index (lines, i);

      if (!line->told && !was_told (db, item, line, lost, error))
        return FALSE;
    }
  if (!cpd_db_run (db, error, "UPDATE item_line SET told = 2 WHERE item = ? AND told = 1", "i", item) ||
      !cpd_db_run (db, error, "DELETE FROM item_line WHERE item = ? AND told = 0", "i", item))
    return FALSE;
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    if (!put_line (db, item, g_ptr_array_index (lines, i), error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_store_lines_forget:
 *
 * A report in lines has no files.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_lines_forget (CpdDb *db, gint64 item, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM item_version WHERE item = ?", "i", item) &&
         cpd_db_run (db, error, "DELETE FROM item_line WHERE item = ? AND told = 2", "i", item);
}
