/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-outbox.h"

#include <string.h>

#include "cpd-keys.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

void
cpd_outbox_row_free (CpdOutboxRow *row)
{
  if (row == NULL)
    return;
  g_free (row->template_name);
  g_free (row);
}

/**
 * cpd_store_outbox_add:
 *
 * In the transaction of the change that asks for it, so that neither is without the other.
 */
gboolean
cpd_store_outbox_add (CpdDb *db, CpdOutboxKind kind, const char *template_name, gint64 account, gint64 attempt,
                      const guchar *number_hash, CpTime now, CpTime give_up, GError **error)
{
  g_autoptr (GBytes) hash = number_hash != NULL ? g_bytes_new (number_hash, CPD_HASH_SIZE) : NULL;

  return cpd_db_run (db, error,
                     "INSERT INTO outbox (kind, template, account, attempt, number_hash, created, give_up, next_try)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     "itioyiii", (gint64) kind, template_name, account, attempt, hash, now, give_up, now);
}

/**
 * cpd_store_outbox_due:
 *
 * Returns: (transfer full) (nullable): NULL with or without an error.
 */
CpdOutboxRow *
cpd_store_outbox_due (CpdDb *db, CpTime now, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error,
                    "SELECT id, kind, template, account, attempt, created, give_up, tries FROM outbox"
                    " WHERE sent IS NULL AND failed IS NULL AND next_try <= ? ORDER BY next_try LIMIT 1",
                    "i", now);
  CpdOutboxRow *row;

  if (!cpd_stmt_next (stmt, error))
    return NULL;
  row = g_new0 (CpdOutboxRow, 1);
  row->id = cpd_stmt_int (stmt, 0);
  row->kind = cpd_stmt_int (stmt, 1);
  row->template_name = cpd_stmt_dup_text (stmt, 2);
  row->account = cpd_stmt_int (stmt, 3);
  row->attempt = cpd_stmt_int (stmt, 4);
  row->created = cpd_stmt_int (stmt, 5);
  row->give_up = cpd_stmt_int (stmt, 6);
  row->tries = (int) cpd_stmt_int (stmt, 7);
  return row;
}

/**
 * cpd_store_outbox_next:
 * @when: (out): 0 when nothing waits
 */
gboolean
cpd_store_outbox_next (CpdDb *db, CpTime *when, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT min (next_try) FROM outbox WHERE sent IS NULL AND failed IS NULL", "");

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *when = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_outbox_sent:
 *
 * The row was handed over.
 */
gboolean
cpd_store_outbox_sent (CpdDb *db, gint64 id, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE outbox SET sent = ?, tries = tries + 1 WHERE id = ?", "ii", now, id);
}

/**
 * cpd_store_outbox_retry:
 *
 * The row is tried again at @next_try.
 */
gboolean
cpd_store_outbox_retry (CpdDb *db, gint64 id, CpTime next_try, GError **error)
{
  return cpd_db_run (db, error, "UPDATE outbox SET next_try = ?, tries = tries + 1 WHERE id = ?", "ii", next_try, id);
}

/**
 * cpd_store_outbox_failed:
 *
 * The row is given up; it stays, to be seen and sent again.
 */
gboolean
cpd_store_outbox_failed (CpdDb *db, gint64 id, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE outbox SET failed = ? WHERE id = ?", "ii", now, id);
}

static void
count_one (CpdSmsCount *count, CpTime created, CpTime now)
{
  if (count->newest == 0)
    count->newest = created;
  count->in_day++;
  count->day_oldest = created;
  if (created > now - 15 * CP_TIME_MINUTE)
    {
      count->in_quarter++;
      count->quarter_oldest = created;
    }
}

/**
 * cpd_store_outbox_count_sms:
 * @number_hash: (nullable)
 * @count: (out caller-allocates)
 *
 * Codes of the last 24 hours to this account or to this number. One from the future (the clock was set back) does not
 * count, as in a throttle: or nobody would get in until then.
 */
gboolean
cpd_store_outbox_count_sms (CpdDb *db, gint64 account, const guchar *number_hash, CpTime now, CpdSmsCount *count,
                            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) hash = number_hash != NULL ? g_bytes_new (number_hash, CPD_HASH_SIZE) : NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local,
                                           "SELECT created FROM outbox WHERE id IN ("
                                           " SELECT id FROM outbox WHERE account = ?1 AND created > ?2 AND kind = 1"
                                           " UNION SELECT id FROM outbox WHERE number_hash = ?3 AND created > ?2)"
                                           " AND created <= ?4 ORDER BY created DESC LIMIT 100",
                                           "iiyi", account, now - CP_TIME_DAY, hash, now);

  memset (count, 0, sizeof *count);
  while (cpd_stmt_next (stmt, &local))
    count_one (count, cpd_stmt_int (stmt, 0), now);
  return cpd_result (&local, error);
}
