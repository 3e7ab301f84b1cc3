/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that a catalogue holds in an unusual way, and may lose: with a context, or a context and a plural. */
#include <glib/gi18n.h>

#include "config.h"
#include "cpa-kin-text.h"
#include "cpa-language.h"
#include "cpa-time-text.h"

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_waits (void)
{
  assert_text (cpa_time_wait (1), "1 seconde");
  assert_text (cpa_time_wait (89), "89 seconden");
  assert_text (cpa_time_wait (15 * 60), "15 minuten");
  assert_text (cpa_time_wait (7200), "2 uur");
  assert_text (cpa_time_wait (3 * 86400), "3 dagen");
}

static void
test_names (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  assert_text (cpa_time_date ("1938-05-14"), "14 mei 1938");
  assert_text (cpa_time_long_day (1, zone), "donderdag 1 januari 1970");
  assert_text (cpa_time_day_clock (1, zone), "do 1 januari 1970 00:00");
  assert_text (cpa_time_at (1, zone), "do 1 januari 1970 om 00:00 uur");
}

/* To choose between. */
static void
test_languages (void)
{
  g_assert_cmpstr (_ ("Dutch"), ==, "Nederlands");
  g_assert_cmpstr (_ ("English"), ==, "Engels");
}

typedef const char *(*WordFunc) (const char *name);

static void
speak (const char *code)
{
  g_setenv ("LANGUAGE", code, TRUE);
  cpa_language_setup (BUILT_LOCALE_DIR);
}

/* None of the words is left in English. */
static void
assert_dutch (const char *const *names, guint n, WordFunc word)
{
  static const char *const alike[] = { "partner", "Curator", "Mentor", NULL };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *english = NULL;

      speak ("en");
      english = g_strdup (word (names[i]));
      speak ("nl");
      if (g_strv_contains (alike, english))
        g_assert_cmpstr (word (names[i]), ==, english);
      else
        g_assert_cmpstr (word (names[i]), !=, english);
    }
}

static void
assert_line (const char *relation, const char *expected)
{
  g_autofree char *line = cpa_kin_line (relation);

  g_assert_cmpstr (line, ==, expected);
}

/* Each name of the contract has a word, and what is none stays as it is. */
static void
test_kin (void)
{
  g_assert_cmpstr (cpa_kin_text ("daughter"), ==, "dochter");
  g_assert_cmpstr (cpa_kin_text ("de buurvrouw"), ==, "de buurvrouw");
  g_assert_null (cpa_kin_text (NULL));
  assert_line ("sister", "Zus");
  assert_line ("élève", "Élève");
  assert_line ("", "");
  assert_line (NULL, NULL);
  g_assert_cmpstr (cpa_contact_role_text ("first-contact"), ==, "Eerste relatie/contactpersoon");
  assert_dutch (cp_kin_names, CP_N_KIN, cpa_kin_text);
  assert_dutch (cp_contact_role_names, CP_N_CONTACT_ROLES, cpa_contact_role_text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  speak ("nl");
  g_test_add_func ("/dutch/waits", test_waits);
  g_test_add_func ("/dutch/names", test_names);
  g_test_add_func ("/dutch/kin", test_kin);
  g_test_add_func ("/dutch/languages", test_languages);
  return g_test_run ();
}
