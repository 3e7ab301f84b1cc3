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
    { "daughter", NULL, "As: Daughter" },         { "daughter", "dochter", "As: Daughter" },
    { NULL, "mantelzorger", "As: Mantelzorger" }, { NULL, "daughter-in-law", "As: Daughter-in-law" },
    { NULL, "sibling", "As: Brother or sister" }, { NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CpInvitation invitation = { .relation = (char *) cases[i].relation, .relation_words = (char *) cases[i].words };
      g_autofree char *sentence = cpa_invitation_relation (&invitation);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

/* It is the portal administrator who ticks, also for whom the organisation invited: nobody waits for its desk. */
static void
test_who_chooses (void)
{
  CpOrganisation organisation = { .name = (char *) "Zorggroep De Linde" };
  CpInvitation invitation = { .state = CP_INVITATION_OPEN };
  g_autofree char *by_organisation = cpa_invitation_parts (&invitation, &organisation);
  g_autofree char *by_wil = NULL;

  invitation.inviter = (char *) "Wil";
  by_wil = cpa_invitation_parts (&invitation, &organisation);
  g_assert_cmpstr (by_organisation, ==, "The portal administrator still has to choose what you may see.");
  g_assert_cmpstr (by_wil, ==, "Wil still has to choose what you may see.");
}

/* Nothing is promised that nobody does. */
static void
test_declining (void)
{
  static const struct
  {
    int told;
    const char *inviter, *sentence;
  } cases[] = {
    { CP_TOLD_NOBODY, NULL, "You can be invited again later." },
    { CP_TOLD_INVITER, "Wil", "Wil is told that you do not take part. You can be invited again later." },
    { CP_TOLD_MANAGERS, NULL,
      "The portal administrator is told that you do not take part. You can be invited again later." },
    { CP_TOLD_MANAGERS, "Wil",
      "The portal administrator is told that you do not take part. You can be invited again later." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CpInvitation invitation = { .told = cases[i].told, .inviter = (char *) cases[i].inviter };
      g_autofree char *sentence = cpa_invitation_declining (&invitation);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invitation-words/as-what", test_as_what);
  g_test_add_func ("/invitation-words/who-chooses", test_who_chooses);
  g_test_add_func ("/invitation-words/declining", test_declining);
  return g_test_run ();
}
