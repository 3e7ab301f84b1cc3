/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include <string.h>

#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define CODE_SPECIFICATION "http://nictiz.nl/fhir/StructureDefinition/ext-CodeSpecification"
#define ADDRESS_USE "http://terminology.hl7.org/CodeSystem/v3-AddressUse"

static gboolean
is_mobile (JsonObject *point, const char *value)
{
  JsonObject *extension = cpd_fhir_extension (cpd_fhir_object (point, "_system"), CODE_SPECIFICATION);
  g_autofree char *digits = NULL;

  if (g_strcmp0 (cpd_fhir_string (point, "use"), "mobile") == 0 ||
      cpd_fhir_has_code (cpd_fhir_object (extension, "valueCodeableConcept"), ADDRESS_USE, "MC"))
    return TRUE;
  digits = g_strdup (value);
  g_strdelimit (digits, " -.()", ' ');
  for (char *from = digits, *to = digits;; from++)
    if (*from != ' ' && (*to++ = *from) == '\0')
      break;
  return g_str_has_prefix (digits, "06") || g_str_has_prefix (digits, "+316") || g_str_has_prefix (digits, "00316");
}

static void
keep_first (char **where, const char *value)
{
  if (*where == NULL)
    *where = cpd_ehr_text_line (value);
}

/**
 * cpd_ehr_map_telecom:
 * @telecom: (nullable): ContactPoints; old and ended ones do not count
 */
void
cpd_ehr_map_telecom (const CpdEhrMapper *mapper, JsonArray *telecom, char **phone, char **mobile, char **email)
{
  *phone = *mobile = *email = NULL;
  for (guint i = 0; i < cpd_fhir_length (telecom); i++)
    {
      JsonObject *point = cpd_fhir_nth (telecom, i);
      const char *value = cpd_fhir_string (point, "value");
      const char *system = cpd_fhir_string (point, "system");

      if (value == NULL || g_strcmp0 (cpd_fhir_string (point, "use"), "old") == 0 ||
          cpd_ehr_date_is_past (cpd_fhir_string (cpd_fhir_object (point, "period"), "end"), mapper->now, mapper->zone))
        continue;
      if (g_strcmp0 (system, "email") == 0)
        keep_first (email, value);
      else if (g_strcmp0 (system, "phone") == 0)
        keep_first (is_mobile (point, value) ? mobile : phone, value);
    }
}

static gboolean
is_group (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container)
{
  return cpd_ehr_names_is_a (mapper->names, reference, container, "Organization") ||
         cpd_ehr_names_is_a (mapper->names, reference, container, "CareTeam");
}

/**
 * cpd_ehr_map_author:
 * @references: (nullable):
 * @role: (out) (nullable) (transfer full): what the carer does
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_map_author (const CpdEhrMapper *mapper, JsonArray *references, JsonObject *container, char **role)
{
  *role = NULL;
  for (int groups = 0; groups <= 1; groups++)
    for (guint i = 0; i < cpd_fhir_length (references); i++)
      {
        JsonObject *reference = cpd_fhir_nth (references, i);
        char *name;

        if (reference == NULL || is_group (mapper, reference, container) != groups)
          continue;
        name = cpd_ehr_names_resolve (mapper->names, reference, container, role);
        if (name != NULL)
          return name;
        g_clear_pointer (role, g_free);
      }
  return NULL;
}

static void
add_patient (const CpdEhrMapper *mapper, JsonObject *reference, GPtrArray *keys)
{
  g_autofree char *key = cpd_ehr_names_key (mapper->names, reference);

  if (key != NULL && g_str_has_prefix (key, "Patient/") &&
      !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, g_steal_pointer (&key));
}

/**
 * cpd_ehr_map_patients:
 *
 * Returns: (transfer full) (element-type utf8)
 */
GPtrArray *
cpd_ehr_map_patients (const CpdEhrMapper *mapper, const CpdEhrResource *resource)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  JsonArray *participants = cpd_fhir_array (resource->object, "participant");

  if (g_str_equal (resource->type, "Patient"))
    g_ptr_array_add (keys, g_strconcat ("Patient/", resource->id, NULL));
  else if (g_str_equal (resource->type, "RelatedPerson"))
    add_patient (mapper, cpd_fhir_object (resource->object, "patient"), keys);
  else if (g_str_equal (resource->type, "Appointment"))
    for (guint i = 0; i < cpd_fhir_length (participants); i++)
      add_patient (mapper, cpd_fhir_object (cpd_fhir_nth (participants, i), "actor"), keys);
  else
    add_patient (mapper, cpd_fhir_object (resource->object, "subject"), keys);
  return keys;
}
