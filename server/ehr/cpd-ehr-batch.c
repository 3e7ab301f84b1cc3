/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-batch.h"

#include "cpd-store-ehr.h"
#include "cpd-store-recall.h"
#include "cpd-store-summary.h"

/* What one writer job does: n rows from first. */
typedef struct
{
  CpdEhrBatch *batch; /* (borrowed) */
  guint first;
  guint n;
} Job;

/* Rows are gathered while those gathered before are written: at most two times a batch is in memory, and of two rows
 * with the same key the first is written first. */
struct _CpdEhrBatch
{
  const CpdEhrSync *sync;     /* (borrowed) */
  CpdEhrBatchProblem problem; /* (nullable) */
  gpointer data;
  GPtrArray *rows; /* (owned) of CpdEhrRow: gathered */
  gsize size;
  GPtrArray *sent;     /* (owned) of CpdEhrRow: with the writer while writing is set, else empty */
  CpdWriting *writing; /* (owned) (nullable) */
  Job job;             /* of writing */
  gint64 written;
};

/**
 * cpd_ehr_batch_new:
 *
 * Returns: (transfer full)
 */
CpdEhrBatch *
cpd_ehr_batch_new (const CpdEhrSync *sync, CpdEhrBatchProblem problem, gpointer data)
{
  CpdEhrBatch *batch = g_new0 (CpdEhrBatch, 1);

  batch->sync = sync;
  batch->problem = problem;
  batch->data = data;
  batch->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  batch->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_row_free);
  return batch;
}

/**
 * cpd_ehr_batch_free:
 * @batch: (nullable): rows that were not sent to the writer are dropped
 */
void
cpd_ehr_batch_free (CpdEhrBatch *batch)
{
  if (batch == NULL)
    return;
  if (batch->writing != NULL)
    cpd_writer_end (batch->writing, NULL);
  g_ptr_array_unref (batch->rows);
  g_ptr_array_unref (batch->sent);
  g_free (batch);
}

static gboolean
write_rows (CpdDb *db, gpointer data, GError **error)
{
  const Job *job = data;
  const CpdEhrSync *sync = job->batch->sync;
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  /* Of the writing, not of the run: who has marked all as read meanwhile must not miss what comes now. */
  CpTime now = cp_time_now ();
  GHashTableIter iter;
  gpointer patient;

  if (!cpd_store_recall_doubt (db, sync->config->source_name, error) ||
      !cpd_store_ehr_put (db, sync->config->source_name, (CpdEhrRow *const *) job->batch->sent->pdata + job->first,
                          job->n, now, changed, error))
    return FALSE;
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &patient, NULL))
    if (!cpd_store_summary_refresh (db, *(gint64 *) patient, now, sync->config->zone, error) ||
        (sync->changed != NULL && !sync->changed (db, *(gint64 *) patient, error)))
      return FALSE;
  return TRUE;
}

/* The whole batch failed because of one row: every other row of it is written on its own. */
static gboolean
write_singly (CpdEhrBatch *batch, GError **error)
{
  for (guint i = 0; i < batch->sent->len; i++)
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
        batch->problem (g_ptr_array_index (batch->sent, i), "the database refused it", batch->data);
    }
  return TRUE;
}

/* Waits for what is with the writer. */
static gboolean
settle (CpdEhrBatch *batch, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean fine = TRUE;

  if (batch->writing == NULL)
    return TRUE;
  if (cpd_writer_end (g_steal_pointer (&batch->writing), &failed))
    batch->written += batch->sent->len;
  else if (g_error_matches (failed, CP_ERROR, CP_ERROR_SERVER_FULL))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      fine = FALSE;
    }
  else
    fine = write_singly (batch, error);
  g_ptr_array_set_size (batch->sent, 0);
  return fine;
}

static gboolean
send (CpdEhrBatch *batch, GError **error)
{
  GPtrArray *sent = batch->sent;

  if (!settle (batch, error))
    return FALSE;
  if (batch->rows->len == 0)
    return TRUE;
  batch->sent = batch->rows;
  batch->rows = sent;
  batch->size = 0;
  batch->job = (Job){ batch, 0, batch->sent->len };
  batch->writing = cpd_writer_begin (batch->sync->writer, write_rows, &batch->job);
  return TRUE;
}

/**
 * cpd_ehr_batch_flush:
 *
 * Returns when every row is on disk, or FALSE with @error when the database takes nothing.
 */
gboolean
cpd_ehr_batch_flush (CpdEhrBatch *batch, GError **error)
{
  return send (batch, error) && settle (batch, error);
}

/**
 * cpd_ehr_batch_add:
 * @row: (transfer full):
 *
 * Returns: FALSE with @error when the batch was full and the one before could not be written.
 */
gboolean
cpd_ehr_batch_add (CpdEhrBatch *batch, CpdEhrRow *row, GError **error)
{
  g_ptr_array_add (batch->rows, row);
  batch->size += row->size;
  if (batch->rows->len < CPD_EHR_BATCH_ROWS && batch->size < CPD_EHR_BATCH_BYTES)
    return TRUE;
  return send (batch, error);
}

/**
 * cpd_ehr_batch_written:
 *
 * Waits for what is with the writer.
 *
 * Returns: how many rows were written.
 */
gint64
cpd_ehr_batch_written (CpdEhrBatch *batch)
{
  settle (batch, NULL);
  return batch->written;
}
