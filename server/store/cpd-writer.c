/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-store"
#include "cpd-writer.h"

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
  GError *error; /* (owned) */
} CpdWriteJob;

struct _CpdWriter
{
  CpdDb *db;       /* (owned): belongs to the thread once that runs */
  CpdQueue *queue; /* (owned) of CpdWriteJob */
  GThread *thread; /* (owned) */
  int failing;     /* atomic: the newest batch did not reach the disk */
};

/* Runs one job in a savepoint. A failed statement can roll back the whole transaction (SQLITE_FULL, IOERR, NOMEM): then
 * the savepoint is gone and FALSE is returned, so that nothing runs on in autocommit. */
static gboolean
run_job (CpdDb *db, CpdWriteJob *job)
{
  if (!cpd_db_run (db, &job->error, "SAVEPOINT job", ""))
    return FALSE;
  if (job->func (db, job->data, &job->error))
    return cpd_db_run (db, &job->error, "RELEASE job", "");
  if (job->error == NULL)
    job->error = g_error_new_literal (CP_ERROR, CP_ERROR_INTERNAL, "a change failed without a reason");
  if (sqlite3_get_autocommit (db->handle))
    return FALSE;
  return cpd_db_run (db, NULL, "ROLLBACK TO job", "") && cpd_db_run (db, NULL, "RELEASE job", "");
}

static void
fail_all (CpdWriteJob **jobs, guint n, const GError *reason)
{
  for (guint i = 0; i < n; i++)
    if (jobs[i]->error == NULL)
      jobs[i]->error = g_error_new (CP_ERROR, CP_ERROR_SERVER_FULL, "not committed: %s", reason->message);
}

static gboolean
run_batch (CpdDb *db, CpdWriteJob **jobs, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean alive = cpd_db_run (db, &error, "BEGIN IMMEDIATE", "");

  for (guint i = 0; alive && i < n; i++)
    {
      alive = run_job (db, jobs[i]);
      if (!alive)
        error = g_error_copy (jobs[i]->error);
    }
  if (alive && cpd_db_run (db, &error, "COMMIT", ""))
    return TRUE;
  if (!sqlite3_get_autocommit (db->handle))
    cpd_db_run (db, NULL, "ROLLBACK", "");
  g_warning ("a batch of %u changes was not committed: %s", n, error->message);
  fail_all (jobs, n, error);
  return FALSE;
}

/* Only a batch that changed something tells whether the disk takes it. */
static void
run_and_judge (CpdWriter *writer, CpdWriteJob **jobs, guint n)
{
  int before = sqlite3_total_changes (writer->db->handle);
  gboolean committed = run_batch (writer->db, jobs, n);

  if (!committed || sqlite3_total_changes (writer->db->handle) != before)
    g_atomic_int_set (&writer->failing, !committed);
}

static gpointer
writer_thread (gpointer data)
{
  CpdWriter *writer = data;
  CpdWriteJob *jobs[BATCH_MAX];
  guint n;

  cpd_db_adopt (writer->db);
  while ((n = cpd_queue_pop_many (writer->queue, (gpointer *) jobs, BATCH_MAX)) > 0)
    {
      run_and_judge (writer, jobs, n);
      for (guint i = 0; i < n; i++)
        {
          if (jobs[i]->done != NULL)
            jobs[i]->done (jobs[i]->data, jobs[i]->error);
          g_clear_error (&jobs[i]->error);
          g_free (jobs[i]);
        }
    }
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
  g_free (writer);
}

/**
 * cpd_writer_is_healthy:
 *
 * Returns: FALSE after a batch that was not committed, until one with a change is.
 */
gboolean
cpd_writer_is_healthy (CpdWriter *writer)
{
  return !g_atomic_int_get (&writer->failing);
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

/**
 * cpd_writer_submit:
 * @done: (nullable): called in the writer thread when the job's end is known
 *
 * Returns: FALSE with CP_ERROR_BUSY when the queue is full.
 */
gboolean
cpd_writer_submit (CpdWriter *writer, CpdWriteFunc func, CpdWriteDone done, gpointer data, GError **error)
{
  CpdWriteJob *job = job_new (func, done, data);

  if (cpd_queue_try_push (writer->queue, job))
    return TRUE;
  g_free (job);
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BUSY, "the queue of changes is full");
  return FALSE;
}

typedef struct
{
  CpdWriteFunc func;
  gpointer data;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  gboolean finished;
  GError *error;
} Waiting;

static gboolean
run_waiting (CpdDb *db, gpointer data, GError **error)
{
  Waiting *waiting = data;

  return waiting->func (db, waiting->data, error);
}

static void
waiting_done (gpointer data, const GError *error)
{
  Waiting *waiting = data;

  pthread_mutex_lock (&waiting->mutex);
  waiting->error = error != NULL ? g_error_copy (error) : NULL;
  waiting->finished = TRUE;
  pthread_cond_signal (&waiting->cond);
  pthread_mutex_unlock (&waiting->mutex);
}

/**
 * cpd_writer_run:
 *
 * Submits a change and waits until it is on disk.
 */
gboolean
cpd_writer_run (CpdWriter *writer, CpdWriteFunc func, gpointer data, GError **error)
{
  Waiting waiting = { .func = func, .data = data };
  CpdWriteJob *job = job_new (run_waiting, waiting_done, &waiting);

  pthread_mutex_init (&waiting.mutex, NULL);
  pthread_cond_init (&waiting.cond, NULL);
  if (!cpd_queue_push (writer->queue, job))
    {
      g_free (job);
      waiting.finished = TRUE;
      waiting.error = g_error_new_literal (CP_ERROR, CP_ERROR_BUSY, "the writer has stopped");
    }
  pthread_mutex_lock (&waiting.mutex);
  while (!waiting.finished)
    pthread_cond_wait (&waiting.cond, &waiting.mutex);
  pthread_mutex_unlock (&waiting.mutex);
  pthread_cond_destroy (&waiting.cond);
  pthread_mutex_destroy (&waiting.mutex);
  if (waiting.error == NULL)
    return TRUE;
  g_propagate_error (error, waiting.error);
  return FALSE;
}
