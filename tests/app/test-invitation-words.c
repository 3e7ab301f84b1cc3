/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an invitation says of itself. */
#include <locale.h>

#include "cpa-invitation-words.h"

static void
test_as_what (void)
{
  static const struct
  {
    const char *relation, *words, *sentence; /* NULL: no line */
  } cases[] = {
    { "daughter", NULL, "As: Daughter" },
    { "daughter", "dochter", "As: Daughter" },
    { NULL, "mantelzorger", "As: mantelzorger" },
    { NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CpInvitation invitation = { .relation = (char *) cases[i].relation, .relation_words = (char *) cases[i].words };
      g_autofree char *sentence = cpa_invitation_relation (&invitation);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invitation-words/as-what", test_as_what);
  return g_test_run ();
}
