/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-later.h"

#include <string.h>

#include "cpd-ehr-reader.h"

#define HELD_MAX (32 * 1024 * 1024) /* bytes of lines that are put off: more are read at once */

G_STATIC_ASSERT (sizeof (CpdEhrNamed) == 24);

struct _CpdEhrLater
{
  const char *const *members; /* (borrowed) */
  GBytes *before;             /* (owned) (nullable): an array of CpdEhrNamed */
  GHashTable *known;          /* tag -> CpdEhrNamed (borrowed) of before */
  GHashTable *lines;          /* hash -> GBytes (owned): put off */
  gsize held;
  GArray *now; /* (owned) of CpdEhrNamed */
};

/**
 * cpd_ehr_later_new:
 *
 * Returns: (transfer full)
 */
CpdEhrLater *
cpd_ehr_later_new (GBytes *before, const char *const *members)
{
  CpdEhrLater *later = g_new0 (CpdEhrLater, 1);
  gsize size = 0;
  const CpdEhrNamed *all = before != NULL ? g_bytes_get_data (before, &size) : NULL;

  later->members = members;
  later->before = before != NULL ? g_bytes_ref (before) : NULL;
  later->known = g_hash_table_new (NULL, NULL);
  later->lines = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  later->now = g_array_new (FALSE, FALSE, sizeof (CpdEhrNamed));
  for (gsize i = 0; i < size / sizeof *all; i++)
    g_hash_table_insert (later->known, GSIZE_TO_POINTER (all[i].tag), (gpointer) &all[i]);
  return later;
}

/**
 * cpd_ehr_later_free:
 * @later: (nullable):
 */
void
cpd_ehr_later_free (CpdEhrLater *later)
{
  if (later == NULL)
    return;
  g_clear_pointer (&later->before, g_bytes_unref);
  g_hash_table_unref (later->known);
  g_hash_table_unref (later->lines);
  g_array_unref (later->now);
  g_free (later);
}

/**
 * cpd_ehr_later_known:
 *
 * Returns: (transfer none) (nullable)
 */
const CpdEhrNamed *
cpd_ehr_later_known (CpdEhrLater *later, guint64 tag)
{
  return g_hash_table_lookup (later->known, GSIZE_TO_POINTER (tag));
}

/**
 * cpd_ehr_later_keep:
 *
 * The next run knows it.
 */
void
cpd_ehr_later_keep (CpdEhrLater *later, const CpdEhrNamed *named)
{
  g_array_append_val (later->now, *named);
}

/**
 * cpd_ehr_later_put:
 *
 * Returns: TRUE when cpd_ehr_later_find() gives it when it is asked for.
 */
gboolean
cpd_ehr_later_put (CpdEhrLater *later, const CpdEhrNamed *named, const char *text, gsize length)
{
  gpointer hash = GUINT_TO_POINTER (named->hash);

  if (length > HELD_MAX - later->held || g_hash_table_contains (later->lines, hash))
    return FALSE;
  g_hash_table_insert (later->lines, hash, g_bytes_new (text, length));
  later->held += length;
  cpd_ehr_later_keep (later, named);
  return TRUE;
}

/**
 * cpd_ehr_later_find:
 *
 * Returns: (transfer full) (nullable): what has that key, or another with the same hash.
 */
CpdEhrResource *
cpd_ehr_later_find (const char *key, gpointer data)
{
  CpdEhrLater *later = data;
  gpointer line = NULL;
  g_autoptr (GBytes) owned = NULL;

  if (!g_hash_table_steal_extended (later->lines, GUINT_TO_POINTER (g_str_hash (key)), NULL, &line))
    return NULL;
  owned = line;
  later->held -= g_bytes_get_size (owned);
  return cpd_ehr_reader_line (g_bytes_get_data (owned, NULL), g_bytes_get_size (owned), later->members);
}

/**
 * cpd_ehr_later_pack:
 *
 * Returns: (transfer full)
 */
GBytes *
cpd_ehr_later_pack (CpdEhrLater *later)
{
  return g_bytes_new (later->now->data, later->now->len * sizeof (CpdEhrNamed));
}
