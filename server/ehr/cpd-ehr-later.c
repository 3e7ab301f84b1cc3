/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-later.h"

#include <gio/gio.h>

#include "cpd-ehr-places.h"
#include "cpd-ehr-reader.h"

G_STATIC_ASSERT (sizeof (CpdEhrNamed) == 24);

struct _CpdEhrLater
{
  const char *const *members; /* (borrowed) */
  GBytes *before;             /* (owned) (nullable): an array of CpdEhrNamed */
  GHashTable *known;          /* tag -> CpdEhrNamed (borrowed) of before */
  CpdEhrPlaces *places;       /* (owned) */
  GHashTable *lines;          /* hash -> index in put + 1: put off */
  GArray *put;                /* (owned) of CpdEhrPlace */
  GArray *now;                /* (owned) of CpdEhrNamed */
};

/**
 * cpd_ehr_later_new:
 *
 * Returns: (transfer full)
 */
CpdEhrLater *
cpd_ehr_later_new (GBytes *before, const char *const *members, const char *directory, const CpdQuickTag *quick)
{
  CpdEhrLater *later = g_new0 (CpdEhrLater, 1);
  gsize size = 0;
  const CpdEhrNamed *all = before != NULL ? g_bytes_get_data (before, &size) : NULL;

  later->members = members;
  later->before = before != NULL ? g_bytes_ref (before) : NULL;
  later->known = g_hash_table_new (NULL, NULL);
  later->places = cpd_ehr_places_new (directory, quick);
  later->lines = g_hash_table_new (NULL, NULL);
  later->put = g_array_new (FALSE, FALSE, sizeof (CpdEhrPlace));
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
  g_array_unref (later->put);
  cpd_ehr_places_free (later->places);
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
cpd_ehr_later_put (CpdEhrLater *later, const CpdEhrNamed *named, const char *path, goffset offset, gsize length)
{
  CpdEhrPlace place = { offset, (guint32) length, cpd_ehr_places_file (later->places, path), named->tag };
  gpointer hash = GUINT_TO_POINTER (named->hash);

  if (GPOINTER_TO_UINT (g_hash_table_lookup (later->lines, hash)) != 0)
    return FALSE;
  g_array_append_val (later->put, place);
  g_hash_table_insert (later->lines, hash, GUINT_TO_POINTER (later->put->len));
  cpd_ehr_later_keep (later, named);
  return TRUE;
}

/**
 * cpd_ehr_later_find:
 *
 * Returns: (transfer full) (nullable): what has that key, or another with the same hash. NULL also when its line does
 * not stand there any more, which cpd_ehr_later_check() tells.
 */
CpdEhrResource *
cpd_ehr_later_find (const char *key, gpointer data)
{
  CpdEhrLater *later = data;
  gpointer hash = GUINT_TO_POINTER (g_str_hash (key));
  guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (later->lines, hash));
  const CpdEhrPlace *place;
  const char *text;

  if (nth == 0)
    return NULL;
  g_hash_table_remove (later->lines, hash);
  place = &g_array_index (later->put, CpdEhrPlace, nth - 1);
  text = cpd_ehr_places_read (later->places, place);
  return text != NULL ? cpd_ehr_reader_line (text, place->length, later->members) : NULL;
}

/**
 * cpd_ehr_later_check:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_later_check (const CpdEhrLater *later, GError **error)
{
  if (!cpd_ehr_places_changed (later->places))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, CPD_EHR_CHANGED_MEANWHILE);
  return FALSE;
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
