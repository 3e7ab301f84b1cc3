/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-reference.h"

#include <string.h>

#include "cpd-ehr-resource.h"
#include "cpd-fhir.h"

/* "http://host/fhir/Patient/1/_history/3", "Patient/1": the version is dropped, what stands in front is the base. */
static gboolean
parse_path (CpdEhrReference *reference, const char *text)
{
  g_autofree char *path = g_strdup (text);
  char *history = strstr (path, "/_history/");
  char *slash;
  char *id;

  if (history != NULL)
    *history = '\0';
  slash = strrchr (path, '/');
  if (slash == NULL)
    return FALSE;
  *slash = '\0';
  id = slash + 1;
  slash = strrchr (path, '/');
  if (slash != NULL)
    *slash = '\0';
  if (!cpd_ehr_is_id (id) || !cpd_ehr_is_type (slash != NULL ? slash + 1 : path))
    return FALSE;
  reference->id = g_strdup (id);
  g_free (reference->type);
  reference->type = g_strdup (slash != NULL ? slash + 1 : path);
  reference->base = slash != NULL ? g_strdup (path) : NULL;
  return TRUE;
}

/* (nullable): Reference.type, which may be the address that defines it (FHIR R4 2.3.0.2). */
static const char *
said_type (JsonObject *reference)
{
  static const char definitions[] = "http://hl7.org/fhir/StructureDefinition/";
  const char *type = cpd_fhir_string (reference, "type");

  return type != NULL && g_str_has_prefix (type, definitions) ? type + strlen (definitions) : type;
}

/* "Patient?identifier=...", "Patient/a_b": it leads nowhere, and says that it is about a client all the same. */
static gboolean
leads_to_patient (const char *text)
{
  g_autofree char *path = text != NULL ? g_strndup (text, strcspn (text, "?")) : NULL;
  g_auto (GStrv) parts = path != NULL ? g_strsplit (path, "/", -1) : NULL;

  for (gsize i = 0; parts != NULL && parts[i] != NULL; i++)
    if (g_ascii_strcasecmp (parts[i], "Patient") == 0)
      return TRUE;
  return FALSE;
}

/**
 * cpd_ehr_reference_type:
 * @reference: (nullable): a Reference of FHIR
 *
 * Returns: (transfer full) (nullable): what it says that it points at, also where that cannot be found
 */
char *
cpd_ehr_reference_type (JsonObject *reference)
{
  g_autoptr (CpdEhrReference) parsed = cpd_ehr_reference_parse (reference);

  if (parsed != NULL)
    return g_strdup (parsed->type);
  return g_strdup (leads_to_patient (cpd_fhir_string (reference, "reference")) ? "Patient" : said_type (reference));
}

/**
 * cpd_ehr_reference_parse:
 * @reference: (nullable): a Reference of FHIR
 *
 * Returns: (transfer full) (nullable)
 */
CpdEhrReference *
cpd_ehr_reference_parse (JsonObject *reference)
{
  g_autoptr (CpdEhrReference) result = g_new0 (CpdEhrReference, 1);
  const char *text = cpd_fhir_string (reference, "reference");

  if (text == NULL)
    return NULL;
  result->type = g_strdup (said_type (reference));
  if (*text == '#')
    {
      result->contained = g_strdup (text + 1);
      return g_steal_pointer (&result);
    }
  if (g_str_has_prefix (text, "urn:"))
    {
      result->urn = g_strdup (text);
      result->id = cpd_ehr_is_id (strrchr (text, ':') + 1) ? g_strdup (strrchr (text, ':') + 1) : NULL;
      return g_steal_pointer (&result);
    }
  return parse_path (result, text) ? g_steal_pointer (&result) : NULL;
}

/**
 * cpd_ehr_reference_free:
 * @reference: (nullable):
 */
void
cpd_ehr_reference_free (CpdEhrReference *reference)
{
  if (reference == NULL)
    return;
  g_free (reference->base);
  g_free (reference->type);
  g_free (reference->id);
  g_free (reference->urn);
  g_free (reference->contained);
  g_free (reference);
}

/**
 * cpd_ehr_reference_contained:
 *
 * Returns: (nullable): the resource that @container holds under @id.
 */
JsonObject *
cpd_ehr_reference_contained (JsonObject *container, const char *id)
{
  JsonArray *contained = cpd_fhir_array (container, "contained");

  for (guint i = 0; i < cpd_fhir_length (contained); i++)
    if (g_strcmp0 (cpd_fhir_string (cpd_fhir_nth (contained, i), "id"), id) == 0)
      return cpd_fhir_nth (contained, i);
  return NULL;
}
