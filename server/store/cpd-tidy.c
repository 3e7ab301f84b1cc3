/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-store"
#include "cpd-tidy.h"

#include "cpd-past.h"
#include "cpd-stmt.h"
#include "cpd-store-audit.h"
#include "cpd-store-news.h"

/* At most so many rows by each rule in one transaction, which others wait for. */
#define BATCH 500
/* One run takes so much of the log, so that a clock that is years fast for an hour does not cost all of it. */
#define AUDIT_SPAN (2 * CP_TIME_DAY)

/* ?1 is the time before which something is old, ?2 how many rows at most. The newest row of a table stays, so that no
 * number is given twice: audit rows name sessions, throttles name devices. In this order, since each rule lets go of
 * what the next one deletes. The limits of codes and tries look back a day at most. */
static const struct
{
  CpTime kept;
  const char *sql;
} rules[] = {
  /* How it ended is told to an app that comes back after a week. */
  { 7 * CP_TIME_DAY,
    "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE min (coalesce (ended, expires), expires) < ?1"
    " AND id < (SELECT max (id) FROM session) ORDER BY id LIMIT ?2)" },
  /* With its codes, and the messages that carried them. */
  { 25 * CP_TIME_HOUR,
    "DELETE FROM login_attempt WHERE id IN (SELECT id FROM login_attempt AS old WHERE created < ?1"
    " AND id < (SELECT max (id) FROM login_attempt) AND NOT EXISTS (SELECT 1 FROM session WHERE attempt = old.id)"
    " ORDER BY id LIMIT ?2)" },
  /* Whose trust was ended; one that was merely not used for long is still told apart from a new one. */
  { 90 * CP_TIME_DAY,
    "DELETE FROM device WHERE id IN (SELECT id FROM device AS old WHERE ended < ?1"
    " AND id < (SELECT max (id) FROM device) AND NOT EXISTS (SELECT 1 FROM session WHERE device = old.id)"
    " AND NOT EXISTS (SELECT 1 FROM login_attempt WHERE device = old.id) ORDER BY id LIMIT ?2)" },
  { 25 * CP_TIME_HOUR,
    "DELETE FROM throttle WHERE (bucket, key) IN (SELECT bucket, key FROM throttle WHERE window_start < ?1 LIMIT ?2)" },
  /* A screen that was away for longer looks at everything again. Always the first of all, whatever the clock did: what
   * is forgotten is told by the first that is left. One from the future is not waited for. */
  { CP_TIME_DAY,
    "DELETE FROM change WHERE id IN (SELECT id FROM change WHERE id < coalesce ((SELECT min (id) FROM change"
    " WHERE at BETWEEN ?1 AND ?1 + 172800000000), 9223372036854775807) ORDER BY id LIMIT ?2)" },
  /* One that is not there any more and one that is over get the same answer. */
  { 25 * CP_TIME_HOUR,
    "DELETE FROM link WHERE id IN (SELECT id FROM link WHERE min (coalesce (used, expires), expires) < ?1"
    " ORDER BY id LIMIT ?2)" },
  /* For nobody: somebody forgot a password of whom there is no account. */
  { 25 * CP_TIME_HOUR,
    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE failed < ?1 AND account IS NULL AND to_sealed IS NULL"
    " ORDER BY id LIMIT ?2)" },
  /* Codes of the desk that nobody used, and all that were used; those of a sheet wait for years. */
  { 90 * CP_TIME_DAY,
    "DELETE FROM given_code WHERE id IN (SELECT id FROM given_code WHERE coalesce (used, expires) < ?1 LIMIT ?2)" },
  { 25 * CP_TIME_HOUR,
    "DELETE FROM email_change WHERE id IN (SELECT id FROM email_change WHERE expires < ?1 LIMIT ?2)" },
  /* A mail that told nothing is not taken for one that did when its row is gone. */
  { 30 * CP_TIME_DAY,
    "UPDATE account SET news_waiting = 0 WHERE id IN (SELECT a.id FROM outbox o JOIN account a ON o.account = a.id"
    " WHERE o.failed < ?1 AND a.news_waiting AND " CPD_NEWS_TOLD_NOTHING " ORDER BY o.id LIMIT ?2)" },
  /* Only of the last slot it is asked how it went. */
  { 30 * CP_TIME_DAY,
    "DELETE FROM sync_slot WHERE (date, minute) IN (SELECT date, minute FROM sync_slot"
    " WHERE max (started, coalesce (finished, 0)) < ?1 AND started < (SELECT max (started) FROM sync_slot) LIMIT ?2)" },
  /* What waits to be sent is never old. */
  { 30 * CP_TIME_DAY,
    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE coalesce (sent, failed) < ?1 ORDER BY id LIMIT ?2)" },
};

/**
 * cpd_tidy_init:
 */
gboolean
cpd_tidy_init (CpdTidy *tidy, CpdDb *db, CpTime now, int audit_years, GError **error)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (now / CP_TIME_SECOND);
  g_autoptr (GDateTime) then = g_date_time_add_years (today, -audit_years);
  CpTime oldest;

  if (!cpd_store_audit_oldest (db, &oldest, error))
    return FALSE;
  tidy->now = now;
  tidy->past_right = FALSE;
  tidy->audit_before = MIN (g_date_time_to_unix (then) * CP_TIME_SECOND, oldest + AUDIT_SPAN);
  return TRUE;
}

/**
 * cpd_tidy_batch:
 * @more: (out)
 */
gboolean
cpd_tidy_batch (CpdTidy *tidy, CpdDb *db, gboolean *more, GError **error)
{
  int n;

  *more = FALSE;
  /* It looks at whole tables, and finds nothing more once it found less than a batch. */
  if (!tidy->past_right && !cpd_past_put_right (db, tidy->now, BATCH, more, error))
    return FALSE;
  tidy->past_right = !*more;
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (!cpd_db_run (db, error, rules[i].sql, "ii", tidy->now - rules[i].kept, (gint64) BATCH))
        return FALSE;
      *more = *more || cpd_db_changes (db) == BATCH;
    }
  if (!cpd_store_audit_forget (db, tidy->now, tidy->audit_before, BATCH, &n, error))
    return FALSE;
  *more = *more || n == BATCH;
  return TRUE;
}

typedef struct
{
  CpdWriter *writer; /* (borrowed) */
  CpdTidy tidy;
  int audit_years;
  gboolean begun;
  gboolean more;
} Run;

static gboolean
batch_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Run *run = data;

  if (!run->begun && !cpd_tidy_init (&run->tidy, db, cp_time_now (), run->audit_years, error))
    return FALSE;
  run->begun = TRUE;
  return cpd_tidy_batch (&run->tidy, db, &run->more, error);
}

/* A run that cannot go on now is no loss: the next one does. */
static void
batch_cb (gpointer data, const GError *error)
{
  Run *run = data;

  if (error != NULL)
    g_message ("what is old was not deleted: %s", error->message);
  if (error != NULL || !run->more || !cpd_writer_submit (run->writer, batch_in_writer, batch_cb, run, NULL))
    g_free (run);
}

/**
 * cpd_tidy_run:
 */
void
cpd_tidy_run (CpdWriter *writer, int audit_years)
{
  Run *run = g_new0 (Run, 1);

  run->writer = writer;
  run->audit_years = audit_years;
  if (!cpd_writer_submit (writer, batch_in_writer, batch_cb, run, NULL))
    g_free (run);
}
