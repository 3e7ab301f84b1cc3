/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/resource.h>
#include <unistd.h>

#include "cpd-pool.h"
#include "cpd-queue.h"

static const CpdPoolKind small = { "small", 1, 2, 0, 3, 1 };

/* The first job waits until the test lets it go; the others wait for it. */
typedef struct
{
  CpdQueue *begun;
  CpdQueue *gate;
  int done;
} Jobs;

static void
wait_cb (gpointer data)
{
  Jobs *jobs = data;
  gpointer item;

  cpd_queue_push (jobs->begun, jobs);
  cpd_queue_pop_many (jobs->gate, &item, 1);
  jobs->done++;
}

static void
count_cb (gpointer data)
{
  ((Jobs *) data)->done++;
}

static void
test_full (void)
{
  Jobs jobs = { cpd_queue_new (1), cpd_queue_new (1), 0 };
  CpdPool *pool = cpd_pool_new (&small);
  g_autoptr (GError) error = NULL;
  gpointer item;

  g_assert_true (cpd_pool_submit (pool, wait_cb, &jobs, NULL));
  g_assert_cmpuint (cpd_queue_pop_many (jobs.begun, &item, 1), ==, 1);
  g_assert_true (cpd_pool_submit (pool, count_cb, &jobs, NULL));
  g_assert_true (cpd_pool_submit (pool, count_cb, &jobs, NULL));
  g_assert_false (cpd_pool_submit (pool, count_cb, &jobs, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BUSY);
  g_assert_cmpint (cp_error_details (error)->wait_seconds, ==, 3);
  /* What was taken is done, also when the pool ends meanwhile. */
  cpd_queue_push (jobs.gate, &jobs);
  cpd_pool_free (pool);
  g_assert_cmpint (jobs.done, ==, 3);
  cpd_queue_free (jobs.begun);
  cpd_queue_free (jobs.gate);
}

/* The last place is not for everybody. */
static void
test_kept (void)
{
  CpdPool *pool = cpd_pool_new (&small);
  g_autoptr (GError) kept = NULL;
  g_autoptr (GError) full = NULL;

  g_assert_true (cpd_pool_reserve (pool, FALSE, NULL));
  g_assert_false (cpd_pool_reserve (pool, FALSE, &kept));
  g_assert_error (kept, CP_ERROR, CP_ERROR_BUSY);
  g_assert_true (cpd_pool_reserve (pool, TRUE, NULL));
  g_assert_false (cpd_pool_reserve (pool, TRUE, &full));
  g_assert_error (full, CP_ERROR, CP_ERROR_BUSY);
  cpd_pool_give_back (pool);
  g_assert_true (cpd_pool_reserve (pool, TRUE, NULL));
  cpd_pool_free (pool);
}

/* Who still has a job for it is told so. */
static void
test_stopped (void)
{
  Jobs jobs = { NULL, NULL, 0 };
  CpdPool *pool = cpd_pool_new (&small);
  g_autoptr (GError) error = NULL;

  g_assert_true (cpd_pool_reserve (pool, FALSE, NULL));
  cpd_pool_stop (pool);
  g_assert_false (cpd_pool_submit_reserved (pool, count_cb, &jobs, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BUSY);
  cpd_pool_stop (pool);
  cpd_pool_free (pool);
  g_assert_cmpint (jobs.done, ==, 0);
}

static void
nice_cb (gpointer data)
{
  *(int *) data = getpriority (PRIO_PROCESS, (id_t) gettid ());
}

/* What must leave the machine to everything else does. */
static void
test_nice (void)
{
  static const CpdPoolKind patient = { "patient", 1, 2, 19, 3, 0 };
  CpdPool *pool = cpd_pool_new (&patient);
  int nice = 0;

  g_assert_true (cpd_pool_submit (pool, nice_cb, &nice, NULL));
  cpd_pool_free (pool);
  g_assert_cmpint (nice, ==, 19);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/full", test_full);
  g_test_add_func ("/pool/kept", test_kept);
  g_test_add_func ("/pool/stopped", test_stopped);
  g_test_add_func ("/pool/nice", test_nice);
  return g_test_run ();
}
