/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-change.h"

#include "cpd-db-private.h"
#include "cpd-result.h"
#include "cpd-store-manager.h"
#include "cpd-stmt.h"

/**
 * cpd_store_change_add:
 * @topic: one
 */
gboolean
cpd_store_change_add (CpdDb *db, gint64 account, CpTopic topic, CpTime now, GError **error)
{
  if (!cpd_db_run (db, error, "INSERT INTO change (account, topic, at) VALUES (?, ?, ?)", "iii", account,
                   (gint64) topic, now))
    return FALSE;
  cpd_db_note_changed (db, account);
  return TRUE;
}

/**
 * cpd_store_change_add_managers:
 */
gboolean
cpd_store_change_add_managers (CpdDb *db, gint64 patient, CpTime now, GError **error)
{
  g_autoptr (GArray) managers = cpd_store_managers (db, patient, now, error);

  if (managers == NULL)
    return FALSE;
  for (guint i = 0; i < managers->len; i++)
    if (!cpd_store_change_add (db, g_array_index (managers, CpdManager, i).account, CP_TOPIC_MEMBERS, now, error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_store_change_add_member:
 */
gboolean
cpd_store_change_add_member (CpdDb *db, gint64 membership, CpTime now, GError **error)
{
  gint64 account;
  gint64 patient;
  {
    g_autoptr (CpdStmt) stmt =
        cpd_db_query (db, error, "SELECT account, patient FROM membership WHERE id = ?", "i", membership);

    if (!cpd_stmt_next (stmt, error))
      return FALSE;
    account = cpd_stmt_int (stmt, 0);
    patient = cpd_stmt_int (stmt, 1);
  }
  return cpd_store_change_add (db, account, CP_TOPIC_RIGHTS, now, error) &&
         cpd_store_change_add (db, account, CP_TOPIC_INVITATIONS, now, error) &&
         cpd_store_change_add_managers (db, patient, now, error);
}

/**
 * cpd_store_change_span:
 * @span: (out caller-allocates)
 */
gboolean
cpd_store_change_span (CpdDb *db, CpdChangeSpan *span, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error,
                    "SELECT coalesce ((SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0),"
                    " (SELECT min (id) FROM change)",
                    "");

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  span->newest = cpd_stmt_int (stmt, 0);
  span->oldest = cpd_stmt_is_null (stmt, 1) ? span->newest + 1 : cpd_stmt_int (stmt, 1);
  return TRUE;
}

/**
 * cpd_store_change_since:
 * @topics: (out): CpTopic flags
 */
gboolean
cpd_store_change_since (CpdDb *db, gint64 account, gint64 after, guint *topics, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT DISTINCT topic FROM change WHERE account = ? AND id > ?", "ii", account, after);

  *topics = 0;
  while (cpd_stmt_next (stmt, &local))
    *topics |= (guint) cpd_stmt_int (stmt, 0);
  return cpd_result (&local, error);
}

/* What begins or ends by itself: when the first of them after a moment is. */
static const struct
{
  CpTopic topic;
  const char *sql;
} ends[] = {
  { CP_TOPIC_RIGHTS,
    "SELECT min (until) FROM membership WHERE account = ?1 AND ended IS NULL AND accepted IS NOT NULL AND until > ?2" },
  { CP_TOPIC_INVITATIONS, "SELECT min (i.expires) FROM membership m JOIN invitation i ON i.membership = m.id"
                          " WHERE m.account = ?1 AND m.ended IS NULL AND i.state = 0 AND i.expires > ?2" },
  { CP_TOPIC_INVITATIONS, "SELECT min (i.created) FROM membership m JOIN invitation i ON i.membership = m.id"
                          " WHERE m.account = ?1 AND m.ended IS NULL AND i.state = 0 AND i.created > ?2" },
};

static gboolean
first_end (CpdDb *db, const char *sql, gint64 account, CpTime after, CpTime *end, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, sql, "ii", account, after);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *end = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_change_ends:
 * @topics: (out): CpTopic flags
 * @next: (out): 0 when nothing will; of what has just ended nothing is told
 */
gboolean
cpd_store_change_ends (CpdDb *db, gint64 account, CpTime since, CpTime now, guint *topics, CpTime *next, GError **error)
{
  *topics = 0;
  *next = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      CpTime end;

      if (!first_end (db, ends[i].sql, account, since, &end, error))
        return FALSE;
      if (end != 0 && end <= now)
        *topics |= ends[i].topic;
      else if (end != 0 && (*next == 0 || end < *next))
        *next = end;
    }
  return TRUE;
}
