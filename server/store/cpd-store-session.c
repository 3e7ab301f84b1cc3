/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-session.h"

#include <string.h>

#include "cpd-facts-private.h"
#include "cpd-keys.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-news.h"
#include "cpd-token.h"

/* After CPD_FACTS and what is so of the patient. */
static void
take_session (CpdStmt *stmt, CpdActor *actor, CpdSessionEnd *end)
{
  actor->session = cpd_stmt_int (stmt, 11);
  actor->kind = cpd_stmt_int (stmt, 12);
  actor->account = cpd_stmt_int (stmt, 13);
  actor->attempt = cpd_stmt_int (stmt, 14);
  actor->device = cpd_stmt_int (stmt, 15);
  actor->shared = cpd_stmt_int (stmt, 16) != 0;
  actor->last_used = cpd_stmt_int (stmt, 17);
  actor->expires = cpd_stmt_int (stmt, 18);
  *end = cpd_stmt_int (stmt, 19);
  actor->visit = cpd_stmt_int (stmt, 20);
  actor->previous_visit = cpd_stmt_int (stmt, 21);
}

/* Of a patient who is nothing to the account nothing is told. */
static void
take_membership (CpdStmt *stmt, CpdMembershipFacts *facts)
{
  if (cpd_stmt_is_null (stmt, 0))
    return;
  cpd_take_facts (stmt, facts);
  facts->linked = cpd_stmt_int (stmt, 7) != 0;
  facts->deceased = cpd_stmt_int (stmt, 8) != 0;
  facts->read_at = cpd_stmt_int (stmt, 9);
  facts->put_back = !cpd_stmt_is_null (stmt, 9) && facts->read_at == 0;
  facts->waits = cpd_stmt_int (stmt, 10) != 0;
  facts->visited = cpd_stmt_int (stmt, 22);
  facts->visited_before = cpd_stmt_int (stmt, 23);
}

/**
 * cpd_store_session_find:
 * @token_hash: CPD_HASH_SIZE bytes
 * @patient_id: (nullable)
 * @actor: (out caller-allocates): zeros when there is no such session
 * @end: (out): why it ended, 0 when it has not
 * @facts: (out caller-allocates)
 *
 * Each request asks for all of this, so that it is one query.
 */
gboolean
cpd_store_session_find (CpdDb *db, const guchar *token_hash, const char *patient_id, CpdActor *actor,
                        CpdSessionEnd *end, CpdMembershipFacts *facts, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT " CPD_FACTS ", patient.fhir_id IS NOT NULL, patient.deceased, patient.read_at,"
      " EXISTS (SELECT 1 FROM ehr_lacking l WHERE l.patient = m.patient),"
      " s.id, s.kind, s.account, s.attempt, s.device, s.shared, s.last_used, s.expires, s.end_reason,"
      " a.last_login, a.previous_login, m.visited, m.visited_before"
      " FROM session s JOIN account a ON a.id = s.account LEFT JOIN patient ON patient.public_id = ?2"
      " LEFT JOIN membership m ON m.account = s.account AND m.patient = patient.id WHERE s.token_hash = ?1",
      "bt", token_hash, (gsize) CPD_HASH_SIZE, patient_id);

  memset (actor, 0, sizeof *actor);
  memset (facts, 0, sizeof *facts);
  *end = 0;
  if (cpd_stmt_next (stmt, &local))
    {
      take_session (stmt, actor, end);
      take_membership (stmt, facts);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_session_add:
 * @actor: (inout): its fields are stored; session and last_used are set
 */
gboolean
cpd_store_session_add (CpdDb *db, const guchar *token_hash, CpdActor *actor, CpTime now, GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  if (!cpd_db_run (db, error,
                   "INSERT INTO session (public_id, token_hash, account, kind, attempt, device, shared, created,"
                   " last_used, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "tbiiooiiii", public_id, token_hash, (gsize) CPD_HASH_SIZE, actor->account, (gint64) actor->kind,
                   actor->attempt, actor->device, (gint64) actor->shared, now, now, actor->expires))
    return FALSE;
  actor->session = cpd_db_last_id (db);
  actor->last_used = now;
  return TRUE;
}

/**
 * cpd_store_session_visit:
 *
 * Nothing when it was noted already.
 */
gboolean
cpd_store_session_visit (CpdDb *db, const CpdActor *actor, gint64 membership, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE membership SET visited_before = visited, visited = ?1 WHERE id = ?2 AND visited IS NOT ?1",
                     "ii", actor->visit, membership);
}

/**
 * cpd_store_session_touch:
 *
 * The session was used at @now; never moves back. Who is on the way in is not in yet.
 */
gboolean
cpd_store_session_touch (CpdDb *db, const CpdActor *actor, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE session SET last_used = max (last_used, ?) WHERE id = ?", "ii", now,
                     actor->session) &&
         (actor->kind != CPD_SESSION_FULL || cpd_store_news_seen (db, actor->account, now, error));
}

/**
 * cpd_store_session_end:
 * @ended: (out) (optional): FALSE when it had ended before
 *
 * Ends one session; one that has ended keeps its first reason.
 */
gboolean
cpd_store_session_end (CpdDb *db, gint64 session, CpdSessionEnd reason, CpTime now, gboolean *ended, GError **error)
{
  if (!cpd_db_run (db, error, "UPDATE session SET ended = ?, end_reason = ? WHERE id = ? AND ended IS NULL", "iii", now,
                   (gint64) reason, session))
    return FALSE;
  if (ended != NULL)
    *ended = cpd_db_changes (db) > 0;
  return TRUE;
}

/**
 * cpd_store_session_end_others:
 * @keep: 0 for none
 *
 * Ends all sessions of the account but one.
 */
gboolean
cpd_store_session_end_others (CpdDb *db, gint64 account, gint64 keep, CpdSessionEnd reason, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE session SET ended = ?, end_reason = ? WHERE account = ? AND id <> ? AND ended IS NULL",
                     "iiii", now, (gint64) reason, account, keep);
}

/**
 * cpd_store_device_find:
 * @device: (out caller-allocates): id 0 when the token names no live device of @account
 */
gboolean
cpd_store_device_find (CpdDb *db, gint64 account, const guchar *token_hash, CpdDevice *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT id, last_visit FROM device WHERE account = ? AND ended IS NULL"
                    " AND (token_hash = ? OR previous_hash = ?)",
                    "ibb", account, token_hash, (gsize) CPD_HASH_SIZE, token_hash, (gsize) CPD_HASH_SIZE);

  memset (device, 0, sizeof *device);
  if (cpd_stmt_next (stmt, &local))
    {
      device->id = cpd_stmt_int (stmt, 0);
      device->last_visit = cpd_stmt_int (stmt, 1);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_device_add:
 * @id: (out): of the new device
 *
 * One that takes the place of another keeps its name; otherwise it is called as the app called it.
 */
gboolean
cpd_store_device_add (CpdDb *db, gint64 account, const guchar *token_hash, gint64 attempt, CpTime now, gint64 *id,
                      GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  if (!cpd_db_run (db, error,
                   "INSERT INTO device (public_id, account, token_hash, created, last_visit, name) VALUES (?1, ?2, ?3,"
                   " ?4, ?4, (SELECT coalesce (old.name, a.device_name) FROM login_attempt a"
                   " LEFT JOIN device old ON old.id = a.device WHERE a.id = ?5))",
                   "tibii", public_id, account, token_hash, (gsize) CPD_HASH_SIZE, now, attempt))
    return FALSE;
  *id = cpd_db_last_id (db);
  return TRUE;
}

/**
 * cpd_store_device_rotate:
 * @used_hash: of the token that was shown: it stays valid until the new one is used, in case the answer gets lost
 */
gboolean
cpd_store_device_rotate (CpdDb *db, gint64 device, const guchar *used_hash, const guchar *new_hash, CpTime now,
                         GError **error)
{
  return cpd_db_run (db, error, "UPDATE device SET previous_hash = ?, token_hash = ?, last_visit = ? WHERE id = ?",
                     "bbii", used_hash, (gsize) CPD_HASH_SIZE, new_hash, (gsize) CPD_HASH_SIZE, now, device);
}

/**
 * cpd_store_device_name:
 * @name: (nullable): as the app calls it
 *
 * A device that has no name yet gets one; what the person chose stays.
 */
gboolean
cpd_store_device_name (CpdDb *db, gint64 device, const char *name, GError **error)
{
  return name == NULL ||
         cpd_db_run (db, error, "UPDATE device SET name = ? WHERE id = ? AND name IS NULL", "ti", name, device);
}

/**
 * cpd_store_device_list:
 *
 * Returns: (transfer full): NULL with an error.
 */
GArray *
cpd_store_device_list (CpdDb *db, gint64 account, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT id FROM device WHERE account = ? AND ended IS NULL", "i", account);

  while (cpd_stmt_next (stmt, &local))
    {
      gint64 id = cpd_stmt_int (stmt, 0);
      g_array_append_val (ids, id);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&ids) : NULL;
}

/**
 * cpd_store_device_end:
 *
 * Ends the trust in one device.
 */
gboolean
cpd_store_device_end (CpdDb *db, gint64 device, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE device SET ended = ? WHERE id = ? AND ended IS NULL", "ii", now, device);
}

/**
 * cpd_store_device_end_others:
 * @keep: 0 for none
 *
 * Ends the trust in all devices of the account but one.
 */
gboolean
cpd_store_device_end_others (CpdDb *db, gint64 account, gint64 keep, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE device SET ended = ? WHERE account = ? AND id <> ? AND ended IS NULL", "iii",
                     now, account, keep);
}

/**
 * cpd_store_session_close:
 */
gboolean
cpd_store_session_close (CpdDb *db, gint64 account, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE session SET ended = coalesce (ended, ?1), token_hash = randomblob (32)"
                     " WHERE ?2 IN (0, account)",
                     "ii", now, account) &&
         cpd_db_run (db, error,
                     "UPDATE device SET ended = coalesce (ended, ?1), token_hash = randomblob (32),"
                     " previous_hash = NULL WHERE ?2 IN (0, account)",
                     "ii", now, account);
}
