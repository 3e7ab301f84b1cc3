/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as a name in a password: however it is written, and not when it is too short to be one. */
#include "cp-password-words.h"

static void
test_skeleton (void)
{
  g_autofree char *bare = cp_password_skeleton ("P4ss Wörd! ß-٣");

  g_assert_cmpstr (bare, ==, "p4sswördss٣");
}

static void
test_names (void)
{
  static const struct
  {
    const char *password;
    const char *name;
    gboolean whole;
    gboolean part;
    gboolean username; /* where it is one */
  } cases[] = {
    { "vier de bruin fietsen", "m.debruin", FALSE, TRUE, TRUE },
    { "M de-Bruin!", "m.debruin", TRUE, TRUE, TRUE },
    { "jan.bos op de fiets", "jan.bos", TRUE, FALSE, TRUE },
    { "vier fietsen", "m.debruin", FALSE, FALSE, FALSE },
    { "vier fietsen", "vier", TRUE, TRUE, TRUE },
    { "met pim op de fiets", "Pim", FALSE, FALSE, FALSE },
    { "oconnor en de rest", "Sinéad O'Connor", FALSE, TRUE, TRUE },
    { "SINÉAD loopt", "sinéad o’connor", FALSE, TRUE, TRUE },
    { "zorggroep delinde", "Zorggroep De Linde", TRUE, TRUE, TRUE },
    { "vier fietsen", "", FALSE, FALSE, FALSE },
    { "", "m.debruin", FALSE, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bare = cp_password_skeleton (cases[i].password);
      g_test_message ("%s in %s", cases[i].name, cases[i].password);
      g_assert_cmpint (cp_password_has_name (bare, cases[i].name), ==, cases[i].whole);
      g_assert_cmpint (cp_password_has_part_of_name (bare, cases[i].name), ==, cases[i].part);
      g_assert_cmpint (cp_password_has_username (bare, cases[i].name), ==, cases[i].username);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password-words/skeleton", test_skeleton);
  g_test_add_func ("/password-words/names", test_names);
  return g_test_run ();
}
