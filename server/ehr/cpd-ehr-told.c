/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-told.h"

/**
 * cpd_ehr_told_add:
 *
 * A key may stand for more than one thing.
 */
void
cpd_ehr_told_add (GHashTable *told, guint32 hash, guint64 tag)
{
  gpointer key = GUINT_TO_POINTER (hash);
  gsize sum = GPOINTER_TO_SIZE (g_hash_table_lookup (told, key));

  g_hash_table_insert (told, key, GSIZE_TO_POINTER (sum + tag));
}

/* Pairs of a hash and what it stands for, as they lie in the database. */
typedef struct
{
  guint64 hash;
  guint64 sum;
} Told;

static int
compare_told (gconstpointer a, gconstpointer b)
{
  const Told *one = a;
  const Told *other = b;

  return one->hash < other->hash ? -1 : one->hash > other->hash;
}

/**
 * cpd_ehr_told_pack:
 *
 * Returns: (transfer full)
 */
GBytes *
cpd_ehr_told_pack (GHashTable *told)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Told));
  GHashTableIter iter;
  gpointer hash;
  gpointer sum;
  gsize size;

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &hash, &sum))
    {
      Told pair = { GPOINTER_TO_SIZE (hash), GPOINTER_TO_SIZE (sum) };
      g_array_append_val (pairs, pair);
    }
  g_array_sort (pairs, compare_told);
  size = pairs->len * sizeof (Told);
  return g_bytes_new_take (g_array_steal (pairs, NULL), size);
}

/**
 * cpd_ehr_told_compare:
 *
 * Finds what is new, gone or different.
 */
void
cpd_ehr_told_compare (GHashTable *told, GBytes *before, GHashTable *changed)
{
  gsize size;
  const Told *pairs = g_bytes_get_data (before, &size);
  g_autoptr (GHashTable) gone = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer hash;
  gpointer sum;

  for (gsize i = 0; i < size / sizeof (Told); i++)
    g_hash_table_insert (gone, GSIZE_TO_POINTER (pairs[i].hash), GSIZE_TO_POINTER (pairs[i].sum));
  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &hash, &sum))
    {
      if (!g_hash_table_contains (gone, hash) || g_hash_table_lookup (gone, hash) != sum)
        g_hash_table_add (changed, hash);
      g_hash_table_remove (gone, hash);
    }
  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    g_hash_table_add (changed, hash);
}
