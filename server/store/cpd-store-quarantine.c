/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-quarantine.h"

#include "cpd-result.h"
#include "cpd-stmt.h"

/**
 * cpd_quarantined_free:
 * @quarantined: (nullable):
 */
void
cpd_quarantined_free (CpdQuarantined *quarantined)
{
  if (quarantined == NULL)
    return;
  g_free (quarantined->type);
  g_free (quarantined->id);
  g_free (quarantined->place);
  g_free (quarantined->reason);
  g_free (quarantined);
}

/**
 * cpd_store_quarantine_put:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_quarantine_put (CpdDb *db, const char *source, const CpdQuarantined *quarantined, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO sync_quarantine (source, type, fhir_id, place, reason, since, seen, patient)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7) ON CONFLICT (source, type, fhir_id) DO UPDATE SET"
                     " place = excluded.place, reason = excluded.reason, seen = excluded.seen,"
                     " patient = coalesce (excluded.patient, patient)",
                     "tttttio", source, quarantined->type, quarantined->id, quarantined->place, quarantined->reason,
                     now, quarantined->patient);
}

/**
 * cpd_store_quarantine_release:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_quarantine_release (CpdDb *db, const char *source, const char *type, const char *id, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM sync_quarantine WHERE source = ? AND type = ? AND fhir_id = ?", "ttt",
                     source, type, id);
}

/**
 * cpd_store_quarantine_release_before:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_quarantine_release_before (CpdDb *db, const char *source, CpTime before, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM sync_quarantine WHERE source = ? AND seen < ?", "ti", source, before);
}

/**
 * cpd_store_quarantine_list:
 *
 * Returns: (transfer full) (nullable) (element-type CpdQuarantined)
 */
GPtrArray *
cpd_store_quarantine_list (CpdDb *db, const char *source, guint max, gint64 *total, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_quarantined_free);
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT type, fhir_id, place, reason, since, patient, count (*) OVER ()"
                                           " FROM sync_quarantine WHERE source = ? ORDER BY type, fhir_id LIMIT ?",
                                           "ti", source, (gint64) max);

  *total = 0;
  while (cpd_stmt_next (stmt, &local))
    {
      CpdQuarantined *quarantined = g_new0 (CpdQuarantined, 1);

      quarantined->type = cpd_stmt_dup_text (stmt, 0);
      quarantined->id = cpd_stmt_dup_text (stmt, 1);
      quarantined->place = cpd_stmt_dup_text (stmt, 2);
      quarantined->reason = cpd_stmt_dup_text (stmt, 3);
      quarantined->since = cpd_stmt_int (stmt, 4);
      quarantined->patient = cpd_stmt_int (stmt, 5);
      *total = cpd_stmt_int (stmt, 6);
      g_ptr_array_add (list, quarantined);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&list) : NULL;
}
