/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of carers, organisations, forms and plans that are kept from run to run. */
#include "cpd-ehr-called-private.h"

#include <string.h>

#include "cp-json.h"

typedef struct
{
  CpdEhrServer *server;
  CpdEhrCalled *called;
} Loading;

static void
remember (CpdEhrCalled *called, const char *key, const char *body, CpTime fetched)
{
  guchar hash[CPD_HASH_SIZE];

  cpd_hash (body, strlen (body), hash);
  g_hash_table_replace (called->hashes, g_strdup (key), g_bytes_new (hash, sizeof hash));
  g_hash_table_replace (called->fetched, g_strdup (key), g_memdup2 (&fetched, sizeof fetched));
}

static void
load_cb (const char *key, const char *body, CpTime fetched, gpointer data)
{
  Loading *loading = data;
  JsonNode *node = NULL;
  g_autoptr (CpdEhrProblem) problem = NULL;
  g_autoptr (CpdEhrResource) resource = NULL;

  if (*body == '\0')
    g_hash_table_add (loading->called->bad, g_strdup (key));
  else
    node = cp_json_parse (body, strlen (body), CP_JSON_DEPTH_FHIR, NULL);
  if (node == NULL)
    return;
  resource = cpd_ehr_resource_take (node, NULL, "here", &problem);
  if (resource == NULL)
    return;
  cpd_ehr_names_add (loading->server->run->mapper.names, resource);
  remember (loading->called, key, body, fetched);
}

/**
 * cpd_ehr_called_new:
 *
 * Returns: (transfer full) (nullable): with the names of earlier runs.
 */
CpdEhrCalled *
cpd_ehr_called_new (CpdEhrServer *server, GError **error)
{
  CpdEhrCalled *called = g_new0 (CpdEhrCalled, 1);
  Loading loading = { server, called };

  called->fetched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  called->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  called->tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  called->missed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  called->bad = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  called->failed = g_hash_table_new (g_str_hash, g_str_equal);
  if (cpd_store_ehr_each_name (server->run->db, server->run->sync->config->source_name, load_cb, &loading, error))
    return called;
  cpd_ehr_called_free (called);
  return NULL;
}

/**
 * cpd_ehr_called_free:
 * @called: (nullable):
 */
void
cpd_ehr_called_free (CpdEhrCalled *called)
{
  if (called == NULL)
    return;
  g_hash_table_unref (called->fetched);
  g_hash_table_unref (called->hashes);
  g_hash_table_unref (called->tried);
  g_hash_table_unref (called->missed);
  g_hash_table_unref (called->bad);
  g_hash_table_unref (called->failed);
  g_free (called);
}

/**
 * cpd_ehr_called_name_free:
 * @data: CpdEhrCalledName
 */
void
cpd_ehr_called_name_free (gpointer data)
{
  CpdEhrCalledName *name = data;

  g_free (name->key);
  g_free (name->body);
  g_free (name);
}

static gboolean
write_names (CpdDb *db, gpointer data, GError **error)
{
  const GPtrArray *names = data;

  for (guint i = 0; i < names->len; i++)
    {
      const CpdEhrCalledName *name = g_ptr_array_index (names, i);

      if (!(name->body != NULL ? cpd_store_ehr_put_name (db, name->source, name->key, name->body, name->now, error)
                               : cpd_store_ehr_drop_name (db, name->source, name->key, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_same (CpdEhrCalled *called, const char *key, const char *body)
{
  GBytes *known = g_hash_table_lookup (called->hashes, key);
  guchar hash[CPD_HASH_SIZE];

  cpd_hash (body, strlen (body), hash);
  return known != NULL && memcmp (g_bytes_get_data (known, NULL), hash, sizeof hash) == 0;
}

/**
 * cpd_ehr_called_name_new:
 * @key: (transfer full):
 * @body: (nullable) (transfer full):
 *
 * Returns: (transfer full)
 */
CpdEhrCalledName *
cpd_ehr_called_name_new (CpdEhrServer *server, char *key, char *body)
{
  CpdEhrCalledName *name = g_new0 (CpdEhrCalledName, 1);

  name->source = server->run->sync->config->source_name;
  name->key = key;
  name->body = body;
  name->now = server->run->started;
  return name;
}

/**
 * cpd_ehr_called_note:
 *
 * What is the same as what is kept, and was not asked for, is not written again.
 */
void
cpd_ehr_called_note (CpdEhrServer *server, const CpdEhrResource *resource, gboolean fetched, GPtrArray *kept)
{
  g_autofree char *key = g_strconcat (resource->type, "/", resource->id, NULL);
  g_autoptr (GPtrArray) owners = NULL;
  g_autofree char *body = NULL;

  if (!g_strv_contains (cpd_ehr_names_types, resource->type))
    return;
  cpd_ehr_names_forget (server->run->mapper.names, key);
  cpd_ehr_names_add (server->run->mapper.names, resource);
  if (g_str_equal (resource->type, "Patient") || g_str_equal (resource->type, "RelatedPerson"))
    return;
  owners = cpd_ehr_map_patients (&server->run->mapper, resource);
  body =
      cpd_ehr_resource_part (resource, cpd_ehr_names_members, owners->len > 0 ? g_ptr_array_index (owners, 0) : NULL);
  if (is_same (server->called, key, body) && !fetched)
    return;
  remember (server->called, key, body, server->run->started);
  g_ptr_array_add (kept, cpd_ehr_called_name_new (server, g_steal_pointer (&key), g_steal_pointer (&body)));
}

/**
 * cpd_ehr_called_write:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_called_write (CpdEhrServer *server, GPtrArray *kept, GError **error)
{
  return kept->len == 0 || cpd_writer_run (server->run->sync->writer, write_names, kept, error);
}
