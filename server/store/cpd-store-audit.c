/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-audit.h"

#include <string.h>

#include "cpd-chain.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

#define N_VALUES 13

/* The canonical row: every column but h, in the order of the schema. */
static void
canonical (gint64 id, const CpdAudit *a, gint64 values[N_VALUES])
{
  const gint64 row[N_VALUES] = { id,      a->at,     a->action, a->account, a->session, a->patient, a->membership,
                                 a->part, a->object, a->first,  a->last,    a->count,   a->refresh };
  memcpy (values, row, sizeof row);
}

static gboolean
last_row (CpdDb *db, gint64 *id, guchar h[CPD_HASH_SIZE], GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT id, h FROM audit ORDER BY id DESC LIMIT 1", "");

  *id = 0;
  memset (h, 0, CPD_HASH_SIZE);
  if (cpd_stmt_next (stmt, &local))
    {
      gsize size;
      const void *bytes = cpd_stmt_blob (stmt, 1, &size);
      *id = cpd_stmt_int (stmt, 0);
      if (bytes != NULL)
        memcpy (h, bytes, MIN (size, CPD_HASH_SIZE));
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_audit_add:
 *
 * Adds a row to the chain; in the transaction of the change that it tells of.
 */
gboolean
cpd_store_audit_add (CpdDb *db, const CpdAudit *a, GError **error)
{
  guchar before[CPD_HASH_SIZE];
  guchar h[CPD_HASH_SIZE];
  gint64 values[N_VALUES];
  gint64 id;

  if (!last_row (db, &id, before, error))
    return FALSE;
  canonical (id + 1, a, values);
  cpd_chain_next (before, values, N_VALUES, h);
  return cpd_db_run (
      db, error,
      "INSERT INTO audit (id, at, action, account, session, patient, membership, part, object, first, last,"
      " count, refresh, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "iiiiiiiiiiiiib", values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7],
      values[8], values[9], values[10], values[11], values[12], h, sizeof h);
}

/**
 * cpd_store_audit_try:
 *
 * Writes something else instead of a row that is not due, to learn whether the disk would take one.
 */
gboolean
cpd_store_audit_try (CpdDb *db, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO meta (key, value) VALUES ('audit-tried', ?)"
                     " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                     "i", now);
}

/**
 * cpd_store_audit_has:
 * @has: (out): whether @audit's session has read the same part, object and range since @since
 */
gboolean
cpd_store_audit_has (CpdDb *db, const CpdAudit *a, CpTime since, gboolean *has, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error,
      "SELECT EXISTS (SELECT 1 FROM audit WHERE session = ? AND part = ? AND object = ? AND at > ?"
      " AND at <= ? AND patient = ? AND action = ? AND first = ? AND last = ? AND count = ? AND refresh <= ?)",
      "iiiiiiiiiii", a->session, (gint64) a->part, a->object, since, a->at, a->patient, (gint64) a->action, a->first,
      a->last, a->count, (gint64) a->refresh);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *has = cpd_stmt_int (stmt, 0);
  return TRUE;
}

static void
read_row (CpdStmt *stmt, gint64 values[N_VALUES])
{
  for (int i = 0; i < N_VALUES; i++)
    values[i] = cpd_stmt_int (stmt, i);
}

/**
 * cpd_store_audit_verify:
 * @n_rows: (out): how many rows were followed
 *
 * Returns: FALSE when a row was changed, removed, inserted or moved.
 */
gboolean
cpd_store_audit_verify (CpdDb *db, gint64 *n_rows, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT id, at, action, account, session, patient, membership, part, object, first, last, count,"
                    " refresh, h FROM audit ORDER BY id",
                    "");
  guchar h[CPD_HASH_SIZE] = { 0 };

  *n_rows = 0;
  while (cpd_stmt_next (stmt, &local))
    {
      gint64 values[N_VALUES];
      gsize size;
      const void *stored = cpd_stmt_blob (stmt, N_VALUES, &size);
      read_row (stmt, values);
      cpd_chain_next (h, values, N_VALUES, h);
      if (values[0] != ++*n_rows || size != sizeof h || memcmp (stored, h, sizeof h) != 0)
        {
          g_set_error (error, CP_ERROR, CP_ERROR_CONFLICT, "audit row %" G_GINT64_FORMAT " does not fit the chain",
                       values[0]);
          return FALSE;
        }
    }
  return cpd_result (&local, error);
}
