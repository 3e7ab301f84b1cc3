/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-own.h"

#include "cp-invitation.h"
#include "cp-part.h"
#include "cpd-clock.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

void
cpd_own_session_row_free (CpdOwnSessionRow *row)
{
  if (row == NULL)
    return;
  cp_own_session_free (row->own);
  g_free (row);
}

/**
 * cpd_store_own_devices:
 *
 * One that was used by a clock that was fast is trusted no more.
 *
 * Returns: (transfer full): NULL with an error.
 */
GPtrArray *
cpd_store_own_devices (CpdDb *db, gint64 account, gint64 current, CpTime life, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_own_device_free);
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT public_id, name, last_visit, id = ? FROM device WHERE account = ?"
                                           " AND ended IS NULL AND last_visit BETWEEN ? AND ?"
                                           " ORDER BY last_visit DESC LIMIT 200",
                                           "iiii", current, account, now - life + 1, now + CPD_CLOCK_ALLOWED);

  while (cpd_stmt_next (stmt, &local))
    {
      CpOwnDevice *device = cp_own_device_new ();
      device->id = cpd_stmt_dup_text (stmt, 0);
      device->name = cpd_stmt_dup_text (stmt, 1);
      device->last_visit = cpd_stmt_int (stmt, 2);
      device->until = device->last_visit + life;
      device->current = cpd_stmt_int (stmt, 3) != 0;
      g_ptr_array_add (devices, device);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&devices) : NULL;
}

static CpdOwnSessionRow *
take_session (CpdStmt *stmt, gint64 current)
{
  CpdOwnSessionRow *row = g_new0 (CpdOwnSessionRow, 1);

  row->actor.session = cpd_stmt_int (stmt, 0);
  row->actor.kind = CPD_SESSION_FULL;
  row->actor.shared = cpd_stmt_int (stmt, 3) != 0;
  row->actor.last_used = cpd_stmt_int (stmt, 5);
  row->actor.expires = cpd_stmt_int (stmt, 6);
  row->own = cp_own_session_new ();
  row->own->id = cpd_stmt_dup_text (stmt, 1);
  row->own->name = cpd_stmt_dup_text (stmt, 2);
  row->own->shared = row->actor.shared;
  row->own->since = cpd_stmt_int (stmt, 4);
  row->own->current = row->actor.session == current;
  return row;
}

/**
 * cpd_store_own_sessions:
 *
 * Since when is told by the login, which a session of a new token goes on with.
 *
 * Returns: (transfer full): the newest first; NULL with an error.
 */
GPtrArray *
cpd_store_own_sessions (CpdDb *db, gint64 account, gint64 current, CpTime now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_own_session_row_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT s.id, s.public_id, coalesce (d.name, a.device_name), s.shared,"
                    " coalesce (a.created, s.created), s.last_used, s.expires FROM session s"
                    " LEFT JOIN device d ON d.id = s.device LEFT JOIN login_attempt a ON a.id = s.attempt"
                    " WHERE s.account = ? AND s.kind = ? AND s.ended IS NULL AND s.expires > ?"
                    " ORDER BY s.id DESC LIMIT 200",
                    "iii", account, (gint64) CPD_SESSION_FULL, now);

  while (cpd_stmt_next (stmt, &local))
    g_ptr_array_add (sessions, take_session (stmt, current));
  return cpd_result (&local, error) ? g_steal_pointer (&sessions) : NULL;
}

static gboolean
find (CpdStmt *stmt, gint64 *id, GError **error)
{
  g_autoptr (GError) local = NULL;

  *id = 0;
  if (cpd_stmt_next (stmt, &local))
    *id = cpd_stmt_int (stmt, 0);
  else if (local == NULL)
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "not one of this account");
  return cpd_result (&local, error);
}

/**
 * cpd_store_own_device_find:
 * @device: (out)
 */
gboolean
cpd_store_own_device_find (CpdDb *db, gint64 account, const char *public_id, gint64 *device, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT id FROM device WHERE account = ? AND public_id = ? AND ended IS NULL", "it",
                    account, public_id);

  return stmt != NULL && find (stmt, device, error);
}

/**
 * cpd_store_own_device_rename:
 *
 * As the person calls it.
 */
gboolean
cpd_store_own_device_rename (CpdDb *db, gint64 device, const char *name, GError **error)
{
  return cpd_db_run (db, error, "UPDATE device SET name = ? WHERE id = ?", "ti", name, device);
}

/**
 * cpd_store_own_session_find:
 * @session: (out)
 */
gboolean
cpd_store_own_session_find (CpdDb *db, gint64 account, const char *public_id, gint64 *session, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT id FROM session WHERE account = ? AND public_id = ? AND ended IS NULL", "it",
                    account, public_id);

  return stmt != NULL && find (stmt, session, error);
}

/**
 * cpd_store_own_device_end_sessions:
 *
 * Whoever is logged in on it is not any more.
 */
gboolean
cpd_store_own_device_end_sessions (CpdDb *db, gint64 device, CpdSessionEnd reason, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE session SET ended = ?, end_reason = ? WHERE device = ? AND ended IS NULL",
                     "iii", now, (gint64) reason, device);
}

/**
 * cpd_store_own_set_name:
 *
 * Name and language, as the person wants them.
 */
gboolean
cpd_store_own_set_name (CpdDb *db, gint64 account, const char *name, const char *given_name, const char *language,
                        GError **error)
{
  return cpd_db_run (db, error, "UPDATE account SET name = ?, given_name = ?, language = ? WHERE id = ?", "ttti", name,
                     given_name, language, account);
}

/**
 * cpd_store_email_change_add:
 * @id: (out): that the link in the mail names
 */
gboolean
cpd_store_email_change_add (CpdDb *db, gint64 account, const char *email, CpTime now, CpTime expires, gint64 *id,
                            GError **error)
{
  if (!cpd_store_email_change_drop (db, account, error) ||
      !cpd_db_run (db, error, "INSERT INTO email_change (account, email, created, expires) VALUES (?, ?, ?, ?)", "itii",
                   account, email, now, expires))
    return FALSE;
  *id = cpd_db_last_id (db);
  return TRUE;
}

/**
 * cpd_store_email_change_drop:
 */
gboolean
cpd_store_email_change_drop (CpdDb *db, gint64 account, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM email_change WHERE account = ?", "i", account);
}

/**
 * cpd_store_email_change_get:
 *
 * Returns: (transfer full) (nullable): NULL with or without an error.
 */
char *
cpd_store_email_change_get (CpdDb *db, gint64 account, gint64 id, CpTime now, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, error, "SELECT email FROM email_change WHERE account = ?1 AND (id = ?2 OR ?2 = 0) AND expires > ?3", "iii",
      account, id, now);

  return cpd_stmt_next (stmt, error) ? cpd_stmt_dup_text (stmt, 0) : NULL;
}

/**
 * cpd_store_email_change_apply:
 *
 * The account has this address from now on, and none that waits.
 */
gboolean
cpd_store_email_change_apply (CpdDb *db, gint64 account, const char *email, GError **error)
{
  return cpd_db_run (db, error, "UPDATE account SET email = ? WHERE id = ?", "ti", email, account) &&
         cpd_store_email_change_drop (db, account, error);
}

/**
 * cpd_store_email_owner:
 * @owner: (out): 0: nobody but @account
 */
gboolean
cpd_store_email_owner (CpdDb *db, gint64 account, const char *email, gint64 *owner, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT id FROM account WHERE email = ? AND id <> ?", "ti", email, account);

  *owner = cpd_stmt_next (stmt, &local) ? cpd_stmt_int (stmt, 0) : 0;
  return cpd_result (&local, error);
}

/* What opens an account, or would; and its address. */
static const char *const ends[] = {
  "DELETE FROM credential WHERE account = ?1",
  "DELETE FROM totp WHERE account = ?1",
  "DELETE FROM given_code WHERE account = ?1",
  "DELETE FROM email_change WHERE account = ?1",
  "UPDATE membership SET email = NULL WHERE account = ?1",
};

/**
 * cpd_store_own_end:
 *
 * User name and address are free for others again: what takes their place is no user name and no address.
 */
gboolean
cpd_store_own_end (CpdDb *db, gint64 account, CpTime now, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (!cpd_db_run (db, error, ends[i], "i", account))
      return FALSE;
  return cpd_db_run (db, error,
                     "UPDATE membership_part SET ended = ?2 WHERE ended IS NULL"
                     " AND membership IN (SELECT id FROM membership WHERE account = ?1)",
                     "ii", account, now) &&
         cpd_db_run (db, error,
                     "UPDATE invitation SET state = ?2 WHERE state = ?3"
                     " AND membership IN (SELECT id FROM membership WHERE account = ?1)",
                     "iii", account, (gint64) CP_INVITATION_WITHDRAWN, (gint64) CP_INVITATION_OPEN) &&
         cpd_db_run (db, error,
                     "UPDATE account SET ended = ?2, mobile = NULL, username = 'ended:' || id, email = 'ended:' || id"
                     " WHERE id = ?1",
                     "ii", account, now);
}
