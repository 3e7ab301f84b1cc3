/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-language.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* Gettext translates nothing in the locale C, whatever LANGUAGE says, and newer ones nothing in C.UTF-8 either. So when
 * the desktop names one of these, or one that is not installed, any other installed one will do for the messages. */
static const char *const stand_ins[] = {
  "nl_NL.UTF-8", "nl_BE.UTF-8", "en_US.UTF-8", "en_GB.UTF-8", "en_DK.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8",
};

/* Where none of those is installed: C.UTF-8 itself. By this name glibc finds it all the same (it looks below its folder
 * of locales), and does not know that it is C, so LANGUAGE counts. */
static const char messages_stand_in[] = "/C.UTF-8";

static const char *language = "nl";

static gboolean
is_language (const char *wish, const char *code)
{
  gsize length = strlen (code);
  return strncmp (wish, code, length) == 0 && (wish[length] == '\0' || strchr ("_.@", wish[length]) != NULL);
}

const char *
cpa_language_choose (const char *const *wishes)
{
  for (gsize i = 0; wishes != NULL && wishes[i] != NULL; i++)
    {
      if (is_language (wishes[i], "nl"))
        return "nl";
      if (is_language (wishes[i], "en"))
        return "en";
    }
  return "nl";
}

static gboolean
is_c (const char *locale)
{
  return locale == NULL || strcmp (locale, "C") == 0 || strcmp (locale, "POSIX") == 0 ||
         g_str_has_prefix (locale, "C.");
}

static void
leave_c (int category, const char *last)
{
  const char *locale = setlocale (category, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (stand_ins) && is_c (locale); i++)
    locale = setlocale (category, stand_ins[i]);
  if (is_c (locale))
    setlocale (category, last);
}

void
cpa_language_setup (const char *locale_dir)
{
  language = cpa_language_choose (g_get_language_names ());
  g_setenv ("LANGUAGE", language, TRUE);
  g_unsetenv ("LC_ALL");
  setlocale (LC_ALL, "");
  leave_c (LC_CTYPE, "C.UTF-8");
  leave_c (LC_MESSAGES, messages_stand_in);
  g_setenv ("LC_CTYPE", setlocale (LC_CTYPE, NULL), TRUE);
  g_setenv ("LC_MESSAGES", setlocale (LC_MESSAGES, NULL), TRUE);
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

const char *
cpa_language_get (void)
{
  return language;
}

const char *
cpa_language_text (const CpText *text)
{
  return strcmp (language, "en") == 0 ? text->en : text->nl;
}
