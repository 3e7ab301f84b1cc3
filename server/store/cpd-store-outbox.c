/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-outbox.h"

#include <string.h>

#include "cpd-keys.h"
#include "cpd-open-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-attempt.h"

/* How long each kind is tried. A code that a gateway has not taken within a minute is of no use to who waits for it. */
#define MAIL_GIVE_UP (72 * CP_TIME_HOUR)
#define SMS_GIVE_UP CP_TIME_MINUTE

/* What goes beyond these was written by a clock that was set back since. */
#define LONGEST_LEASE (10 * CP_TIME_MINUTE)
#define LONGEST_WAIT (16 * CP_TIME_MINUTE)

/* The reason of what the operator gave up. */
#define DROPPED "dropped"

#define ROW_COLUMNS                                                                                                    \
  "id, kind, template, account, attempt, created, give_up, tries, membership, invitation, link_kind, link_object,"     \
  " to_sealed, lease, device"

void
cpd_outbox_row_free (CpdOutboxRow *row)
{
  if (row == NULL)
    return;
  g_free (row->template_name);
  g_clear_pointer (&row->to_sealed, g_bytes_unref);
  g_free (row);
}

void
cpd_outbox_facts_clear (CpdOutboxFacts *facts)
{
  g_clear_pointer (&facts->inviter, g_free);
  g_clear_pointer (&facts->device, g_free);
}

/**
 * cpd_store_outbox_seal:
 *
 * Returns: (transfer full)
 */
GBytes *
cpd_store_outbox_seal (const CpdKeys *keys, const char *to)
{
  return cpd_keys_seal (keys, CPD_OUTBOX_SEAL, to, strlen (to));
}

/**
 * cpd_store_outbox_add_message:
 */
gboolean
cpd_store_outbox_add_message (CpdDb *db, const CpdOutboxNew *new_message, CpTime now, GError **error)
{
  const CpdOutboxNew *m = new_message;
  g_autoptr (GBytes) hash = m->number_hash != NULL ? g_bytes_new (m->number_hash, CPD_HASH_SIZE) : NULL;
  CpTime lasts = m->kind == CPD_OUTBOX_SMS ? SMS_GIVE_UP : MAIL_GIVE_UP;

  return cpd_db_run (db, error,
                     "INSERT INTO outbox (kind, template, account, attempt, number_hash, created, give_up, next_try,"
                     " membership, invitation, link_kind, link_object, to_sealed, device)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "itooyiiiooiiyo", (gint64) m->kind, m->template_name, m->account, m->attempt, hash, now,
                     m->give_up != 0 ? m->give_up : now + lasts, now, m->membership, m->invitation,
                     (gint64) m->link_kind, m->link_object, m->to_sealed, m->device);
}

static CpdOutboxRow *
take_row (CpdStmt *stmt)
{
  CpdOutboxRow *row = g_new0 (CpdOutboxRow, 1);
  gsize size = 0;
  const void *sealed = cpd_stmt_blob (stmt, 12, &size);

  row->id = cpd_stmt_int (stmt, 0);
  row->kind = cpd_stmt_int (stmt, 1);
  row->template_name = cpd_stmt_dup_text (stmt, 2);
  row->account = cpd_stmt_int (stmt, 3);
  row->attempt = cpd_stmt_int (stmt, 4);
  row->created = cpd_stmt_int (stmt, 5);
  row->give_up = cpd_stmt_int (stmt, 6);
  row->tries = (int) cpd_stmt_int (stmt, 7);
  row->membership = cpd_stmt_int (stmt, 8);
  row->invitation = cpd_stmt_int (stmt, 9);
  row->link_kind = (int) cpd_stmt_int (stmt, 10);
  row->link_object = cpd_stmt_int (stmt, 11);
  row->to_sealed = sealed != NULL ? g_bytes_new (sealed, size) : NULL;
  row->lease = cpd_stmt_int (stmt, 13);
  row->device = cpd_stmt_int (stmt, 14);
  return row;
}

/**
 * cpd_store_outbox_newest:
 * @id: (out)
 */
gboolean
cpd_store_outbox_newest (CpdDb *db, gint64 *id, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT max (id) FROM outbox", "");

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *id = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_outbox_take:
 *
 * Returns: (transfer full) (nullable): NULL with or without an error.
 */
CpdOutboxRow *
cpd_store_outbox_take (CpdDb *db, CpdOutboxKind kind, CpTime now, CpTime leased_until, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error,
                                           "UPDATE outbox SET lease = lease + 1, leased_until = ?3 WHERE id ="
                                           " (SELECT id FROM outbox WHERE kind = ?1 AND sent IS NULL"
                                           "  AND failed IS NULL AND next_try <= ?2 AND leased_until <= ?2"
                                           "  ORDER BY next_try, id LIMIT 1) RETURNING " ROW_COLUMNS,
                                           "iii", (gint64) kind, now, leased_until);

  return cpd_stmt_next (stmt, error) ? take_row (stmt) : NULL;
}

/**
 * cpd_store_outbox_next:
 * @when: (out): 0 when nothing waits
 */
gboolean
cpd_store_outbox_next (CpdDb *db, CpdOutboxKind kind, CpTime *when, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error,
                                           "SELECT min (max (next_try, leased_until)) FROM outbox"
                                           " WHERE kind = ? AND sent IS NULL AND failed IS NULL",
                                           "i", (gint64) kind);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *when = cpd_stmt_int (stmt, 0);
  return TRUE;
}

/**
 * cpd_store_outbox_put_right:
 *
 * No lease, no wait before another try, and nothing that is undone before it goes lasts as long as what is due at once
 * here. What waits for the end of quiet hours goes back to waiting when it is taken.
 */
gboolean
cpd_store_outbox_put_right (CpdDb *db, CpdOutboxKind kind, CpTime now, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE outbox SET next_try = min (next_try, ?2), leased_until = 0"
                     " WHERE kind = ?1 AND sent IS NULL AND failed IS NULL"
                     " AND (leased_until > ?3 OR next_try > ?4 OR created > ?5)",
                     "iiiii", (gint64) kind, now, now + LONGEST_LEASE, now + LONGEST_WAIT, now + CPD_CLOCK_LATER);
}

/**
 * cpd_store_outbox_facts:
 * @facts: (out caller-allocates)
 */
gboolean
cpd_store_outbox_facts (CpdDb *db, const CpdOutboxRow *row, CpTime now, CpdOutboxFacts *facts, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT i.id IS NOT NULL, i.state = 0 AND i.expires > ?3 AND own.ended IS NULL, i.expires, a.name,"
      " iif (m.ended IS NULL AND m.until > ?3, m.until, NULL), m.ended,"
      " " CPD_COUNTING_PARTS (
          "?3") " <> 0, (SELECT name FROM device WHERE id = ?4), patient.deceased,"
                " (SELECT created FROM credential WHERE account = ?5 AND kind = 0)"
                " FROM (SELECT coalesce (?1, (SELECT max (id) FROM invitation WHERE membership = ?2)) AS invitation)"
                " LEFT JOIN invitation i ON i.id = invitation"
                " LEFT JOIN membership own ON own.id = i.membership"
                " LEFT JOIN account a ON a.id = i.inviter"
                " LEFT JOIN membership m ON m.id = coalesce (?2, i.membership)"
                " LEFT JOIN patient ON patient.id = m.patient",
      "ooiii", row->invitation, row->membership, now, row->device, row->account);

  memset (facts, 0, sizeof *facts);
  if (cpd_stmt_next (stmt, &local))
    {
      facts->invited = cpd_stmt_int (stmt, 0) != 0;
      facts->open = cpd_stmt_int (stmt, 1) != 0;
      facts->expires = cpd_stmt_int (stmt, 2);
      facts->inviter = cpd_stmt_dup_text (stmt, 3);
      facts->access_until = cpd_stmt_int (stmt, 4);
      facts->access_ended = cpd_stmt_int (stmt, 5);
      facts->rights = cpd_stmt_int (stmt, 6) != 0;
      facts->device = cpd_stmt_dup_text (stmt, 7);
      facts->deceased = cpd_stmt_int (stmt, 8) != 0;
      facts->own_since = cpd_stmt_int (stmt, 9);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_outbox_sent:
 *
 * The row was handed over.
 */
gboolean
cpd_store_outbox_sent (CpdDb *db, const CpdOutboxRow *row, CpTime now, gboolean *held, GError **error)
{
  if (!cpd_db_run (db, error,
                   "UPDATE outbox SET sent = ?, tries = tries + 1, reason = NULL, leased_until = 0"
                   " WHERE id = ? AND lease = ?",
                   "iii", now, row->id, row->lease))
    return FALSE;
  *held = cpd_db_changes (db) == 1;
  return TRUE;
}

/**
 * cpd_store_outbox_retry:
 *
 * The row is tried again at @next_try.
 */
gboolean
cpd_store_outbox_retry (CpdDb *db, const CpdOutboxRow *row, CpTime next_try, const char *reason, gboolean *held,
                        GError **error)
{
  if (!cpd_db_run (db, error,
                   "UPDATE outbox SET next_try = ?, reason = ?, tries = tries + 1, leased_until = 0"
                   " WHERE id = ? AND lease = ?",
                   "itii", next_try, reason, row->id, row->lease))
    return FALSE;
  *held = cpd_db_changes (db) == 1;
  return TRUE;
}

/**
 * cpd_store_outbox_failed:
 *
 * The row is given up; it stays, to be seen and sent again.
 */
gboolean
cpd_store_outbox_failed (CpdDb *db, const CpdOutboxRow *row, CpTime now, const char *reason, gboolean *held,
                         GError **error)
{
  if (!cpd_db_run (db, error,
                   "UPDATE outbox SET failed = ?, reason = ?, tries = tries + 1, leased_until = 0"
                   " WHERE id = ? AND lease = ?",
                   "itii", now, reason, row->id, row->lease))
    return FALSE;
  *held = cpd_db_changes (db) == 1;
  return TRUE;
}

/**
 * cpd_store_outbox_fail_all:
 */
gboolean
cpd_store_outbox_fail_all (CpdDb *db, CpTime now, const char *reason, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE outbox SET failed = ?, reason = ?, lease = lease + 1, leased_until = 0"
                     " WHERE sent IS NULL AND failed IS NULL",
                     "it", now, reason);
}

/**
 * cpd_store_outbox_put_off:
 *
 * That is no try.
 */
gboolean
cpd_store_outbox_put_off (CpdDb *db, const CpdOutboxRow *row, CpTime next_try, GError **error)
{
  return cpd_db_run (db, error, "UPDATE outbox SET next_try = ?, leased_until = 0 WHERE id = ? AND lease = ?", "iii",
                     next_try, row->id, row->lease);
}

/**
 * cpd_store_outbox_release:
 *
 * The row was not handed over, nor tried.
 */
gboolean
cpd_store_outbox_release (CpdDb *db, const CpdOutboxRow *row, GError **error)
{
  return cpd_db_run (db, error, "UPDATE outbox SET leased_until = 0 WHERE id = ? AND lease = ?", "ii", row->id,
                     row->lease);
}

void
cpd_outbox_listed_free (CpdOutboxListed *listed)
{
  g_free (listed->template_name);
  g_free (listed->username);
  g_free (listed->reason);
  g_free (listed);
}

static CpdOutboxListed *
take_listed (CpdStmt *stmt)
{
  CpdOutboxListed *listed = g_new0 (CpdOutboxListed, 1);

  listed->id = cpd_stmt_int (stmt, 0);
  listed->kind = cpd_stmt_int (stmt, 1);
  listed->template_name = cpd_stmt_dup_text (stmt, 2);
  listed->username = cpd_stmt_dup_text (stmt, 3);
  listed->created = cpd_stmt_int (stmt, 4);
  listed->next_try = cpd_stmt_int (stmt, 5);
  listed->give_up = cpd_stmt_int (stmt, 6);
  listed->failed = cpd_stmt_int (stmt, 7);
  listed->tries = (int) cpd_stmt_int (stmt, 8);
  listed->reason = cpd_stmt_dup_text (stmt, 9);
  return listed;
}

#define NOT_DROPPED "sent IS NULL AND (failed IS NULL OR reason IS NOT '" DROPPED "')"

/**
 * cpd_store_outbox_list:
 * @total: (out)
 *
 * Returns: (transfer full) (element-type CpdOutboxListed): NULL with an error.
 */
GPtrArray *
cpd_store_outbox_list (CpdDb *db, int max, gint64 *total, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_outbox_listed_free);
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT o.id, kind, template, a.username, o.created, next_try, give_up, failed, tries, reason,"
                    " count (*) OVER () FROM outbox o LEFT JOIN account a ON a.id = o.account WHERE " NOT_DROPPED
                    " ORDER BY failed IS NULL, o.id LIMIT ?",
                    "i", (gint64) max);

  *total = 0;
  while (cpd_stmt_next (stmt, &local))
    {
      g_ptr_array_add (list, take_listed (stmt));
      *total = cpd_stmt_int (stmt, 10);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&list) : NULL;
}

/**
 * cpd_store_outbox_try_again:
 * @done: (out)
 *
 * Whoever is handing it over now loses it only after that.
 */
gboolean
cpd_store_outbox_try_again (CpdDb *db, gint64 id, CpTime now, gboolean *done, GError **error)
{
  if (!cpd_db_run (db, error,
                   "UPDATE outbox SET next_try = ?1, failed = NULL,"
                   " give_up = CASE WHEN failed IS NULL THEN give_up ELSE ?1 + iif (kind = 1, ?3, ?4) END"
                   " WHERE id = ?2 AND " NOT_DROPPED,
                   "iiii", now, id, SMS_GIVE_UP, MAIL_GIVE_UP))
    return FALSE;
  *done = cpd_db_changes (db) == 1;
  return TRUE;
}

/**
 * cpd_store_outbox_drop:
 * @done: (out)
 */
gboolean
cpd_store_outbox_drop (CpdDb *db, gint64 id, CpTime now, gboolean *done, GError **error)
{
  if (!cpd_db_run (db, error,
                   "UPDATE outbox SET failed = coalesce (failed, ?), reason = '" DROPPED "', lease = lease + 1"
                   " WHERE id = ? AND " NOT_DROPPED,
                   "ii", now, id))
    return FALSE;
  *done = cpd_db_changes (db) == 1;
  return TRUE;
}

/**
 * cpd_store_outbox_count_hour:
 * @count: (out)
 * @oldest: (out): 0 when there is none
 */
gboolean
cpd_store_outbox_count_hour (CpdDb *db, CpTime now, int *count, CpTime *oldest, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error,
                                           "SELECT count (*), min (created) FROM outbox"
                                           " WHERE kind = 1 AND created > ? AND created <= ?",
                                           "ii", now - CP_TIME_HOUR, now);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *count = (int) cpd_stmt_int (stmt, 0);
  *oldest = cpd_stmt_int (stmt, 1);
  return TRUE;
}

static void
take_count (CpdStmt *stmt, CpdSmsCount *count)
{
  count->newest = cpd_stmt_int (stmt, 0);
  count->in_quarter = (int) cpd_stmt_int (stmt, 1);
  count->quarter_oldest = cpd_stmt_int (stmt, 2);
  count->in_day = (int) cpd_stmt_int (stmt, 3);
  count->day_oldest = cpd_stmt_int (stmt, 4);
  count->asked = (int) cpd_stmt_int (stmt, 5);
  count->asked_oldest = cpd_stmt_int (stmt, 6);
  count->to_number = (int) cpd_stmt_int (stmt, 7);
  count->to_number_oldest = cpd_stmt_int (stmt, 8);
  count->of_attempt = cpd_stmt_int (stmt, 9);
}

/* SQL: that the account has the number to which the code of that attempt goes, as coming in with a code of it shows.
 * Whoever has never been in, or whose new number waits, only claims it: somebody may have typed another's. */
#define HAS_NUMBER(account, attempt)                                                                                   \
  "(EXISTS (SELECT 1 FROM account a WHERE a.id = " account " AND a.last_login IS NOT NULL)"                            \
  " AND NOT EXISTS (SELECT 1 FROM login_attempt t WHERE t.id = " attempt " AND t.purpose = ?6))"

/* SQL: the codes that may count. */
#define CODES                                                                                                          \
  "(SELECT created, attempt, number_hash = ?3 AS to_it, failed IS NULL OR sent IS NOT NULL AS came,"                   \
  " account = ?1 OR (" HAS_NUMBER ("?1", "?5") " AND " HAS_NUMBER (                                                    \
      "outbox.account",                                                                                                \
      "outbox.attempt") ") AS own"                                                                                     \
                        " FROM outbox"                                                                                 \
                        " WHERE id IN (SELECT id FROM outbox WHERE account = ?1 AND created > ?2 AND kind = 1"         \
                        "  UNION SELECT id FROM outbox WHERE number_hash = ?3 AND created > ?2)"                       \
                        " AND attempt IS NOT NULL AND created <= ?4)"

/**
 * cpd_store_outbox_count_sms:
 * @attempt: for which a code may go
 * @number_hash: (nullable)
 * @count: (out caller-allocates)
 *
 * Codes of the last 24 hours to this account, and to this number those of others who have it: who only claims it keeps
 * nobody from a code who has been in with it. All who claim it share to_number, so that who is new may need the desk.
 * Nothing else that was told by text message counts. One from the future (the clock was set back) does not count, as in
 * a throttle: or nobody would get in until then.
 */
gboolean
cpd_store_outbox_count_sms (CpdDb *db, gint64 account, gint64 attempt, const guchar *number_hash, CpTime now,
                            CpdSmsCount *count, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) hash = number_hash != NULL ? g_bytes_new (number_hash, CPD_HASH_SIZE) : NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local,
      "SELECT max (asked), count (quarter), min (quarter), count (day), min (day), count (asked), min (asked),"
      " count (claimed), min (claimed), max (iif (attempt = ?5, asked, NULL)) FROM (SELECT attempt, iif (own, created, "
      "NULL) AS asked,"
      " iif (own AND created > ?7, created, NULL) AS quarter, iif (own AND came, created, NULL) AS day,"
      " iif (to_it AND NOT " HAS_NUMBER ("?1", "?5") ", created, NULL) AS claimed FROM " CODES ")",
      "iiyiiii", account, now - CP_TIME_DAY, hash, now, attempt, (gint64) CPD_ATTEMPT_NUMBER,
      now - 15 * CP_TIME_MINUTE);

  memset (count, 0, sizeof *count);
  if (cpd_stmt_next (stmt, &local))
    take_count (stmt, count);
  return cpd_result (&local, error);
}
