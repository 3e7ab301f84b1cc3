/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-attempt.h"

#include <string.h>

#include "cp-session.h"
#include "cpd-keys.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

/**
 * cpd_store_attempt_add:
 * @attempt: (inout): id is set
 */
gboolean
cpd_store_attempt_add (CpdDb *db, CpdAttempt *attempt, const char *device_name, const char *mobile, GError **error)
{
  if (!cpd_db_run (db, error,
                   "INSERT INTO login_attempt (account, created, expires, reason, shared, temporary, device, verified,"
                   " purpose, device_name, mobile) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "iiiiiiooitt", attempt->account, attempt->created, attempt->expires, (gint64) attempt->reason,
                   (gint64) attempt->shared, (gint64) attempt->temporary, attempt->device,
                   attempt->verified ? attempt->created : 0, (gint64) attempt->purpose, device_name, mobile))
    return FALSE;
  attempt->id = cpd_db_last_id (db);
  return TRUE;
}

#define COLUMNS "id, account, created, expires, reason, shared, temporary, device, tries, verified, purpose"

static gboolean
take_attempt (CpdStmt *stmt, CpdAttempt *attempt, GError **error)
{
  memset (attempt, 0, sizeof *attempt);
  if (cpd_stmt_next (stmt, error))
    {
      attempt->id = cpd_stmt_int (stmt, 0);
      attempt->account = cpd_stmt_int (stmt, 1);
      attempt->created = cpd_stmt_int (stmt, 2);
      attempt->expires = cpd_stmt_int (stmt, 3);
      attempt->reason = (int) cpd_stmt_int (stmt, 4);
      attempt->shared = cpd_stmt_int (stmt, 5) != 0;
      attempt->temporary = cpd_stmt_int (stmt, 6) != 0;
      attempt->device = cpd_stmt_int (stmt, 7);
      attempt->tries = (int) cpd_stmt_int (stmt, 8);
      attempt->verified = !cpd_stmt_is_null (stmt, 9);
      attempt->purpose = cpd_stmt_int (stmt, 10);
    }
  return error == NULL || *error == NULL;
}

/**
 * cpd_store_attempt_get:
 * @attempt: (out caller-allocates)
 */
gboolean
cpd_store_attempt_get (CpdDb *db, gint64 id, CpdAttempt *attempt, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT " COLUMNS " FROM login_attempt WHERE id = ?", "i", id);

  take_attempt (stmt, attempt, &local);
  return cpd_result (&local, error);
}

/**
 * cpd_store_attempt_mobile:
 *
 * Returns: (transfer full) (nullable): NULL with or without an error.
 */
char *
cpd_store_attempt_mobile (CpdDb *db, gint64 id, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT mobile FROM login_attempt WHERE id = ?", "i", id);

  return cpd_stmt_next (stmt, error) ? cpd_stmt_dup_text (stmt, 0) : NULL;
}

/**
 * cpd_store_attempt_find_number:
 * @attempt: (out caller-allocates)
 */
gboolean
cpd_store_attempt_find_number (CpdDb *db, gint64 account, CpdAttempt *attempt, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT " COLUMNS " FROM login_attempt WHERE account = ? AND purpose = ?"
                                           " ORDER BY id DESC LIMIT 1",
                                           "ii", account, (gint64) CPD_ATTEMPT_NUMBER);

  take_attempt (stmt, attempt, &local);
  return cpd_result (&local, error);
}

/**
 * cpd_store_attempt_set_verified:
 *
 * The device is known from now on in this attempt.
 */
gboolean
cpd_store_attempt_set_verified (CpdDb *db, gint64 id, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE login_attempt SET verified = ? WHERE id = ?", "ii", now, id);
}

/**
 * cpd_store_attempt_clear_temporary:
 *
 * The temporary password has been changed: the attempt goes on with the person's own.
 */
gboolean
cpd_store_attempt_clear_temporary (CpdDb *db, gint64 id, GError **error)
{
  return cpd_db_run (db, error, "UPDATE login_attempt SET temporary = 0 WHERE id = ?", "i", id);
}

/**
 * cpd_store_attempt_reset_tries:
 *
 * A new code gives three new tries; the limits of codes stay.
 */
gboolean
cpd_store_attempt_reset_tries (CpdDb *db, gint64 id, GError **error)
{
  return cpd_db_run (db, error, "UPDATE login_attempt SET tries = 0 WHERE id = ?", "i", id);
}

/**
 * cpd_store_attempt_reset_logins:
 */
gboolean
cpd_store_attempt_reset_logins (CpdDb *db, gint64 account, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE login_attempt SET tries = 0 WHERE account = ? AND purpose = ? AND verified IS NULL"
                     " AND expires > ?",
                     "iii", account, (gint64) CPD_ATTEMPT_LOGIN, now);
}

/**
 * cpd_store_code_add:
 * @hash: CPD_HASH_SIZE bytes, bound to the account
 * @expires: until when it may be used
 *
 * Adds a code beside the earlier ones of the attempt, which stay valid until their own end.
 */
gboolean
cpd_store_code_add (CpdDb *db, gint64 attempt, const guchar *hash, CpTime now, CpTime expires, GError **error)
{
  return cpd_db_run (db, error, "INSERT INTO sms_code (attempt, code_hash, created, expires) VALUES (?, ?, ?, ?)",
                     "ibii", attempt, hash, (gsize) CPD_HASH_SIZE, now, expires);
}

/**
 * cpd_store_code_drop_logins:
 */
gboolean
cpd_store_code_drop_logins (CpdDb *db, gint64 account, GError **error)
{
  return cpd_db_run (db, error,
                     "DELETE FROM sms_code WHERE attempt IN (SELECT id FROM login_attempt WHERE account = ?"
                     " AND purpose = ?)",
                     "ii", account, (gint64) CPD_ATTEMPT_LOGIN);
}

/* SQL: the attempts whose codes count for attempt ?2, a row `own`, at ?1: itself; and for a login to which no code was
 * sent when it began, those of the same person before it that came to nothing and are not over. Who logs in again,
 * before another code may be sent, holds one of those and knows of no attempts. */
#define WHOSE_CODES                                                                                                    \
  "SELECT e.id FROM login_attempt own JOIN login_attempt e ON e.account = own.account WHERE own.id = ?2"               \
  " AND (e.id = own.id OR (own.purpose = 0 AND e.purpose = 0 AND e.id < own.id AND e.verified IS NULL"                 \
  " AND e.expires > ?1 AND NOT EXISTS (SELECT 1 FROM outbox WHERE account = own.account AND attempt = own.id"          \
  " AND created <= own.created)))"
G_STATIC_ASSERT (CPD_ATTEMPT_LOGIN == 0);

/**
 * cpd_store_attempt_find_sent:
 * @since: an earlier code counts no more
 * @sent: (out caller-allocates)
 */
gboolean
cpd_store_attempt_find_sent (CpdDb *db, gint64 attempt, CpTime since, CpTime now, CpdSent *sent, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT a.id, o.created, a.tries FROM outbox o JOIN login_attempt a ON a.id = o.attempt"
                    " WHERE a.id IN (" WHOSE_CODES ") AND o.account = a.account AND o.created > ?3"
                    " AND o.created <= ?1 ORDER BY o.created DESC, a.id DESC LIMIT 1",
                    "iii", now, attempt, since);

  memset (sent, 0, sizeof *sent);
  if (cpd_stmt_next (stmt, &local))
    *sent = (CpdSent){ cpd_stmt_int (stmt, 0), cpd_stmt_int (stmt, 1), (int) cpd_stmt_int (stmt, 2) };
  return cpd_result (&local, error);
}

/* Counts, and finds until when the right code works: NULL when this is not it. ?3 is what the code came to, ?4 the most
 * tries, ?5 the attempt that counts them. */
#define COUNT_AND(test)                                                                                                \
  "UPDATE login_attempt SET tries = tries + 1 WHERE id = ?5 AND tries < ?4 RETURNING tries, (" test ")"
#define GIVEN(kind)                                                                                                    \
  COUNT_AND ("SELECT max (expires) FROM given_code WHERE account = login_attempt.account AND kind = " kind             \
             " AND code_hash = ?3 AND used IS NULL")

static const char *const tests[CP_N_STEP_METHODS] = {
  [CP_STEP_SMS] = COUNT_AND ("SELECT max (expires) FROM sms_code WHERE attempt IN (" WHOSE_CODES ")"
                             " AND code_hash = ?3"),
  /* A step counts until it was used, and the app's clock has judged already which one it can be. */
  [CP_STEP_TOTP] = COUNT_AND ("SELECT 9223372036854775807 FROM totp WHERE account = login_attempt.account"
                              " AND confirmed IS NOT NULL AND used_step < ?3"),
  [CP_STEP_SHEET] = GIVEN ("2"),
  [CP_STEP_DESK] = GIVEN ("3"),
};
G_STATIC_ASSERT (CP_STEP_SHEET == 2 && CP_STEP_DESK == 3);

/**
 * cpd_store_code_try:
 * @result: (out)
 * @tries_left: (out): after this one
 *
 * One UPDATE counts the try and compares it with what is known of the method.
 */
gboolean
cpd_store_code_try (CpdDb *db, gint64 attempt, const CpdProof *proof, CpTime now, CpdCodeResult *result,
                    int *tries_left, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = proof->method == CP_STEP_TOTP
                                 ? cpd_db_query (db, &local, tests[proof->method], "iiiii", now, attempt, proof->step,
                                                 (gint64) CPD_ATTEMPT_TRIES, proof->counted_in)
                                 : cpd_db_query (db, &local, tests[proof->method], "iibii", now, attempt, proof->hash,
                                                 (gsize) CPD_HASH_SIZE, (gint64) CPD_ATTEMPT_TRIES, proof->counted_in);

  *result = CPD_CODE_USED_UP;
  *tries_left = 0;
  if (cpd_stmt_next (stmt, &local))
    {
      *tries_left = CPD_ATTEMPT_TRIES - (int) cpd_stmt_int (stmt, 0);
      if (cpd_stmt_is_null (stmt, 1))
        *result = CPD_CODE_WRONG;
      else
        *result = cpd_stmt_int (stmt, 1) > now ? CPD_CODE_RIGHT : CPD_CODE_EXPIRED;
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_code_use:
 *
 * A code counts once: one that was sent for an earlier login ends that one.
 */
gboolean
cpd_store_code_use (CpdDb *db, gint64 attempt, const guchar *hash, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE login_attempt SET expires = ?1 WHERE id <> ?2 AND id IN (" WHOSE_CODES ")"
                     " AND EXISTS (SELECT 1 FROM sms_code WHERE attempt = login_attempt.id AND code_hash = ?3)",
                     "iib", now, attempt, hash, (gsize) CPD_HASH_SIZE);
}
