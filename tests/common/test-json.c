/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-error.h"
#include "cp-json.h"
#include "json-check.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = cp_json_parse (text, strlen (text), CP_JSON_DEPTH, &error);

  g_assert_no_error (error);
  return node;
}

/* What json-glib makes of a text is what the text says. */
static void
test_values (void)
{
  g_autoptr (JsonNode) node =
      parse ("{\"min\":-9223372036854775808,\"max\":9223372036854775807,\"zero\":-0,\"half\":-0.5,"
             "\"big\":1e22,\"yes\":true,\"no\":false,\"nothing\":null,"
             "\"text\":\"\\u20ac \\ud83d\\ude00 \\\"\\\\\\/\\b\\f\\n\\r\\t\"}");
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpint (json_object_get_int_member (object, "min"), ==, G_MININT64);
  g_assert_cmpint (json_object_get_int_member (object, "max"), ==, G_MAXINT64);
  g_assert_cmpint (json_object_get_int_member (object, "zero"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (object, "half"), ==, -0.5);
  g_assert_cmpfloat (json_object_get_double_member (object, "big"), ==, 1e22);
  g_assert_true (json_object_get_boolean_member (object, "yes"));
  g_assert_false (json_object_get_boolean_member (object, "no"));
  g_assert_true (json_object_get_null_member (object, "nothing"));
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, "€ 😀 \"\\/\b\f\n\r\t");
}

static void
test_text (void)
{
  static const char *const texts[] = {
    "{\"z\":1,\"a\":[true,false,null,-5,{}],\"m\":{\"\":[]}}",
    "\"\\u0001\\u001f \\\" \\\\ / \x7f € 😀\"",
    "[0.5,1.0,1e+22,1e+308,-0.0,-9223372036854775808]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i]);
      gsize length;
      g_autofree char *text = cp_json_text (node, &length);
      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpuint (length, ==, strlen (text));
    }
}

/* Eight bytes are looked at at a time: what needs an escape is found at each place of them, beside any neighbour. */
static void
test_escapes (void)
{
  static const char *const pieces[] = { "\"", "\\", "\x01", "\x1f", " ", "!", "#", "[", "]", "\x7f", "é", "€" };
  static const char *const escaped[] = {
    "\\\"", "\\\\", "\\u0001", "\\u001f", " ", "!", "#", "[", "]", "\x7f", "é", "€"
  };

  for (gsize before = 0; before < 20; before++)
    for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
      for (gsize j = 0; j < G_N_ELEMENTS (pieces); j++)
        {
          g_autofree char *padding = g_strnfill (before, 'x');
          g_autofree char *string = g_strconcat (padding, pieces[i], pieces[j], "yyyyyyyyy", pieces[i], NULL);
          g_autofree char *expected =
              g_strconcat ("\"", padding, escaped[i], escaped[j], "yyyyyyyyy", escaped[i], "\"", NULL);
          GString *text = g_string_new (NULL);
          cp_json_append_string (text, string);
          g_assert_cmpstr (text->str, ==, expected);
          g_string_free (text, TRUE);
        }
}

/* The message says where, and never what: it may be a password. */
static void
test_error (void)
{
  static const char text[] = "{\"password\":\"geheim\",}";
  g_autoptr (GError) error = NULL;

  g_assert_null (cp_json_parse (text, strlen (text), CP_JSON_DEPTH, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, "JSON, byte 21: a key was expected");
}

static void
test_depth (void)
{
  g_autofree char *open = g_strnfill (17, '[');
  g_autofree char *close = g_strnfill (17, ']');
  g_autofree char *text = g_strconcat (open, close, NULL);
  g_autoptr (GError) error = NULL;

  g_autoptr (JsonNode) fhir = cp_json_parse (text, strlen (text), CP_JSON_DEPTH_FHIR, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fhir);
  g_assert_null (cp_json_parse (text, strlen (text), CP_JSON_DEPTH, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST);
}

static void
test_check (void)
{
  static const char text[] = "[1e308, 0e1, \"\x7f\"]";

  g_assert_true (json_check (text, strlen (text)));
  g_assert_false (json_check ("{} {}", 5));
  g_assert_false (json_check ("", 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/text", test_text);
  g_test_add_func ("/json/escapes", test_escapes);
  g_test_add_func ("/json/error", test_error);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/check", test_check);
  return g_test_run ();
}
