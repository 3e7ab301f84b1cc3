/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-feed.h"

#include <pthread.h>
#include <time.h>

/* One that waits. In by_key, in its account's queue and in by_time until it is answered, also while it is looked at, so
 * that what happens meanwhile finds it. */
typedef struct
{
  gint64 account;
  gpointer key;         /* (borrowed) */
  gpointer job;         /* (owned) */
  gint64 until;         /* monotonic, microseconds */
  GSequenceIter *place; /* (borrowed): in by_time */
  GList by_account;     /* its link */
  GList due;            /* its link, while is_due */
  gboolean is_due;      /* to be looked at */
  gboolean looked_at;   /* is being */
  gboolean last;        /* and answered then */
  gboolean left;        /* nobody waits for it */
} Held;

struct _CpdFeed
{
  CpdFeedKind kind;
  pthread_t thread;

  pthread_mutex_t lock;
  pthread_cond_t changed; /* something is due, or the feed is to end */
  GHashTable *by_key;     /* (owned): key to Held */
  GHashTable *by_account; /* (owned): account to GQueue of Held, oldest first */
  GSequence *by_time;     /* (owned) of Held */
  GQueue due;             /* of Held, by their links */
  guint64 news;           /* how often somebody had some */
  gboolean stopping;      /* nothing is held any more */
  gboolean quit;
};

static int
compare_times (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 first = ((const Held *) a)->until;
  gint64 second = ((const Held *) b)->until;

  return (first > second) - (first < second);
}

static void
make_due (CpdFeed *self, Held *held)
{
  if (held->is_due)
    return;
  held->is_due = TRUE;
  if (held->looked_at)
    return; /* again, when that is over */
  g_queue_push_tail_link (&self->due, &held->due);
  pthread_cond_signal (&self->changed);
}

static void
make_last (CpdFeed *self, Held *held)
{
  held->last = TRUE;
  make_due (self, held);
}

static void
add (CpdFeed *self, Held *held)
{
  GQueue *queue = g_hash_table_lookup (self->by_account, &held->account);

  if (queue == NULL)
    {
      gint64 *account = g_new (gint64, 1);
      *account = held->account;
      queue = g_queue_new ();
      g_hash_table_insert (self->by_account, account, queue);
    }
  g_queue_push_tail_link (queue, &held->by_account);
  g_hash_table_insert (self->by_key, held->key, held);
  held->place = g_sequence_insert_sorted (self->by_time, held, compare_times, NULL);
  if (held->place == g_sequence_get_begin_iter (self->by_time))
    pthread_cond_signal (&self->changed);
}

static void
forget (CpdFeed *self, Held *held)
{
  GQueue *queue = g_hash_table_lookup (self->by_account, &held->account);

  g_queue_unlink (queue, &held->by_account);
  if (queue->length == 0)
    g_hash_table_remove (self->by_account, &held->account);
  g_hash_table_remove (self->by_key, held->key);
  g_sequence_remove (held->place);
}

/* The oldest that is not about to go already. */
static Held *
oldest_of (CpdFeed *self, gint64 account)
{
  GQueue *queue = g_hash_table_lookup (self->by_account, &account);
  GList *link = queue != NULL && queue->length >= self->kind.per_account ? queue->head : NULL;

  while (link != NULL && ((Held *) link->data)->last)
    link = link->next;
  return link != NULL ? link->data : NULL;
}

/* Microseconds until which there is nothing to do; 0: forever. */
static gint64
take_what_is_over (CpdFeed *self)
{
  gint64 now = g_get_monotonic_time ();

  for (GSequenceIter *at = g_sequence_get_begin_iter (self->by_time); !g_sequence_iter_is_end (at);
       at = g_sequence_iter_next (at))
    {
      Held *held = g_sequence_get (at);
      if (held->until > now)
        return held->until;
      make_due (self, held);
    }
  return 0;
}

static void
wait_until (CpdFeed *self, gint64 time)
{
  struct timespec at = { .tv_sec = time / G_USEC_PER_SEC, .tv_nsec = time % G_USEC_PER_SEC * 1000 };

  if (time == 0)
    pthread_cond_wait (&self->changed, &self->lock);
  else
    pthread_cond_timedwait (&self->changed, &self->lock, &at);
}

/* (transfer none) (nullable): the next one to be looked at; NULL when the feed ends. */
static Held *
next_due (CpdFeed *self)
{
  while (TRUE)
    {
      gint64 next = take_what_is_over (self);
      GList *link = g_queue_pop_head_link (&self->due);

      if (link != NULL)
        return link->data;
      if (self->quit && g_hash_table_size (self->by_key) == 0)
        return NULL;
      wait_until (self, next);
    }
}

/* Whether it can be answered. Called, and returns, with the lock. */
static gboolean
look_at (CpdFeed *self, Held *held)
{
  gboolean last = held->last || self->stopping;
  gboolean answered = held->left;
  gint64 until = held->until;

  held->is_due = FALSE;
  if (answered)
    return TRUE;
  held->looked_at = TRUE;
  pthread_mutex_unlock (&self->lock);
  answered = self->kind.look (held->job, last, &until);
  pthread_mutex_lock (&self->lock);
  held->looked_at = FALSE;
  held->until = until;
  return answered || last;
}

static void
go_on_waiting (CpdFeed *self, Held *held)
{
  g_sequence_sort_changed (held->place, compare_times, NULL);
  if (held->is_due)
    {
      held->is_due = FALSE;
      make_due (self, held);
    }
}

static void *
run (void *data)
{
  CpdFeed *self = data;
  Held *held;

  pthread_mutex_lock (&self->lock);
  while ((held = next_due (self)) != NULL)
    {
      if (!look_at (self, held))
        {
          go_on_waiting (self, held);
          continue;
        }
      forget (self, held);
      pthread_mutex_unlock (&self->lock);
      self->kind.answer (held->job);
      g_free (held);
      pthread_mutex_lock (&self->lock);
    }
  pthread_mutex_unlock (&self->lock);
  return NULL;
}

/**
 * cpd_feed_new:
 * @kind: copied
 *
 * Returns: (transfer full): nothing is held yet, and a running thread.
 */
CpdFeed *
cpd_feed_new (const CpdFeedKind *kind)
{
  CpdFeed *self = g_new0 (CpdFeed, 1);
  pthread_condattr_t monotonic;

  self->kind = *kind;
  self->by_key = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->by_account =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) (void (*) (void)) g_queue_free);
  self->by_time = g_sequence_new (NULL);
  g_queue_init (&self->due);
  pthread_mutex_init (&self->lock, NULL);
  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init (&self->changed, &monotonic);
  pthread_condattr_destroy (&monotonic);
  if (pthread_create (&self->thread, NULL, run, self) != 0)
    g_error ("no thread for the change feed");
  return self;
}

/**
 * cpd_feed_free:
 *
 * Nobody may hold anything more.
 */
void
cpd_feed_free (CpdFeed *self)
{
  cpd_feed_stop (self);
  pthread_mutex_lock (&self->lock);
  self->quit = TRUE;
  pthread_cond_signal (&self->changed);
  pthread_mutex_unlock (&self->lock);
  pthread_join (self->thread, NULL);
  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->lock);
  g_sequence_free (self->by_time);
  g_hash_table_unref (self->by_account);
  g_hash_table_unref (self->by_key);
  g_free (self);
}

/**
 * cpd_feed_place:
 *
 * Returns: for cpd_feed_hold().
 */
guint64
cpd_feed_place (CpdFeed *self)
{
  guint64 place;

  pthread_mutex_lock (&self->lock);
  place = self->news;
  pthread_mutex_unlock (&self->lock);
  return place;
}

/**
 * cpd_feed_hold:
 * @key: of no other one that is held
 * @job: (transfer full): with TRUE
 * @until: monotonic, microseconds
 */
gboolean
cpd_feed_hold (CpdFeed *self, gint64 account, gpointer key, gpointer job, gint64 until, guint64 place, GError **error)
{
  Held *held;
  Held *oldest;
  gboolean full;

  pthread_mutex_lock (&self->lock);
  full = g_hash_table_size (self->by_key) >= self->kind.in_all;
  if (!full)
    {
      oldest = oldest_of (self, account);
      held = g_new0 (Held, 1);
      *held = (Held){ .account = account, .key = key, .job = job, .until = until };
      held->by_account.data = held;
      held->due.data = held;
      add (self, held);
      if (oldest != NULL)
        make_last (self, oldest);
      if (self->stopping)
        make_last (self, held);
      else if (place != self->news)
        make_due (self, held);
    }
  pthread_mutex_unlock (&self->lock);
  if (full)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_BUSY, "too many wait for changes");
  return !full;
}

/**
 * cpd_feed_wake:
 * @accounts: with news that is on disk
 */
void
cpd_feed_wake (CpdFeed *self, const gint64 *accounts, guint n)
{
  pthread_mutex_lock (&self->lock);
  self->news++;
  for (guint i = 0; i < n; i++)
    {
      GQueue *queue = g_hash_table_lookup (self->by_account, &accounts[i]);
      for (GList *link = queue != NULL ? queue->head : NULL; link != NULL; link = link->next)
        make_due (self, link->data);
    }
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_feed_leave:
 */
void
cpd_feed_leave (CpdFeed *self, gpointer key)
{
  Held *held;

  pthread_mutex_lock (&self->lock);
  held = g_hash_table_lookup (self->by_key, key);
  if (held != NULL)
    {
      held->left = TRUE;
      make_due (self, held);
    }
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_feed_stop:
 *
 * Does not wait for the answers.
 */
void
cpd_feed_stop (CpdFeed *self)
{
  GHashTableIter iter;
  gpointer held;

  pthread_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, NULL, &held))
    make_last (self, held);
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_feed_count:
 *
 * Returns: how many are held.
 */
guint
cpd_feed_count (CpdFeed *self)
{
  guint n;

  pthread_mutex_lock (&self->lock);
  n = g_hash_table_size (self->by_key);
  pthread_mutex_unlock (&self->lock);
  return n;
}
