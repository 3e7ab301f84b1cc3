/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include "cpd-queue.h"

typedef struct
{
  CpdPoolFunc func;
  gpointer data;
} CpdPoolJob;

struct _CpdPool
{
  CpdPoolKind kind;
  CpdQueue *queue;    /* (owned) of CpdPoolJob */
  GPtrArray *threads; /* (owned) of GThread */
  int n_taken;        /* atomic: places in the queue that have their job, or will */
};

static gpointer
worker (gpointer data)
{
  CpdPool *pool = data;
  gpointer item;

  if (pool->kind.nice != 0)
    setpriority (PRIO_PROCESS, (id_t) gettid (), pool->kind.nice); /* on Linux this is the thread alone */
  while (cpd_queue_pop_many (pool->queue, &item, 1) > 0)
    {
      CpdPoolJob *job = item;
      cpd_pool_give_back (pool);
      job->func (job->data);
      g_free (job);
    }
  return NULL;
}

/**
 * cpd_pool_new:
 *
 * Returns: (transfer full): the running pool.
 */
CpdPool *
cpd_pool_new (const CpdPoolKind *kind)
{
  CpdPool *pool = g_new0 (CpdPool, 1);

  pool->kind = *kind;
  pool->queue = cpd_queue_new (kind->capacity);
  pool->threads = g_ptr_array_new ();
  for (guint i = 0; i < kind->threads; i++)
    g_ptr_array_add (pool->threads, g_thread_new (kind->name, worker, pool));
  return pool;
}

/**
 * cpd_pool_stop:
 * @pool: (nullable)
 *
 * A second call is without effect.
 */
void
cpd_pool_stop (CpdPool *pool)
{
  if (pool == NULL)
    return;
  cpd_queue_close (pool->queue);
  for (guint i = 0; i < pool->threads->len; i++)
    g_thread_join (pool->threads->pdata[i]);
  g_ptr_array_set_size (pool->threads, 0);
}

/**
 * cpd_pool_free:
 * @pool: (nullable)
 */
void
cpd_pool_free (CpdPool *pool)
{
  if (pool == NULL)
    return;
  cpd_pool_stop (pool);
  g_ptr_array_unref (pool->threads);
  cpd_queue_free (pool->queue);
  g_free (pool);
}

static gboolean
fail_busy (const CpdPool *pool, GError **error)
{
  g_autoptr (GError) busy = g_error_new (CP_ERROR, CP_ERROR_BUSY, "the queue of %s is full", pool->kind.name);

  cp_error_details (busy)->wait_seconds = pool->kind.wait_seconds;
  g_propagate_error (error, g_steal_pointer (&busy));
  return FALSE;
}

/**
 * cpd_pool_reserve:
 * @last: whether one of the last places may be taken too
 *
 * Returns: FALSE with CP_ERROR_BUSY when the queue is full.
 */
gboolean
cpd_pool_reserve (CpdPool *pool, gboolean last, GError **error)
{
  guint places = pool->kind.capacity - (last ? 0 : pool->kind.kept);

  if (g_atomic_int_add (&pool->n_taken, 1) < (int) places)
    return TRUE;
  cpd_pool_give_back (pool);
  return fail_busy (pool, error);
}

/**
 * cpd_pool_give_back:
 */
void
cpd_pool_give_back (CpdPool *pool)
{
  g_atomic_int_add (&pool->n_taken, -1);
}

/**
 * cpd_pool_submit_reserved:
 */
gboolean
cpd_pool_submit_reserved (CpdPool *pool, CpdPoolFunc func, gpointer data, GError **error)
{
  CpdPoolJob *job = g_new (CpdPoolJob, 1);

  *job = (CpdPoolJob){ func, data };
  if (cpd_queue_try_push (pool->queue, job))
    return TRUE;
  g_free (job);
  cpd_pool_give_back (pool);
  return fail_busy (pool, error);
}

/**
 * cpd_pool_submit:
 *
 * Returns: FALSE with CP_ERROR_BUSY when the queue is full.
 */
gboolean
cpd_pool_submit (CpdPool *pool, CpdPoolFunc func, gpointer data, GError **error)
{
  return cpd_pool_reserve (pool, TRUE, error) && cpd_pool_submit_reserved (pool, func, data, error);
}
