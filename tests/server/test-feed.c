/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits is looked at when there is news for its account, when its time has come, and when it has to go; and is
 * answered once, whoever comes between. */
#include "cpd-feed.h"

#include <pthread.h>

#define SOON (50 * 1000)
#define LATE (600 * G_USEC_PER_SEC)
#define THREADS 4
#define ROUNDS 500
#define PER_ACCOUNT 8

typedef struct
{
  int n_looks;   /* atomic */
  int n_lasts;   /* atomic: looks after which it has to be answered */
  int n_answers; /* atomic */
  int has_news;  /* atomic: the next look finds some */
  gint64 until;
} Job;

static gboolean
look (gpointer data, gboolean last, gint64 *until)
{
  Job *job = data;

  g_atomic_int_inc (&job->n_looks);
  if (last)
    g_atomic_int_inc (&job->n_lasts);
  *until = job->until;
  return g_atomic_int_get (&job->has_news);
}

static void
answer (gpointer data)
{
  g_atomic_int_inc (&((Job *) data)->n_answers);
}

static CpdFeed *
feed_new (guint in_all, guint per_account)
{
  const CpdFeedKind kind = { .in_all = in_all, .per_account = per_account, .look = look, .answer = answer };

  return cpd_feed_new (&kind);
}

static gint64
in (gint64 microseconds)
{
  return g_get_monotonic_time () + microseconds;
}

static gboolean
hold (CpdFeed *feed, gint64 account, Job *job)
{
  job->until = in (LATE);
  return cpd_feed_hold (feed, account, job, job, job->until, cpd_feed_place (feed), NULL);
}

static void
wait_for (int *number, int value)
{
  gint64 end = in (5 * G_USEC_PER_SEC);

  while (g_atomic_int_get (number) != value && g_get_monotonic_time () < end)
    g_usleep (500);
  g_assert_cmpint (g_atomic_int_get (number), ==, value);
}

static void
assert_stays (int *number, int value)
{
  g_usleep (SOON);
  g_assert_cmpint (g_atomic_int_get (number), ==, value);
}

static void
test_news (void)
{
  g_autoptr (CpdFeed) feed = feed_new (10, 4);
  Job mine[2] = { { 0 } };
  Job other = { 0 };
  const gint64 accounts[] = { 1, 7, 1 };

  for (int i = 0; i < 2; i++)
    g_assert_true (hold (feed, 1, &mine[i]));
  g_assert_true (hold (feed, 2, &other));
  assert_stays (&mine[0].n_looks, 0);
  cpd_feed_wake (feed, accounts, G_N_ELEMENTS (accounts));
  wait_for (&mine[0].n_looks, 1);
  wait_for (&mine[1].n_looks, 1);
  g_atomic_int_set (&mine[0].has_news, TRUE);
  cpd_feed_wake (feed, accounts, 1);
  wait_for (&mine[0].n_answers, 1);
  wait_for (&mine[1].n_looks, 2);
  g_assert_cmpint (g_atomic_int_get (&mine[0].n_lasts), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&mine[1].n_answers), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&other.n_looks), ==, 0);
  g_assert_cmpint (cpd_feed_count (feed), ==, 2);
}

/* News that came between the first look, outside, and being held. */
static void
test_nothing_is_missed (void)
{
  g_autoptr (CpdFeed) feed = feed_new (10, 4);
  Job job = { .has_news = TRUE, .until = in (LATE) };
  guint64 place = cpd_feed_place (feed);
  const gint64 account = 1;

  cpd_feed_wake (feed, &account, 1);
  g_assert_true (cpd_feed_hold (feed, account, &job, &job, job.until, place, NULL));
  wait_for (&job.n_answers, 1);
}

static void
test_time (void)
{
  g_autoptr (CpdFeed) feed = feed_new (10, 4);
  Job late = { 0 };
  Job soon = { .until = in (3 * SOON) };
  gint64 begin = g_get_monotonic_time ();

  g_assert_true (hold (feed, 1, &late));
  g_assert_true (cpd_feed_hold (feed, 1, &soon, &soon, in (SOON), cpd_feed_place (feed), NULL));
  wait_for (&soon.n_looks, 1);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, SOON);
  g_atomic_int_set (&soon.has_news, TRUE);
  wait_for (&soon.n_answers, 1);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 3 * SOON);
  g_assert_cmpint (g_atomic_int_get (&soon.n_looks), ==, 2);
  g_assert_cmpint (g_atomic_int_get (&late.n_looks), ==, 0);
}

static void
test_bounds (void)
{
  g_autoptr (CpdFeed) feed = feed_new (3, 2);
  g_autoptr (GError) error = NULL;
  Job jobs[3] = { { 0 } };
  Job others[2] = { { 0 } };

  g_assert_true (hold (feed, 1, &jobs[0]));
  g_assert_true (hold (feed, 1, &jobs[1]));
  g_assert_true (hold (feed, 1, &jobs[2]));
  wait_for (&jobs[0].n_answers, 1);
  g_assert_cmpint (g_atomic_int_get (&jobs[0].n_lasts), ==, 1);
  while (cpd_feed_count (feed) > 2)
    g_usleep (500);
  g_assert_true (hold (feed, 2, &others[0]));
  g_assert_false (cpd_feed_hold (feed, 3, &others[1], &others[1], in (LATE), cpd_feed_place (feed), &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BUSY);
  assert_stays (&jobs[1].n_looks, 0);
  g_assert_cmpint (g_atomic_int_get (&others[1].n_answers), ==, 0);
}

static void
test_leaving (void)
{
  g_autoptr (CpdFeed) feed = feed_new (10, 4);
  Job job = { 0 };

  cpd_feed_leave (feed, &job);
  for (int i = 1; i <= 2; i++)
    {
      g_assert_true (hold (feed, 1, &job));
      cpd_feed_leave (feed, &job);
      wait_for (&job.n_answers, i);
      g_assert_cmpint (g_atomic_int_get (&job.n_looks), ==, 0);
    }
  g_assert_cmpint (cpd_feed_count (feed), ==, 0);
}

static void
test_stopping (void)
{
  CpdFeed *feed = feed_new (100, 100);
  Job jobs[50] = { { 0 } };
  Job after = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    g_assert_true (hold (feed, (gint64) i % 7, &jobs[i]));
  cpd_feed_stop (feed);
  g_assert_true (hold (feed, 1, &after));
  cpd_feed_free (feed);
  for (gsize i = 0; i < G_N_ELEMENTS (jobs); i++)
    g_assert_cmpint (jobs[i].n_answers, ==, 1);
  g_assert_cmpint (after.n_answers, ==, 1);
  g_assert_cmpint (after.n_lasts, ==, 1);
}

typedef struct
{
  CpdFeed *feed;
  gint64 account;
  Job jobs[ROUNDS];
} Client;

/* As epoll threads, the writer and the deadlines do it, all at once. */
static void *
come_and_go (void *data)
{
  Client *client = data;

  for (int i = 0; i < ROUNDS; i++)
    {
      Job *job = &client->jobs[i];
      const gint64 accounts[] = { client->account, (client->account + 1) % THREADS };

      job->until = in (i % 3 == 0 ? 100 : LATE);
      job->has_news = i % 5 == 0;
      while (!cpd_feed_hold (client->feed, client->account, job, job, job->until, cpd_feed_place (client->feed), NULL))
        g_usleep (100);
      if (i % 4 == 0)
        cpd_feed_wake (client->feed, accounts, 2);
      if (i % 2 == 0 && i > 0)
        cpd_feed_leave (client->feed, &client->jobs[i - 1]);
    }
  return NULL;
}

static void
test_many_threads (void)
{
  /* One more than may go on waiting: a place that is refused is free again soon. With fewer all could wait for one
   * another, for here nobody goes away to come back later. */
  CpdFeed *feed = feed_new (THREADS * PER_ACCOUNT + 1, PER_ACCOUNT);
  Client *clients = g_new0 (Client, THREADS);
  pthread_t threads[THREADS];

  for (int i = 0; i < THREADS; i++)
    {
      clients[i].feed = feed;
      clients[i].account = i;
      g_assert_cmpint (pthread_create (&threads[i], NULL, come_and_go, &clients[i]), ==, 0);
    }
  for (int i = 0; i < THREADS; i++)
    pthread_join (threads[i], NULL);
  cpd_feed_free (feed);
  for (int i = 0; i < THREADS; i++)
    for (int j = 0; j < ROUNDS; j++)
      g_assert_cmpint (clients[i].jobs[j].n_answers, ==, 1);
  g_free (clients);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/news", test_news);
  g_test_add_func ("/feed/nothing-is-missed", test_nothing_is_missed);
  g_test_add_func ("/feed/time", test_time);
  g_test_add_func ("/feed/bounds", test_bounds);
  g_test_add_func ("/feed/leaving", test_leaving);
  g_test_add_func ("/feed/stopping", test_stopping);
  g_test_add_func ("/feed/many-threads", test_many_threads);
  return g_test_run ();
}
