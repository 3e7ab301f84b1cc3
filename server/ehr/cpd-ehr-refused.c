/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-refused.h"

#include "cpd-ehr-about.h"
#include "cpd-ehr-latest.h"
#include "cpd-ehr-pass.h"
#include "cpd-ehr-untold.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

/* What tells of each type whose it is and whether it may be shown; of the others it is the first row. */
static const struct
{
  const char *type;
  const char *elements;
} seen[] = {
  { NULL, "id,meta,status,subject" },
  { "RelatedPerson", "id,meta,patient" },
  { "CareTeam", "id,meta,status,subject" },
  { "Goal", "id,meta,lifecycleStatus,subject" },
  { "Task", "id,meta,status,for" },
  { "DocumentReference", "id,meta,status,docStatus,subject,securityLabel" },
  { "Composition", "id,meta,status,subject,confidentiality" },
  { "Appointment", "id,meta,status,participant" },
};

static const char *
elements_of (const char *type)
{
  for (gsize i = 1; i < G_N_ELEMENTS (seen); i++)
    if (g_str_equal (seen[i].type, type))
      return seen[i].elements;
  return seen[0].elements;
}

static gboolean
is_withdrawn (const CpdEhrResource *resource)
{
  return cpd_ehr_untold_is_mistake (resource) || cpd_ehr_is_withheld (resource->object) ||
         (g_str_equal (resource->type, "Observation") &&
          g_strcmp0 (cpd_fhir_string (resource->object, "status"), "cancelled") == 0);
}

static gboolean
withdraw (CpdEhrRun *run, const CpdEhrResource *resource, const char *id, GError **error)
{
  CpdEhrKind kind = cpd_ehr_kind_of (resource->type);
  g_autoptr (CpdEhrRow) row = NULL;
  CpdEhrKnown known;

  if (!cpd_store_ehr_find (run->db, kind, run->sync->config->source_name, resource->type, id, &known, error))
    return FALSE;
  row = cpd_ehr_row_new (kind, known.patient, resource->type, id, NULL);
  row->untold = TRUE;
  if (!cpd_ehr_latest_set_changed (run, resource, row, &known, error))
    return FALSE;
  if (known.row == 0 || known.removed || cpd_store_ehr_is_older (&known, row))
    return TRUE;
  cpd_ehr_run_problem (run, cpd_ehr_problem_new (CPD_EHR_ODD, resource->place, resource->type, resource->id,
                                                 "is withdrawn by a version that cannot be used: it is removed"));
  return cpd_ehr_batch_add (run->types[cpd_ehr_run_type (resource->type)].batch, g_steal_pointer (&row), error);
}

static gboolean
withdraw_all (CpdEhrRun *run, const CpdEhrResource *resource, GError **error)
{
  g_autoptr (GPtrArray) ids = cpd_store_ehr_ids_of (
      run->db, cpd_ehr_kind_of (resource->type), run->sync->config->source_name, resource->type, resource->id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!withdraw (run, resource, g_ptr_array_index (ids, i), error))
      return FALSE;
  return ids != NULL;
}

/**
 * cpd_ehr_refused_take:
 * @elsewhere: (out):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_refused_take (CpdEhrRun *run, const CpdEhrResource *resource, gboolean *elsewhere, GError **error)
{
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GPtrArray) all = NULL;

  *elsewhere = FALSE;
  if (cpd_ehr_run_type (resource->type) < 0 || cpd_ehr_kind_of (resource->type) == CPD_EHR_PROFILE)
    return TRUE;
  keys = cpd_ehr_map_patients (&run->mapper, resource);
  all = cpd_ehr_about (run, resource);
  *elsewhere = keys->len > 0 && all->len == 0;
  if (*elsewhere)
    return cpd_ehr_pass_forget (run, resource, error);
  for (guint i = 0; i < all->len; i++)
    if (!cpd_ehr_latest_take_away (run, resource, g_ptr_array_index (all, i), error))
      return FALSE;
  return !is_withdrawn (resource) ||
         (cpd_ehr_latest_wait (run, resource, error) && withdraw_all (run, resource, error));
}

/**
 * cpd_ehr_refused_look:
 *
 * By its id alone, so that a server that does not look at what is asked for gives nothing of others.
 *
 * Returns: FALSE with @error when the run ends.
 */
gboolean
cpd_ehr_refused_look (CpdEhrServer *server, const char *id, GError **error)
{
  const char *type = server->query->type;
  g_autofree char *url = g_strdup_printf ("%s/%s?_elements=%s", type, id, elements_of (type));
  g_autoptr (GError) failed = NULL;
  g_autoptr (CpdEhrReply) reply = server->number >= 0 ? cpd_ehr_http_get (server->http, url, &failed) : NULL;
  g_autoptr (CpdEhrProblem) problem = NULL;
  g_autoptr (CpdEhrResource) resource = NULL;
  gboolean elsewhere;

  if (failed != NULL && !cpd_ehr_server_is_of_type (failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (reply != NULL && reply->node != NULL)
    resource = cpd_ehr_resource_take (json_node_ref (reply->node), NULL, "server", &problem);
  if (resource == NULL && problem != NULL)
    resource = g_steal_pointer (&problem->refused);
  return resource == NULL || !g_str_equal (resource->type, type) || !g_str_equal (resource->id, id) ||
         cpd_ehr_refused_take (server->run, resource, &elsewhere, error);
}
