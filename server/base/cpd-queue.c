/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-queue.h"

#include <pthread.h>

struct _CpdQueue
{
  pthread_mutex_t mutex;
  pthread_cond_t filled;
  pthread_cond_t room;
  gpointer *items; /* (owned): a ring */
  guint capacity;
  guint first;
  guint n_items;
  gboolean closed;
};

/**
 * cpd_queue_new:
 * @capacity: how many items fit
 *
 * Returns: (transfer full): an empty queue.
 */
CpdQueue *
cpd_queue_new (guint capacity)
{
  CpdQueue *queue = g_new0 (CpdQueue, 1);

  pthread_mutex_init (&queue->mutex, NULL);
  pthread_cond_init (&queue->filled, NULL);
  pthread_cond_init (&queue->room, NULL);
  queue->items = g_new (gpointer, capacity);
  queue->capacity = capacity;
  return queue;
}

/**
 * cpd_queue_free:
 *
 * No thread may be in it any more. Items left in it are not freed.
 */
void
cpd_queue_free (CpdQueue *queue)
{
  pthread_cond_destroy (&queue->room);
  pthread_cond_destroy (&queue->filled);
  pthread_mutex_destroy (&queue->mutex);
  g_free (queue->items);
  g_free (queue);
}

static gboolean
push_locked (CpdQueue *queue, gpointer item)
{
  if (queue->closed || queue->n_items == queue->capacity)
    return FALSE;
  queue->items[(queue->first + queue->n_items++) % queue->capacity] = item;
  pthread_cond_signal (&queue->filled);
  return TRUE;
}

/**
 * cpd_queue_try_push:
 *
 * Returns: FALSE when the queue is full or closed; the item is still the caller's.
 */
gboolean
cpd_queue_try_push (CpdQueue *queue, gpointer item)
{
  gboolean pushed;

  pthread_mutex_lock (&queue->mutex);
  pushed = push_locked (queue, item);
  pthread_mutex_unlock (&queue->mutex);
  return pushed;
}

/**
 * cpd_queue_push:
 *
 * Waits while the queue is full.
 *
 * Returns: FALSE when the queue is closed; the item is still the caller's.
 */
gboolean
cpd_queue_push (CpdQueue *queue, gpointer item)
{
  gboolean pushed;

  pthread_mutex_lock (&queue->mutex);
  while (!queue->closed && queue->n_items == queue->capacity)
    pthread_cond_wait (&queue->room, &queue->mutex);
  pushed = push_locked (queue, item);
  pthread_mutex_unlock (&queue->mutex);
  return pushed;
}

/**
 * cpd_queue_pop_many:
 * @items: (out): room for @max
 *
 * Waits until there is an item.
 *
 * Returns: how many were taken; 0 when the queue is closed and empty.
 */
guint
cpd_queue_pop_many (CpdQueue *queue, gpointer *items, guint max)
{
  guint n;

  pthread_mutex_lock (&queue->mutex);
  while (queue->n_items == 0 && !queue->closed)
    pthread_cond_wait (&queue->filled, &queue->mutex);
  for (n = 0; n < max && queue->n_items > 0; n++)
    {
      items[n] = queue->items[queue->first];
      queue->first = (queue->first + 1) % queue->capacity;
      queue->n_items--;
    }
  if (n > 0)
    pthread_cond_broadcast (&queue->room);
  pthread_mutex_unlock (&queue->mutex);
  return n;
}

/**
 * cpd_queue_is_empty:
 *
 * Returns: what was so when it was looked at.
 */
gboolean
cpd_queue_is_empty (CpdQueue *queue)
{
  gboolean empty;

  pthread_mutex_lock (&queue->mutex);
  empty = queue->n_items == 0;
  pthread_mutex_unlock (&queue->mutex);
  return empty;
}

/**
 * cpd_queue_close:
 */
void
cpd_queue_close (CpdQueue *queue)
{
  pthread_mutex_lock (&queue->mutex);
  queue->closed = TRUE;
  pthread_cond_broadcast (&queue->filled);
  pthread_cond_broadcast (&queue->room);
  pthread_mutex_unlock (&queue->mutex);
}
