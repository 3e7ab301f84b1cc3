/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-reference.h"

#include <string.h>

#include "cpd-ehr-resource.h"
#include "cpd-fhir.h"

/* "http://host/fhir/Patient/1/_history/3", "Patient/1": the version is dropped, what stands in front is the base. path
 * is the reference's own, which is cut up. */
static gboolean
parse_path (CpdEhrReference *reference, char *path)
{
  char *history = strstr (path, "/_history/");
  const char *type = path;
  char *slash;

  if (history != NULL)
    *history = '\0';
  slash = strrchr (path, '/');
  if (slash == NULL)
    return FALSE;
  *slash = '\0';
  reference->id = slash + 1;
  slash = strrchr (path, '/');
  if (slash != NULL)
    {
      *slash = '\0';
      type = slash + 1;
      reference->base = path;
    }
  reference->type = type;
  return cpd_ehr_is_id (reference->id) && cpd_ehr_is_type (type);
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

/* (transfer full) (nullable) */
static CpdEhrReference *
parse (const char *text, const char *said)
{
  gsize length = strlen (text) + 1;
  gsize said_length = said != NULL ? strlen (said) + 1 : 0;
  g_autoptr (CpdEhrReference) result = g_malloc0 (sizeof *result + length + said_length);
  char *copy = memcpy (result + 1, text, length);

  if (said != NULL)
    result->type = memcpy (copy + length, said, said_length);
  if (*copy == '#')
    result->contained = copy + 1;
  else if (g_str_has_prefix (copy, "urn:"))
    {
      const char *last = strrchr (copy, ':') + 1;

      result->urn = copy;
      result->id = cpd_ehr_is_id (last) ? last : NULL;
    }
  else if (!parse_path (result, copy))
    return NULL;
  return g_steal_pointer (&result);
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
  const char *text = cpd_fhir_string (reference, "reference");

  return text != NULL ? parse (text, said_type (reference)) : NULL;
}

/**
 * cpd_ehr_reference_free:
 * @reference: (nullable):
 */
void
cpd_ehr_reference_free (CpdEhrReference *reference)
{
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
