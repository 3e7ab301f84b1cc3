/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-spots.h"

#include "cpd-ehr-reader.h"

struct _CpdEhrSpots
{
  char *directory;
  GHashTable *by_key; /* key -> CpdEhrSpot */
};

/**
 * cpd_ehr_spots_new:
 *
 * Returns: (transfer full)
 */
CpdEhrSpots *
cpd_ehr_spots_new (const char *directory)
{
  CpdEhrSpots *spots = g_new0 (CpdEhrSpots, 1);

  spots->directory = g_strdup (directory);
  spots->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cpd_ehr_spot_free);
  return spots;
}

/**
 * cpd_ehr_spots_free:
 * @spots: (nullable):
 */
void
cpd_ehr_spots_free (CpdEhrSpots *spots)
{
  if (spots == NULL)
    return;
  g_free (spots->directory);
  g_hash_table_unref (spots->by_key);
  g_free (spots);
}

/**
 * cpd_ehr_spots_add:
 * @resource: of a reader
 */
void
cpd_ehr_spots_add (CpdEhrSpots *spots, const CpdEhrResource *resource)
{
  g_autofree char *key = g_strconcat (resource->type, "/", resource->id, NULL);

  if (!cpd_ehr_spots_has (spots, key))
    cpd_ehr_spots_set (spots, resource);
}

/**
 * cpd_ehr_spots_set:
 * @resource: of a reader
 */
void
cpd_ehr_spots_set (CpdEhrSpots *spots, const CpdEhrResource *resource)
{
  if (resource->spot != NULL)
    g_hash_table_replace (spots->by_key, g_strconcat (resource->type, "/", resource->id, NULL),
                          cpd_ehr_spot_copy (resource->spot));
}

/**
 * cpd_ehr_spots_has:
 *
 * Returns: TRUE when it is known where that stood.
 */
gboolean
cpd_ehr_spots_has (const CpdEhrSpots *spots, const char *key)
{
  return g_hash_table_contains (spots->by_key, key);
}

/**
 * cpd_ehr_spots_find:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrResource *
cpd_ehr_spots_find (const char *key, gpointer data)
{
  const CpdEhrSpots *spots = data;
  const CpdEhrSpot *spot = g_hash_table_lookup (spots->by_key, key);
  g_autoptr (CpdEhrResource) resource = NULL;
  g_autofree char *found = NULL;

  if (spot == NULL)
    return NULL;
  resource = cpd_ehr_reader_again (spots->directory, spot);
  found = resource != NULL ? g_strconcat (resource->type, "/", resource->id, NULL) : NULL;
  /* The file may have been written anew since. */
  return g_strcmp0 (found, key) == 0 ? g_steal_pointer (&resource) : NULL;
}
