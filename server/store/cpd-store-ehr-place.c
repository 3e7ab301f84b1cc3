/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-ehr-place.h"

#include "cpd-result.h"
#include "cpd-stmt.h"

#define PLACE_KEY "'ehr-place-of-' || ?"
#define BASE_KEY "'ehr-base-of-' || ?"

/**
 * cpd_store_ehr_place:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_place (CpdDb *db, const char *source, char **place, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &failed, "SELECT value FROM meta WHERE key = " PLACE_KEY, "t", source);

  *place = cpd_stmt_next (stmt, &failed) ? cpd_stmt_dup_text (stmt, 0) : NULL;
  return cpd_result (&failed, error);
}

/**
 * cpd_store_ehr_put_place:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_put_place (CpdDb *db, const char *source, const char *place, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO meta (key, value) VALUES (" PLACE_KEY ", ?)"
                     " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                     "tt", source, place);
}

/**
 * cpd_store_ehr_base:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_base (CpdDb *db, const char *source, char **base, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &failed, "SELECT value FROM meta WHERE key = " BASE_KEY, "t", source);

  *base = cpd_stmt_next (stmt, &failed) ? cpd_stmt_dup_text (stmt, 0) : NULL;
  return cpd_result (&failed, error);
}

/**
 * cpd_store_ehr_put_base:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_put_base (CpdDb *db, const char *source, const char *base, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO meta (key, value) VALUES (" BASE_KEY ", ?)"
                     " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                     "tt", source, base);
}

/* An id of the one may be somebody else's at the other. No id has such a sign: see cpd_store_ehr_enrolled(). */
static gboolean
forget_ids (CpdDb *db, const char *source, GError **error)
{
  return cpd_db_run (db, error,
                     "DELETE FROM patient_earlier WHERE patient IN (SELECT id FROM patient WHERE source = ?)", "t",
                     source) &&
         cpd_db_run (db, error,
                     "UPDATE patient SET fhir_id = fhir_id || '#' || id WHERE source = ? AND instr (fhir_id, '#') = 0",
                     "t", source);
}

/* What the other has under the same id is no older version of it. */
static gboolean
forget_times (CpdDb *db, const char *source, GError **error)
{
  static const char *const sql[] = {
    "UPDATE item SET last_updated = 1 WHERE source = ? AND last_updated > 1",
    "UPDATE care_plan SET last_updated = 1 WHERE source = ? AND last_updated > 1",
    "UPDATE appointment SET last_updated = 1 WHERE source = ? AND last_updated > 1",
    "UPDATE contact SET last_updated = 1 WHERE source = ? AND last_updated > 1",
    "UPDATE plan_piece SET last_updated = 1 WHERE source = ? AND last_updated > 1",
    ("UPDATE profile SET last_updated = 1 WHERE patient IN (SELECT id FROM patient WHERE source = ?)"
     " AND last_updated > 1"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sql); i++)
    if (!cpd_db_run (db, error, sql[i], "t", source))
      return FALSE;
  return TRUE;
}

/**
 * cpd_store_ehr_forget_server:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_forget_server (CpdDb *db, const char *source, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM ehr_mark WHERE source = ?", "t", source) &&
         cpd_db_run (db, error, "DELETE FROM ehr_type WHERE source = ?", "t", source) &&
         cpd_db_run (db, error, "DELETE FROM ehr_name WHERE source = ?", "t", source) &&
         cpd_db_run (db, error, "DELETE FROM meta WHERE key = " BASE_KEY, "t", source) &&
         /* Of a directory, without an id to ask for. */
         cpd_db_run (db, error, "DELETE FROM sync_quarantine WHERE source = ? AND fhir_id = place", "t", source) &&
         forget_ids (db, source, error) && forget_times (db, source, error);
}
