/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-second-step.h"

#include <string.h>

#include "cpd-keys.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

void
cpd_totp_clear (CpdTotp *totp)
{
  g_clear_pointer (&totp->seed_sealed, g_bytes_unref);
}

/**
 * cpd_store_totp_get:
 * @totp: (out caller-allocates)
 */
gboolean
cpd_store_totp_get (CpdDb *db, gint64 account, CpdTotp *totp, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT seed_sealed, confirmed FROM totp WHERE account = ?", "i", account);

  memset (totp, 0, sizeof *totp);
  if (cpd_stmt_next (stmt, &local))
    {
      gsize size;
      const void *sealed = cpd_stmt_blob (stmt, 0, &size);
      totp->seed_sealed = g_bytes_new (sealed, size);
      totp->confirmed = cpd_stmt_int (stmt, 1);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_totp_add:
 *
 * FALSE with CP_ERROR_CONFLICT when codes from an app are in use: they are turned off first, with the password.
 */
gboolean
cpd_store_totp_add (CpdDb *db, gint64 account, GBytes *seed_sealed, CpTime now, GError **error)
{
  if (!cpd_db_run (db, error,
                   "INSERT INTO totp (account, seed_sealed, created) VALUES (?, ?, ?) ON CONFLICT (account)"
                   " DO UPDATE SET seed_sealed = excluded.seed_sealed, created = excluded.created, used_step = 0"
                   " WHERE confirmed IS NULL",
                   "iyi", account, seed_sealed, now))
    return FALSE;
  if (cpd_db_changes (db) > 0)
    return TRUE;
  g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "codes from an app are in use");
  return FALSE;
}

/**
 * cpd_store_totp_confirm:
 *
 * Codes from the app count from now on.
 */
gboolean
cpd_store_totp_confirm (CpdDb *db, gint64 account, gint64 step, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE totp SET confirmed = ?, used_step = ? WHERE account = ? AND confirmed IS NULL",
                     "iii", now, step, account);
}

/**
 * cpd_store_totp_use:
 *
 * The code of this step, and of those before it, counts no more (RFC 6238, 5.2).
 */
gboolean
cpd_store_totp_use (CpdDb *db, gint64 account, gint64 step, GError **error)
{
  return cpd_db_run (db, error, "UPDATE totp SET used_step = max (used_step, ?) WHERE account = ?", "ii", step,
                     account);
}

/**
 * cpd_store_totp_drop:
 * @dropped: (out) (optional): whether there was one in use
 */
gboolean
cpd_store_totp_drop (CpdDb *db, gint64 account, gboolean *dropped, GError **error)
{
  g_auto (CpdTotp) totp = { 0 };

  if (!cpd_store_totp_get (db, account, &totp, error) ||
      !cpd_db_run (db, error, "DELETE FROM totp WHERE account = ?", "i", account))
    return FALSE;
  if (dropped != NULL)
    *dropped = totp.confirmed != 0;
  return TRUE;
}

/**
 * cpd_store_given_code_add:
 * @hash: CPD_HASH_SIZE bytes, with the account in it
 */
gboolean
cpd_store_given_code_add (CpdDb *db, gint64 account, int kind, const guchar *hash, CpTime now, CpTime expires,
                          GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO given_code (account, kind, code_hash, created, expires) VALUES (?, ?, ?, ?, ?)",
                     "iibii", account, (gint64) kind, hash, (gsize) CPD_HASH_SIZE, now, expires);
}

/**
 * cpd_store_given_code_use:
 *
 * The code counts no more.
 */
gboolean
cpd_store_given_code_use (CpdDb *db, gint64 account, int kind, const guchar *hash, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE given_code SET used = ? WHERE account = ? AND kind = ? AND code_hash = ? AND used IS NULL",
                     "iiib", now, account, (gint64) kind, hash, (gsize) CPD_HASH_SIZE);
}

/**
 * cpd_store_given_code_drop:
 *
 * Codes of that kind count no more, used or not.
 */
gboolean
cpd_store_given_code_drop (CpdDb *db, gint64 account, int kind, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM given_code WHERE account = ? AND kind = ?", "ii", account, (gint64) kind);
}

/**
 * cpd_store_given_code_count:
 * @left: (out)
 * @made: (out)
 */
gboolean
cpd_store_given_code_count (CpdDb *db, gint64 account, int kind, CpTime now, int *left, CpTime *made, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error,
                                           "SELECT count (*) FILTER (WHERE used IS NULL AND expires > ?), max (created)"
                                           " FROM given_code WHERE account = ? AND kind = ?",
                                           "iii", now, account, (gint64) kind);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *left = (int) cpd_stmt_int (stmt, 0);
  *made = cpd_stmt_int (stmt, 1);
  return TRUE;
}
