/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-reseal.h"

#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-membership.h"
#include "cpd-store-outbox.h"
#include "cpd-store-second-step.h"

#define BATCH 100

/* Everything in the database that is sealed. */
static const struct
{
  const char *select; /* ?1: rows after this one, ?2: the number of the newest key */
  const char *update;
  const char *purpose;
  gboolean of_row; /* the number of the row is part of the purpose */
} tables[] = {
  { "SELECT id, identifier_sealed FROM patient WHERE id > ?1 AND substr (identifier_sealed, 1, 1) <> ?2"
    " ORDER BY id LIMIT ?3",
    "UPDATE patient SET identifier_sealed = ? WHERE id = ?", CPD_IDENTIFIER_SEAL, FALSE },
  { "SELECT id, to_sealed FROM outbox WHERE id > ?1 AND substr (to_sealed, 1, 1) <> ?2 ORDER BY id LIMIT ?3",
    "UPDATE outbox SET to_sealed = ? WHERE id = ?", CPD_OUTBOX_SEAL, FALSE },
  { "SELECT account, seed_sealed FROM totp WHERE account > ?1 AND substr (seed_sealed, 1, 1) <> ?2"
    " ORDER BY account LIMIT ?3",
    "UPDATE totp SET seed_sealed = ? WHERE account = ?", CPD_TOTP_SEAL, TRUE },
};

typedef struct
{
  gint64 id;
  GBytes *sealed; /* (owned) */
} Row;

static void
row_clear (gpointer data)
{
  g_bytes_unref (((Row *) data)->sealed);
}

static GArray *
find (CpdDb *db, const CpdReseal *reseal, GError **error)
{
  const guchar newest = (guchar) cpd_keys_seal_id (reseal->keys);
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, tables[reseal->table].select, "ibi", reseal->after, &newest,
                                           sizeof newest, (gint64) BATCH);

  g_array_set_clear_func (rows, row_clear);
  while (cpd_stmt_next (stmt, &local))
    {
      gsize size;
      const void *bytes = cpd_stmt_blob (stmt, 1, &size);
      Row row = { cpd_stmt_int (stmt, 0), g_bytes_new (bytes, size) };
      g_array_append_val (rows, row);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&rows) : NULL;
}

/* One that opens with no key is left as it is. */
static gboolean
seal_anew (CpdDb *db, CpdReseal *reseal, const Row *row, GError **error)
{
  const char *of = tables[reseal->table].purpose;
  g_autofree char *purpose =
      tables[reseal->table].of_row ? g_strdup_printf ("%s %" G_GINT64_FORMAT, of, row->id) : g_strdup (of);
  gsize size;
  const void *data = g_bytes_get_data (row->sealed, &size);
  g_autoptr (GBytes) clear = cpd_keys_unseal (reseal->keys, purpose, data, size, NULL);
  g_autoptr (GBytes) sealed = NULL;

  reseal->after = row->id;
  if (clear == NULL)
    {
      reseal->n_failed++;
      return TRUE;
    }
  data = g_bytes_get_data (clear, &size);
  sealed = cpd_keys_seal (reseal->keys, purpose, data, size);
  reseal->n_done++;
  return cpd_db_run (db, error, tables[reseal->table].update, "yi", sealed, row->id);
}

/**
 * cpd_reseal_batch:
 */
gboolean
cpd_reseal_batch (CpdDb *db, gpointer data, GError **error)
{
  CpdReseal *reseal = data;
  g_autoptr (GArray) rows = find (db, reseal, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!seal_anew (db, reseal, &g_array_index (rows, Row, i), error))
      return FALSE;
  if (rows->len < BATCH)
    {
      reseal->table++;
      reseal->after = 0;
    }
  reseal->more = reseal->table < G_N_ELEMENTS (tables);
  return TRUE;
}

/**
 * cpd_reseal_file:
 */
gboolean
cpd_reseal_file (CpdDb *db, const char *before, const char *file, GError **error)
{
  return cpd_db_run (db, error, "UPDATE attachment SET file = ? WHERE file = ?", "tt", file, before);
}

/**
 * cpd_reseal_peppers:
 *
 * Returns: (transfer full) (nullable)
 */
GArray *
cpd_reseal_peppers (CpdDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) peppers = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT DISTINCT pepper FROM credential WHERE pepper <> 0", "");

  while (cpd_stmt_next (stmt, &local))
    {
      int pepper = (int) cpd_stmt_int (stmt, 0);
      g_array_append_val (peppers, pepper);
    }
  return cpd_result (&local, error) ? g_steal_pointer (&peppers) : NULL;
}
