/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-json.h"

#include <string.h>

#include "cp-error.h"
#include "cp-json-scan.h"
#include "cp-text-private.h"

/**
 * cp_json_parse:
 * @text: (array length=length): bytes from anywhere; need not end with NUL
 * @max_depth: CP_JSON_DEPTH or CP_JSON_DEPTH_FHIR
 *
 * Reads one document of RFC 8259 by the rules of cp_json_scan().
 *
 * Returns: (transfer full): its root, or NULL with CP_ERROR_BAD_REQUEST. The message never quotes the text.
 */
JsonNode *
cp_json_parse (const char *text, gsize length, int max_depth, GError **error)
{
  const char *reason = NULL;
  gsize offset = 0;
  JsonNode *node = cp_json_scan (text, length, max_depth, &offset, &reason);

  if (node == NULL)
    g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "JSON, byte %" G_GSIZE_FORMAT ": %s", offset, reason);
  return node;
}

static void write_node (GString *text, JsonNode *node);

#define EACH_BYTE(value) (G_GUINT64_CONSTANT (0x0101010101010101) * (value))
#define LOWER_THAN(word, value) (((word) -EACH_BYTE (value)) & ~(word) &EACH_BYTE (0x80))

static gboolean
needs_escape (char c)
{
  return (guchar) c < 0x20 || c == '"' || c == '\\';
}

/* How many bytes need no escape: eight at a time, for nearly all of an answer is such text. */
static gsize
plain_length (const char *string, gsize length)
{
  gsize at = 0;

  for (; at + 8 <= length; at += 8)
    {
      guint64 word;
      memcpy (&word, string + at, 8);
      if ((LOWER_THAN (word, 0x20) | LOWER_THAN (word ^ EACH_BYTE ('"'), 1) |
           LOWER_THAN (word ^ EACH_BYTE ('\\'), 1)) != 0)
        break;
    }
  while (at < length && !needs_escape (string[at]))
    at++;
  return at;
}

static void
append_escaped (GString *text, char c)
{
  if ((guchar) c < 0x20)
    g_string_append_printf (text, "\\u%04x", (guint) c);
  else
    {
      g_string_append_c (text, '\\');
      g_string_append_c (text, c);
    }
}

static void
append_plain (GString *text, const char *string, gsize length)
{
  char *at = cp_text_extend (text, length + 2);

  at[0] = '"';
  memcpy (at + 1, string, length);
  at[1 + length] = '"';
}

/**
 * cp_json_append_string:
 * @string: UTF-8
 *
 * Appends @string with its quotes; copies what needs no escape in one piece.
 */
void
cp_json_append_string (GString *text, const char *string)
{
  gsize length = strlen (string);

  if (plain_length (string, length) == length)
    {
      append_plain (text, string, length);
      return;
    }
  g_string_append_c (text, '"');
  while (length > 0)
    {
      gsize plain = plain_length (string, length);
      cp_text_append (text, string, plain);
      string += plain;
      length -= plain;
      if (length == 0)
        break;
      append_escaped (text, *string++);
      length--;
    }
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
