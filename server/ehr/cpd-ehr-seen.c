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
/* Small enough to stay in the cache of the processor: see was_added. */
#define MARK_BITS 18

typedef struct
{
  gsize *keys; /* (owned) (nullable) */
  guint n;
  guint size;
  guint ordered; /* so many in front are in order */
  guint asked;
} Heap;

/* Keys that were asked for when they came: a hash table for each heap, which grows by half, so that a first load, which
 * adds two million, needs no more than 12 bytes for each. */
typedef struct
{
  gsize *slots; /* (owned) (nullable); 0: free */
  guint n;
  guint size;
} Added;

struct _CpdEhrSeen
{
  Added added[N_HEAPS];
  Heap heaps[N_HEAPS];
  /* A bit for some of each key that was added. Nearly all keys that are asked for were not, and looking for each of
   * them in its table waits for memory. */
  guint8 marks[1u << (MARK_BITS - 3)];
};

/**
 * cpd_ehr_seen_new:
 *
 * Returns: (transfer full)
 */
CpdEhrSeen *
cpd_ehr_seen_new (void)
{
  return g_new0 (CpdEhrSeen, 1);
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
  for (guint i = 0; i < N_HEAPS; i++)
    {
      g_free (seen->added[i].slots);
      g_free (seen->heaps[i].keys);
    }
  g_free (seen);
}

static guint
heap_of (gsize key)
{
  return (guint) (key >> (8 * sizeof key - HEAP_BITS));
}

/* Of neither the upper bits, which choose the heap, nor those that choose the slot. */
static guint
mark_of (gsize key)
{
  return (guint) ((guint64) key >> 32) & ((1u << MARK_BITS) - 1);
}

/* Where the key is, or the free slot for it; its upper bits have chosen the table. */
static gsize *
slot_of (const Added *added, gsize key)
{
  guint at = (guint) ((guint64) (guint32) key * added->size >> 32);

  while (added->slots[at] != 0 && added->slots[at] != key)
    at = at + 1 < added->size ? at + 1 : 0;
  return &added->slots[at];
}

static void
grow (Added *added)
{
  Added larger = { NULL, added->n, added->size > 0 ? added->size + added->size / 2 : FIRST_SIZE };

  larger.slots = g_new0 (gsize, larger.size);
  for (guint i = 0; i < added->size; i++)
    if (added->slots[i] != 0)
      *slot_of (&larger, added->slots[i]) = added->slots[i];
  g_free (added->slots);
  *added = larger;
}

/* 0 stands for a free slot; one key in 2^64 becomes its neighbour. */
static gsize
not_free (gsize key)
{
  return key != 0 ? key : 1;
}

static gboolean
add_first (Added *added, gsize key)
{
  gsize *slot;

  if (added->n >= added->size / 8 * 7)
    grow (added);
  slot = slot_of (added, not_free (key));
  if (*slot != 0)
    return FALSE;
  *slot = not_free (key);
  added->n++;
  return TRUE;
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
  guint n = heap_of (key);

  if (is_in_heap (&seen->heaps[n], key) || !add_first (&seen->added[n], key))
    return FALSE;
  seen->marks[mark_of (key) / 8] |= 1u << mark_of (key) % 8;
  return TRUE;
}

/**
 * cpd_ehr_seen_was_added:
 *
 * Returns: TRUE when it was met, and not by being taken over.
 */
gboolean
cpd_ehr_seen_was_added (const CpdEhrSeen *seen, gsize key)
{
  const Added *added = &seen->added[heap_of (key)];

  return (seen->marks[mark_of (key) / 8] & 1u << mark_of (key) % 8) != 0 && added->size > 0 &&
         *slot_of (added, not_free (key)) != 0;
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
