/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#include <string.h>

#include "cpd-fhir.h"

/**
 * cpd_ehr_page_free:
 * @page: (nullable):
 */
void
cpd_ehr_page_free (CpdEhrPage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->resources);
  g_clear_pointer (&page->ids, g_ptr_array_unref);
  g_clear_pointer (&page->dropped, g_ptr_array_unref);
  g_clear_pointer (&page->refused, g_ptr_array_unref);
  g_free (page->next);
  g_free (page);
}

static void
complain (CpdEhrServer *server, const char *type, const char *reason)
{
  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", type, NULL, "%s", reason));
}

/* Whom it is about is looked at. */
static void
keep_refused (CpdEhrPage *page, const char *type, CpdEhrProblem *problem)
{
  if (problem->refused == NULL || !g_str_equal (problem->refused->type, type))
    return;
  if (page->refused == NULL)
    page->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_resource_free);
  g_ptr_array_add (page->refused, g_steal_pointer (&problem->refused));
}

/* What cannot be used is in quarantine when its id is known, so that it is asked for again. Else nothing tells what it
 * was: the page is not whole. */
static void
refuse (CpdEhrServer *server, CpdEhrPage *page, const char *type, const char *id, const CpdEhrProblem *problem)
{
  CpdEhrSeverity severity = id != NULL ? CPD_EHR_ODD : CPD_EHR_HOLE;

  page->lacks |= id == NULL;
  if (id != NULL && cpd_ehr_run_type (type) >= 0 && server->strange != NULL)
    g_ptr_array_add (server->strange, cpd_ehr_problem_new (severity, "server", type, id, "%s", problem->reason));
  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (severity, "server", type, id, "%s", problem->reason));
}

/* TRUE for one that was found, not one that came along or a warning. */
static gboolean
is_match (CpdEhrServer *server, const char *type, JsonObject *entry)
{
  const char *mode = cpd_fhir_string (cpd_fhir_object (entry, "search"), "mode");

  if (g_strcmp0 (mode, "outcome") == 0)
    complain (server, type, "the server reports a warning");
  return mode == NULL || g_str_equal (mode, "match");
}

static void
note_time (CpdEhrPage *page, const CpdEhrResource *resource)
{
  page->dated &= resource->last_updated != 0;
  page->ascending &= resource->last_updated >= page->largest;
  page->largest = MAX (page->largest, resource->last_updated);
}

/* (transfer full) (nullable): of the resource, else of where the entry says that it is. */
static char *
id_of (JsonObject *entry, const char *type)
{
  const char *given = cpd_fhir_string (cpd_fhir_object (entry, "resource"), "id");
  const char *url = cpd_fhir_string (entry, "fullUrl");
  g_auto (GStrv) parts = g_strsplit (url != NULL ? url : "", "/", -1);
  guint n = g_strv_length (parts);

  if (cpd_ehr_is_id (given))
    return g_strdup (given);
  return n >= 2 && g_str_equal (parts[n - 2], type) && cpd_ehr_is_id (parts[n - 1]) ? g_strdup (parts[n - 1]) : NULL;
}

/* (transfer full) (nullable): NULL with problem when it is nothing that can be used. */
static CpdEhrResource *
take_resource (JsonObject *entry, CpdEhrProblem **problem)
{
  JsonNode *node = json_object_get_member (entry, "resource");

  if (cpd_fhir_object (entry, "resource") != NULL)
    return cpd_ehr_resource_take (json_node_ref (node), NULL, "server", problem);
  *problem = cpd_ehr_problem_new (CPD_EHR_HOLE, "server", NULL, NULL, "an entry without a resource");
  return NULL;
}

/* Nothing is done with it: only whom it is about is looked at. */
static void
drop (CpdEhrPage *page, JsonObject *entry)
{
  JsonObject *resource = cpd_fhir_object (entry, "resource");

  if (resource != NULL)
    g_ptr_array_add (page->dropped, json_object_ref (resource));
}

static void
add_entry (CpdEhrServer *server, CpdEhrPage *page, const char *type, JsonObject *entry)
{
  const char *given = cpd_fhir_string (cpd_fhir_object (entry, "resource"), "resourceType");
  g_autofree char *id = NULL;
  g_autoptr (CpdEhrProblem) problem = NULL;
  CpdEhrResource *resource;

  page->n++;
  if (given != NULL && !g_str_equal (given, type))
    {
      complain (server, type, "a resource of another type than was asked for: it is discarded");
      drop (page, entry);
      return;
    }
  id = id_of (entry, type);
  if (id != NULL && server->ids != NULL)
    g_hash_table_add (server->ids, g_strdup (id));
  resource = take_resource (entry, &problem);
  if (resource == NULL)
    {
      refuse (server, page, type, id, problem);
      keep_refused (page, type, problem);
    }
  if (id != NULL)
    g_ptr_array_add (page->ids, g_steal_pointer (&id));
  if (resource == NULL)
    return;
  note_time (page, resource);
  g_ptr_array_add (page->resources, resource);
}

/**
 * cpd_ehr_page_next:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_page_next (CpdEhrServer *server, JsonObject *bundle)
{
  JsonArray *links = cpd_fhir_array (bundle, "link");
  const char *url = NULL;

  for (guint i = 0; url == NULL && i < cpd_fhir_length (links); i++)
    if (g_strcmp0 (cpd_fhir_string (cpd_fhir_nth (links, i), "relation"), "next") == 0)
      url = cpd_fhir_string (cpd_fhir_nth (links, i), "url");
  server->links = server->links || url != NULL;
  return g_strdup (url);
}

/**
 * cpd_ehr_page_total:
 *
 * Returns: Bundle.total; -1 when it is not told
 */
gint64
cpd_ehr_page_total (JsonObject *bundle)
{
  JsonNode *total = json_object_get_member (bundle, "total");

  return total != NULL && json_node_get_value_type (total) == G_TYPE_INT64 ? json_node_get_int (total) : -1;
}

/**
 * cpd_ehr_page_may_lack:
 *
 * Only a full page is doubted: a total may be an estimate.
 */
gboolean
cpd_ehr_page_may_lack (const CpdEhrServer *server, guint n, guint so_far, gint64 total)
{
  if (n != server->count)
    return FALSE;
  return total >= 0 ? total > so_far : !server->links;
}

/* TRUE for an answer that tells nothing, as of a question that the server does not understand. */
static gboolean
ask_aside (CpdEhrServer *server, GPtrArray *subjects, const char *rest, CpdEhrPage **page, GError **error)
{
  g_autofree char *url = cpd_ehr_query_url (server->query, server->filter, subjects, rest);
  g_autoptr (GError) failed = NULL;

  *page = cpd_ehr_page_get (server, server->query->type, url, &failed);
  if (*page != NULL || cpd_ehr_server_is_of_type (failed))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Once in a run: of a question that has more than one answer one is asked for. */
static gboolean
find_links (CpdEhrServer *server, GPtrArray *subjects, GError **error)
{
  g_autoptr (CpdEhrPage) page = NULL;

  if (server->links || server->linked)
    return TRUE;
  if (!ask_aside (server, subjects, "_count=1", &page, error))
    return FALSE;
  server->linked = TRUE;
  server->linkless = page != NULL && page->n == 1 && !server->links;
  return TRUE;
}

/**
 * cpd_ehr_page_is_cut:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_page_is_cut (CpdEhrServer *server, GPtrArray *subjects, const CpdEhrPage *page, guint so_far, guint asked,
                     gboolean *cut, GError **error)
{
  *cut = FALSE;
  if (page->n < CPD_EHR_LEAST_LIMIT || page->n >= asked || (page->total >= 0 && page->total <= so_far))
    return TRUE;
  if (!find_links (server, subjects, error))
    return FALSE;
  *cut = !server->links && server->linkless;
  return TRUE;
}

/* A number that somebody chooses. */
static gboolean
is_round (guint n)
{
  return n % 5 == 0 || (n & (n - 1)) == 0;
}

/**
 * cpd_ehr_page_look_beyond:
 *
 * Where the server does not say how many there are, the most that it ever gave of the type may be its limit: of one
 * client when it is such a number; several are asked for one by one, which tells.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_page_look_beyond (CpdEhrServer *server, GPtrArray *subjects, const char *bound, const CpdEhrPage *page,
                          guint so_far, gboolean *lacks, GError **error)
{
  g_autofree char *rest = g_strconcat (bound, "_summary=count", NULL);
  g_autoptr (CpdEhrPage) counted = NULL;
  gboolean cut;

  *lacks = cpd_ehr_page_may_lack (server, page->n, so_far, page->total);
  if (*lacks)
    return TRUE;
  if (!cpd_ehr_page_is_cut (server, subjects, page, so_far, server->count, &cut, error))
    return FALSE;
  *lacks = cut && page->total > so_far;
  if (*lacks || !cut || page->n < server->most)
    return TRUE;
  if (!ask_aside (server, subjects, rest, &counted, error))
    return FALSE;
  *lacks = counted != NULL && counted->total >= 0 ? counted->total > so_far : subjects->len > 1 || is_round (page->n);
  return TRUE;
}

/**
 * cpd_ehr_page_new:
 * @bundle: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrPage *
cpd_ehr_page_new (CpdEhrServer *server, const char *type, JsonObject *bundle, GError **error)
{
  JsonArray *entries = cpd_fhir_array (bundle, "entry");
  const char *kind = cpd_fhir_string (bundle, "type");
  CpdEhrPage *page;

  if (g_strcmp0 (cpd_fhir_string (bundle, "resourceType"), "Bundle") != 0 ||
      (kind != NULL && !g_str_equal (kind, "searchset")))
    {
      g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED,
                           "the answer to a search is no Bundle of a search");
      return NULL;
    }
  page = g_new0 (CpdEhrPage, 1);
  page->resources = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_resource_free);
  page->ids = g_ptr_array_new_with_free_func (g_free);
  page->dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  page->next = cpd_ehr_page_next (server, bundle);
  page->total = cpd_ehr_page_total (bundle);
  page->dated = page->ascending = TRUE;
  for (guint i = 0; i < cpd_fhir_length (entries); i++)
    if (is_match (server, type, cpd_fhir_nth (entries, i)))
      add_entry (server, page, type, cpd_fhir_nth (entries, i));
    else
      drop (page, cpd_fhir_nth (entries, i));
  if (g_str_equal (type, server->query->type))
    server->most = MAX (server->most, page->n);
  return page;
}

/**
 * cpd_ehr_page_goes_on:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_page_goes_on (GHashTable *been, const char *url, GError **error)
{
  if (g_hash_table_add (been, g_strdup (url)) && g_hash_table_size (been) <= CPD_EHR_PAGES_MAX)
    return TRUE;
  g_set_error_literal (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_FAILED, "the pages lead round in a circle");
  return FALSE;
}

/**
 * cpd_ehr_page_get:
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrPage *
cpd_ehr_page_get (CpdEhrServer *server, const char *type, const char *url, GError **error)
{
  g_autoptr (CpdEhrReply) reply = cpd_ehr_http_get (server->http, url, error);

  return reply != NULL ? cpd_ehr_page_new (server, type, reply->object, error) : NULL;
}
