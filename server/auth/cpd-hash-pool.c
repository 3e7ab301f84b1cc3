/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-hash-pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include "cpd-queue.h"

/* At 70 ms each and one worker the last in the queue waits about 4 s: longer would only look like a fault. */
#define QUEUE_CAPACITY 64
#define BUSY_WAIT_SECONDS 5
#define NICE_LEVEL 19

typedef struct
{
  CpdHashFunc func;
  gpointer data;
} CpdHashJob;

struct _CpdHashPool
{
  CpdQueue *queue;    /* (owned) of CpdHashJob */
  GPtrArray *threads; /* (owned) of GThread */
};

static gpointer
worker (gpointer data)
{
  CpdHashPool *pool = data;
  gpointer item;

  setpriority (PRIO_PROCESS, (id_t) gettid (), NICE_LEVEL); /* on Linux this is the thread alone */
  while (cpd_queue_pop_many (pool->queue, &item, 1) > 0)
    {
      CpdHashJob *job = item;
      job->func (job->data);
      g_free (job);
    }
  return NULL;
}

/**
 * cpd_hash_pool_new:
 *
 * Returns: (transfer full): the running pool.
 */
CpdHashPool *
cpd_hash_pool_new (void)
{
  CpdHashPool *pool = g_new0 (CpdHashPool, 1);
  guint n = MAX (1, g_get_num_processors () - 1);

  pool->queue = cpd_queue_new (QUEUE_CAPACITY);
  pool->threads = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (pool->threads, g_thread_new ("hash", worker, pool));
  return pool;
}

/**
 * cpd_hash_pool_free:
 * @pool: (nullable)
 */
void
cpd_hash_pool_free (CpdHashPool *pool)
{
  if (pool == NULL)
    return;
  cpd_queue_close (pool->queue);
  for (guint i = 0; i < pool->threads->len; i++)
    g_thread_join (pool->threads->pdata[i]);
  g_ptr_array_unref (pool->threads);
  cpd_queue_free (pool->queue);
  g_free (pool);
}

/**
 * cpd_hash_pool_submit:
 *
 * Returns: FALSE with CP_ERROR_BUSY when the queue is full: before any hashing.
 */
gboolean
cpd_hash_pool_submit (CpdHashPool *pool, CpdHashFunc func, gpointer data, GError **error)
{
  CpdHashJob *job = g_new (CpdHashJob, 1);
  g_autoptr (GError) busy = NULL;

  *job = (CpdHashJob){ func, data };
  if (cpd_queue_try_push (pool->queue, job))
    return TRUE;
  g_free (job);
  busy = g_error_new_literal (CP_ERROR, CP_ERROR_BUSY, "too many logins at once");
  cp_error_details (busy)->wait_seconds = BUSY_WAIT_SECONDS;
  g_propagate_error (error, g_steal_pointer (&busy));
  return FALSE;
}
