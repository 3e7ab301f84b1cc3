/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-ehr-server.h"

#include "cpd-ehr-rows-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

/* Steps once; *found tells whether there is a row. FALSE with error only when the database fails. */
static gboolean
one_row (CpdStmt *stmt, gboolean *found, GError **error)
{
  g_autoptr (GError) failed = NULL;

  *found = cpd_stmt_next (stmt, &failed);
  if (stmt == NULL)
    return FALSE;
  return cpd_result (&failed, error);
}

/**
 * cpd_store_ehr_mode:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_mode (CpdDb *db, const char *source, const char *type, CpdEhrTypeMode *mode, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error, "SELECT mode, swept, history FROM ehr_type WHERE source = ? AND type = ?", "tt", source, type);
  gboolean found;

  *mode = (CpdEhrTypeMode){ 0 };
  if (!one_row (stmt, &found, error))
    return FALSE;
  if (found)
    *mode = (CpdEhrTypeMode){ cpd_stmt_int (stmt, 0), cpd_stmt_int (stmt, 1), cpd_stmt_int (stmt, 2) };
  return TRUE;
}

/**
 * cpd_store_ehr_put_mode:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_put_mode (CpdDb *db, const char *source, const char *type, const CpdEhrTypeMode *mode, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO ehr_type (source, type, mode, swept, history) VALUES (?, ?, ?, ?, ?)"
                     " ON CONFLICT (source, type) DO UPDATE SET mode = excluded.mode, swept = excluded.swept,"
                     " history = excluded.history",
                     "ttiii", source, type, (gint64) mode->mode, mode->swept, mode->history);
}

/**
 * cpd_store_ehr_mark:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_mark (CpdDb *db, const char *source, const char *type, const char *subject, CpTime *mark, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT mark FROM ehr_mark WHERE source = ? AND type = ? AND subject = ?", "ttt", source,
                    type, subject);
  gboolean found;

  if (!one_row (stmt, &found, error))
    return FALSE;
  *mark = found ? cpd_stmt_int (stmt, 0) : 0;
  return TRUE;
}

/**
 * cpd_store_ehr_put_mark:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_put_mark (CpdDb *db, const char *source, const char *type, const char *subject, CpTime mark,
                        CpTime latest, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO ehr_mark (source, type, subject, mark) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT (source, type, subject) DO UPDATE SET mark = excluded.mark"
                     " WHERE excluded.mark > mark OR mark > ?",
                     "tttii", source, type, subject, mark, latest);
}

#define CONTEXT_KEY "'ehr-context-of-' || ?"
#define ANEW_KEY(source, type) "'ehr-anew-of-' || " source " || '/' || " type

/**
 * cpd_store_ehr_is_context:
 * @same: (out): FALSE also when nothing was read yet
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_is_context (CpdDb *db, const char *source, GBytes *context, gboolean *same, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error, "SELECT 1 FROM meta WHERE key = " CONTEXT_KEY " AND value = hex (?)", "ty", source, context);

  return one_row (stmt, same, error);
}

/**
 * cpd_store_ehr_renew:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_renew (CpdDb *db, const char *source, GBytes *context, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM ehr_mark WHERE source = ?", "t", source) &&
         /* One that is read anew already goes on, by what was read before that. */
         cpd_db_run (db, error,
                     "INSERT INTO meta (key, value) SELECT " ANEW_KEY (
                         "source", "type") ", coalesce (last_success, 0)"
                                           " FROM sync_type WHERE source = ? ON CONFLICT (key) DO NOTHING",
                     "t", source) &&
         cpd_db_run (db, error,
                     "INSERT INTO meta (key, value) VALUES (" CONTEXT_KEY ", hex (?))"
                     " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                     "ty", source, context);
}

/**
 * cpd_store_ehr_is_anew:
 * @anew: (out):
 * @since: (out):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_is_anew (CpdDb *db, const char *source, const char *type, gboolean *anew, CpTime *since, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT value FROM meta WHERE key = " ANEW_KEY ("?", "?"), "tt", source, type);

  *anew = FALSE;
  *since = 0;
  if (!one_row (stmt, anew, error))
    return FALSE;
  if (*anew)
    *since = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_ehr_begin_anew:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_begin_anew (CpdDb *db, const char *source, const char *type, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO meta (key, value) VALUES (" ANEW_KEY ("?", "?") ", 0) ON CONFLICT (key) DO NOTHING",
                     "tt", source, type);
}

/**
 * cpd_store_ehr_end_anew:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_end_anew (CpdDb *db, const char *source, const char *type, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM meta WHERE key = " ANEW_KEY ("?", "?"), "tt", source, type);
}

/**
 * cpd_store_ehr_has_marks:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_has_marks (CpdDb *db, const char *source, gboolean *has, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT 1 FROM ehr_mark WHERE source = ? LIMIT 1", "t", source);

  return one_row (stmt, has, error);
}

/**
 * cpd_store_ehr_each_name:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_each_name (CpdDb *db, const char *source, CpdEhrNameFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &failed, "SELECT key, body, fetched FROM ehr_name WHERE source = ? ORDER BY key", "t", source);

  while (cpd_stmt_next (stmt, &failed))
    func (cpd_stmt_text (stmt, 0), cpd_stmt_text (stmt, 1), cpd_stmt_int (stmt, 2), data);
  return cpd_result (&failed, error);
}

/**
 * cpd_store_ehr_put_name:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_put_name (CpdDb *db, const char *source, const char *key, const char *body, CpTime fetched,
                        GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO ehr_name (source, key, body, fetched) VALUES (?, ?, ?, ?)"
                     " ON CONFLICT (source, key) DO UPDATE SET body = excluded.body, fetched = excluded.fetched",
                     "ttti", source, key, body, fetched);
}

/**
 * cpd_store_ehr_drop_name:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_drop_name (CpdDb *db, const char *source, const char *key, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM ehr_name WHERE source = ? AND key = ?", "tt", source, key);
}

/**
 * cpd_store_ehr_quarantined:
 *
 * Returns: (transfer full) (nullable) (element-type utf8)
 */
GPtrArray *
cpd_store_ehr_quarantined (CpdDb *db, const char *source, const char *type, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &failed, "SELECT fhir_id FROM sync_quarantine WHERE source = ? AND type = ? ORDER BY fhir_id",
                    "tt", source, type);

  while (cpd_stmt_next (stmt, &failed))
    g_ptr_array_add (ids, cpd_stmt_dup_text (stmt, 0));
  return cpd_result (&failed, error) ? g_steal_pointer (&ids) : NULL;
}

/**
 * cpd_ehr_lacking_new:
 *
 * Returns: (transfer full)
 */
CpdEhrLacking *
cpd_ehr_lacking_new (const char *id, gint64 patient)
{
  CpdEhrLacking *lacking = g_new0 (CpdEhrLacking, 1);

  lacking->id = g_strdup (id);
  lacking->patient = patient;
  return lacking;
}

/**
 * cpd_ehr_lacking_free:
 * @lacking: (nullable):
 */
void
cpd_ehr_lacking_free (CpdEhrLacking *lacking)
{
  if (lacking == NULL)
    return;
  g_free (lacking->id);
  g_free (lacking);
}

/**
 * cpd_store_ehr_lacking:
 *
 * Returns: (transfer full) (nullable) (element-type CpdEhrLacking)
 */
GPtrArray *
cpd_store_ehr_lacking (CpdDb *db, const char *source, const char *type, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_lacking_free);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &failed, "SELECT fhir_id, patient FROM ehr_lacking WHERE source = ? AND type = ? ORDER BY since, fhir_id",
      "tt", source, type);

  while (cpd_stmt_next (stmt, &failed))
    g_ptr_array_add (all, cpd_ehr_lacking_new (cpd_stmt_text (stmt, 0), cpd_stmt_int (stmt, 1)));
  return cpd_result (&failed, error) ? g_steal_pointer (&all) : NULL;
}

/**
 * cpd_store_ehr_is_lacking:
 *
 * Returns: TRUE when the next run asks for it, or this one does.
 */
gboolean
cpd_store_ehr_is_lacking (CpdDb *db, const char *source, const char *type, const char *id)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, NULL, "SELECT 1 FROM ehr_lacking WHERE source = ? AND type = ? AND fhir_id = ?", "ttt", source, type, id);

  return cpd_stmt_next (stmt, NULL);
}

/**
 * cpd_store_ehr_put_lacking:
 * @now: when the run began: where nothing of the type was here before it, there is nothing older to speak of
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_put_lacking (CpdDb *db, const char *source, const char *type, const CpdEhrLacking *lacking, CpTime now,
                           GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO ehr_lacking (source, type, fhir_id, since, patient, whole)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, iif (?5 IS NULL, NULL,"
                     " coalesce ((SELECT last_success FROM sync_type WHERE source = ?1 AND type = ?2), ?4)))"
                     " ON CONFLICT (source, type, fhir_id) DO UPDATE SET since = excluded.since,"
                     " patient = excluded.patient, whole = iif (excluded.patient IS NULL, NULL,"
                     " coalesce (whole, excluded.whole))",
                     "tttio", source, type, lacking->id, now, lacking->patient);
}

/**
 * cpd_store_ehr_drop_lacking:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_drop_lacking (CpdDb *db, const char *source, const char *type, const char *id, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM ehr_lacking WHERE source = ? AND type = ? AND fhir_id = ?", "ttt", source,
                     type, id);
}

/**
 * cpd_store_ehr_lacks_since:
 * @lacks: (out):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_lacks_since (CpdDb *db, const char *source, CpTime started, gboolean *lacks, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT 1 FROM ehr_lacking WHERE source = ? AND since BETWEEN ? AND ? LIMIT 1", "tii",
                    source, started, cp_time_now ());

  return one_row (stmt, lacks, error);
}

/**
 * cpd_store_ehr_settle_lacking:
 *
 * Nor does what a clock that was wrong has put in the future stay.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_settle_lacking (CpdDb *db, const char *source, CpTime started, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM ehr_lacking WHERE source = ? AND since NOT BETWEEN ? AND ?", "tii", source,
                     started, cp_time_now ());
}

#define ROWS_OF(table) " FROM " table " WHERE source = ?1 AND type = ?2 AND " CPD_IS_ROW_OF ("?3")

static const struct
{
  CpdEhrKind kind;
  const char *live;
  const char *moments;
} of_sql[] = {
  { CPD_EHR_APPOINTMENT, "SELECT patient, fhir_id" ROWS_OF ("appointment") " AND removed IS NULL",
    "SELECT last_updated" ROWS_OF ("appointment") },
  { CPD_EHR_CONTACT, "SELECT patient, fhir_id" ROWS_OF ("contact") " AND removed IS NULL",
    "SELECT last_updated" ROWS_OF ("contact") },
};

/**
 * cpd_store_ehr_each_of:
 *
 * Calls @func for each row that is shown; for none when the kind has no such rows.
 */
gboolean
cpd_store_ehr_each_of (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *base,
                       CpdEhrLiveFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) failed = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (of_sql); i++)
    if (of_sql[i].kind == kind)
      {
        g_autoptr (CpdStmt) stmt = cpd_db_query (db, &failed, of_sql[i].live, "ttt", source, type, base);

        while (cpd_stmt_next (stmt, &failed))
          func (kind, cpd_stmt_int (stmt, 0), cpd_stmt_text (stmt, 1), data);
      }
  return cpd_result (&failed, error);
}

/**
 * cpd_store_ehr_newest_of:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_newest_of (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *base,
                         CpTime *newest, GError **error)
{
  g_autoptr (GError) failed = NULL;

  *newest = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (of_sql); i++)
    if (of_sql[i].kind == kind)
      {
        g_autoptr (CpdStmt) stmt = cpd_db_query (db, &failed, of_sql[i].moments, "ttt", source, type, base);

        while (cpd_stmt_next (stmt, &failed))
          *newest = MAX (*newest, cpd_store_ehr_past_moment (cpd_stmt_int (stmt, 0)));
      }
  return cpd_result (&failed, error);
}

static void
collect_id_cb (CpdEhrKind kind, gint64 patient, const char *id, gpointer data)
{
  g_ptr_array_add (data, g_strdup (id));
}

/**
 * cpd_store_ehr_ids_of:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): under which ids a resource may have rows.
 */
GPtrArray *
cpd_store_ehr_ids_of (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *base,
                      GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!cpd_store_ehr_each_of (db, kind, source, type, base, collect_id_cb, ids, error))
    return NULL;
  if (ids->len == 0)
    g_ptr_array_add (ids, g_strdup (base));
  return g_steal_pointer (&ids);
}

/**
 * cpd_store_ehr_sealed_identifier:
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *
cpd_store_ehr_sealed_identifier (CpdDb *db, gint64 patient, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT identifier_sealed FROM patient WHERE id = ?", "i", patient);
  gboolean found;
  gsize size = 0;
  const void *bytes;

  if (!one_row (stmt, &found, error))
    return NULL;
  bytes = found ? cpd_stmt_blob (stmt, 0, &size) : NULL;
  if (bytes != NULL)
    return g_bytes_new (bytes, size);
  g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, "no such patient");
  return NULL;
}

/**
 * cpd_store_ehr_count:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_count (CpdDb *db, const char *source, const char *type, gint64 *count, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error,
      "SELECT (SELECT count(*) FROM item WHERE source = ?1 AND type = ?2 AND removed IS NULL)"
      " + (SELECT count(*) FROM care_plan WHERE source = ?1 AND type = ?2 AND removed IS NULL)"
      " + (SELECT count(*) FROM plan_piece WHERE source = ?1 AND type = ?2 AND removed IS NULL)"
      " + (SELECT count(*) FROM appointment WHERE source = ?1 AND type = ?2 AND removed IS NULL)"
      " + (SELECT count(*) FROM contact WHERE source = ?1 AND type = ?2 AND removed IS NULL)"
      " + (SELECT count(*) FROM profile JOIN patient ON patient.id = patient WHERE source = ?1 AND ?2 = 'Patient')",
      "tt", source, type);
  gboolean found;

  if (!one_row (stmt, &found, error))
    return FALSE;
  *count = found ? cpd_stmt_int (stmt, 0) : 0;
  return TRUE;
}

/**
 * cpd_store_ehr_standing:
 * @standing: (out): zeros for a type that was never tried
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_standing (CpdDb *db, const char *source, const char *type, CpdEhrStanding *standing, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error,
      "SELECT (SELECT count(*) FROM sync_quarantine WHERE source = ?1 AND type = ?2), odd_count, error FROM sync_type"
      " WHERE source = ?1 AND type = ?2",
      "tt", source, type);
  gboolean found;

  *standing = (CpdEhrStanding){ 0 };
  if (!one_row (stmt, &found, error))
    return FALSE;
  if (found)
    *standing = (CpdEhrStanding){ cpd_stmt_int (stmt, 0), cpd_stmt_int (stmt, 1), cpd_stmt_dup_text (stmt, 2) };
  return TRUE;
}

/**
 * cpd_store_ehr_each_problem:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_ehr_each_problem (CpdDb *db, const char *source, int limit, CpdEhrProblemFunc func, gpointer data,
                            GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &failed, "SELECT place, type, fhir_id, reason FROM sync_problem WHERE source = ? ORDER BY id LIMIT ?", "ti",
      source, (gint64) limit);

  while (cpd_stmt_next (stmt, &failed))
    func (cpd_stmt_text (stmt, 0), cpd_stmt_text (stmt, 1), cpd_stmt_text (stmt, 2), cpd_stmt_text (stmt, 3), data);
  return cpd_result (&failed, error);
}
