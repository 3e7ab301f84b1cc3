/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-owner.h"

#include "cpd-fhir.h"

/* What is of one client, where it says of whom, and whether FHIR has it say so always. */
static const struct
{
  const char *type;
  const char *patient;
  gboolean always;
} owned[] = {
  { "RelatedPerson", "patient", TRUE }, { "CarePlan", "subject", TRUE },       { "Goal", "subject", TRUE },
  { "CareTeam", "subject", FALSE },     { "ServiceRequest", "subject", TRUE }, { "Task", "for", FALSE },
  { "Procedure", "subject", TRUE },
};

/**
 * cpd_ehr_owner_of:
 *
 * Returns: (nullable) (transfer none): a Reference.
 */
JsonObject *
cpd_ehr_owner_of (JsonObject *object, gboolean *always)
{
  const char *type = cpd_fhir_string (object, "resourceType");

  *always = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (owned); i++)
    if (g_strcmp0 (owned[i].type, type) == 0)
      {
        *always = owned[i].always;
        return cpd_fhir_object (object, owned[i].patient);
      }
  return NULL;
}
