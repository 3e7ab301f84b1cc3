/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-replaced.h"

#include "cpd-result.h"
#include "cpd-stmt.h"

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
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_replaced_put (CpdDb *db, const char *source, const char *type, const char *id, gint64 item, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO item_replaced (source, type, fhir_id, item) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT (source, type, fhir_id) DO UPDATE SET item = excluded.item",
                     "ttti", source, type, id, item);
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
