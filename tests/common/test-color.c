/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-color.h"

static void
test_luminance (void)
{
  g_assert_cmpfloat (cp_color_luminance (0, 0, 0), ==, 0);
  g_assert_cmpfloat_with_epsilon (cp_color_luminance (1, 1, 1), 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (cp_color_luminance (0.5, 0.5, 0.5), 0.214, 1e-3);
}

/* Whatever the organisation takes for its colour, words on it can be read. */
static void
test_ink (void)
{
  static const struct
  {
    const char *color, *ink;
  } cases[] = {
    { CP_COLOR_ACCENT, "#ffffff" },
    { "#ffffff", "#000000" },
    { "#000000", "#ffffff" },
    { "#FFFF00", "#000000" },
    { "#1e3a8a", "#ffffff" },
    { "#d02090", "#ffffff" },
    { "#e08020", "#000000" },
    /* Without the gamma of a screen one would take white. */
    { "#00a000", "#000000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (cp_color_ink (cases[i].color), ==, cases[i].ink);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/color/luminance", test_luminance);
  g_test_add_func ("/color/ink", test_ink);
  return g_test_run ();
}
