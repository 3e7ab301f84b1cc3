/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-accent.h"

#include <string.h>

static void
test_fits (void)
{
  /* Dark enough already: taken as it is. */
  g_autofree char *css = cpa_accent_css ("#1e6b52", FALSE);

  g_assert_nonnull (strstr (css, "accent_bg_color rgb(30,107,82)"));
  g_assert_nonnull (strstr (css, "accent_color rgb(30,107,82)"));
}

static void
test_changed_until_readable (void)
{
  g_autofree char *light = cpa_accent_css ("#e08020", FALSE);
  g_autofree char *dark = cpa_accent_css ("#1e3a8a", TRUE);

  g_assert_nonnull (light);
  g_assert_null (strstr (light, "rgb(224,128,32)"));
  g_assert_nonnull (strstr (dark, "accent_bg_color rgb(30,58,138)"));
  g_assert_null (strstr (dark, "accent_color rgb(30,58,138)"));
}

static void
test_refused (void)
{
  static const char *const refused[] = {
    "", "green", "#12345", "#1234567", "#gggggg", "#ffffc0", "#123456;} * {", NULL
  };

  for (guint i = 0; refused[i] != NULL; i++)
    g_assert_null (cpa_accent_css (refused[i], FALSE));
  g_assert_null (cpa_accent_css (NULL, TRUE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/accent/fits", test_fits);
  g_test_add_func ("/accent/changed-until-readable", test_changed_until_readable);
  g_test_add_func ("/accent/refused", test_refused);
  return g_test_run ();
}
