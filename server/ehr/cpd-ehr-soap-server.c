/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#include <string.h>

#include "cpd-store-line.h"

/* Reports that are read anew in a run of which a line is not listed, or not known by its times; and lines of earlier
 * versions that are asked for by themselves. */
#define SOUGHT_MAX 500
#define PAGES_MAX 50 /* of a question for some lines: each has one at least */

/* A report does not change when a line of it does, and a line is not read by itself. */
typedef struct
{
  CpdEhrServer *server;
  GHashTable *changed;   /* set of ids of reports: a line of it says that it changed */
  GHashTable *uncertain; /* the same: a line of it may have */
  GPtrArray *sought;     /* of CpdStoreLine: of an earlier version, and may have changed */
  GArray *earlier;       /* of gint64: items of which an earlier version has words that may be told no more */
  GHashTable *listed;    /* line -> CpdEhrResource (nullable: it says nothing of itself) */
  gboolean refused;      /* the server does not list lines */
} Look;

/* What both tell is the same; FALSE also when there is nothing that both do. */
static gboolean
is_same (const CpdStoreLine *was, const CpdEhrResource *is)
{
  gboolean dated = is != NULL && was->last_updated != 0 && is->last_updated != 0;
  gboolean numbered = is != NULL && was->version_id != NULL && is->version_id != NULL;

  return (dated || numbered) && (!dated || was->last_updated == is->last_updated) &&
         (!numbered || g_str_equal (was->version_id, is->version_id));
}

static gboolean
is_stranger (const CpdStoreLine *line)
{
  return line->version_id == NULL && line->last_updated == 0;
}

static void
note_page (Look *look, CpdEhrPage *page)
{
  for (guint i = 0; i < page->ids->len; i++)
    g_hash_table_insert (look->listed, g_strdup (g_ptr_array_index (page->ids, i)), NULL);
  while (page->resources->len > 0)
    {
      CpdEhrResource *resource = g_ptr_array_steal_index (page->resources, page->resources->len - 1);

      g_hash_table_insert (look->listed, g_strdup (resource->id), resource);
    }
}

static gboolean
list (Look *look, GPtrArray *lines, GError **error)
{
  g_autoptr (GString) first = g_string_new ("Observation?_id=");
  g_autoptr (GHashTable) been = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *url = NULL;
  const char *before = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const char *id = ((const CpdStoreLine *) g_ptr_array_index (lines, i))->line;

      if (g_strcmp0 (id, before) != 0)
        g_string_append_printf (first, "%s%s", i > 0 ? "," : "", id);
      before = id;
    }
  g_string_append (first, "&_elements=id,meta");
  url = g_strdup (first->str);
  while (url != NULL && g_hash_table_size (been) < PAGES_MAX)
    {
      g_autoptr (CpdEhrPage) page = NULL;

      if (!cpd_ehr_page_goes_on (been, url, error))
        return FALSE;
      page = cpd_ehr_page_get (look->server, "Observation", url, error);
      if (page == NULL)
        return FALSE;
      note_page (look, page);
      g_free (url);
      url = g_steal_pointer (&page->next);
    }
  return TRUE;
}

/* Lines are of no type that is at hand: what is wrong with one is found out by its report. */
static gboolean
list_apart (Look *look, GPtrArray *lines, GError **error)
{
  CpdEhrServer *server = look->server;
  GHashTable *ids = g_steal_pointer (&server->ids);
  GPtrArray *strange = g_steal_pointer (&server->strange);
  g_autoptr (GError) failed = NULL;
  gboolean fine = list (look, lines, &failed);

  server->ids = ids;
  server->strange = strange;
  if (fine)
    return TRUE;
  look->refused =
      cpd_ehr_server_is_of_type (failed) && !g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED);
  if (!look->refused)
    g_propagate_error (error, g_steal_pointer (&failed));
  return look->refused;
}

/* An earlier version is not read again: only what the line itself says counts. */
static gboolean
judge_earlier (Look *look, const CpdStoreLine *line, GError **error)
{
  CpdEhrServer *server = look->server;
  g_autofree char *url = g_strconcat ("Observation/", line->line, NULL);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdEhrReply) reply = cpd_ehr_http_get (server->http, url, &failed);
  g_autoptr (CpdEhrProblem) problem = NULL;
  g_autoptr (CpdEhrResource) resource = NULL;
  gboolean gone = g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_NOT_FOUND) ||
                  g_error_matches (failed, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_GONE);

  if (failed != NULL && !cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (reply != NULL && reply->node != NULL)
    resource = cpd_ehr_resource_take (json_node_ref (reply->node), NULL, "server", &problem);
  if (gone || (resource != NULL && !is_same (line, resource)))
    g_array_append_val (look->earlier, line->item);
  return TRUE;
}

/* FALSE: it is to be asked for by itself. */
static gboolean
judge (Look *look, const CpdStoreLine *line)
{
  gpointer resource = NULL;
  gboolean listed = g_hash_table_lookup_extended (look->listed, line->line, NULL, &resource);

  if (listed ? is_same (line, resource) : is_stranger (line) && !look->refused)
    return TRUE;
  /* A dossier is closed after a death, with the lines in it: what is gone stays. */
  if (!listed && cpd_ehr_link_keeps (look->server->run->link, line->patient))
    return TRUE;
  if (line->earlier)
    return FALSE;
  g_hash_table_add (listed && resource != NULL ? look->changed : look->uncertain, g_strdup (line->report));
  return TRUE;
}

/* Takes lines. */
static void
judge_all (Look *look, GPtrArray *lines)
{
  while (lines->len > 0)
    {
      CpdStoreLine *line = g_ptr_array_steal_index (lines, lines->len - 1);

      if (judge (look, line))
        cpd_store_line_free (line);
      else
        g_ptr_array_add (look->sought, line);
    }
}

static gboolean
look_at_lines (Look *look, GError **error)
{
  CpdEhrServer *server = look->server;
  g_autofree char *line = g_strdup ("");
  gint64 item = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) lines =
          cpd_store_lines_after (server->run->db, server->run->sync->config->source_name, line, item, error);
      const CpdStoreLine *last = lines != NULL && lines->len > 0 ? g_ptr_array_index (lines, lines->len - 1) : NULL;

      if (last == NULL)
        return lines != NULL;
      g_hash_table_remove_all (look->listed);
      if (!look->refused && !list_apart (look, lines, error))
        return FALSE;
      g_free (line);
      line = g_strdup (last->line);
      item = last->item;
      judge_all (look, lines);
    }
}

/* Beginning anywhere, so that a server that lists none comes to all of them in some runs. */
static gboolean
look_at_earlier (Look *look, GError **error)
{
  guint n = look->sought->len;
  guint first = n > 0 ? g_random_int_range (0, n) : 0;

  for (guint i = 0; i < MIN (n, SOUGHT_MAX); i++)
    if (!judge_earlier (look, g_ptr_array_index (look->sought, (first + i) % n), error))
      return FALSE;
  return TRUE;
}

static gboolean
write_forgotten (CpdDb *db, gpointer data, GError **error)
{
  const GArray *items = data;

  for (guint i = 0; i < items->len; i++)
    if (!cpd_store_lines_forget (db, g_array_index (items, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* Those that may have changed beginning anywhere, so that what never tells does not keep the others away. */
static gboolean
read_anew (Look *look, GError **error)
{
  guint n;
  g_autofree gpointer *uncertain = g_hash_table_get_keys_as_array (look->uncertain, &n);
  guint first = n > 0 ? g_random_int_range (0, n) : 0;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, look->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  for (guint i = 0; i < MIN (n, SOUGHT_MAX); i++)
    if (!g_hash_table_contains (look->changed, uncertain[(first + i) % n]))
      g_ptr_array_add (ids, uncertain[(first + i) % n]);
  if (n > SOUGHT_MAX)
    cpd_ehr_run_problem (look->server->run,
                         cpd_ehr_problem_new (CPD_EHR_ODD, "server", look->server->query->type, NULL,
                                              "%u more have a line that is not listed: another run reads them",
                                              n - SOUGHT_MAX));
  return ids->len == 0 || cpd_ehr_retry_ask (look->server, ids, error);
}

static void
resource_free (gpointer resource)
{
  if (resource != NULL)
    cpd_ehr_resource_free (resource);
}

/**
 * cpd_ehr_soap_look:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_soap_look (CpdEhrServer *server, GError **error)
{
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) uncertain = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, resource_free);
  g_autoptr (GPtrArray) sought = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_store_line_free);
  g_autoptr (GArray) earlier = g_array_new (FALSE, FALSE, sizeof (gint64));
  Look look = {
    .server = server, .changed = changed, .uncertain = uncertain, .sought = sought, .earlier = earlier, .listed = listed
  };

  return look_at_lines (&look, error) && look_at_earlier (&look, error) &&
         (earlier->len == 0 || cpd_writer_run (server->run->sync->writer, write_forgotten, earlier, error)) &&
         read_anew (&look, error);
}
