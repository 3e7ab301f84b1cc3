/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-json.h"

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

/**
 * cp_json_text:
 * @length: (out) (optional): bytes without the NUL
 *
 * Returns: (transfer full): @node as compact text.
 */
char *
cp_json_text (JsonNode *node, gsize *length)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, length);
}
