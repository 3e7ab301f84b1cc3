/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

#include "cpd-ehr-access.h"

/* The Patients at the server that stand for somebody. (transfer full) */
static GPtrArray *
subjects_of (CpdEhrServer *server, gint64 patient)
{
  GPtrArray *subjects = g_ptr_array_new ();

  for (guint i = 0; i < server->everybody->len; i++)
    {
      CpdEhrSubject *subject = g_ptr_array_index (server->everybody, i);

      if (subject->patient == patient)
        g_ptr_array_add (subjects, subject);
    }
  return subjects;
}

/* What several people share says nothing of the dossier of one. */
static void
hear (CpdEhrServer *server, const CpdEhrPage *page)
{
  CpdEhrRun *run = server->run;

  for (guint i = 0; i < page->resources->len; i++)
    {
      const CpdEhrResource *resource = g_ptr_array_index (page->resources, i);
      g_autoptr (GPtrArray) keys = cpd_ehr_map_patients (&run->mapper, resource);
      gint64 patient = keys->len == 1 ? cpd_ehr_link_patient (run->link, g_ptr_array_index (keys, 0)) : 0;

      if (patient != 0)
        cpd_ehr_run_hear (run, resource->type, resource->id, patient);
    }
}

/* A question that cannot be answered now tells nothing. */
static gboolean
ask (CpdEhrServer *server, const CpdEhrQuery *query, GPtrArray *subjects, GError **error)
{
  g_autofree char *filter = cpd_ehr_query_filter (query, server->run->sync->config);
  g_autofree char *url = cpd_ehr_query_url (query, filter, subjects, NULL);
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdEhrPage) page = NULL;
  /* Those are of the listing of the type at hand. */
  GHashTable *ids = g_steal_pointer (&server->ids);

  page = cpd_ehr_page_get (server, query->type, url, &failed);
  server->ids = ids;
  if (page != NULL)
    hear (server, page);
  else if (!cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return TRUE;
}

/**
 * cpd_ehr_quiet_is_closed:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_quiet_is_closed (CpdEhrServer *server, gint64 patient, gboolean *closed, GError **error)
{
  g_autoptr (GPtrArray) subjects = subjects_of (server, patient);
  gboolean asked = g_hash_table_contains (server->silent, &patient);

  for (int i = 0; !asked && !cpd_ehr_run_has_heard (server->run, patient) && i < cpd_ehr_n_queries; i++)
    if (!cpd_ehr_queries[i].whole &&
        cpd_ehr_access_allows (cpd_ehr_http_access (server->http), cpd_ehr_queries[i].type) &&
        !ask (server, &cpd_ehr_queries[i], subjects, error))
      return FALSE;
  *closed = !cpd_ehr_run_has_heard (server->run, patient);
  if (*closed && !asked)
    g_hash_table_add (server->silent, g_memdup2 (&patient, sizeof patient));
  return TRUE;
}
