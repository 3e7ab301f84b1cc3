/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-seen.h"

#include <stdlib.h>

/* Keys that are only put down lie in so many heaps, so that one is found by going through a few hundred or a thousand.
 */
#define HEAP_BITS 10
#define N_HEAPS (1u << HEAP_BITS)
/* A heap that was gone through so often in vain is put in order. */
#define ORDER_AFTER 128
#define FIRST_SIZE 32

typedef struct
{
  gsize *keys; /* (owned) (nullable) */
  guint n;
  guint size;
  guint ordered; /* so many in front are in order */
  guint asked;
} Heap;

struct _CpdEhrSeen
{
  GHashTable *added; /* (owned) set of gsize */
  Heap heaps[N_HEAPS];
};

/**
 * cpd_ehr_seen_new:
 *
 * Returns: (transfer full)
 */
CpdEhrSeen *
cpd_ehr_seen_new (void)
{
  CpdEhrSeen *seen = g_new0 (CpdEhrSeen, 1);

  seen->added = g_hash_table_new (NULL, NULL);
  return seen;
}

/**
 * cpd_ehr_seen_free:
 * @seen: (nullable):
 */
void
cpd_ehr_seen_free (CpdEhrSeen *seen)
{
  if (seen == NULL)
    return;
  g_hash_table_unref (seen->added);
  for (guint i = 0; i < N_HEAPS; i++)
    g_free (seen->heaps[i].keys);
  g_free (seen);
}

static guint
heap_of (gsize key)
{
  return (guint) (key >> (8 * sizeof key - HEAP_BITS));
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const gsize *one = a;
  const gsize *two = b;

  return (*one > *two) - (*one < *two);
}

static gboolean
is_in_rest (const Heap *heap, gsize key)
{
  for (guint i = heap->ordered; i < heap->n; i++)
    if (heap->keys[i] == key)
      return TRUE;
  return FALSE;
}

static gboolean
is_in_heap (Heap *heap, gsize key)
{
  guint from = 0;
  guint to;

  if (heap->ordered < heap->n && ++heap->asked >= ORDER_AFTER)
    {
      qsort (heap->keys, heap->n, sizeof key, compare_keys);
      heap->ordered = heap->n;
      heap->asked = 0;
    }
  to = heap->ordered;
  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (heap->keys[middle] < key)
        from = middle + 1;
      else
        to = middle;
    }
  return (from < heap->ordered && heap->keys[from] == key) || is_in_rest (heap, key);
}

/**
 * cpd_ehr_seen_has:
 *
 * Returns: TRUE when it was met.
 */
gboolean
cpd_ehr_seen_has (CpdEhrSeen *seen, gsize key)
{
  return cpd_ehr_seen_was_added (seen, key) || is_in_heap (&seen->heaps[heap_of (key)], key);
}

/**
 * cpd_ehr_seen_add:
 *
 * Returns: TRUE for the first time.
 */
gboolean
cpd_ehr_seen_add (CpdEhrSeen *seen, gsize key)
{
  return !is_in_heap (&seen->heaps[heap_of (key)], key) && g_hash_table_add (seen->added, GSIZE_TO_POINTER (key));
}

/**
 * cpd_ehr_seen_was_added:
 *
 * Returns: TRUE when it was met, and not by being taken over.
 */
gboolean
cpd_ehr_seen_was_added (const CpdEhrSeen *seen, gsize key)
{
  return g_hash_table_contains (seen->added, GSIZE_TO_POINTER (key));
}

/**
 * cpd_ehr_seen_take_over:
 *
 * From here on it was met.
 */
void
cpd_ehr_seen_take_over (CpdEhrSeen *seen, gsize key)
{
  Heap *heap = &seen->heaps[heap_of (key)];

  if (heap->n == heap->size)
    {
      heap->size = heap->size > 0 ? 2 * heap->size : FIRST_SIZE;
      heap->keys = g_renew (gsize, heap->keys, heap->size);
    }
  heap->keys[heap->n++] = key;
}
