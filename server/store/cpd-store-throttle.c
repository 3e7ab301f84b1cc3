/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-throttle.h"

#include "cpd-keys.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

/**
 * cpd_store_throttle_count:
 * @count: (out): events in the running window; 0 when it is over or there is none
 * @window_start: (out): of the running window
 */
gboolean
cpd_store_throttle_count (CpdDb *db, int bucket, const guchar *key, CpTime now, CpTime window, int *count,
                          CpTime *window_start, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT count, window_start FROM throttle WHERE bucket = ? AND key = ? AND window_start > ? AND"
                    " window_start <= ?",
                    "ibii", (gint64) bucket, key, (gsize) CPD_HASH_SIZE, now - window, now);

  *count = 0;
  *window_start = now;
  if (cpd_stmt_next (stmt, &local))
    {
      *count = (int) cpd_stmt_int (stmt, 0);
      *window_start = cpd_stmt_int (stmt, 1);
    }
  return cpd_result (&local, error);
}

/**
 * cpd_store_throttle_add:
 *
 * A window that lies in the future (the clock was set back) counts as over.
 */
gboolean
cpd_store_throttle_add (CpdDb *db, int bucket, const guchar *key, CpTime now, CpTime window, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO throttle (bucket, key, window_start, count) VALUES (?1, ?2, ?3, 1)"
                     " ON CONFLICT (bucket, key) DO UPDATE SET"
                     " count = iif (window_start > ?3 - ?4 AND window_start <= ?3, count + 1, 1),"
                     " window_start = iif (window_start > ?3 - ?4 AND window_start <= ?3, window_start, ?3)",
                     "ibii", (gint64) bucket, key, (gsize) CPD_HASH_SIZE, now, window);
}

gboolean
cpd_store_throttle_clear (CpdDb *db, int bucket, const guchar *key, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM throttle WHERE bucket = ? AND key = ?", "ib", (gint64) bucket, key,
                     (gsize) CPD_HASH_SIZE);
}
