/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-title.h"

#include "cpd-ehr-name.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

/**
 * cpd_ehr_title_role:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_title_role (JsonObject *object)
{
  const char *text = cpd_fhir_concepts_text (cpd_fhir_array (object, "code"));

  return cpd_ehr_text_line (text != NULL ? text : cpd_fhir_concepts_text (cpd_fhir_array (object, "specialty")));
}

/**
 * cpd_ehr_title_of:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_title_of (JsonObject *object)
{
  const char *type = cpd_fhir_string (object, "resourceType");
  const char *title = cpd_fhir_string (object, "title");

  if (g_strcmp0 (type, "CarePlan") == 0)
    return cpd_ehr_text_line (title != NULL ? title : cpd_fhir_concepts_text (cpd_fhir_array (object, "category")));
  if (g_strcmp0 (type, "Goal") == 0)
    return cpd_ehr_text_line (cpd_fhir_concept_text (cpd_fhir_object (object, "description")));
  /* A client is called as on the rest of the screen. */
  if (g_strcmp0 (type, "Patient") == 0)
    return cpd_ehr_name_full (cpd_ehr_name_usual (NULL, cpd_fhir_array (object, "name")));
  if (cpd_fhir_array (object, "name") != NULL)
    return cpd_ehr_name_full (cpd_ehr_name_best (NULL, cpd_fhir_array (object, "name")));
  return cpd_ehr_text_line (cpd_fhir_string (object, "name"));
}
