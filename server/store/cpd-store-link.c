/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-link.h"

#include <string.h>

#include "cp-invitation.h"
#include "cpd-keys.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-account.h"

/**
 * cpd_store_link_add:
 * @object: 0 for none
 * @token_hash: CPD_HASH_SIZE bytes
 */
gboolean
cpd_store_link_add (CpdDb *db, CpdLinkKind kind, gint64 account, gint64 object, const guchar *token_hash, CpTime now,
                    CpTime expires, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO link (kind, account, object, token_hash, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
                     "iiibii", (gint64) kind, account, object, token_hash, (gsize) CPD_HASH_SIZE, now, expires);
}

/* One of an invitation ends with it: when that is too late, answered or withdrawn, and when there is a password. One
 * that confirms an address ends when another address was asked for after it, and when somebody else has this one by
 * now. */
#define WAITS                                                                                                          \
  "EXISTS (SELECT 1 FROM email_change AS e WHERE e.id = l.object AND e.account = l.account"                            \
  " AND NOT EXISTS (SELECT 1 FROM account AS a WHERE a.email = e.email AND a.id <> e.account))"
#define FIND                                                                                                           \
  "SELECT l.id, l.kind, l.account, l.object, l.created,"                                                               \
  " iif (l.kind = ?2, min (l.expires, coalesce (i.expires, 0)), l.expires),"                                           \
  " iif ((l.kind = ?2 AND (i.state IS NOT ?3 OR c.id IS NOT NULL)) OR (l.kind = ?5 AND NOT " WAITS "),"                \
  " coalesce (l.used, l.created), l.used)"                                                                             \
  " FROM link AS l LEFT JOIN invitation AS i ON l.kind = ?2 AND i.id = l.object"                                       \
  " LEFT JOIN credential AS c ON c.account = l.account AND c.kind = ?4 WHERE l.token_hash = ?1"

/**
 * cpd_store_link_find:
 * @token_hash: CPD_HASH_SIZE bytes
 * @link: (out caller-allocates)
 */
gboolean
cpd_store_link_find (CpdDb *db, const guchar *token_hash, CpdLink *link, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, FIND, "biiii", token_hash, (gsize) CPD_HASH_SIZE, (gint64) CPD_LINK_INVITATION,
                    (gint64) CP_INVITATION_OPEN, (gint64) CPD_CREDENTIAL_OWN, (gint64) CPD_LINK_CONFIRM);

  memset (link, 0, sizeof *link);
  if (cpd_stmt_next (stmt, &local))
    {
      link->id = cpd_stmt_int (stmt, 0);
      link->kind = cpd_stmt_int (stmt, 1);
      link->account = cpd_stmt_int (stmt, 2);
      link->object = cpd_stmt_int (stmt, 3);
      link->created = cpd_stmt_int (stmt, 4);
      link->expires = cpd_stmt_int (stmt, 5);
      link->used = cpd_stmt_int (stmt, 6);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_link_use:
 * @used: (out): whether it was this call that used it up
 */
gboolean
cpd_store_link_use (CpdDb *db, gint64 id, CpTime now, gboolean *used, GError **error)
{
  if (!cpd_db_run (db, error, "UPDATE link SET used = ? WHERE id = ? AND used IS NULL", "ii", now, id))
    return FALSE;
  *used = cpd_db_changes (db) == 1;
  return TRUE;
}

/**
 * cpd_store_link_end_all:
 */
gboolean
cpd_store_link_end_all (CpdDb *db, CpdLinkKind kind, gint64 account, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE link SET used = ? WHERE account = ? AND kind = ? AND used IS NULL", "iii", now,
                     account, (gint64) kind);
}
