/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-language.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* Gettext translates nothing in the locale C, whatever LANGUAGE says, and newer ones nothing in C.UTF-8 either. So when
 * the desktop names no locale, or one that is not installed, any other installed one will do for the messages. */
static const char *const stand_ins[] = {
  "nl_NL.UTF-8", "nl_BE.UTF-8", "en_US.UTF-8", "en_GB.UTF-8", "en_DK.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8",
};

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
is_plain_c (const char *locale)
{
  return locale == NULL || strcmp (locale, "C") == 0 || strcmp (locale, "POSIX") == 0;
}

static void
ensure_utf8 (int category)
{
  const char *locale = setlocale (category, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (stand_ins) && is_plain_c (locale); i++)
    locale = setlocale (category, stand_ins[i]);
}

void
cpa_language_setup (const char *locale_dir)
{
  language = cpa_language_choose (g_get_language_names ());
  g_setenv ("LANGUAGE", language, TRUE);
  g_unsetenv ("LC_ALL");
  setlocale (LC_ALL, "");
  ensure_utf8 (LC_CTYPE);
  ensure_utf8 (LC_MESSAGES);
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
