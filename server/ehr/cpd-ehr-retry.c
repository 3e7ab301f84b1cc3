/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-refused.h"

static void
let_go (CpdEhrServer *server, const char *id)
{
  if (g_hash_table_remove (server->lacking, id))
    g_ptr_array_add (server->complete, g_strdup (id));
  if (g_hash_table_contains (server->quarantined, id))
    g_ptr_array_add (server->released, g_strdup (id));
}

/* Behind the others, so that what stays for ever does not keep them away. */
static void
stay (CpdEhrServer *server, const char *id)
{
  const gint64 *patient = g_hash_table_lookup (server->lacking, id);

  if (patient == NULL)
    return;
  g_ptr_array_add (server->lacks, cpd_ehr_lacking_new (id, *patient));
  server->run->report->types[server->number].waiting += *patient != 0;
}

/* What did not come is asked for by itself, for an answer may be empty by mistake: it is let go when it is gone. What
 * is there all the same goes to page. When the server fails the others are left to the next run. */
static gboolean
read_absent (CpdEhrServer *server, GPtrArray *absent, CpdEhrPage *page, GError **error)
{
  for (guint i = 0; i < absent->len; i++)
    {
      const char *id = g_ptr_array_index (absent, i);
      g_autoptr (GError) failed = NULL;
      gboolean gone;
      CpdEhrResource *resource = cpd_ehr_gone_read (server, id, &gone, &failed);

      if (resource != NULL)
        g_ptr_array_add (page->resources, resource);
      else if (gone)
        let_go (server, id);
      else if (!cpd_ehr_server_is_of_type (failed))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      else
        stay (server, id);
      if (g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED))
        return TRUE;
    }
  return TRUE;
}

/* Asks for some together: what came goes to all, and what did not to absent. */
static gboolean
ask_some (CpdEhrServer *server, GPtrArray *ids, guint first, guint n, CpdEhrPage *all, GPtrArray *absent,
          GError **error)
{
  g_autoptr (GString) url = g_string_new (server->query->type);
  gboolean fine;

  g_string_append (url, "?_id=");
  for (guint i = first; i < first + n; i++)
    g_string_append_printf (url, "%s%s", i > first ? "," : "", (char *) g_ptr_array_index (ids, i));
  g_clear_pointer (&server->ids, g_hash_table_unref);
  server->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fine = cpd_ehr_whole_gather (server, url->str, all, error);
  for (guint i = first; fine && i < first + n; i++)
    if (!g_hash_table_contains (server->ids, g_ptr_array_index (ids, i)))
      g_ptr_array_add (absent, g_ptr_array_index (ids, i));
  g_clear_pointer (&server->ids, g_hash_table_unref);
  return fine;
}

static gboolean retry_some (CpdEhrServer *server, GPtrArray *ids, guint first, guint n, gboolean each, GError **error);

/* What failed was too large a page: each half by itself; and one that is too large alone stays as it is. */
static gboolean
retry_less (CpdEhrServer *server, GPtrArray *ids, guint first, guint n, gboolean each, GError *failed, GError **error)
{
  g_autoptr (GError) reason = failed;
  const char *id = g_ptr_array_index (ids, first);

  if (!cpd_ehr_large_is (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (n > 1)
    return retry_some (server, ids, first, n / 2, each, error) &&
           retry_some (server, ids, first + n / 2, n - n / 2, each, error);
  stay (server, id);
  cpd_ehr_run_problem (server->run,
                       cpd_ehr_problem_new (CPD_EHR_ODD, "server", server->query->type, id, "%s", reason->message));
  return cpd_ehr_refused_look (server, id, error);
}

/* A resource that came back well leaves by itself. each: what does not come is asked for by itself. */
static gboolean
retry_some (CpdEhrServer *server, GPtrArray *ids, guint first, guint n, gboolean each, GError **error)
{
  g_autoptr (GPtrArray) absent = g_ptr_array_new ();
  g_autoptr (CpdEhrPage) all = g_new0 (CpdEhrPage, 1);
  GError *failed = NULL;

  all->resources = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_resource_free);
  if (!ask_some (server, ids, first, n, all, absent, &failed))
    return retry_less (server, ids, first, n, each, failed, error);
  return (!each || read_absent (server, absent, all, error)) &&
         cpd_ehr_take_page (server, server->everybody, all, error) &&
         cpd_ehr_server_keep (server, server->everybody, 0, error);
}

/* Together by as many as a question may name. */
static gboolean
retry_all (CpdEhrServer *server, GPtrArray *ids, gboolean each, GError **error)
{
  for (guint first = 0; first < ids->len; first += CPD_EHR_SUBJECTS_MAX)
    if (!retry_some (server, ids, first, MIN (ids->len - first, CPD_EHR_SUBJECTS_MAX), each, error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_ehr_retry_ask:
 * @ids: (element-type utf8):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_retry_ask (CpdEhrServer *server, GPtrArray *ids, GError **error)
{
  return retry_all (server, ids, TRUE, error);
}

/**
 * cpd_ehr_retry_seek:
 * @ids: (element-type utf8):
 *
 * The listing that is at hand stays.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_retry_seek (CpdEhrServer *server, GPtrArray *ids, GError **error)
{
  GHashTable *listed = g_steal_pointer (&server->ids);
  gboolean fine = retry_all (server, ids, FALSE, error);

  server->ids = listed;
  return fine;
}

/* Those that wait longest first. When a question brings nothing that is complete now, the rest waits for the next run.
 */
static gboolean
retry_lacking (CpdEhrServer *server, GPtrArray *ids, GError **error)
{
  guint before = 0;

  for (guint first = 0; first < ids->len && before != g_hash_table_size (server->lacking);
       first += CPD_EHR_SUBJECTS_MAX)
    {
      before = g_hash_table_size (server->lacking);
      if (!retry_some (server, ids, first, MIN (ids->len - first, CPD_EHR_SUBJECTS_MAX), TRUE, error))
        return FALSE;
    }
  return TRUE;
}

/* What lacks something too is asked for as that. */
static gboolean
retry_quarantined (CpdEhrServer *server, GPtrArray *ids, GError **error)
{
  for (guint i = ids->len; i > 0; i--)
    {
      g_hash_table_add (server->quarantined, g_strdup (g_ptr_array_index (ids, i - 1)));
      if (g_hash_table_contains (server->lacking, g_ptr_array_index (ids, i - 1)))
        g_ptr_array_remove_index (ids, i - 1);
    }
  return cpd_ehr_retry_ask (server, ids, error);
}

/**
 * cpd_ehr_retry:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_retry (CpdEhrServer *server, GError **error)
{
  const char *source = server->run->sync->config->source_name;
  g_autoptr (GPtrArray) quarantined = cpd_store_ehr_quarantined (server->run->db, source, server->query->type, error);
  g_autoptr (GPtrArray) lacking =
      quarantined != NULL ? cpd_store_ehr_lacking (server->run->db, source, server->query->type, error) : NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (lacking == NULL)
    return FALSE;
  for (guint i = 0; i < lacking->len; i++)
    {
      const CpdEhrLacking *one = g_ptr_array_index (lacking, i);

      g_hash_table_insert (server->lacking, g_strdup (one->id), g_memdup2 (&one->patient, sizeof one->patient));
      g_ptr_array_add (ids, one->id);
    }
  return retry_quarantined (server, quarantined, error) && retry_lacking (server, ids, error);
}
