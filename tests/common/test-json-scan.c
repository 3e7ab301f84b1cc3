/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-json-scan.h"

/* A text with its length, for texts with NUL in them. */
typedef struct
{
  const char *text;
  gsize length;
} Text;

#define T(text)                                                                                                        \
  {                                                                                                                    \
    text, sizeof (text) - 1                                                                                            \
  }

/* A copy without NUL behind it, so that valgrind and ASan see a byte too many. */
static gboolean
scan (const char *text, gsize length, int depth, gsize *offset)
{
  g_autofree char *exact = g_memdup2 (text, length);

  g_autoptr (JsonNode) node = cp_json_scan (exact, length, depth, offset, NULL);

  return node != NULL;
}

static const Text good[] = {
  T ("{}"),
  T ("[]"),
  T ("null"),
  T ("true"),
  T ("false"),
  T ("0"),
  T ("\"\""),
  T (" \t\r\n{ \t\r\n} \t\r\n"),
  T ("[ 1 , 2 ]"),
  T ("{\"a\":1,\"b\":[{}]}"),
  T ("{\"\":0}"),
  T ("[[],[[]]]"),
  /* Numbers */
  T ("-0"),
  T ("-1"),
  T ("10"),
  T ("0.5"),
  T ("-0.0"),
  T ("0e1"),
  T ("0E+1"),
  T ("1e-2"),
  T ("123.456e78"),
  T ("9223372036854775807"),
  T ("-9223372036854775808"),
  T ("1.7976931348623157e308"),
  T ("1e-400"),
  T ("5e-324"),
  T ("12345678901234567890.0"),
  T ("-0.000000000000000000000000000000000000000000000000000000000000000000000000000001"),
  /* Strings */
  T ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""),
  T ("\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00\""),
  T ("\"/\""),
  T ("\"'\""),
  T ("\"\x7f\""),
  T ("\"\xc3\xab\xe2\x82\xac\xf0\x9f\x98\x80\""),
  T ("\"\xe2\x80\xa8\""),
  T ("\"\\uFFFF\""),
  T ("\"\\u0001\""),
  T ("\"\xef\xbb\xbf\""),
  T ("\"/* no comment */\""),
  T ("\"\\\\u0000\""),
  /* The same key in other objects, other case, or other form */
  T ("[{\"a\":1},{\"a\":1}]"),
  T ("{\"a\":{\"a\":1}}"),
  T ("{\"a\":1,\"A\":2}"),
  T ("{\"\\u00e9\":1,\"e\\u0301\":2}"),
};

static const Text bad[] = {
  T (""),
  T (" "),
  T ("\n"),
  /* What json-glib 1.6 takes */
  T ("{\"a\":1,\"a\":2}"),
  T ("/* c */ {}"),
  T ("{} // c"),
  T ("['a']"),
  T ("{'a':1}"),
  T ("010"),
  T ("-010"),
  T ("0x1F"),
  T (".5"),
  T ("-.5"),
  T ("1e999"),
  T ("-1e999"),
  T ("12345678901234567890"),
  T ("{} {}"),
  T ("[][]"),
  T ("1 2"),
  T ("\"a\nb\""),
  T ("\"a\tb\""),
  T ("\"\\q\""),
  T ("var x = {}"),
  T ("\xef\xbb\xbf{}"),
  T ("\"a\\u0000b\""),
  T ("\"a\0b\""),
  T ("{\"a\\u0000\":1}"),
  T ("{}\0"),
  T ("\0{}"),
  /* Keys that are the same once unescaped */
  T ("{\"a\":1,\"\\u0061\":2}"),
  T ("{\"\\/\":1,\"/\":2}"),
  T ("{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}"),
  T ("{\"\":1,\"\":2}"),
  T ("{\"b\":{},\"c\":[{\"x\":1,\"y\":2,\"x\":3}]}"),
  /* Numbers */
  T ("-"),
  T ("+1"),
  T ("1."),
  T ("1.e1"),
  T ("1e"),
  T ("1e+"),
  T ("1E-"),
  T ("00"),
  T ("01"),
  T ("0 1"),
  T ("- 1"),
  T ("--1"),
  T ("1.2.3"),
  T ("1e1.5"),
  T ("1_000"),
  T ("1,5"),
  T ("NaN"),
  T ("Infinity"),
  T ("-Infinity"),
  T ("0b1"),
  T ("1f"),
  T ("9223372036854775808"),
  T ("-9223372036854775809"),
  T ("\xef\xbc\x91"),
  /* Strings */
  T ("\""),
  T ("\"a"),
  T ("\"\\"),
  T ("\"\\\""),
  T ("\"\\u\""),
  T ("\"\\u12\""),
  T ("\"\\u12g4\""),
  T ("\"\\U0041\""),
  T ("\"\\x41\""),
  T ("\"\\'\""),
  T ("\"\\0\""),
  T ("\"\\a\""),
  T ("\"\x1f\""),
  T ("a"),
  T ("\"\\ud83d\""),
  T ("\"\\ude00\""),
  T ("\"\\ud83dx\""),
  T ("\"\\ud83d\\n\""),
  T ("\"\\ud83d\\u0041\""),
  T ("\"\\ud83d\\ud83d\""),
  T ("\"\\ude00\\ud83d\""),
  T ("\"\\ud83d\\u\""),
  T ("{\"\\ud83d\":1}"),
  /* Not UTF-8 */
  T ("\"\xff\""),
  T ("\"\xc3\""),
  T ("\"\xc0\x80\""),
  T ("\"\xc0\xaf\""),
  T ("\"\xed\xa0\x80\""),
  T ("\"\xf4\x90\x80\x80\""),
  T ("\"\xe2\x82\""),
  T ("\xff"),
  T ("{}\xff"),
  T ("{\"\xe9\":1}"),
  T ("\xff\xfe{\0}\0"),
  /* Structure */
  T ("{"),
  T ("["),
  T ("}"),
  T ("]"),
  T ("[}"),
  T ("{]"),
  T ("[1"),
  T ("[1,"),
  T ("[1,]"),
  T ("[,1]"),
  T ("[1,,2]"),
  T ("[1 2]"),
  T ("[1:2]"),
  T ("{\"a\"}"),
  T ("{\"a\":}"),
  T ("{\"a\":1,}"),
  T ("{,}"),
  T ("{\"a\" 1}"),
  T ("{\"a\":1 \"b\":2}"),
  T ("{a:1}"),
  T ("{1:1}"),
  T ("{null:1}"),
  T ("{\"a\"::1}"),
  T ("{\"a\":1;}"),
  T ("[1];"),
  T (","),
  T (":"),
  T ("{}}"),
  T ("[]]"),
  T ("nul"),
  T ("nulll"),
  T ("True"),
  T ("NULL"),
  T ("tru"),
  T ("truefalse"),
  T ("undefined"),
  T ("[\f1]"),
  T ("[\v1]"),
  T ("\xc2\xa0[1]"),
  T ("[1]\xe2\x80\xa8"),
  T ("#\n1"),
  T ("<a/>"),
  T ("{\"a\":1}#"),
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gsize offset = 0;
      if (!scan (good[i].text, good[i].length, 8, &offset))
        g_error ("%s: refused at %" G_GSIZE_FORMAT, good[i].text, offset);
    }
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gsize offset = G_MAXSIZE;
      if (scan (bad[i].text, bad[i].length, 8, &offset))
        g_error ("accepted: %s", bad[i].text);
      g_assert_cmpuint (offset, <=, bad[i].length);
    }
}

/* Nothing that was cut off is whole, but a number. */
static void
test_cut (void)
{
  static const char text[] = "{\"a\":[1.5e3,true,\"\\ud83d\\ude00\\n\xe2\x82\xac\"],\"b\":{\"c\":null}}";

  for (gsize length = 0; length < strlen (text); length++)
    g_assert_false (scan (text, length, 8, NULL));
  g_assert_true (scan (text, strlen (text), 8, NULL));
}

static void
test_offset (void)
{
  static const struct
  {
    const char *text;
    gsize offset;
    const char *reason;
  } rows[] = {
    { "[1, x]", 4, "a value was expected" },
    { "[1,", 3, "the text ends too early" },
    { "{} {}", 3, "more text after the value" },
    { "{\"a\":1, \"a\":2}", 8, "the key is there twice" },
    { "[1, 1e999]", 4, "the number is out of range" },
    { "\"a\xff\"", 2, "not valid UTF-8" },
    { "\"a\tb\"", 2, "a control character in a string" },
    { "[\"\\u0000\"]", 4, "U+0000 is not allowed" },
    { "[[[]]]", 2, "nested too deep" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *reason = NULL;
      gsize offset = 0;
      g_assert_null (cp_json_scan (rows[i].text, strlen (rows[i].text), 2, &offset, &reason));
      g_assert_cmpuint (offset, ==, rows[i].offset);
      g_assert_cmpstr (reason, ==, rows[i].reason);
    }
}

static gboolean
scan_nested (const char *open, const char *close, int levels, int max_depth)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < levels; i++)
    g_string_append (text, open);
  g_string_append (text, "0");
  for (int i = 0; i < levels; i++)
    g_string_append (text, close);
  return scan (text->str, text->len, max_depth, NULL);
}

static void
test_depth (void)
{
  g_assert_true (scan_nested ("[", "]", 16, 16));
  g_assert_false (scan_nested ("[", "]", 17, 16));
  g_assert_true (scan_nested ("{\"a\":", "}", 64, 64));
  g_assert_false (scan_nested ("{\"a\":", "}", 65, 64));
  g_assert_false (scan_nested ("[", "]", 1, 0));
  g_assert_true (scan_nested ("[", "]", 0, 0));
  g_assert_false (scan_nested ("[", "]", 200000, 64));
  g_assert_false (scan_nested ("[", "]", 200000, G_MAXINT));
  g_assert_false (scan_nested ("[", "]", 1, -1));
  /* Siblings are not depth. */
  g_assert_true (scan ("[[],[],[],[]]", 13, 2, NULL));
}

static gboolean
scan_members (int n)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"%d\":0", i > 0 ? "," : "", i);
  g_string_append (text, "}");
  return scan (text->str, text->len, 8, NULL);
}

static void
test_members (void)
{
  g_assert_true (scan_members (1000));
  g_assert_false (scan_members (1001));
}

static void
test_long_number (void)
{
  g_autofree char *zeros = g_strnfill (200, '0');
  g_autofree char *fits = g_strdup_printf ("0.%.125s", zeros);
  g_autofree char *longer = g_strdup_printf ("0.%.126s", zeros);

  g_assert_true (scan (fits, strlen (fits), 8, NULL));
  g_assert_false (scan (longer, strlen (longer), 8, NULL));
}

/* What is not wanted is judged all the same. */
static void
test_only_members (void)
{
  static const char *const members[] = { "id", "name", NULL };
  static const struct
  {
    const char *text;
    const char *kept; /* (nullable): refused */
  } rows[] = {
    { "{\"id\":\"1\",\"more\":[1,2.5,{\"id\":\"2\"},\"x\",true,false,null],\"name\":[{\"more\":7,\"id\":8}]}",
      "{\"id\":\"1\",\"name\":[{\"more\":7,\"id\":8}]}" },
    { "{\"more\":{}}", "{}" },
    { "{\"more\":[],\"name\":null}", "{\"name\":null}" },
    { "{\"more\":{\"a\":[{}]},\"id\":1}", "{\"id\":1}" },
    { "{\"m\\u0069d\":0,\"\\u0069d\":1}", "{\"id\":1}" },
    { "{\"id\":1,\"id\":1}", NULL },
    { "{\"more\":01}", NULL },
    { "{\"more\":1e999}", NULL },
    { "{\"more\":\"\\ud800\"}", NULL },
    { "{\"more\":\"\\u0000\"}", NULL },
    { "{\"more\":[1,]}", NULL },
    { "{\"more\":[1", NULL },
    { "{\"more\":{\"a\" 1}}", NULL },
    { "{\"more\":tru}", NULL },
    { "{\"more\":[[[[]]]]}", NULL },
    { "{\"more\":1} x", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) node = cp_json_scan_members (rows[i].text, strlen (rows[i].text), 4, members, NULL, NULL);
      g_autofree char *kept = node != NULL ? json_to_string (node, FALSE) : NULL;

      g_assert_cmpstr (kept, ==, rows[i].kept);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-scan/good", test_good);
  g_test_add_func ("/json-scan/bad", test_bad);
  g_test_add_func ("/json-scan/cut", test_cut);
  g_test_add_func ("/json-scan/offset", test_offset);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/members", test_members);
  g_test_add_func ("/json-scan/long-number", test_long_number);
  g_test_add_func ("/json-scan/only-members", test_only_members);
  return g_test_run ();
}
