/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-size-text.h"

#include "cpa-language.h"

/* Also where no Dutch locale is installed, as where the tests run. */
static void
test_dutch (void)
{
  static const struct
  {
    gint64 bytes;
    const char *dutch;
  } cases[] = {
    { 0, "1\u00a0kB" },         { 9, "1\u00a0kB" },        { 1499, "1\u00a0kB" },      { 1500, "2\u00a0kB" },
    { 102040, "102\u00a0kB" },  { 999499, "999\u00a0kB" }, { 999500, "1\u00a0MB" },    { 1400000, "1,4\u00a0MB" },
    { 9949999, "9,9\u00a0MB" }, { 9950000, "10\u00a0MB" }, { 10485760, "10\u00a0MB" }, { 10500000, "11\u00a0MB" },
    { 21000000, "21\u00a0MB" }, { 5049999, "5\u00a0MB" },  { 5050000, "5,1\u00a0MB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpa_size_text (cases[i].bytes);

      g_assert_cmpstr (text, ==, cases[i].dutch);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "nl", TRUE);
  g_test_init (&argc, &argv, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  g_test_add_func ("/size-text/dutch", test_dutch);
  return g_test_run ();
}
