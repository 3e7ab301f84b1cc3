/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-timeline.h"

#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-unread.h"

#define AUTHORS_MAX 1000 /* of CpAuthorList */

static gboolean
add_months (CpdDb *db, const CpdGrant *grant, guint kinds, CpTimeline *timeline, GHashTable *by_month, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT month, sum (count) FROM item_month WHERE patient = ? AND month > 0"
                                           " AND (? >> kind) & 1 GROUP BY month ORDER BY month",
                                           "ii", grant->patient, (gint64) kinds);

  while (cpd_stmt_next (stmt, &local))
    {
      CpTimelineMonth *month = cp_timeline_month_new ();
      int number = (int) cpd_stmt_int (stmt, 0);

      month->month = g_strdup_printf ("%04d-%02d", number / 100, number % 100);
      month->count = cpd_stmt_int (stmt, 1);
      g_ptr_array_add (timeline->months, month);
      g_hash_table_insert (by_month, GINT_TO_POINTER (number), month);
    }
  return cpd_result (&local, error);
}

static gboolean
set_oldest (CpdDb *db, gint64 id, CpTimeline *timeline, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT public_id, at FROM item WHERE id = ?", "i", id);

  if (cpd_stmt_next (stmt, &local))
    {
      timeline->oldest_unread = cpd_stmt_dup_text (stmt, 0);
      timeline->oldest_unread_at = cpd_stmt_int (stmt, 1);
    }
  return cpd_result (&local, error);
}

/* Cards of which the text changed, and that after ?2; ?3 is the patient. All others have been seen since they came, and
 * are found in the index by date. */
#define RENEWED CPD_RENEWED ("?3") " AND seen > ?2"

/* And those that came after ?2, and are of a month or a year that ends later than by their beginning they would count.
 */
#define PARTIAL                                                                                                        \
  "SELECT month, seen, id, kind, at, first_seen, partial_date FROM main.item INDEXED BY item_partial"                  \
  " WHERE patient = ?3 AND removed IS NULL AND partial_date IS NOT NULL AND seen = first_seen AND seen > ?2"           \
  " AND at BETWEEN ?2 - 32832000000000 AND ?2 - 1209600000000"

/* What was asked is the newest card that is told of here, and not the clock: what is being written now comes later, and
 * the same answer stays the same. */
static gboolean
add_unread (CpdDb *db, const CpdGrant *grant, guint kinds, CpTimeline *timeline, GHashTable *by_month, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;
  CpdUnread unread;
  gint64 oldest = 0;

  if (!cpd_store_unread_find (db, grant, &unread, error))
    return FALSE;
  timeline->asked_at = unread.account != 0 ? unread.since : 0;
  /* By time and not by seen: a first load brings many years at once, and only their end can be unread. */
  stmt = cpd_db_query (
      db, &local,
      "WITH item AS (SELECT month, first_seen AS seen, id, kind, at, first_seen, NULL AS partial_date"
      " FROM main.item INDEXED BY item_date"
      " WHERE patient = ?3 AND removed IS NULL AND at > ?2 - 1209600000000 AND first_seen > ?2"
      " AND id NOT IN (SELECT id FROM main.item INDEXED BY item_renewed WHERE " RENEWED ")"
      " UNION ALL SELECT month, seen, id, kind, at, first_seen, NULL FROM main.item INDEXED BY item_renewed"
      " WHERE " RENEWED " UNION ALL " PARTIAL ")"
      " SELECT month, seen, id, kind FROM item WHERE (?4 >> kind) & 1 AND month > 0 AND " CPD_UNREAD
      " ORDER BY at DESC, id DESC",
      "iiii", unread.account, unread.since, grant->patient, (gint64) kinds);
  while (cpd_stmt_next (stmt, &local))
    {
      CpTimelineMonth *month = g_hash_table_lookup (by_month, GINT_TO_POINTER ((int) cpd_stmt_int (stmt, 0)));

      timeline->unread++;
      timeline->asked_at = MAX (timeline->asked_at, cpd_stmt_int (stmt, 1));
      oldest = cpd_stmt_int (stmt, 2);
      timeline->unread_general += cpd_stmt_int (stmt, 3) == CP_DOSSIER_REPORT_GENERAL;
      timeline->unread_plan += cpd_stmt_int (stmt, 3) == CP_DOSSIER_REPORT_PLAN;
      if (month != NULL)
        month->unread++;
    }
  return cpd_result (&local, error) && (oldest == 0 || set_oldest (db, oldest, timeline, error));
}

/**
 * cpd_store_timeline:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_timeline (CpdDb *db, const CpdGrant *grant, guint kinds, CpTimeline *timeline, GError **error)
{
  g_autoptr (GHashTable) by_month = g_hash_table_new (NULL, NULL);

  return add_months (db, grant, kinds, timeline, by_month, error) &&
         add_unread (db, grant, kinds, timeline, by_month, error);
}

/**
 * cpd_store_timeline_any:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_timeline_any (CpdDb *db, const CpdGrant *grant, guint kinds, gboolean *any, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT 1 FROM item_month WHERE patient = ? AND (? >> kind) & 1 LIMIT 1", "ii",
                    grant->patient, (gint64) kinds);

  *any = cpd_stmt_next (stmt, &local);
  return cpd_result (&local, error);
}

/**
 * cpd_store_authors:
 *
 * Returns: (transfer full): in the order of their names as letters stand, without case.
 */
GStrv
cpd_store_authors (CpdDb *db, const CpdGrant *grant, guint kinds, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT DISTINCT author FROM item_author WHERE patient = ? AND (? >> kind) & 1"
                    " ORDER BY author COLLATE NOCASE, author LIMIT ?",
                    "iii", grant->patient, (gint64) kinds, (gint64) AUTHORS_MAX);

  while (cpd_stmt_next (stmt, &local))
    g_strv_builder_add (builder, cpd_stmt_text (stmt, 0));
  return cpd_result (&local, error) ? g_strv_builder_end (builder) : NULL;
}
