/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-store"
#include "cpd-store-month.h"

#include "cpd-result.h"
#include "cpd-stmt.h"

#define BATCH 1000 /* cards of a transaction, so that what else is to be written need not wait */

typedef struct
{
  const char *zone_name;
  GTimeZone *zone;
  gint64 patient; /* whose cards are judged; 0: it has not begun */
  gint64 card;    /* that was judged last */
  gboolean done;
} Judging;

static gboolean
is_judged (CpdDb *db, const char *zone_name, gboolean *judged, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT 1 FROM meta WHERE key = 'months-of-zone' AND value = ?", "t", zone_name);

  *judged = cpd_stmt_next (stmt, &local);
  return cpd_result (&local, error);
}

/* The next cards of the patient, until there are n. Of removed ones too: they may come back. */
static gboolean
judge_items (CpdDb *db, Judging *judging, int *n, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT id, at, month FROM item WHERE id > ? AND id <= ? << 32 | 4294967295 LIMIT ?",
                    "iii", judging->card, judging->patient, (gint64) (BATCH - *n));

  while (cpd_stmt_next (stmt, &local))
    {
      int month = cp_time_month (cpd_stmt_int (stmt, 1), judging->zone);

      (*n)++;
      judging->card = cpd_stmt_int (stmt, 0);
      if (month != cpd_stmt_int (stmt, 2) &&
          !cpd_db_run (db, &local, "UPDATE item SET month = ? WHERE id = ?", "ii", (gint64) month, judging->card))
        break;
    }
  return cpd_result (&local, error);
}

static gboolean
count_months (CpdDb *db, gint64 patient, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM item_month WHERE patient = ?", "i", patient) &&
         cpd_db_run (db, error,
                     "INSERT INTO item_month (patient, month, kind, count) SELECT patient, month, kind, count (*)"
                     " FROM item WHERE patient = ? AND removed IS NULL GROUP BY month, kind",
                     "i", patient);
}

static gboolean
next_patient (CpdDb *db, Judging *judging, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local, "SELECT min (id) FROM patient WHERE id > ?", "i", judging->patient);

  judging->patient = cpd_stmt_next (stmt, &local) ? cpd_stmt_int (stmt, 0) : 0;
  judging->card = judging->patient << 32;
  if (local == NULL && judging->patient == 0)
    judging->done = cpd_db_run (db, &local,
                                "INSERT INTO meta (key, value) VALUES ('months-of-zone', ?)"
                                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                "t", judging->zone_name);
  return cpd_result (&local, error);
}

static gboolean
judge_batch (CpdDb *db, gpointer data, GError **error)
{
  Judging *judging = data;
  gboolean fine = TRUE;
  int n = 0;

  if (judging->patient == 0)
    fine = is_judged (db, judging->zone_name, &judging->done, error) &&
           (judging->done || next_patient (db, judging, error));
  while (fine && !judging->done && n < BATCH)
    {
      fine = judge_items (db, judging, &n, error);
      if (fine && n < BATCH)
        fine = count_months (db, judging->patient, error) && next_patient (db, judging, error);
    }
  return fine;
}

/**
 * cpd_store_months_judge:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_store_months_judge (CpdWriter *writer, const char *zone_name, GTimeZone *zone, GError **error)
{
  Judging judging = { zone_name, zone, 0, 0, FALSE };

  while (!judging.done)
    if (!cpd_writer_end (cpd_writer_begin (writer, judge_batch, &judging), error))
      return FALSE;
  return TRUE;
}
