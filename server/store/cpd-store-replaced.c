/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-replaced.h"

#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-ehr-server.h"

/* Types that can say that they replace another. */
static const char *const types[] = { "DocumentReference", "Composition", NULL };

/**
 * cpd_store_replaced_by:
 * @item: (out):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_by (CpdDb *db, const char *source, const CpdEhrRow *row, gint64 *item, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;

  *item = 0;
  if (row->kind != CPD_EHR_ITEM || !g_strv_contains (types, row->type))
    return TRUE;
  stmt = cpd_db_query (db, &local,
                       "SELECT item.id FROM item_replaced r JOIN item ON item.id = r.item"
                       " WHERE r.source = ? AND r.type = ? AND r.fhir_id = ? AND patient = ? AND removed IS NULL",
                       "ttti", source, row->type, row->id, row->patient);
  if (cpd_stmt_next (stmt, &local))
    *item = cpd_stmt_int (stmt, 0);
  return cpd_result (&local, error);
}

/**
 * cpd_store_replaced_put:
 *
 * Who said so of that card first counts.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_put (CpdDb *db, const char *source, const char *type, const char *id, const char *by, gint64 item,
                        GError **error)
{
  return cpd_db_run (
      db, error,
      "INSERT INTO item_replaced (source, type, fhir_id, item, named_by) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT (source, type, fhir_id) DO UPDATE SET item = excluded.item,"
      " named_by = iif (item = excluded.item, coalesce (named_by, excluded.named_by), excluded.named_by)",
      "tttit", source, type, id, item, by);
}

/**
 * cpd_store_replaced_move:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_move (CpdDb *db, gint64 from, gint64 to, GError **error)
{
  return cpd_db_run (db, error, "UPDATE item_replaced SET item = ? WHERE item = ?", "ii", to, from);
}

/* (transfer full) (nullable): ids that the card has the place of, without those that it names and what those have the
 * place of themselves; NULL with error. */
static GPtrArray *
unnamed (CpdDb *db, gint64 item, const char *named, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &failed,
      "WITH RECURSIVE named (id) AS (SELECT fhir_id FROM item_replaced"
      " WHERE item = ?1 AND instr (' ' || ?2 || ' ', ' ' || fhir_id || ' ') > 0"
      " UNION SELECT r.fhir_id FROM named JOIN item_replaced r ON r.item = ?1 AND coalesce (r.named_by = named.id, 1))"
      " SELECT fhir_id FROM item_replaced WHERE item = ?1 AND fhir_id NOT IN (SELECT id FROM named)",
      "it", item, named);

  while (cpd_stmt_next (stmt, &failed))
    g_ptr_array_add (ids, cpd_stmt_dup_text (stmt, 0));
  return cpd_result (&failed, error) ? g_steal_pointer (&ids) : NULL;
}

/**
 * cpd_store_replaced_let_go:
 * @named: (nullable): ids that the card still says it replaces, a space between them
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_let_go (CpdDb *db, const char *source, const char *type, const CpdEhrKnown *card, const char *named,
                           CpTime now, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (!g_strv_contains (types, type))
    return TRUE;
  ids = unnamed (db, card->row, named, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const CpdEhrLacking lacking = { ids->pdata[i], card->patient };

      if (!cpd_store_ehr_put_lacking (db, source, type, &lacking, now, error) ||
          !cpd_db_run (db, error, "DELETE FROM item_replaced WHERE source = ? AND type = ? AND fhir_id = ?", "ttt",
                       source, type, lacking.id))
        return FALSE;
    }
  return ids != NULL;
}

/**
 * cpd_store_replaced_take:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_take (CpdDb *db, gint64 item, const char *id, GError **error)
{
  return cpd_db_run (db, error, "UPDATE item SET fhir_id = ? WHERE id = ?", "ti", id, item);
}

/**
 * cpd_store_replaced_text_of:
 * @card: (out):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_text_of (CpdDb *db, const char *source, const CpdEhrRow *row, CpdEhrKnown *card, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;

  *card = (CpdEhrKnown){ 0 };
  if (row->kind != CPD_EHR_ITEM || !g_strv_contains (types, row->type))
    return TRUE;
  stmt = cpd_db_query (db, &local,
                       "SELECT i.id, i.patient FROM item_version v CROSS JOIN item i ON i.id = v.item"
                       " WHERE v.fhir_id = ? AND i.source = ? AND i.type = ? AND (? OR i.patient <> ?) LIMIT 1",
                       "tttii", row->id, source, row->type, (gint64) row->untold, row->patient);
  if (cpd_stmt_next (stmt, &local))
    *card = (CpdEhrKnown){ .row = cpd_stmt_int (stmt, 0), .patient = cpd_stmt_int (stmt, 1) };
  return cpd_result (&local, error);
}

/**
 * cpd_store_replaced_forget:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_forget (CpdDb *db, gint64 item, const char *id, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM item_version WHERE item = ? AND fhir_id = ?", "it", item, id) &&
         cpd_db_run (db, error,
                     "DELETE FROM attachment WHERE item = ?1 AND until IS NOT NULL AND NOT EXISTS (SELECT 1"
                     " FROM item_version v WHERE v.item = ?1 AND v.version BETWEEN attachment.since AND until)",
                     "i", item);
}

/**
 * cpd_store_replaced_note:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_note (CpdDb *db, gint64 item, const char *id, GError **error)
{
  return cpd_db_run (db, error, "UPDATE item_version SET fhir_id = ? WHERE item = ? AND fhir_id IS NULL", "ti", id,
                     item);
}
