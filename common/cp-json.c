/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-json.h"

#include <string.h>

#include "cp-error.h"
#include "cp-json-scan.h"

/**
 * cp_json_parse:
 * @text: (array length=length): bytes from anywhere; need not end with NUL
 * @max_depth: CP_JSON_DEPTH or CP_JSON_DEPTH_FHIR
 *
 * Parses one document of RFC 8259 that cp_json_scan() finds safe.
 *
 * Returns: (transfer full): its root, or NULL with CP_ERROR_BAD_REQUEST. The message never quotes the text.
 */
JsonNode *
cp_json_parse (const char *text, gsize length, int max_depth, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) parse_error = NULL;
  const char *reason = NULL;
  gsize offset = 0;

  if (!cp_json_scan (text, length, max_depth, &offset, &reason))
    {
      g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "JSON, byte %" G_GSIZE_FORMAT ": %s", offset, reason);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, length, &parse_error))
    {
      g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "JSON: error %d of json-glib", parse_error->code);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

static void write_node (GString *text, JsonNode *node);

/**
 * cp_json_append_string:
 * @string: UTF-8
 *
 * Appends @string with its quotes; copies what needs no escape in one piece.
 */
void
cp_json_append_string (GString *text, const char *string)
{
  const char *plain = string;

  g_string_append_c (text, '"');
  for (const char *at = string; *at != '\0'; at++)
    {
      if ((guchar) *at >= 0x20 && *at != '"' && *at != '\\')
        continue;
      g_string_append_len (text, plain, at - plain);
      if ((guchar) *at < 0x20)
        g_string_append_printf (text, "\\u%04x", (guint) *at);
      else
        {
          g_string_append_c (text, '\\');
          g_string_append_c (text, *at);
        }
      plain = at + 1;
    }
  g_string_append (text, plain);
  g_string_append_c (text, '"');
}

static void
write_double (GString *text, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (digits, sizeof digits, number);
  g_string_append (text, digits);
  if (strpbrk (digits, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
write_value (GString *text, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      cp_json_append_string (text, json_node_get_string (node));
      break;
    case G_TYPE_INT64:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
      break;
    default:
      write_double (text, json_node_get_double (node));
    }
}

static void
write_object (GString *text, JsonObject *object)
{
  const char *separator = "";
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      g_string_append (text, separator);
      cp_json_append_string (text, key);
      g_string_append_c (text, ':');
      write_node (text, value);
      separator = ",";
    }
  g_string_append_c (text, '}');
}

static void
write_array (GString *text, JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      write_node (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

static void
write_node (GString *text, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (text, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      write_array (text, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      write_value (text, node);
      break;
    case JSON_NODE_NULL:
      g_string_append (text, "null");
      break;
    }
}

/**
 * cp_json_text:
 * @length: (out) (optional): bytes without the NUL
 *
 * Writes @node itself: json-glib 1.6 writes 1e+308.0, which is no JSON.
 *
 * Returns: (transfer full): @node as compact text, with the keys in the order in which they were set.
 */
char *
cp_json_text (JsonNode *node, gsize *length)
{
  GString *text = g_string_new (NULL);

  write_node (text, node);
  if (length != NULL)
    *length = text->len;
  return g_string_free (text, FALSE);
}
