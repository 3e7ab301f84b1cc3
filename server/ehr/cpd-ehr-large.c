/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-refused.h"

/**
 * cpd_ehr_large_is:
 *
 * Returns: TRUE when less may be read of what was asked for.
 */
gboolean
cpd_ehr_large_is (const GError *error)
{
  return g_error_matches (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_TOO_LARGE);
}

/* Where the server fails, another run may do; what it refuses, or gives too much of, is of this resource. */
static gboolean
is_of_resource (const GError *error)
{
  return cpd_ehr_large_is (error) || g_error_matches (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_REFUSED) ||
         g_error_matches (error, CPD_EHR_HTTP_ERROR, CPD_EHR_HTTP_ERROR_NOT_ALLOWED);
}

static void
quarantine (CpdEhrServer *server, const char *id, const char *reason)
{
  const char *type = server->query->type;

  if (server->number >= 0)
    g_ptr_array_add (server->strange, cpd_ehr_problem_new (CPD_EHR_ODD, "server", type, id, "%s", reason));
  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", type, id, "%s", reason));
}

/**
 * cpd_ehr_large_take:
 *
 * One at a time, so that no more than one of them is in memory.
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_large_take (CpdEhrServer *server, GPtrArray *subjects, const char *id, gboolean *large, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean gone;
  CpdEhrResource *resource = cpd_ehr_gone_read (server, id, &gone, &failed);
  g_autoptr (CpdEhrPage) page = NULL;

  *large = failed != NULL && is_of_resource (failed);
  if (*large)
    {
      quarantine (server, id, failed->message);
      return cpd_ehr_refused_look (server, id, error);
    }
  if (gone)
    return TRUE;
  if (resource == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  page = g_new0 (CpdEhrPage, 1);
  page->resources = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_resource_free);
  g_ptr_array_add (page->resources, resource);
  return cpd_ehr_take_page (server, subjects, page, error);
}

/**
 * cpd_ehr_large_give_up:
 *
 * Others are read all the same, and what is gone of them goes: it is no hole of the type.
 */
void
cpd_ehr_large_give_up (CpdEhrServer *server, GPtrArray *subjects)
{
  static const char reason[] = "something of a client is larger than may be read, and its id is not told";

  for (guint i = 0; server->given_up != NULL && i < subjects->len; i++)
    {
      const CpdEhrSubject *subject = g_ptr_array_index (subjects, i);

      g_hash_table_add (server->given_up, g_memdup2 (&subject->patient, sizeof subject->patient));
    }
  cpd_ehr_run_problem (server->run, cpd_ehr_problem_new (CPD_EHR_ODD, "server", server->query->type, NULL, reason));
  if (server->number >= 0)
    cpd_ehr_run_fail (server->run, server->number, reason);
}
