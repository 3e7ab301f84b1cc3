/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-unread.h"

#include "cpd-result.h"
#include "cpd-stmt.h"

/**
 * cpd_store_unread_find:
 * @unread: (out caller-allocates): for CPD_UNREAD
 *
 * To who has not accepted yet it would count from now on.
 */
gboolean
cpd_store_unread_find (CpdDb *db, const CpdGrant *grant, CpdUnread *unread, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT account, coalesce (unread_since, accepted, ?1) FROM membership WHERE id = ?2",
                    "ii", grant->accepts, grant->membership);

  *unread = (CpdUnread){ 0, G_MAXINT64 };
  if (cpd_stmt_next (stmt, &local))
    *unread = (CpdUnread){ cpd_stmt_int (stmt, 0), cpd_stmt_int (stmt, 1) };
  return cpd_result (&local, error);
}

/**
 * cpd_store_unread_read:
 * @kinds: that may be read
 */
gboolean
cpd_store_unread_read (CpdDb *db, const CpdGrant *grant, gint64 account, guint kinds, const char *public_id,
                       CpTime until, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT id FROM item WHERE public_id = ? AND patient = ? AND removed IS NULL"
                                           " AND (? >> kind) & 1",
                                           "tii", public_id, grant->patient, (gint64) kinds);

  if (cpd_stmt_next (stmt, &local))
    return cpd_db_run (db, error,
                       "INSERT INTO item_read (account, item, at) VALUES (?, ?, ?)"
                       " ON CONFLICT (account, item) DO UPDATE SET at = max (at, excluded.at)",
                       "iii", account, cpd_stmt_int (stmt, 0), until);
  if (local == NULL)
    g_set_error_literal (&local, CP_ERROR, CP_ERROR_NOT_FOUND, "no such item of this patient");
  return cpd_result (&local, error);
}

/**
 * cpd_store_unread_read_all:
 *
 * What unread_since tells from now on needs no rows of its own any more.
 */
gboolean
cpd_store_unread_read_all (CpdDb *db, const CpdGrant *grant, gint64 account, CpTime until, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE membership SET unread_since = max (coalesce (unread_since, accepted, 0), ?) WHERE id = ?",
                     "ii", until, grant->membership) &&
         cpd_db_run (db, error,
                     "DELETE FROM item_read WHERE account = ?1 AND item BETWEEN ?2 << 32 AND ?2 << 32 | 4294967295"
                     " AND (SELECT seen FROM item WHERE id = item_read.item) <= ?3",
                     "iii", account, grant->patient, until);
}
