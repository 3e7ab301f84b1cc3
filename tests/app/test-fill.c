/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-fill.h"

static void
test_pairs (void)
{
  g_autofree char *text = cpa_fill ("{last}, {first} and {last}", "first", "Ann", "last", "Bo", NULL);

  g_assert_cmpstr (text, ==, "Bo, Ann and Bo");
}

static void
test_values_are_not_templates (void)
{
  g_autofree char *text = cpa_fill ("{name}: {text}", "name", "{text}", "text", "{name}", NULL);

  g_assert_cmpstr (text, ==, "{text}: {name}");
}

static void
test_null_is_empty (void)
{
  g_autofree char *text = cpa_fill ("[{name}]", "name", NULL, NULL);

  g_assert_cmpstr (text, ==, "[]");
}

static void
test_left_as_it_is (void)
{
  static const char *const same[] = { "", "plain", "{unknown} stays", "an open { brace", "}{", "{" };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *text = cpa_fill (same[i], "name", "x", NULL);

      g_assert_cmpstr (text, ==, same[i]);
    }
}

static void
test_number (void)
{
  g_autofree char *text = cpa_fill_n ("{names} and {n} more", G_GINT64_CONSTANT (5000000000), "names", "Ann", NULL);

  g_assert_cmpstr (text, ==, "Ann and 5000000000 more");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fill/pairs", test_pairs);
  g_test_add_func ("/fill/values-are-not-templates", test_values_are_not_templates);
  g_test_add_func ("/fill/null-is-empty", test_null_is_empty);
  g_test_add_func ("/fill/left-as-it-is", test_left_as_it_is);
  g_test_add_func ("/fill/number", test_number);
  return g_test_run ();
}
