/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-check.h"

#include "cp-error.h"
#include "cp-json-scan.h"
#include "cp-json.h"

gboolean
json_check (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  const char *reason = NULL;
  gsize offset = 0;

  g_autoptr (JsonNode) read = cp_json_scan (text, length, CP_JSON_DEPTH_FHIR, &offset, &reason);
  g_autoptr (JsonNode) node = cp_json_parse (text, length, CP_JSON_DEPTH_FHIR, &error);
  if (read == NULL)
    {
      g_assert_cmpuint (offset, <=, length);
      g_assert_nonnull (reason);
      g_assert_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST);
      g_assert_null (node);
      return FALSE;
    }
  g_assert_no_error (error);
  g_assert_nonnull (node);

  /* What is read is what json-glib reads. */
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, text, length, NULL));
  g_assert_true (json_node_equal (node, json_parser_get_root (parser)));

  gsize written_length;
  g_autofree char *written = cp_json_text (node, &written_length);
  g_autoptr (JsonNode) again = cp_json_parse (written, written_length, CP_JSON_DEPTH_FHIR, &error);
  g_assert_no_error (error);
  g_autofree char *rewritten = cp_json_text (again, NULL);
  g_assert_cmpstr (written, ==, rewritten);
  return TRUE;
}
