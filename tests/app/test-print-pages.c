/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where pages end. */
#include "cpa-pages.h"

#define HEIGHT 100.0

/* What has to be so for any lines. */
static void
assert_whole (const CpaPagesLine *lines, guint n)
{
  g_autoptr (GArray) pages = cpa_pages_break (lines, n, HEIGHT);

  g_assert_cmpint (pages->len > 0, ==, n > 0);
  for (guint i = 0; i < pages->len; i++)
    {
      guint start = g_array_index (pages, guint, i);
      guint end = i + 1 < pages->len ? g_array_index (pages, guint, i + 1) : n;
      double used = lines[start].height;
      gboolean divisible = FALSE;

      g_assert_cmpint (start, ==, i == 0 ? 0 : start);
      g_assert_cmpint (start, <, end);
      for (guint j = start + 1; j < end; j++)
        used += lines[j].gap + lines[j].height;
      g_assert_true (used <= HEIGHT || end == start + 1);
      if (end == n || !lines[end - 1].glue)
        continue;
      /* It ends with glue: then all of the page is glued together. */
      for (guint j = start; j < end; j++)
        divisible |= !lines[j].glue;
      g_assert_false (divisible);
    }
  if (n > 0)
    g_assert_cmpint (g_array_index (pages, guint, 0), ==, 0);
}

static void
test_any_lines (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1938);

  for (int i = 0; i < 3000; i++)
    {
      CpaPagesLine lines[200];
      guint n = (guint) g_rand_int_range (rand, 0, 200);
      int glue = g_rand_int_range (rand, 1, 12);

      for (guint j = 0; j < n; j++)
        lines[j] = (CpaPagesLine){ g_rand_double_range (rand, 1, g_rand_int_range (rand, 0, 40) == 0 ? 150 : 40),
                                   g_rand_double_range (rand, 0, 20), g_rand_int_range (rand, 0, glue) == 0 };
      assert_whole (lines, n);
    }
}

static void
test_heading_moves (void)
{
  CpaPagesLine lines[6];
  g_autoptr (GArray) pages = NULL;

  for (guint i = 0; i < 6; i++)
    lines[i] = (CpaPagesLine){ 25, 0, FALSE };
  /* Four fit; the fourth is a heading, and goes with the fifth. */
  lines[3].glue = TRUE;
  pages = cpa_pages_break (lines, 6, HEIGHT);
  g_assert_cmpint (pages->len, ==, 2);
  g_assert_cmpint (g_array_index (pages, guint, 1), ==, 3);
}

static void
test_gap_of_first_line (void)
{
  CpaPagesLine lines[] = { { 60, 50, FALSE }, { 60, 50, FALSE }, { 40, 0, FALSE } };
  g_autoptr (GArray) pages = cpa_pages_break (lines, 3, HEIGHT);

  g_assert_cmpint (pages->len, ==, 2);
  g_assert_cmpint (g_array_index (pages, guint, 1), ==, 1);
}

static void
test_glue (void)
{
  static const struct
  {
    guint line, n;
    gboolean heading, glue;
  } cases[] = {
    { 0, 1, TRUE, TRUE },   { 0, 1, FALSE, FALSE }, { 0, 3, FALSE, TRUE },  { 1, 3, FALSE, TRUE },
    { 2, 3, FALSE, FALSE }, { 0, 9, FALSE, TRUE },  { 1, 9, FALSE, FALSE }, { 7, 9, FALSE, TRUE },
    { 8, 9, FALSE, FALSE }, { 1, 2, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cpa_pages_glue (cases[i].line, cases[i].n, cases[i].heading), ==, cases[i].glue);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print-pages/any-lines", test_any_lines);
  g_test_add_func ("/print-pages/heading-moves", test_heading_moves);
  g_test_add_func ("/print-pages/gap-of-first-line", test_gap_of_first_line);
  g_test_add_func ("/print-pages/glue", test_glue);
  return g_test_run ();
}
