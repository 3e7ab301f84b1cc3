/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-untold.h"

#include "cpd-fhir.h"
#include "cpd-store-replaced.h"

/* Not merely that another came in its place. */
static gboolean
is_mistake (const CpdEhrResource *resource)
{
  return g_strcmp0 (cpd_fhir_string (resource->object, "status"), "entered-in-error") == 0 ||
         g_strcmp0 (cpd_fhir_string (resource->object, "docStatus"), "entered-in-error") == 0;
}

/**
 * cpd_ehr_untold_judge:
 * @untold: (out):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_untold_judge (const CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrRow *row, const CpdEhrKnown *known,
                      gboolean *untold, GError **error)
{
  CpdEhrKnown told;

  row->untold = row->removed && is_mistake (resource);
  if (!cpd_store_replaced_text_of (run->db, run->sync->config->source_name, row, &told, error))
    return FALSE;
  *untold = told.row != 0 && row->removed && (known->row == 0 || known->removed);
  return TRUE;
}

/**
 * cpd_ehr_untold_row:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_untold_row (const CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, const char *id,
                    CpdEhrRow **row, GError **error)
{
  g_autoptr (CpdEhrRow) asked = cpd_ehr_row_new (kind, 0, resource->type, id, NULL);
  CpdEhrKnown told;

  *row = NULL;
  asked->untold = TRUE;
  if (!cpd_store_replaced_text_of (run->db, run->sync->config->source_name, asked, &told, error))
    return FALSE;
  asked->patient = told.patient;
  if (told.row != 0 && cpd_ehr_link_is_whole (run->link, told.patient))
    *row = g_steal_pointer (&asked);
  return TRUE;
}
