/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-error.h"
#include "cp-json.h"
#include "cp-record.h"

typedef struct
{
  char *word;
} Inner;

typedef struct
{
  char *text;
  char *secret;
  char *small;
  gint64 number;
  gint64 any;
  gboolean yes;
  CpTime time;
  char *date;
  int kind;
  guint flags;
  Inner *inner;
  GPtrArray *list;
  GStrv words;
  char *maybe;
  CpTime maybe_time;
} Outer;

/* What is written, read again as JSON. */
static JsonNode *
record_to_node (const CpRecordType *type, gconstpointer record, GTimeZone *zone)
{
  gsize length;
  g_autofree char *text = cp_record_to_text (type, record, zone, &length);
  JsonNode *node = cp_json_parse (text, length, CP_JSON_DEPTH, NULL);

  g_assert_nonnull (node);
  return node;
}

static const char *const kinds[] = { "first", "second", NULL };
static const char *const flags[] = { "read", "write", NULL };

static const CpField inner_fields[] = { { "word", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (Inner, word) }, { NULL } };
static const CpRecordType inner_type = { "Inner", sizeof (Inner), inner_fields };

static const CpField outer_fields[] = {
  { "text", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (Outer, text) },
  { "secret", CP_FIELD_STRING, CP_FIELD_OPTIONAL | CP_FIELD_SECRET, G_STRUCT_OFFSET (Outer, secret) },
  { "small", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (Outer, small), .max = 3 },
  { "number", CP_FIELD_INT, 0, G_STRUCT_OFFSET (Outer, number), .min = -5, .max = 5 },
  { "any", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (Outer, any) },
  { "yes", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (Outer, yes) },
  { "time", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (Outer, time) },
  { "date", CP_FIELD_DATE, 0, G_STRUCT_OFFSET (Outer, date) },
  { "kind", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (Outer, kind), .names = kinds },
  { "flags", CP_FIELD_FLAGS, 0, G_STRUCT_OFFSET (Outer, flags), .names = flags },
  { "inner", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (Outer, inner), .record = &inner_type },
  { "list", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (Outer, list), .max = 2, .record = &inner_type },
  { "words", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (Outer, words), .max = 2 },
  { "maybe", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (Outer, maybe) },
  { "maybe_time", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (Outer, maybe_time) },
  { NULL }
};
CP_DECLARE_RECORD (Outer, outer)
CP_DEFINE_RECORD (Outer, outer, "Outer", outer_fields)

#define WHOLE                                                                                                          \
  "{\"text\":\"a\",\"number\":5,\"yes\":true,\"time\":\"2026-03-03T14:00:00+01:00\",\"date\":\"2026-03-03\","          \
  "\"kind\":\"second\",\"flags\":[\"write\"],\"inner\":{\"word\":\"b\"},\"list\":[{\"word\":\"c\"}],\"words\":[\"d\"," \
  "\"e\"]}"

/* The wiping is seen from here: these stand before those of the C library. */
void __explicit_bzero_chk (void *memory, size_t length, size_t size);
static char wiped[64];

void
explicit_bzero (void *memory, size_t length)
{
  g_assert_cmpuint (length, <, sizeof wiped);
  memcpy (wiped, memory, length);
  wiped[length] = '\0';
  memset (memory, 0, length);
}

void
__explicit_bzero_chk (void *memory, size_t length, size_t size)
{
  explicit_bzero (memory, length);
}

/* (transfer full): the object WHOLE with key (nullable) set to the JSON text value, or without it when value is NULL.
 */
static JsonNode *
whole_with (const char *key, const char *value)
{
  JsonNode *node = cp_json_parse (WHOLE, strlen (WHOLE), CP_JSON_DEPTH, NULL);
  JsonObject *object = json_node_get_object (node);

  if (value != NULL)
    json_object_set_member (object, key, cp_json_parse (value, strlen (value), CP_JSON_DEPTH, NULL));
  else if (key != NULL)
    json_object_remove_member (object, key);
  return node;
}

static Outer *
read_whole_with (const char *key, const char *value, CpRecordMode mode)
{
  g_autoptr (JsonNode) node = whole_with (key, value);
  g_autoptr (GError) error = NULL;
  Outer *outer = cp_record_from_json (&outer_record, node, mode, &error);

  g_assert_no_error (error);
  return outer;
}

static void
assert_refused (const char *key, const char *value, CpRecordMode mode, CpErrorCode code)
{
  g_autoptr (JsonNode) node = whole_with (key, value);
  g_autoptr (GError) error = NULL;

  if (cp_record_from_json (&outer_record, node, mode, &error) != NULL)
    g_error ("accepted: %s = %s", key, value);
  g_assert_error (error, CP_ERROR, (int) code);
  g_assert_cmpstr (cp_error_details (error)->field, ==, code == CP_ERROR_INVALID_FIELD ? key : NULL);
  if (mode == CP_RECORD_LENIENT)
    g_assert_nonnull (strstr (error->message, key));
}

static void
test_new (void)
{
  g_autoptr (Outer) outer = outer_new ();

  g_assert_cmpuint (outer->list->len, ==, 0);
  g_assert_cmpuint (g_strv_length (outer->words), ==, 0);
  g_assert_null (outer->text);
  outer_free (NULL);
  g_assert_null (cp_record_copy (&outer_record, NULL));
}

/* The arrays of one that is only written are NULL: written as empty ones, and copied as such. */
static void
test_bare (void)
{
  g_autoptr (Outer) bare = cp_record_new_bare (&outer_record);
  g_autoptr (Outer) outer = outer_new ();

  g_assert_null (bare->list);
  g_assert_null (bare->words);
  for (int i = 0; i < 2; i++)
    {
      Outer *either = i == 0 ? bare : outer;
      either->text = g_strdup ("a");
      either->date = g_strdup ("2026-03-03");
      either->inner = cp_record_new (&inner_type);
      either->inner->word = g_strdup ("b");
    }
  g_autofree char *text = cp_record_to_text (&outer_record, bare, NULL, NULL);
  g_autofree char *of_outer = cp_record_to_text (&outer_record, outer, NULL, NULL);
  g_assert_cmpstr (text, ==, of_outer);
  g_autoptr (Outer) copy = cp_record_copy (&outer_record, bare);
  g_assert_cmpuint (copy->list->len, ==, 0);
  g_autofree char *of_copy = cp_record_to_text (&outer_record, copy, NULL, NULL);
  g_assert_cmpstr (of_copy, ==, text);
}

static void
test_read (void)
{
  g_autoptr (Outer) outer = read_whole_with (NULL, NULL, CP_RECORD_STRICT);

  g_assert_cmpstr (outer->text, ==, "a");
  g_assert_cmpint (outer->number, ==, 5);
  g_assert_true (outer->yes);
  g_assert_cmpint (outer->time, ==, 1772542800 * CP_TIME_SECOND);
  g_assert_cmpstr (outer->date, ==, "2026-03-03");
  g_assert_cmpint (outer->kind, ==, 1);
  g_assert_cmpuint (outer->flags, ==, 2);
  g_assert_cmpstr (outer->inner->word, ==, "b");
  g_assert_cmpuint (outer->list->len, ==, 1);
  g_assert_cmpstr (((Inner *) outer->list->pdata[0])->word, ==, "c");
  g_assert_cmpuint (g_strv_length (outer->words), ==, 2);
  g_assert_null (outer->maybe);
  g_assert_cmpint (outer->maybe_time, ==, 0);
}

static void
test_write (void)
{
  g_autoptr (GTimeZone) amsterdam = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_autoptr (Outer) outer = read_whole_with (NULL, NULL, CP_RECORD_STRICT);
  g_autoptr (JsonNode) node = record_to_node (&outer_record, outer, amsterdam);
  g_autofree char *text = cp_json_text (node, NULL);

  g_assert_cmpstr (text, ==, WHOLE);
}

static void
test_missing (void)
{
  for (const CpField *field = outer_fields; field->key != NULL; field++)
    if (field->flags & CP_FIELD_OPTIONAL)
      {
        outer_free (read_whole_with (field->key, NULL, CP_RECORD_STRICT));
        outer_free (read_whole_with (field->key, "null", CP_RECORD_STRICT));
      }
    else
      {
        assert_refused (field->key, NULL, CP_RECORD_STRICT, CP_ERROR_BAD_REQUEST);
        assert_refused (field->key, NULL, CP_RECORD_LENIENT, CP_ERROR_BAD_REQUEST);
        assert_refused (field->key, "null", CP_RECORD_LENIENT, CP_ERROR_BAD_REQUEST);
      }
}

/* Every field against a value of every type: only its own is taken. */
static void
test_types (void)
{
  static const char *const values[] = { "\"x\"",        "5",   "5.0",  "true", "{}",
                                        "{\"word\":1}", "[1]", "[[]]", "[{}]", "[null]" };

  for (const CpField *field = outer_fields; field->key != NULL; field++)
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      {
        gboolean fits = (field->type == CP_FIELD_STRING && i == 0) || (field->type == CP_FIELD_INT && i == 1) ||
                        (field->type == CP_FIELD_BOOL && i == 3);
        g_autoptr (JsonNode) node = whole_with (field->key, values[i]);
        g_autoptr (GError) error = NULL;
        g_autoptr (Outer) outer = cp_record_from_json (&outer_record, node, CP_RECORD_LENIENT, &error);
        if ((outer != NULL) != fits)
          g_error ("%s = %s: %s", field->key, values[i], fits ? "refused" : "accepted");
        if (!fits)
          g_assert_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST);
      }
}

static void
test_limits (void)
{
  g_autofree char *letters = g_strnfill (10001, 'a');
  g_autofree char *fits = g_strdup_printf ("\"%.10000s\"", letters);
  g_autofree char *longer = g_strdup_printf ("\"%s\"", letters);
  g_autofree char *longer_word = g_strdup_printf ("[\"%s\"]", letters);

  outer_free (read_whole_with ("small", "\"€€€\"", CP_RECORD_STRICT));
  assert_refused ("small", "\"€€€€\"", CP_RECORD_STRICT, CP_ERROR_INVALID_FIELD);
  outer_free (read_whole_with ("text", fits, CP_RECORD_STRICT));
  assert_refused ("text", longer, CP_RECORD_STRICT, CP_ERROR_INVALID_FIELD);
  assert_refused ("words", longer_word, CP_RECORD_STRICT, CP_ERROR_INVALID_FIELD);
  outer_free (read_whole_with ("number", "-5", CP_RECORD_STRICT));
  assert_refused ("number", "-6", CP_RECORD_STRICT, CP_ERROR_INVALID_FIELD);
  assert_refused ("number", "6", CP_RECORD_LENIENT, CP_ERROR_INVALID_FIELD);
  outer_free (read_whole_with ("any", "-9223372036854775808", CP_RECORD_STRICT));
  assert_refused ("words", "[\"a\",\"b\",\"c\"]", CP_RECORD_STRICT, CP_ERROR_BAD_REQUEST);
  assert_refused ("list", "[{\"word\":\"a\"},{\"word\":\"b\"},{\"word\":\"c\"}]", CP_RECORD_STRICT,
                  CP_ERROR_BAD_REQUEST);
}

static void
test_control_characters (void)
{
  static const char *const bad[] = {
    "\"a\\r\"", "\"\\u0001\"", "\"\\u001b[0m\"", "\"\x7f\"", "\"\\u0085\"", "\"\\f\""
  };

  outer_free (read_whole_with ("text", "\"a\\nb\\tc\\u2028\"", CP_RECORD_STRICT));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused ("text", bad[i], CP_RECORD_STRICT, CP_ERROR_INVALID_FIELD);
  assert_refused ("words", "[\"ok\",\"a\\r\"]", CP_RECORD_STRICT, CP_ERROR_INVALID_FIELD);
}

static void
test_syntax (void)
{
  assert_refused ("time", "\"2026-03-03T14:00:00\"", CP_RECORD_STRICT, CP_ERROR_BAD_REQUEST);
  assert_refused ("date", "\"2026-02-30\"", CP_RECORD_STRICT, CP_ERROR_BAD_REQUEST);
  assert_refused ("kind", "\"First\"", CP_RECORD_STRICT, CP_ERROR_BAD_REQUEST);
}

static void
test_modes (void)
{
  assert_refused ("new", "1", CP_RECORD_STRICT, CP_ERROR_BAD_REQUEST);
  assert_refused ("inner", "{\"word\":\"x\",\"new\":1}", CP_RECORD_STRICT, CP_ERROR_BAD_REQUEST);
  assert_refused ("flags", "[\"read\",\"new\"]", CP_RECORD_STRICT, CP_ERROR_BAD_REQUEST);
  outer_free (read_whole_with ("new", "1", CP_RECORD_LENIENT));
  outer_free (read_whole_with ("inner", "{\"word\":\"x\",\"new\":1}", CP_RECORD_LENIENT));
  g_autoptr (Outer) outer = read_whole_with ("flags", "[\"new\",\"read\"]", CP_RECORD_LENIENT);
  g_assert_cmpuint (outer->flags, ==, 1);
  assert_refused ("flags", "[1]", CP_RECORD_LENIENT, CP_ERROR_BAD_REQUEST);
  assert_refused ("kind", "\"new\"", CP_RECORD_LENIENT, CP_ERROR_BAD_REQUEST);
}

static void
test_not_an_object (void)
{
  static const char *const texts[] = { "[]", "null", "\"x\"", "1" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = cp_json_parse (texts[i], strlen (texts[i]), 4, NULL);
      g_autoptr (GError) error = NULL;
      g_assert_null (cp_record_from_json (&outer_record, node, CP_RECORD_LENIENT, &error));
      g_assert_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST);
    }
}

static void
test_secret (void)
{
  Outer *outer = read_whole_with ("secret", "\"geheim\"", CP_RECORD_STRICT);

  outer_free (outer);
  g_assert_cmpstr (wiped, ==, "geheim");
}

/* An array may outlive its record and still frees what it holds. */
static void
test_stolen_array (void)
{
  Outer *outer = read_whole_with (NULL, NULL, CP_RECORD_STRICT);
  g_autoptr (GPtrArray) list = g_steal_pointer (&outer->list);

  outer_free (outer);
  g_assert_cmpstr (((Inner *) list->pdata[0])->word, ==, "c");
}

static void
test_copy (void)
{
  Outer *outer = read_whole_with ("maybe", "\"x\"", CP_RECORD_STRICT);
  g_autoptr (JsonNode) before = record_to_node (&outer_record, outer, NULL);
  g_autoptr (Outer) copy = cp_record_copy (&outer_record, outer);

  outer_free (outer);
  g_autoptr (JsonNode) after = record_to_node (&outer_record, copy, NULL);
  g_assert_true (json_node_equal (before, after));
}

static void
test_written (void)
{
  g_autoptr (Outer) outer = read_whole_with (NULL, NULL, CP_RECORD_STRICT);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3600);
  g_autofree char *before = cp_record_to_text (&outer_record, outer, zone, NULL);
  Inner *inner = outer->list->pdata[0];
  g_autofree char *text = cp_record_to_text (&inner_type, inner, zone, NULL);
  g_autofree char *longer = g_strconcat (text, "and more", NULL);
  Inner *written = cp_record_new_written (&inner_type, longer, strlen (text));

  g_assert_null (written->word);
  cp_record_free (&inner_type, inner);
  outer->list->pdata[0] = written;
  g_autofree char *after = cp_record_to_text (&outer_record, outer, zone, NULL);
  g_assert_cmpstr (after, ==, before);
  g_autoptr (Outer) copy = cp_record_copy (&outer_record, outer);
  g_autofree char *of_copy = cp_record_to_text (&outer_record, copy, zone, NULL);
  g_assert_cmpstr (of_copy, ==, before);
}

static void
test_mistakes (void)
{
  g_autoptr (Outer) outer = read_whole_with (NULL, NULL, CP_RECORD_STRICT);

  outer->kind = 2;
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "Outer.kind has no value*");
  g_autoptr (JsonNode) node = record_to_node (&outer_record, outer, NULL);
  g_test_assert_expected_messages ();
  g_assert_true (json_object_get_null_member (json_node_get_object (node), "kind"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/new", test_new);
  g_test_add_func ("/record/bare", test_bare);
  g_test_add_func ("/record/read", test_read);
  g_test_add_func ("/record/write", test_write);
  g_test_add_func ("/record/missing", test_missing);
  g_test_add_func ("/record/types", test_types);
  g_test_add_func ("/record/limits", test_limits);
  g_test_add_func ("/record/control-characters", test_control_characters);
  g_test_add_func ("/record/syntax", test_syntax);
  g_test_add_func ("/record/modes", test_modes);
  g_test_add_func ("/record/not-an-object", test_not_an_object);
  g_test_add_func ("/record/secret", test_secret);
  g_test_add_func ("/record/stolen-array", test_stolen_array);
  g_test_add_func ("/record/copy", test_copy);
  g_test_add_func ("/record/written", test_written);
  g_test_add_func ("/record/mistakes", test_mistakes);
  return g_test_run ();
}
