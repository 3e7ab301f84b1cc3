/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libintl.h>
#include <locale.h>

#include "cpa-language.h"

static void
test_choose (void)
{
  static const struct
  {
    const char *wishes[4];
    const char *language;
  } rows[] = {
    { { "nl_NL.UTF-8", "nl_NL", "nl", "C" }, "nl" },
    { { "en_GB.UTF-8", "en", "C" }, "en" },
    { { "de_DE.UTF-8", "de", "C" }, "nl" },
    { { "de", "en", "nl" }, "en" },
    { { "C" }, "nl" },
    { { "nld" }, "nl" },
    { { "english" }, "nl" },
    { { NULL }, "nl" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *wishes[5] = { rows[i].wishes[0], rows[i].wishes[1], rows[i].wishes[2], rows[i].wishes[3], NULL };
      g_assert_cmpstr (cpa_language_choose (wishes), ==, rows[i].language);
    }
}

/* In a process of its own: what a person without any locale, or with one that is not there, gets to see. */
static void
check_speaks (const char *const *environment, const char *word)
{
  if (g_test_subprocess ())
    {
      for (gsize i = 0; environment[i] != NULL; i += 2)
        g_setenv (environment[i], environment[i + 1], TRUE);
      cpa_language_setup (BUILT_LOCALE_DIR);
      g_assert_cmpstr (dgettext ("clientportaal", "Log In"), ==, word);
      /* As GTK does when it starts. */
      setlocale (LC_ALL, "");
      g_assert_cmpstr (dgettext ("clientportaal", "Log In"), ==, word);
      g_assert_true (g_get_charset (NULL));
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
clear_locale (void)
{
  static const char *const names[] = { "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
}

static void
test_no_locale (void)
{
  static const char *const none[] = { NULL };

  clear_locale ();
  check_speaks (none, "Inloggen");
}

static void
test_c_locale (void)
{
  static const char *const c[] = { "LC_ALL", "C", NULL };

  clear_locale ();
  check_speaks (c, "Inloggen");
}

/* Newer glibcs translate nothing in this one either. */
static void
test_c_utf8_locale (void)
{
  static const char *const c[] = { "LANG", "C.UTF-8", NULL };

  clear_locale ();
  check_speaks (c, "Inloggen");
}

static void
test_missing_locale (void)
{
  static const char *const german[] = { "LANG", "xx_YY.UTF-8", NULL };

  clear_locale ();
  check_speaks (german, "Inloggen");
}

static void
test_english (void)
{
  static const char *const english[] = { "LANG", "en_US.UTF-8", NULL };

  clear_locale ();
  check_speaks (english, "Log In");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/choose", test_choose);
  g_test_add_func ("/language/no-locale", test_no_locale);
  g_test_add_func ("/language/c", test_c_locale);
  g_test_add_func ("/language/c-utf8", test_c_utf8_locale);
  g_test_add_func ("/language/missing", test_missing_locale);
  g_test_add_func ("/language/english", test_english);
  return g_test_run ();
}
