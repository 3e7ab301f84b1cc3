/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-fhir.h"

#include <math.h>
#include <string.h>

/* The most decimals that an answer or a measurement is shown with. */
#define DECIMALS 6

static JsonNode *
member (JsonObject *object, const char *name, JsonNodeType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_TYPE (node) == type ? node : NULL;
}

static const char *
node_string (JsonNode *node)
{
  const char *text;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);
  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * cpd_fhir_string:
 *
 * Returns: (nullable): the text of a string member that is not empty.
 */
const char *
cpd_fhir_string (JsonObject *object, const char *name)
{
  return node_string (member (object, name, JSON_NODE_VALUE));
}

/**
 * cpd_fhir_object:
 *
 * Returns: (nullable): an object member.
 */
JsonObject *
cpd_fhir_object (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/**
 * cpd_fhir_array:
 *
 * Returns: (nullable): an array member.
 */
JsonArray *
cpd_fhir_array (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

/**
 * cpd_fhir_bool:
 *
 * Returns: a boolean member, @otherwise when there is none.
 */
gboolean
cpd_fhir_bool (JsonObject *object, const char *name, gboolean otherwise)
{
  JsonNode *node = member (object, name, JSON_NODE_VALUE);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return otherwise;
  return json_node_get_boolean (node);
}

/**
 * cpd_fhir_number_text:
 *
 * Returns: (transfer full) (nullable): a number member with a decimal comma and without superfluous zeros.
 */
char *
cpd_fhir_number_text (JsonObject *object, const char *name)
{
  JsonNode *node = member (object, name, JSON_NODE_VALUE);
  char text[512];
  char *end;

  if (node == NULL)
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE || !isfinite (json_node_get_double (node)))
    return NULL;
  g_ascii_formatd (text, sizeof text, "%." G_STRINGIFY (DECIMALS) "f", json_node_get_double (node));
  end = text + strlen (text);
  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    end[-1] = '\0';
  return g_strdelimit (g_strdup (text), ".", ',');
}

/**
 * cpd_fhir_length:
 *
 * Returns: the number of elements, 0 for NULL.
 */
guint
cpd_fhir_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/**
 * cpd_fhir_nth:
 *
 * Returns: (nullable): element @i when it is an object; FHIR pads parallel arrays with null.
 */
JsonObject *
cpd_fhir_nth (JsonArray *array, guint i)
{
  JsonNode *node = i < cpd_fhir_length (array) ? json_array_get_element (array, i) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * cpd_fhir_nth_string:
 *
 * Returns: (nullable): element @i when it is a string that is not empty.
 */
const char *
cpd_fhir_nth_string (JsonArray *array, guint i)
{
  return i < cpd_fhir_length (array) ? node_string (json_array_get_element (array, i)) : NULL;
}

/**
 * cpd_fhir_extension:
 *
 * Returns: (nullable): the first extension of @object with that @url.
 */
JsonObject *
cpd_fhir_extension (JsonObject *object, const char *url)
{
  JsonArray *extensions = cpd_fhir_array (object, "extension");

  for (guint i = 0; i < cpd_fhir_length (extensions); i++)
    {
      JsonObject *extension = cpd_fhir_nth (extensions, i);

      if (g_strcmp0 (cpd_fhir_string (extension, "url"), url) == 0)
        return extension;
    }
  return NULL;
}

/**
 * cpd_fhir_extension_string:
 *
 * Returns: (nullable): valueString or valueCode of the extension with that @url.
 */
const char *
cpd_fhir_extension_string (JsonObject *object, const char *url)
{
  JsonObject *extension = cpd_fhir_extension (object, url);
  const char *text = cpd_fhir_string (extension, "valueString");

  return text != NULL ? text : cpd_fhir_string (extension, "valueCode");
}

/**
 * cpd_fhir_has_code:
 *
 * Returns: TRUE when the CodeableConcept @concept has the coding @code of @system.
 */
gboolean
cpd_fhir_has_code (JsonObject *concept, const char *system, const char *code)
{
  JsonArray *codings = cpd_fhir_array (concept, "coding");

  for (guint i = 0; i < cpd_fhir_length (codings); i++)
    {
      JsonObject *coding = cpd_fhir_nth (codings, i);

      if (g_strcmp0 (cpd_fhir_string (coding, "system"), system) == 0 &&
          g_strcmp0 (cpd_fhir_string (coding, "code"), code) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * cpd_fhir_has_code_of:
 * @codes: (nullable): "system|code"
 *
 * Returns: TRUE when the CodeableConcept @concept has one of them.
 */
gboolean
cpd_fhir_has_code_of (JsonObject *concept, const char *const *codes)
{
  for (; codes != NULL && *codes != NULL; codes++)
    {
      const char *bar = strrchr (*codes, '|');
      g_autofree char *system = bar != NULL ? g_strndup (*codes, bar - *codes) : NULL;

      if (system != NULL && cpd_fhir_has_code (concept, system, bar + 1))
        return TRUE;
    }
  return FALSE;
}

/**
 * cpd_fhir_concept_text:
 *
 * Returns: (nullable): text of a CodeableConcept, else its first display.
 */
const char *
cpd_fhir_concept_text (JsonObject *concept)
{
  JsonArray *codings = cpd_fhir_array (concept, "coding");
  const char *text = cpd_fhir_string (concept, "text");

  for (guint i = 0; text == NULL && i < cpd_fhir_length (codings); i++)
    text = cpd_fhir_string (cpd_fhir_nth (codings, i), "display");
  return text;
}

/**
 * cpd_fhir_concepts_text:
 *
 * Returns: (nullable): the words of the first CodeableConcept that has any.
 */
const char *
cpd_fhir_concepts_text (JsonArray *concepts)
{
  const char *text = NULL;

  for (guint i = 0; text == NULL && i < cpd_fhir_length (concepts); i++)
    text = cpd_fhir_concept_text (cpd_fhir_nth (concepts, i));
  return text;
}
