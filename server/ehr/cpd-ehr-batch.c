/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-ehr"
#include "cpd-ehr-batch.h"

#include "cpd-store-ehr.h"
#include "cpd-store-recall.h"
#include "cpd-store-summary.h"

/* What one writer job does: n rows from first, or fewer of them when others wait. */
typedef struct
{
  CpdEhrBatch *batch; /* (borrowed) */
  guint first;
  guint n;
  guint done; /* rows that it wrote */
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
  CpdWriting *merging; /* (owned) (nullable): a step of merging words */
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

static gboolean
end_merging (CpdWriting *merging)
{
  g_autoptr (GError) error = NULL;

  if (cpd_writer_end (merging, &error))
    return TRUE;
  g_warning ("the index of words is not merged: %s", error->message);
  return FALSE;
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
  if (batch->merging != NULL)
    end_merging (batch->merging);
  g_ptr_array_unref (batch->rows);
  g_ptr_array_unref (batch->sent);
  g_free (batch);
}

static gboolean
put_rows (CpdDb *db, Job *job, CpTime now, GHashTable *changed, GError **error)
{
  const CpdEhrSync *sync = job->batch->sync;
  CpdEhrRow *const *rows = (CpdEhrRow *const *) job->batch->sent->pdata + job->first;
  g_autoptr (CpdStoreItems) items = cpd_store_items_new (db);

  job->done = 0;
  do
    {
      guint n = MIN (job->n - job->done, CPD_EHR_BATCH_PIECE);

      if (!cpd_store_ehr_put (db, sync->config->source_name, rows + job->done, n, now, items, changed, error))
        return FALSE;
      job->done += n;
    }
  while (job->done < job->n && !cpd_writer_is_wanted (sync->writer));
  return cpd_store_items_finish (items, error);
}

/* All rows of a batch are of one type. */
static gboolean
refresh (CpdDb *db, const Job *job, gint64 patient, CpTime now, GError **error)
{
  const CpdEhrSync *sync = job->batch->sync;
  const CpdEhrRow *row = g_ptr_array_index (job->batch->sent, job->first);

  return (row->kind == CPD_EHR_APPOINTMENT
              ? cpd_store_summary_refresh_appointments (db, patient, now, sync->config->zone, error)
              : cpd_store_summary_refresh (db, patient, now, sync->config->zone, error)) &&
         (sync->changed == NULL || sync->changed (db, patient, error));
}

static gboolean
write_rows (CpdDb *db, gpointer data, GError **error)
{
  Job *job = data;
  const CpdEhrSync *sync = job->batch->sync;
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  /* Of the writing, not of the run: who has marked all as read meanwhile must not miss what comes now. */
  CpTime now = cp_time_now ();
  GHashTableIter iter;
  gpointer patient;

  if (!cpd_store_recall_doubt (db, sync->config->source_name, error) || !put_rows (db, job, now, changed, error))
    return FALSE;
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &patient, NULL))
    if (!refresh (db, job, *(gint64 *) patient, now, error))
      return FALSE;
  return TRUE;
}

/* Rows of sent from first on, all that are left. */
static void
begin (CpdEhrBatch *batch, guint first)
{
  batch->job = (Job){ batch, first, batch->sent->len - first, 0 };
  batch->writing = cpd_writer_begin (batch->sync->writer, write_rows, &batch->job);
}

static gboolean
merge_words (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_items_merge (db, data, error);
}

/**
 * cpd_ehr_batch_merge_words:
 * @cancellable: (nullable): looked at before each step
 */
void
cpd_ehr_batch_merge_words (const CpdEhrSync *sync, GCancellable *cancellable)
{
  gboolean more = TRUE;

  while (more && !g_cancellable_is_cancelled (cancellable) &&
         end_merging (cpd_writer_begin (sync->writer, merge_words, &more)))
    ;
}

/* A step of merging follows each job: the writer takes it while the rows of the job after the next are gathered. */
static void
count_job (CpdEhrBatch *batch, const Job *job)
{
  batch->written += job->done;
  if (batch->merging != NULL)
    end_merging (batch->merging);
  batch->merging = cpd_writer_begin (batch->sync->writer, merge_words, NULL);
}

/* A job failed because of a row of it: fewer are tried, half as many each time, until that row is alone, and twice as
 * many when they went well. */
static gboolean
write_around (CpdEhrBatch *batch, GError **error)
{
  guint n = MAX (batch->job.n / 2, 1);

  for (guint first = batch->job.first; first < batch->sent->len;)
    {
      Job job = { batch, first, MIN (n, batch->sent->len - first), 0 };
      g_autoptr (GError) failed = NULL;

      if (cpd_writer_run (batch->sync->writer, write_rows, &job, &failed))
        {
          count_job (batch, &job);
          first += job.done;
          n = 2 * job.n;
        }
      else if (g_error_matches (failed, CP_ERROR, CP_ERROR_SERVER_FULL))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      else if (job.n > 1)
        n = job.n / 2;
      else
        {
          if (batch->problem != NULL)
            batch->problem (g_ptr_array_index (batch->sent, first), "the database refused it", batch->data);
          first++;
        }
    }
  return TRUE;
}

/* Waits for what is with the writer; what it left for others follows. */
static gboolean
end (CpdEhrBatch *batch, GError **error)
{
  while (cpd_writer_end (g_steal_pointer (&batch->writing), error))
    {
      count_job (batch, &batch->job);
      if (batch->job.done == batch->job.n)
        return TRUE;
      begin (batch, batch->job.first + batch->job.done);
    }
  return FALSE;
}

/* Waits until all is written that was sent. */
static gboolean
settle (CpdEhrBatch *batch, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean fine = TRUE;

  if (batch->writing == NULL || end (batch, &failed))
    fine = TRUE;
  else if (g_error_matches (failed, CP_ERROR, CP_ERROR_SERVER_FULL))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      fine = FALSE;
    }
  else
    fine = write_around (batch, error);
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
  begin (batch, 0);
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

static gboolean
has_rows_of (const GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (cpd_ehr_row_is_of (((const CpdEhrRow *) g_ptr_array_index (rows, i))->id, id))
      return TRUE;
  return FALSE;
}

/**
 * cpd_ehr_batch_flush_of:
 * @id: of a resource, of which each row may have an id of its own
 *
 * Returns: FALSE with @error when the database takes nothing.
 */
gboolean
cpd_ehr_batch_flush_of (CpdEhrBatch *batch, const char *id, GError **error)
{
  return (!has_rows_of (batch->rows, id) && !has_rows_of (batch->sent, id)) || cpd_ehr_batch_flush (batch, error);
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
