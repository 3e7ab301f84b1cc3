/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-withheld.h"

#include "cpd-fhir.h"

#define CONFIDENTIALITY "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
#define VERY_RESTRICTED "V"

static const struct
{
  const char *system;
  const char *code;
} labels[] = {
  /* "no disclosure to patient, family or caregivers without attending provider's authorization" */
  { "http://terminology.hl7.org/CodeSystem/v3-ActCode", "NOPAT" },
  { CONFIDENTIALITY, VERY_RESTRICTED },
};

static gboolean
has_label (JsonArray *codings)
{
  for (guint i = 0; i < cpd_fhir_length (codings); i++)
    for (gsize n = 0; n < G_N_ELEMENTS (labels); n++)
      if (g_strcmp0 (cpd_fhir_string (cpd_fhir_nth (codings, i), "system"), labels[n].system) == 0 &&
          g_strcmp0 (cpd_fhir_string (cpd_fhir_nth (codings, i), "code"), labels[n].code) == 0)
        return TRUE;
  return FALSE;
}

/**
 * cpd_ehr_is_withheld:
 * @object: (nullable):
 *
 * The labels are of HL7 (FHIR R4 6.1.1, Security Labels): in the meta of any resource, as securityLabel of a
 * DocumentReference and as confidentiality of a Composition.
 *
 * Returns: FALSE also with labels that say something else.
 */
gboolean
cpd_ehr_is_withheld (JsonObject *object)
{
  JsonArray *concepts = cpd_fhir_array (object, "securityLabel");

  if (has_label (cpd_fhir_array (cpd_fhir_object (object, "meta"), "security")) ||
      g_strcmp0 (cpd_fhir_string (object, "confidentiality"), VERY_RESTRICTED) == 0)
    return TRUE;
  for (guint i = 0; i < cpd_fhir_length (concepts); i++)
    if (has_label (cpd_fhir_array (cpd_fhir_nth (concepts, i), "coding")))
      return TRUE;
  return FALSE;
}
