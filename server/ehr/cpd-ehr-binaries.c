/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-binaries.h"

#include "cpd-ehr-reader.h"

struct _CpdEhrBinaries
{
  char *directory;
  GHashTable *spots; /* key -> CpdEhrSpot */
};

/**
 * cpd_ehr_binaries_new:
 *
 * Returns: (transfer full)
 */
CpdEhrBinaries *
cpd_ehr_binaries_new (const char *directory)
{
  CpdEhrBinaries *binaries = g_new0 (CpdEhrBinaries, 1);

  binaries->directory = g_strdup (directory);
  binaries->spots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cpd_ehr_spot_free);
  return binaries;
}

/**
 * cpd_ehr_binaries_free:
 * @binaries: (nullable):
 */
void
cpd_ehr_binaries_free (CpdEhrBinaries *binaries)
{
  if (binaries == NULL)
    return;
  g_free (binaries->directory);
  g_hash_table_unref (binaries->spots);
  g_free (binaries);
}

/**
 * cpd_ehr_binaries_add:
 * @resource: a Binary of a reader
 */
void
cpd_ehr_binaries_add (CpdEhrBinaries *binaries, const CpdEhrResource *resource)
{
  g_autofree char *key = g_strconcat (resource->type, "/", resource->id, NULL);

  if (resource->spot != NULL && !g_hash_table_contains (binaries->spots, key))
    g_hash_table_insert (binaries->spots, g_steal_pointer (&key), cpd_ehr_spot_copy (resource->spot));
}

/**
 * cpd_ehr_binaries_find:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrResource *
cpd_ehr_binaries_find (const char *key, gpointer data)
{
  const CpdEhrBinaries *binaries = data;
  const CpdEhrSpot *spot = g_hash_table_lookup (binaries->spots, key);
  g_autoptr (CpdEhrResource) resource = NULL;
  g_autofree char *found = NULL;

  if (spot == NULL)
    return NULL;
  resource = cpd_ehr_reader_again (binaries->directory, spot);
  found = resource != NULL ? g_strconcat (resource->type, "/", resource->id, NULL) : NULL;
  /* The file may have been written anew since. */
  return g_strcmp0 (found, key) == 0 ? g_steal_pointer (&resource) : NULL;
}
