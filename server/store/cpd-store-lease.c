/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-lease.h"

#include "cpd-result.h"
#include "cpd-stmt.h"

/**
 * cpd_store_lease_look:
 * @owner: (out) (nullable) (transfer full): NULL when nobody has it
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_lease_look (CpdDb *db, char **owner, CpTime *expires, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &failed, "SELECT owner, expires FROM sync_lease", "");

  *owner = NULL;
  *expires = 0;
  if (cpd_stmt_next (stmt, &failed))
    {
      *owner = cpd_stmt_dup_text (stmt, 0);
      *expires = cpd_stmt_int (stmt, 1);
    }
  return cpd_result (&failed, error);
}

/**
 * cpd_store_lease_take:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_lease_take (CpdDb *db, const char *owner, CpTime expires, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO sync_lease (id, owner, expires) VALUES (1, ?, ?)"
                     " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, expires = excluded.expires",
                     "ti", owner, expires);
}

/**
 * cpd_store_lease_keep:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_lease_keep (CpdDb *db, const char *owner, CpTime expires, gboolean *kept, GError **error)
{
  if (!cpd_db_run (db, error, "UPDATE sync_lease SET expires = ? WHERE owner = ?", "it", expires, owner))
    return FALSE;
  *kept = cpd_db_changes (db) == 1;
  return TRUE;
}

/**
 * cpd_store_lease_end:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_lease_end (CpdDb *db, const char *owner, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM sync_lease WHERE owner = ?", "t", owner);
}
