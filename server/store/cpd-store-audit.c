/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-audit.h"

#include <string.h>

#include "cpd-chain.h"
#include "cpd-db-private.h"
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

static void
take_h (CpdStmt *stmt, int column, guchar h[CPD_HASH_SIZE])
{
  gsize size;
  const void *bytes = cpd_stmt_blob (stmt, column, &size);

  if (bytes != NULL)
    memcpy (h, bytes, MIN (size, CPD_HASH_SIZE));
}

/**
 * cpd_store_audit_newest:
 * @newest: (out caller-allocates)
 */
gboolean
cpd_store_audit_newest (CpdDb *db, CpdAuditRow *newest, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT id, at, h FROM audit ORDER BY id DESC LIMIT 1", "");

  *newest = (CpdAuditRow){ 0 };
  if (cpd_stmt_next (stmt, &local))
    {
      newest->id = cpd_stmt_int (stmt, 0);
      newest->at = cpd_stmt_int (stmt, 1);
      take_h (stmt, 2, newest->h);
    }
  return cpd_result (&local, error);
}

static gboolean
insert (CpdDb *db, const gint64 values[N_VALUES], const guchar h[CPD_HASH_SIZE], GError **error)
{
  return cpd_db_run (
      db, error,
      "INSERT INTO audit (id, at, action, account, session, patient, membership, part, object, first, last,"
      " count, refresh, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "iiiiiiiiiiiiib", values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7],
      values[8], values[9], values[10], values[11], values[12], h, (gsize) CPD_HASH_SIZE);
}

/* A batch of readings adds one row after the other, and each needs the one before. */
static gboolean
row_before (CpdDb *db, CpdAuditRow *before, GError **error)
{
  if (db->growing.newest.id == 0)
    return cpd_store_audit_newest (db, before, error);
  *before = db->growing.newest;
  return TRUE;
}

static void
grow (CpdDb *db, const CpdAuditRow *before, const CpdAuditRow *row)
{
  if (db->growing.newest.id == 0)
    db->growing.before = *before;
  db->growing.newest = *row;
}

/**
 * cpd_store_audit_add:
 *
 * Adds a row to the chain; in the transaction of the change that it tells of.
 */
gboolean
cpd_store_audit_add (CpdDb *db, const CpdAudit *a, GError **error)
{
  CpdAuditRow before;
  CpdAuditRow row = { .at = a->at };
  gint64 values[N_VALUES];

  if (!row_before (db, &before, error))
    return FALSE;
  row.id = before.id + 1;
  canonical (row.id, a, values);
  cpd_chain_next (before.h, values, N_VALUES, row.h);
  if (!insert (db, values, row.h, error))
    return FALSE;
  if (!sqlite3_get_autocommit (db->handle)) /* otherwise this was a transaction, and it is over */
    grow (db, &before, &row);
  return TRUE;
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
      " AND at <= ? AND patient = ? AND action = ? AND membership = ? AND first = ? AND last = ? AND count = ?"
      " AND refresh <= ?)",
      "iiiiiiiiiiii", a->session, (gint64) a->part, a->object, since, a->at, a->patient, (gint64) a->action,
      a->membership, a->first, a->last, a->count, (gint64) a->refresh);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *has = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_audit_opened:
 * @opened: (out): whether @audit's session has a row of the same patient, part and object that is no refresh; of one
 *   thing also of the same time, and as it stands
 */
gboolean
cpd_store_audit_opened (CpdDb *db, const CpdAudit *a, gboolean *opened, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error,
      "SELECT EXISTS (SELECT 1 FROM audit WHERE session = ? AND part = ? AND object = ?"
      " AND patient = ? AND action = ? AND membership = ? AND refresh = 0"
      " AND (object <= 0 OR (first = ? AND count > 0)))",
      "iiiiiii", a->session, (gint64) a->part, a->object, a->patient, (gint64) a->action, a->membership, a->first);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *opened = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_audit_oldest:
 * @at: (out)
 */
gboolean
cpd_store_audit_oldest (CpdDb *db, CpTime *at, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT at FROM audit ORDER BY id LIMIT 1", "");

  *at = cpd_stmt_next (stmt, &local) ? cpd_stmt_int (stmt, 0) : 0;
  return cpd_result (&local, error);
}

/* Where the chain begins: after the newest row that was deleted. */
typedef struct
{
  gint64 id;
  guchar h[CPD_HASH_SIZE];
} Cut;

static gboolean
read_cut (CpdDb *db, Cut *cut, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT a.value, b.value FROM meta a JOIN meta b ON b.key = 'audit-cut-h' WHERE a.key = 'audit-cut'",
      "");

  memset (cut, 0, sizeof *cut);
  if (cpd_stmt_next (stmt, &local))
    {
      cut->id = cpd_stmt_int (stmt, 0);
      take_h (stmt, 1, cut->h);
    }
  return cpd_result (&local, error);
}

static gboolean
write_cut (CpdDb *db, const Cut *cut, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO meta (key, value) VALUES ('audit-cut', ?), ('audit-cut-h', ?)"
                     " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                     "ib", cut->id, cut->h, sizeof cut->h);
}

/* @told: the row that will tell of it; @cut: where the chain then begins. */
static gboolean
look_at_oldest (CpdDb *db, CpTime before, int max, CpdAudit *told, Cut *cut, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT id, at, h FROM audit ORDER BY id LIMIT ?", "i", (gint64) max);

  while (cpd_stmt_next (stmt, &local) && cpd_stmt_int (stmt, 1) < before)
    {
      cut->id = cpd_stmt_int (stmt, 0);
      take_h (stmt, 2, cut->h);
      told->object = cut->id;
      told->last = cpd_stmt_int (stmt, 1);
      told->first = told->count == 0 ? told->last : told->first;
      told->count++;
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_audit_forget:
 * @max: how many rows at most
 * @n: (out): how many were deleted
 *
 * Only from the old end, so that what is left is still one chain. The row that tells of it is the last of that chain,
 * and says where it begins.
 */
gboolean
cpd_store_audit_forget (CpdDb *db, CpTime now, CpTime before, int max, int *n, GError **error)
{
  CpdAudit told = { .at = now, .action = CPD_AUDIT_FORGOTTEN };
  Cut cut = { 0 };

  *n = 0;
  if (!look_at_oldest (db, before, max, &told, &cut, error))
    return FALSE;
  *n = (int) told.count;
  return *n == 0 || (cpd_store_audit_add (db, &told, error) && write_cut (db, &cut, error) &&
                     cpd_db_run (db, error, "DELETE FROM audit WHERE id <= ?", "i", cut.id));
}

/**
 * cpd_store_audit_reaches:
 * @reaches: (out)
 */
gboolean
cpd_store_audit_reaches (CpdDb *db, const CpdAuditRow *row, gboolean *reaches, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT h FROM audit WHERE id = ?", "i", row->id);
  guchar h[CPD_HASH_SIZE] = { 0 };
  Cut cut = { 0 };

  if (cpd_stmt_next (stmt, &local))
    take_h (stmt, 0, h);
  else if (local == NULL && read_cut (db, &cut, &local) && row->id == cut.id)
    memcpy (h, cut.h, sizeof h);
  *reaches = row->id == 0 || row->id < cut.id || memcmp (h, row->h, sizeof h) == 0;
  return cpd_result (&local, error);
}

/**
 * cpd_store_audit_told:
 *
 * Returns: (transfer full) (nullable)
 */
GArray *
cpd_store_audit_told (CpdDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (CpdAuditTold));
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT id, at, action, object, first, last, count FROM audit WHERE action IN (?, ?, ?) ORDER BY id",
      "iii", (gint64) CPD_AUDIT_ROWS_MISSING, (gint64) CPD_AUDIT_MISSING_ACCEPTED, (gint64) CPD_AUDIT_RESTORED);

  while (cpd_stmt_next (stmt, &local))
    {
      CpdAuditTold one = { .id = cpd_stmt_int (stmt, 0) };
      one.row = (CpdAudit){ .at = cpd_stmt_int (stmt, 1),
                            .action = (CpdAuditAction) cpd_stmt_int (stmt, 2),
                            .object = cpd_stmt_int (stmt, 3),
                            .first = cpd_stmt_int (stmt, 4),
                            .last = cpd_stmt_int (stmt, 5),
                            .count = cpd_stmt_int (stmt, 6) };
      g_array_append_val (told, one);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&told) : NULL;
}

static void
read_row (CpdStmt *stmt, gint64 values[N_VALUES])
{
  for (int i = 0; i < N_VALUES; i++)
    values[i] = cpd_stmt_int (stmt, i);
}

static gboolean
does_not_fit (gint64 id, GError **error)
{
  g_set_error (error, CP_ERROR, CP_ERROR_CONFLICT, "audit row %" G_GINT64_FORMAT " does not fit the chain", id);
  return FALSE;
}

/**
 * cpd_store_audit_verify:
 * @n_rows: (out): how many rows were followed
 *
 * Returns: FALSE when a row was changed, removed, inserted or moved; also when old ones are gone and no row tells of
 * it.
 */
gboolean
cpd_store_audit_verify (CpdDb *db, gint64 *n_rows, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;
  gint64 told = 0;
  Cut at;
  gint64 begin;

  *n_rows = 0;
  if (!read_cut (db, &at, error))
    return FALSE;
  begin = at.id;
  stmt = cpd_db_query (db, &local,
                       "SELECT id, at, action, account, session, patient, membership, part, object, first, last, count,"
                       " refresh, h FROM audit ORDER BY id",
                       "");
  while (cpd_stmt_next (stmt, &local))
    {
      gint64 values[N_VALUES];
      gsize size;
      const void *stored = cpd_stmt_blob (stmt, N_VALUES, &size);
      read_row (stmt, values);
      cpd_chain_next (at.h, values, N_VALUES, at.h);
      if (values[0] != ++at.id || size != sizeof at.h || memcmp (stored, at.h, sizeof at.h) != 0)
        return does_not_fit (values[0], error);
      told = values[2] == CPD_AUDIT_FORGOTTEN ? values[8] : told;
      ++*n_rows;
    }
  if (local == NULL && told != begin)
    return does_not_fit (begin + 1, error);
  return cpd_result (&local, error);
}
