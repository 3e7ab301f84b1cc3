/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-store"
#include "cpd-writer.h"

#include "cpd-audit-mark.h"
#include "cpd-db-private.h"
#include "cpd-migrate.h"
#include "cpd-queue.h"
#include "cpd-stmt.h"

#include <pthread.h>

#define QUEUE_CAPACITY 4096
#define BATCH_MAX 256

typedef struct
{
  CpdWriteFunc func;
  CpdWriteDone done;
  gpointer data;
  gboolean reading;
  gboolean alone; /* in a transaction of its own */
  GError *error;  /* (owned) */
} CpdWriteJob;

struct _CpdWriter
{
  char *path;                  /* (owned): of the database */
  CpdDb *db;                   /* (owned): belongs to the thread once that runs */
  CpdAuditMark *mark;          /* (owned) (nullable): belongs to the thread */
  gboolean logs_mark;          /* belongs to the thread */
  CpdQueue *queue;             /* (owned) of CpdWriteJob */
  GThread *thread;             /* (owned) */
  guint taken;                 /* of its thread: jobs that were taken out of the queue and not begun */
  int failing;                 /* atomic: the newest batch that says so did not reach the disk */
  const CpdWriterWatch *watch; /* (borrowed) (nullable), atomic */
};

/* What a transaction tells of the disk. */
typedef enum
{
  TRANSACTION_EMPTY, /* nothing: there was nothing to write, or a change was refused for what it is */
  TRANSACTION_WRITTEN,
  TRANSACTION_LOST
} Transaction;

static void
give_reason (CpdWriteJob *job)
{
  if (job->error == NULL)
    job->error = g_error_new_literal (CP_ERROR, CP_ERROR_INTERNAL, "a job failed without a reason");
}

/* Without a savepoint, which would cost a reading more than its own rows: what it writes comes last and is little, so
 * that nearly always nothing is to be undone when it fails. When there is something, the batch goes with it. */
static gboolean
run_reading (CpdDb *db, CpdWriteJob *job)
{
  int before = sqlite3_total_changes (db->handle);

  if (job->func (db, job->data, &job->error))
    return TRUE;
  give_reason (job);
  return !sqlite3_get_autocommit (db->handle) && sqlite3_total_changes (db->handle) == before;
}

/* FALSE when the transaction is gone, so that nothing runs on in autocommit. */
static gboolean
run_change (CpdDb *db, CpdWriteJob *job)
{
  if (!cpd_db_mark (db, &job->error))
    return FALSE;
  db->generation = 0;
  if (job->func (db, job->data, &job->error))
    return cpd_db_keep (db, &job->error);
  give_reason (job);
  return cpd_db_undo (db);
}

static int
pages_written (CpdDb *db)
{
  int written = 0;
  int highest;

  sqlite3_db_status (db->handle, SQLITE_DBSTATUS_CACHE_WRITE, &written, &highest, 0);
  return written;
}

/* A count of changed rows would not do: SQLite counts those too that were undone. */
static Transaction
commit (CpdDb *db, GError **error)
{
  int before = pages_written (db);

  if (!cpd_db_run (db, error, "COMMIT", ""))
    return TRANSACTION_LOST;
  return pages_written (db) != before ? TRANSACTION_WRITTEN : TRANSACTION_EMPTY;
}

static void
fail_all (CpdWriteJob **jobs, guint n, const GError *reason)
{
  for (guint i = 0; i < n; i++)
    if (jobs[i]->error == NULL)
      jobs[i]->error = g_error_new (CP_ERROR, CP_ERROR_SERVER_FULL, "not committed: %s", reason->message);
}

static Transaction
run_batch (CpdDb *db, CpdWriteJob **jobs, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean alive = cpd_db_run (db, &error, "BEGIN IMMEDIATE", "") && cpd_db_renew_generation (db, &error);
  Transaction end = TRANSACTION_LOST;

  for (guint i = 0; alive && i < n; i++)
    {
      alive = jobs[i]->reading ? run_reading (db, jobs[i]) : run_change (db, jobs[i]);
      if (!alive)
        error = g_error_copy (jobs[i]->error);
    }
  if (alive)
    end = commit (db, &error);
  if (end != TRANSACTION_LOST)
    return end;
  if (!sqlite3_get_autocommit (db->handle))
    cpd_db_run (db, NULL, "ROLLBACK", "");
  g_warning ("a batch of %u changes was not committed: %s", n, error->message);
  fail_all (jobs, n, error);
  return end;
}

/* A change of many rows. Not in a savepoint: what SQLite keeps to undo one grows with its pages, and every statement in
 * it walks through all of that. */
static Transaction
run_alone (CpdDb *db, CpdWriteJob *job)
{
  gboolean fine = cpd_db_run (db, &job->error, "BEGIN IMMEDIATE", "");
  Transaction end = TRANSACTION_LOST;

  db->generation = 0;
  if (fine && !job->func (db, job->data, &job->error))
    {
      give_reason (job);
      fine = FALSE;
    }
  if (fine)
    end = commit (db, &job->error);
  if (end != TRANSACTION_LOST)
    return end;
  if (!sqlite3_get_autocommit (db->handle))
    cpd_db_run (db, NULL, "ROLLBACK", "");
  return g_error_matches (job->error, CP_ERROR, CP_ERROR_SERVER_FULL) ? TRANSACTION_LOST : TRANSACTION_EMPTY;
}

static void
tell_changed (CpdWriter *writer, gboolean committed)
{
  const CpdWriterWatch *watch = g_atomic_pointer_get (&writer->watch);
  GArray *changed = writer->db->changed;

  if (committed && changed->len > 0 && watch != NULL)
    watch->changed ((const gint64 *) (void *) changed->data, changed->len, watch->data);
  g_array_set_size (changed, 0);
}

static void
run_and_judge (CpdWriter *writer, CpdWriteJob **jobs, guint n)
{
  Transaction end = jobs[0]->alone ? run_alone (writer->db, jobs[0]) : run_batch (writer->db, jobs, n);

  if (end != TRANSACTION_EMPTY)
    g_atomic_int_set (&writer->failing, end == TRANSACTION_LOST);
  if (end != TRANSACTION_LOST && writer->mark != NULL)
    cpd_audit_mark_follow (writer->mark, writer->db, cp_time_now ());
  tell_changed (writer, end == TRANSACTION_WRITTEN);
}

/* How many of the jobs make one transaction, in their order. */
static guint
count_together (CpdWriteJob **jobs, guint n)
{
  guint together = 0;

  while (together < n && !jobs[together]->alone)
    together++;
  return MAX (together, 1);
}

static void
finish (CpdWriteJob *job)
{
  if (job->done != NULL)
    job->done (job->data, job->error);
  g_clear_error (&job->error);
  g_free (job);
}

static gpointer
writer_thread (gpointer data)
{
  CpdWriter *writer = data;
  CpdWriteJob *jobs[BATCH_MAX];
  guint n;

  cpd_db_adopt (writer->db);
  while ((n = cpd_queue_pop_many (writer->queue, (gpointer *) jobs, BATCH_MAX)) > 0)
    for (guint first = 0, together; first < n; first += together)
      {
        together = count_together (jobs + first, n - first);
        writer->taken = n - first - together;
        run_and_judge (writer, jobs + first, together);
        for (guint i = first; i < first + together; i++)
          finish (jobs[i]);
      }
  if (writer->logs_mark)
    cpd_audit_mark_log (writer->mark);
  g_clear_pointer (&writer->mark, cpd_audit_mark_free);
  g_clear_pointer (&writer->db, cpd_db_close);
  return NULL;
}

/**
 * cpd_writer_new:
 * @path: of the database; made and brought to the present schema when needed
 *
 * Returns: (transfer full): the running writer, or NULL with an error.
 */
CpdWriter *
cpd_writer_new (const char *path, GError **error)
{
  g_autoptr (CpdDb) db = cpd_db_open (path, CPD_DB_WRITER, error);
  CpdWriter *writer;

  if (db == NULL || !cpd_migrate (db, path, error))
    return NULL;
  writer = g_new0 (CpdWriter, 1);
  writer->path = g_strdup (path);
  writer->db = g_steal_pointer (&db);
  writer->queue = cpd_queue_new (QUEUE_CAPACITY);
  writer->thread = g_thread_new ("writer", writer_thread, writer);
  return writer;
}

/**
 * cpd_writer_free:
 * @writer: (nullable)
 *
 * Everything that was queued is written first.
 */
void
cpd_writer_free (CpdWriter *writer)
{
  if (writer == NULL)
    return;
  cpd_queue_close (writer->queue);
  g_thread_join (writer->thread);
  cpd_queue_free (writer->queue);
  g_free (writer->path);
  g_free (writer);
}

/**
 * cpd_writer_is_healthy:
 *
 * Returns: FALSE after a batch that was not committed, until something is written again.
 */
gboolean
cpd_writer_is_healthy (CpdWriter *writer)
{
  return !g_atomic_int_get (&writer->failing);
}

/**
 * cpd_writer_set_watch:
 * @watch: (transfer none): lives as long as @writer
 */
void
cpd_writer_set_watch (CpdWriter *writer, const CpdWriterWatch *watch)
{
  g_atomic_pointer_set (&writer->watch, watch);
}

static CpdWriteJob *
job_new (CpdWriteFunc func, CpdWriteDone done, gpointer data)
{
  CpdWriteJob *job = g_new0 (CpdWriteJob, 1);

  job->func = func;
  job->done = done;
  job->data = data;
  return job;
}

static gboolean
submit (CpdWriter *writer, CpdWriteJob *job, GError **error)
{
  if (cpd_queue_try_push (writer->queue, job))
    return TRUE;
  g_free (job);
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BUSY, "the queue of changes is full");
  return FALSE;
}

/**
 * cpd_writer_submit:
 * @done: (nullable): called in the writer thread when the job's end is known
 *
 * Returns: FALSE with CP_ERROR_BUSY when the queue is full.
 */
gboolean
cpd_writer_submit (CpdWriter *writer, CpdWriteFunc func, CpdWriteDone done, gpointer data, GError **error)
{
  return submit (writer, job_new (func, done, data), error);
}

/**
 * cpd_writer_submit_reading:
 * @done: (nullable): called in the writer thread when the job's end is known
 *
 * Returns: FALSE with CP_ERROR_BUSY when the queue is full.
 */
gboolean
cpd_writer_submit_reading (CpdWriter *writer, CpdWriteFunc func, CpdWriteDone done, gpointer data, GError **error)
{
  CpdWriteJob *job = job_new (func, done, data);

  job->reading = TRUE;
  return submit (writer, job, error);
}

struct _CpdWriting
{
  CpdWriteFunc func;
  gpointer data;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  gboolean finished;
  GError *error; /* (owned) (nullable) */
};

static gboolean
run_writing (CpdDb *db, gpointer data, GError **error)
{
  CpdWriting *writing = data;

  return writing->func (db, writing->data, error);
}

static void
writing_done (gpointer data, const GError *error)
{
  CpdWriting *writing = data;

  pthread_mutex_lock (&writing->mutex);
  writing->error = error != NULL ? g_error_copy (error) : NULL;
  writing->finished = TRUE;
  pthread_cond_signal (&writing->cond);
  pthread_mutex_unlock (&writing->mutex);
}

static CpdWriting *
begin (CpdWriter *writer, CpdWriteFunc func, gpointer data, gboolean alone)
{
  CpdWriting *writing = g_new0 (CpdWriting, 1);
  CpdWriteJob *job = job_new (run_writing, writing_done, writing);

  job->alone = alone;
  writing->func = func;
  writing->data = data;
  pthread_mutex_init (&writing->mutex, NULL);
  pthread_cond_init (&writing->cond, NULL);
  if (cpd_queue_push (writer->queue, job))
    return writing;
  g_free (job);
  writing->finished = TRUE;
  writing->error = g_error_new_literal (CP_ERROR, CP_ERROR_BUSY, "the writer has stopped");
  return writing;
}

/**
 * cpd_writer_begin:
 * @data: stays with the caller, and must live until cpd_writer_end()
 *
 * Submits a change of many rows, which is made in a transaction of its own; waits only for room in the queue.
 *
 * Returns: (transfer full): for cpd_writer_end().
 */
CpdWriting *
cpd_writer_begin (CpdWriter *writer, CpdWriteFunc func, gpointer data)
{
  return begin (writer, func, data, TRUE);
}

/**
 * cpd_writer_end:
 * @writing: (transfer full)
 *
 * Waits until the change is on disk.
 *
 * Returns: FALSE with @error when it is not.
 */
gboolean
cpd_writer_end (CpdWriting *writing, GError **error)
{
  GError *failed;

  pthread_mutex_lock (&writing->mutex);
  while (!writing->finished)
    pthread_cond_wait (&writing->cond, &writing->mutex);
  pthread_mutex_unlock (&writing->mutex);
  pthread_cond_destroy (&writing->cond);
  pthread_mutex_destroy (&writing->mutex);
  failed = writing->error;
  g_free (writing);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/**
 * cpd_writer_is_wanted:
 *
 * In the writer thread.
 */
gboolean
cpd_writer_is_wanted (CpdWriter *writer)
{
  return writer->taken > 0 || !cpd_queue_is_empty (writer->queue);
}

/**
 * cpd_writer_run:
 *
 * Submits a change and waits until it is on disk.
 */
gboolean
cpd_writer_run (CpdWriter *writer, CpdWriteFunc func, gpointer data, GError **error)
{
  return cpd_writer_end (begin (writer, func, data, FALSE), error);
}

typedef struct
{
  CpdWriter *writer;   /* (borrowed) */
  const CpdKeys *keys; /* (borrowed) */
} KeepMark;

/* What follows the transaction of this job looks at the mark for the first time. */
static gboolean
keep_mark (CpdDb *db, gpointer data, GError **error)
{
  KeepMark *keep = data;

  if (keep->writer->mark == NULL)
    keep->writer->mark = cpd_audit_mark_new (keep->keys, keep->writer->path);
  return TRUE;
}

/**
 * cpd_writer_keep_mark:
 *
 * A disk that is full is no reason not to begin: the mark is looked at after the first change that can be written.
 */
void
cpd_writer_keep_mark (CpdWriter *writer, const CpdKeys *keys)
{
  KeepMark keep = { writer, keys };

  cpd_writer_run (writer, keep_mark, &keep, NULL);
}

static gboolean
log_mark (CpdDb *db, gpointer data, GError **error)
{
  CpdWriter *writer = data;

  writer->logs_mark = writer->mark != NULL;
  if (writer->logs_mark)
    cpd_audit_mark_log (writer->mark);
  return TRUE;
}

/**
 * cpd_writer_log_mark:
 *
 * Of what was committed before this transaction. When the queue is full, the next call does it.
 */
void
cpd_writer_log_mark (CpdWriter *writer)
{
  cpd_writer_submit_reading (writer, log_mark, NULL, writer, NULL);
}

typedef struct
{
  CpdWriter *writer; /* (borrowed) */
  gboolean as_left;
} LookAtMark;

static gboolean
look_at_mark (CpdDb *db, gpointer data, GError **error)
{
  LookAtMark *look = data;

  look->as_left = look->writer->mark == NULL || cpd_audit_mark_look (look->writer->mark);
  return TRUE;
}

/**
 * cpd_writer_look_at_mark:
 * @as_left: (out)
 */
gboolean
cpd_writer_look_at_mark (CpdWriter *writer, gboolean *as_left, GError **error)
{
  LookAtMark look = { writer, FALSE };
  gboolean done = cpd_writer_run (writer, look_at_mark, &look, error);

  *as_left = look.as_left;
  return done;
}
