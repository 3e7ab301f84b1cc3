/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-map.h"

#include "cpd-ehr-name.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define PART "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-"

/* The parts of a Dutch address line, in their order. */
static const char *const line_parts[] = { PART "streetName", PART "houseNumber", PART "buildingNumberSuffix",
                                          PART "unitID", PART "additionalLocator" };

/* The address to show: home before others, physical before postal, never an old one. */
static JsonObject *
best_address (const CpdEhrMapper *mapper, JsonArray *addresses)
{
  JsonObject *best = NULL;
  int best_rank = G_MAXINT;

  for (guint i = 0; i < cpd_fhir_length (addresses); i++)
    {
      JsonObject *address = cpd_fhir_nth (addresses, i);
      const char *use = cpd_fhir_string (address, "use");
      int rank = (g_strcmp0 (use, "home") == 0 ? 0 : 2) +
                 (g_strcmp0 (cpd_fhir_string (address, "type"), "postal") == 0 ? 1 : 0);

      if (address == NULL || g_strcmp0 (use, "old") == 0 || rank >= best_rank ||
          cpd_ehr_map_has_ended (mapper, address))
        continue;
      best = address;
      best_rank = rank;
    }
  return best;
}

static void
append_line (GString *result, const char *text)
{
  g_autofree char *line = cpd_ehr_text_line (text);

  if (line == NULL)
    return;
  if (result->len > 0)
    g_string_append_c (result, '\n');
  g_string_append (result, line);
}

/* A line that is only given in its parts. */
static void
append_parts (GString *result, JsonObject *line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (line_parts); i++)
    {
      const char *part = cpd_fhir_extension_string (line, line_parts[i]);

      if (part != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", part);
    }
  append_line (result, text->str);
}

static gboolean
is_netherlands (const char *country)
{
  static const char *const names[] = { "NL", "NLD", "Nederland", "Netherlands", "The Netherlands", NULL };

  return country == NULL || g_strv_contains (names, country);
}

/* (transfer full) (nullable): lines separated by newlines. */
static char *
address_text (const CpdEhrMapper *mapper, JsonArray *addresses)
{
  JsonObject *address = best_address (mapper, addresses);
  JsonArray *lines = cpd_fhir_array (address, "line");
  JsonArray *extended = cpd_fhir_array (address, "_line");
  const char *code = cpd_fhir_string (address, "postalCode");
  const char *city = cpd_fhir_string (address, "city");
  const char *country = cpd_fhir_string (address, "country");
  g_autoptr (GString) result = g_string_new (NULL);
  g_autofree char *town = NULL;

  for (guint i = 0; i < MAX (cpd_fhir_length (lines), cpd_fhir_length (extended)); i++)
    if (cpd_fhir_nth_string (lines, i) != NULL)
      append_line (result, cpd_fhir_nth_string (lines, i));
    else
      append_parts (result, cpd_fhir_nth (extended, i));
  town = code != NULL && city != NULL ? g_strconcat (code, " ", city, NULL) : g_strdup (code != NULL ? code : city);
  append_line (result, town);
  if (!is_netherlands (country))
    append_line (result, country);
  if (result->len == 0)
    return cpd_ehr_text_block (cpd_fhir_string (address, "text"), CPD_EHR_LINE_TEXT_MAX, NULL);
  return g_strdup (result->str);
}

static gboolean
is_replaced (JsonObject *object)
{
  JsonArray *links = cpd_fhir_array (object, "link");

  for (guint i = 0; i < cpd_fhir_length (links); i++)
    if (g_strcmp0 (cpd_fhir_string (cpd_fhir_nth (links, i), "type"), "replaced-by") == 0)
      return TRUE;
  return FALSE;
}

/**
 * cpd_ehr_map_patient_died:
 * @patient: the members of a Patient
 */
gboolean
cpd_ehr_map_patient_died (JsonObject *patient)
{
  return cpd_fhir_bool (patient, "deceasedBoolean", FALSE) || cpd_fhir_string (patient, "deceasedDateTime") != NULL;
}

/**
 * cpd_ehr_map_profile:
 *
 * Returns: CPD_EHR_SHOWN with @content, or CPD_EHR_STRANGE when the Patient has no name.
 */
CpdEhrMapped
cpd_ehr_map_profile (const CpdEhrMapper *mapper, const CpdEhrResource *resource, CpdEhrProfile **content,
                     const char **reason)
{
  JsonObject *object = resource->object;
  JsonArray *names = cpd_fhir_array (object, "name");
  JsonObject *usual = cpd_ehr_name_usual (mapper, names);
  const char *birth_date = cpd_fhir_string (object, "birthDate");
  g_autoptr (CpdEhrProfile) result = g_new0 (CpdEhrProfile, 1);
  CpProfile *profile = result->profile = cp_profile_new ();

  profile->name = cpd_ehr_name_full (cpd_ehr_name_best (mapper, names));
  result->name = cpd_ehr_name_full (usual);
  result->short_name = cpd_ehr_name_short (usual);
  if (profile->name == NULL || result->name == NULL)
    {
      *reason = "no name";
      return CPD_EHR_STRANGE;
    }
  if (cp_time_date_is_valid (birth_date) || cp_time_date_is_partial (birth_date))
    profile->birth_date = g_strdup (birth_date);
  profile->address = address_text (mapper, cpd_fhir_array (object, "address"));
  cpd_ehr_map_telecom (mapper, cpd_fhir_array (object, "telecom"), &profile->phone, &profile->mobile, &profile->email);
  profile->gp =
      cpd_ehr_map_name (mapper, cpd_fhir_nth (cpd_fhir_array (object, "generalPractitioner"), 0), object, NULL);
  profile->deceased = cpd_ehr_map_patient_died (object);
  if (is_replaced (object))
    *reason = "replaced by another Patient, which is not followed";
  *content = g_steal_pointer (&result);
  return CPD_EHR_SHOWN;
}
