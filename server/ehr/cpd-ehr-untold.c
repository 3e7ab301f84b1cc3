/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-untold.h"

#include "cpd-fhir.h"
#include "cpd-store-replaced.h"

/**
 * cpd_ehr_untold_is_mistake:
 *
 * Returns: TRUE for what was entered in error.
 */
gboolean
cpd_ehr_untold_is_mistake (const CpdEhrResource *resource)
{
  static const char *const members[] = { "status", "docStatus", "lifecycleStatus" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_strcmp0 (cpd_fhir_string (resource->object, members[i]), "entered-in-error") == 0)
      return TRUE;
  return FALSE;
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

  row->untold = row->removed && cpd_ehr_untold_is_mistake (resource);
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
