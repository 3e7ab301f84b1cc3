/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "json-check.h"

#define ROUNDS 100000
#define SEED 20260303

static const char *const seeds[] = {
  "{\"a\":[1,-2.5e3,true,false,null],\"b\":{\"c\":\"x\\u00e9\\n\"}}",
  "[0,-0,0e1,1E-2,9223372036854775807,-9223372036854775808,1e308,5e-324]",
  "[\"\\ud83d\\ude00\",\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"\xe2\x82\xac\x7f\",\"\"]",
  "[[[{\"x\":{}}]],{\"x\":[{}],\"y\":\" \"}]",
};

static const char *const pieces[] = {
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\"",
  "\\",
  "\\u",
  "\\u0000",
  "\\ud83d",
  "\\ude00",
  "0",
  "9",
  "-",
  ".",
  "e",
  "E+",
  "null",
  "true",
  "/*",
  "*/",
  "//",
  "'",
  "0x1F",
  "\n",
  " ",
  "\xef\xbb\xbf",
  "\xc3",
  "\xff",
  "\"a\":1,",
  "1e999",
  "92233720368547758080",
};

static void
mutate (GString *text, GRand *random)
{
  gsize at = g_rand_int_range (random, 0, text->len + 1);
  gsize rest = text->len - at;
  gsize cut = g_rand_int_range (random, 1, 4);
  const char *piece = pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))];

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      g_string_erase (text, at, MIN (rest, cut));
      break;
    case 1:
      g_string_insert (text, at, piece);
      break;
    case 2:
      if (rest > 0)
        text->str[at] ^= 1 << g_rand_int_range (random, 0, 8);
      break;
    default:
      g_string_overwrite (text, at, piece);
    }
}

static void
test_mutations (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  int accepted = 0;

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GString) text = g_string_new (seeds[i % G_N_ELEMENTS (seeds)]);
      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        mutate (text, random);
      g_autofree char *exact = g_memdup2 (text->str, text->len);
      accepted += json_check (exact, text->len);
    }
  /* Both kinds must come up, or the mutations test nothing. */
  g_assert_cmpint (accepted, >, ROUNDS / 50);
  g_assert_cmpint (accepted, <, ROUNDS / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/mutations", test_mutations);
  return g_test_run ();
}
