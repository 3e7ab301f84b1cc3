/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-batch.h"

#include "cpd-store-summary.h"

#include "cpd-store-ehr.h"
#include "cpd-store-summary.h"

struct _CpdEhrBatch
{
  const CpdEhrSync *sync; /* (borrowed) */
  CpTime now;
  CpdEhrBatchProblem problem; /* (nullable) */
  gpointer data;
  GPtrArray *rows; /* (owned) of CpdEhrRow */
  gsize size;
  gint64 written;
};

/* What one writer job does: rows first to last of the batch. */
typedef struct
{
  CpdEhrBatch *batch; /* (borrowed) */
  guint first;
  guint n;
} Job;

/**
 * cpd_ehr_batch_new:
 * @now: when the run began
 *
 * Returns: (transfer full)
 */
CpdEhrBatch *
cpd_ehr_batch_new (const CpdEhrSync *sync, CpTime now, CpdEhrBatchProblem problem, gpointer data)
{
  CpdEhrBatch *batch = g_new0 (CpdEhrBatch, 1);

  batch->sync = sync;
  batch->now = now;
  batch->problem = problem;
  batch->data = data;
  batch->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  return batch;
}

/**
 * cpd_ehr_batch_free:
 * @batch: (nullable): rows that were not flushed are dropped
 */
void
cpd_ehr_batch_free (CpdEhrBatch *batch)
{
  if (batch == NULL)
    return;
  g_ptr_array_unref (batch->rows);
  g_free (batch);
}

static gboolean
write_rows (CpdDb *db, gpointer data, GError **error)
{
  const Job *job = data;
  const CpdEhrSync *sync = job->batch->sync;
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer patient;

  for (guint i = job->first; i < job->first + job->n; i++)
    if (!cpd_store_ehr_put (db, sync->config->source_name, g_ptr_array_index (job->batch->rows, i), job->batch->now,
                            changed, error))
      return FALSE;
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &patient, NULL))
    if (!cpd_store_summary_refresh (db, *(gint64 *) patient, error) ||
        (sync->changed != NULL && !sync->changed (db, *(gint64 *) patient, error)))
      return FALSE;
  return TRUE;
}

/* The whole batch failed because of one row: every other row of it is written on its own. */
static gboolean
write_singly (CpdEhrBatch *batch, GError **error)
{
  for (guint i = 0; i < batch->rows->len; i++)
    {
      Job job = { batch, i, 1 };
      g_autoptr (GError) failed = NULL;

      if (cpd_writer_run (batch->sync->writer, write_rows, &job, &failed))
        batch->written++;
      else if (g_error_matches (failed, CP_ERROR, CP_ERROR_SERVER_FULL))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      else if (batch->problem != NULL)
        batch->problem (g_ptr_array_index (batch->rows, i), "the database refused it", batch->data);
    }
  return TRUE;
}

/**
 * cpd_ehr_batch_flush:
 *
 * Returns: FALSE with @error when the database takes nothing.
 */
gboolean
cpd_ehr_batch_flush (CpdEhrBatch *batch, GError **error)
{
  Job job = { batch, 0, batch->rows->len };
  g_autoptr (GError) failed = NULL;
  gboolean fine = TRUE;

  if (batch->rows->len == 0)
    return TRUE;
  if (cpd_writer_run (batch->sync->writer, write_rows, &job, &failed))
    batch->written += batch->rows->len;
  else if (g_error_matches (failed, CP_ERROR, CP_ERROR_SERVER_FULL))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      fine = FALSE;
    }
  else
    fine = write_singly (batch, error);
  g_ptr_array_set_size (batch->rows, 0);
  batch->size = 0;
  return fine;
}

/**
 * cpd_ehr_batch_add:
 * @row: (transfer full):
 *
 * Returns: FALSE with @error when the batch was full and could not be written.
 */
gboolean
cpd_ehr_batch_add (CpdEhrBatch *batch, CpdEhrRow *row, GError **error)
{
  g_ptr_array_add (batch->rows, row);
  batch->size += row->size;
  if (batch->rows->len < CPD_EHR_BATCH_ROWS && batch->size < CPD_EHR_BATCH_BYTES)
    return TRUE;
  return cpd_ehr_batch_flush (batch, error);
}

/**
 * cpd_ehr_batch_written:
 *
 * Returns: how many rows were written.
 */
gint64
cpd_ehr_batch_written (const CpdEhrBatch *batch)
{
  return batch->written;
}
