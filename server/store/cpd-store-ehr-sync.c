/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-ehr-sync.h"

#include <string.h>

#include "cpd-result.h"
#include "cpd-stmt.h"

static void
enrolled_free (gpointer data)
{
  CpdEhrEnrolled *enrolled = data;

  g_free (enrolled->fhir_id);
  g_free (enrolled->short_name);
  g_strfreev (enrolled->earlier);
  g_free (enrolled);
}

/**
 * cpd_store_ehr_enrolled:
 *
 * Returns: (transfer full) (nullable) (element-type CpdEhrEnrolled)
 */
GPtrArray *
cpd_store_ehr_enrolled (CpdDb *db, const char *source, GError **error)
{
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func (enrolled_free);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &failed,
                    "SELECT id, identifier_hash, iif (instr (fhir_id, '#') > 0, NULL, fhir_id), short_name, deceased,"
                    " (SELECT group_concat (fhir_id, char (10)) FROM patient_earlier WHERE patient = patient.id)"
                    " FROM patient WHERE source = ? ORDER BY id",
                    "t", source);

  while (cpd_stmt_next (stmt, &failed))
    {
      CpdEhrEnrolled *enrolled = g_new0 (CpdEhrEnrolled, 1);
      gsize size = 0;
      const void *hash = cpd_stmt_blob (stmt, 1, &size);
      const char *earlier = cpd_stmt_text (stmt, 5);

      enrolled->id = cpd_stmt_int (stmt, 0);
      enrolled->fhir_id = cpd_stmt_dup_text (stmt, 2);
      enrolled->short_name = cpd_stmt_dup_text (stmt, 3);
      enrolled->deceased = cpd_stmt_int (stmt, 4) != 0;
      enrolled->earlier = g_strsplit (earlier != NULL ? earlier : "", "\n", -1);
      if (hash != NULL && size == sizeof enrolled->identifier_hash)
        memcpy (enrolled->identifier_hash, hash, size);
      g_ptr_array_add (result, enrolled);
    }
  if (failed == NULL)
    return g_steal_pointer (&result);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/**
 * cpd_store_ehr_link:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_link (CpdDb *db, gint64 patient, const char *fhir_id, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT OR IGNORE INTO patient_earlier (patient, fhir_id)"
                     " SELECT id, fhir_id FROM patient WHERE id = ? AND instr (fhir_id, '#') = 0",
                     "i", patient) &&
         cpd_db_run (db, error, "DELETE FROM patient_earlier WHERE patient = ? AND fhir_id = ?", "it", patient,
                     fhir_id) &&
         cpd_db_run (
             db, error,
             "UPDATE patient SET loaded = iif (fhir_id = ?1 || '#' || id, loaded, NULL), fhir_id = ?1 WHERE id = ?2",
             "ti", fhir_id, patient);
}

/**
 * cpd_store_ehr_put_type:
 * @at: when the run began: what is fetched is as old as that
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_put_type (CpdDb *db, const char *source, CpTime at, const CpdEhrTypeResult *result, GError **error)
{
  return cpd_db_run (
      db, error,
      "INSERT INTO sync_type (source, type, last_attempt, last_success, error, read_count, written_count,"
      " odd_count, withheld) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, type) DO UPDATE SET"
      " last_attempt = excluded.last_attempt, last_success = coalesce (excluded.last_success,"
      " last_success), error = excluded.error, read_count = excluded.read_count,"
      " written_count = excluded.written_count, odd_count = excluded.odd_count, withheld = excluded.withheld",
      "ttiotiiii", source, result->type, at, result->error == NULL ? at : (CpTime) 0, result->error, result->read,
      result->written, result->odd, (gint64) result->withheld);
}

/**
 * cpd_store_ehr_clear_problems:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_clear_problems (CpdDb *db, const char *source, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM sync_problem WHERE source = ?", "t", source);
}

/**
 * cpd_store_ehr_add_problem:
 * @type: (nullable):
 * @id: (nullable):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_add_problem (CpdDb *db, const char *source, CpTime at, const char *place, const char *type,
                           const char *id, const char *reason, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO sync_problem (at, source, place, type, fhir_id, reason) VALUES (?, ?, ?, ?, ?, ?)",
                     "ittttt", at, source, place, type, id, reason);
}

/* Steps once; FALSE with error only when the database fails. */
static gboolean
one_row (CpdStmt *stmt, gboolean *found, GError **error)
{
  g_autoptr (GError) failed = NULL;

  *found = cpd_stmt_next (stmt, &failed);
  if (failed == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * cpd_store_ehr_type_state:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_type_state (CpdDb *db, const char *source, const char *type, CpdEhrTypeState *state, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error, "SELECT last_attempt, last_success, error, withheld FROM sync_type WHERE source = ? AND type = ?",
      "tt", source, type);
  gboolean found;

  *state = (CpdEhrTypeState){ 0 };
  if (!one_row (stmt, &found, error))
    return FALSE;
  if (found)
    {
      state->last_attempt = cpd_stmt_int (stmt, 0);
      state->last_success = cpd_stmt_int (stmt, 1);
      state->failed = !cpd_stmt_is_null (stmt, 2);
      state->withheld = cpd_stmt_int (stmt, 3) != 0;
    }
  return TRUE;
}

/**
 * cpd_store_ehr_type_states:
 * @types: (array zero-terminated=1): FHIR resource types
 * @states: (out caller-allocates): zeros for a type that was never tried
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_type_states (CpdDb *db, const char *source, const char *const *types, CpdEhrTypeState *states,
                           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT type, last_attempt, last_success, error, withheld FROM sync_type WHERE source = ?", "t",
      source);

  for (int i = 0; types[i] != NULL; i++)
    states[i] = (CpdEhrTypeState){ 0 };
  while (cpd_stmt_next (stmt, &local))
    for (int i = 0; types[i] != NULL; i++)
      if (strcmp (types[i], cpd_stmt_text (stmt, 0)) == 0)
        states[i] = (CpdEhrTypeState){ cpd_stmt_int (stmt, 1), cpd_stmt_int (stmt, 2), !cpd_stmt_is_null (stmt, 3),
                                       cpd_stmt_int (stmt, 4) != 0 };
  return cpd_result (&local, error);
}

/**
 * cpd_store_ehr_type_waits:
 * @types: (array zero-terminated=1): FHIR resource types
 * @states: (inout):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_type_waits (CpdDb *db, const char *source, gint64 patient, const char *const *types,
                          CpdEhrTypeState *states, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT type, min (whole) FROM ehr_lacking WHERE patient = ? AND source = ? GROUP BY type", "it",
      patient, source);

  while (cpd_stmt_next (stmt, &local))
    for (int i = 0; types[i] != NULL; i++)
      if (strcmp (types[i], cpd_stmt_text (stmt, 0)) == 0)
        {
          states[i].failed = TRUE;
          states[i].last_success = MIN (states[i].last_success, cpd_stmt_int (stmt, 1));
        }
  return cpd_result (&local, error);
}

/**
 * cpd_store_ehr_put_read:
 * @at: when the run began
 * @everything: it read every type to its end, and found out all that is gone
 *
 * After a backup was put back only such a run counts.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_put_read (CpdDb *db, gint64 patient, CpTime at, gboolean everything, GError **error)
{
  return cpd_db_run (db, error, "UPDATE patient SET read_at = ?1 WHERE id = ?2 AND (?3 OR read_at IS NOT 0)", "iii", at,
                     patient, (gint64) everything);
}

/**
 * cpd_store_ehr_count_put_back:
 * @n: (out):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_count_put_back (CpdDb *db, const char *source, gint64 *n, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT count (*) FROM patient WHERE source = ? AND read_at = 0", "t", source);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *n = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_ehr_slot:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_slot (CpdDb *db, const char *date, int minute, CpdEhrSlotState *state, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT started, finished, failed FROM sync_slot WHERE date = ? AND minute = ?", "ti",
                    date, (gint64) minute);
  gboolean found;

  *state = (CpdEhrSlotState){ 0 };
  if (!one_row (stmt, &found, error))
    return FALSE;
  if (found)
    {
      state->started = cpd_stmt_int (stmt, 0);
      state->finished = cpd_stmt_int (stmt, 1);
      state->failed = cpd_stmt_int (stmt, 2) != 0;
    }
  return TRUE;
}

/**
 * cpd_store_ehr_slots_put_right:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_slots_put_right (CpdDb *db, CpTime latest, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM sync_slot WHERE started > ?", "i", latest) &&
         cpd_db_run (db, error,
                     "UPDATE sync_slot SET failed = 1 WHERE finished IS NULL AND EXISTS (SELECT 1 FROM sync_lease)",
                     "");
}

/**
 * cpd_store_ehr_slot_begin:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_slot_begin (CpdDb *db, const char *date, int minute, CpTime now, gboolean *taken, GError **error)
{
  CpdEhrSlotState state;

  *taken = FALSE;
  if (!cpd_store_ehr_slot (db, date, minute, &state, error))
    return FALSE;
  if (state.finished != 0 && !state.failed)
    return TRUE;
  *taken = cpd_db_run (db, error,
                       "INSERT INTO sync_slot (date, minute, started) VALUES (?, ?, ?) ON CONFLICT (date, minute)"
                       " DO UPDATE SET started = excluded.started, finished = NULL",
                       "tii", date, (gint64) minute, now);
  return *taken;
}

/**
 * cpd_store_ehr_slot_finish:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_slot_finish (CpdDb *db, const char *date, int minute, CpTime now, gboolean failed, GError **error)
{
  return cpd_db_run (db, error, "UPDATE sync_slot SET finished = ?, failed = ? WHERE date = ? AND minute = ?", "iiti",
                     now, (gint64) failed, date, (gint64) minute);
}
