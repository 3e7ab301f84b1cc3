/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be told as if it were certain, or would still come, and is not so. Needs a display. */
#include "cpa-start-content.h"
#include "screen-kit.h"

/* Nobody waits at the door for what was only proposed, nor for what has no time, nor at midnight for what takes days.
 */
static void
test_start_not_certain (void)
{
  Screen screen = open_screen ("start", "proposed", "session", 1000);
  GtkWidget *panel = find (screen.window, is_button_named, "My Appointments");

  assert_says (&screen, "Today 13:30");
  assert_says (&screen, "Proposal, not certain yet");
  assert_does_not_say (&screen, "Going on now");
  assert_says (&screen, "Proposal, not certain yet: Pedicure");
  assert_says (&screen, "Time not known");
  assert_says (&screen, "Thu March 5, whole days, up to and including Fri March 6");
  assert_does_not_say (&screen, "00:00");
  g_assert_nonnull (panel);
  g_assert_null (gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (panel), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Next appointment: today 13:30, Fysiotherapie in de oefenzaal (Proposal, not certain yet). After that: Time not "
      "known, Pedicure (Proposal, not certain yet); Thu March 5, whole days, up to and including Fri March 6, "
      "Logeren."));
  close_screen (&screen);
}

/* Nobody is told that there are none when they are only not here. */
static void
test_contacts (void)
{
  static const struct
  {
    const char *scenario, *session, *text;
  } cases[] = {
    { "no-contacts", "session", "There are no contacts yet." },
    { "contacts-not-shared", "session", "Zorggroep De Linde does not share contacts here." },
    { "contacts-not-fetched", "session", "Not fetched yet: contacts. That happens at 20:00." },
    { "no-contacts", "session-died", "There are no contacts here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Screen screen = open_screen ("profile", cases[i].scenario, cases[i].session, 1000);

      assert_says (&screen, cases[i].text);
      if (i > 0)
        assert_does_not_say (&screen, "There are no contacts yet.");
      close_screen (&screen);
    }
}

/* The details stay the same, and why there are no contacts does not. */
static void
test_contacts_follow (void)
{
  Screen screen = open_screen ("profile", "contacts-not-fetched", "session", 1000);

  fixture_api_set_scenario (FIXTURE_API (screen.api), "no-contacts");
  refresh (&screen);
  assert_says (&screen, "There are no contacts yet.");
  assert_does_not_say (&screen, "Not fetched yet: contacts.");
  close_screen (&screen);
}

/* A plan that is new has not changed: nobody looks for what it said before. Read aloud it is one of a list. */
static void
test_new_plans (void)
{
  static const struct
  {
    int n;
    gboolean changed;
    const char *text;
  } cases[] = {
    { 1, FALSE, "1 new care and life plan" },
    { 2, FALSE, "2 new plans" },
    { 1, TRUE, "1 new care and life plan, changed care and life plan" },
    { 0, TRUE, "changed care and life plan" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Screen screen = open_screen ("start", NULL, "session", 1000);
      GtkWidget *panel = cpa_start_panel_new (CP_PART_DOSSIER, TRUE);
      g_autoptr (CpStartDossier) dossier = cp_start_dossier_new ();
      g_auto (GStrv) chips = g_strsplit (cases[i].text, ", ", -1);
      g_autofree char *description = g_strdup_printf ("New since your previous visit: 2 reports, %s. ", cases[i].text);

      dossier->since = cp_time_now () - CP_TIME_DAY;
      dossier->new_reports = 2;
      dossier->new_plans = cases[i].n;
      dossier->plan_changed = cases[i].changed;
      cpa_start_show_dossier (CPA_START_PANEL (panel), screen.context, dossier, NULL);
      adw_window_set_content (ADW_WINDOW (screen.window), panel);
      settle ();
      for (char **chip = chips; *chip != NULL; chip++)
        g_assert_nonnull (find (panel, says, *chip));
      g_assert_cmpint (find (panel, says, "changed") != NULL, ==, cases[i].changed);
      g_assert_null (
          gtk_test_accessible_check_property (GTK_ACCESSIBLE (find (screen.window, is_button_named, "My Dossier")),
                                              GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description));
      close_screen (&screen);
    }
}

/* There has been a plan, and after a death no other one comes. */
static void
test_expired_plans (void)
{
  static const char *const sessions[] = { "session", "session-died" };
  static const char *const texts[] = { "There is no care and life plan now.", "There is no care and life plan here." };

  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      Screen screen = open_screen ("dossier", "expired", sessions[i], 1000);

      choose_tab (&screen, "Plans");
      assert_says (&screen, texts[i]);
      assert_does_not_say (&screen, "As soon as the care team makes one");
      close_screen (&screen);
    }
}

static void
dies (Screen *screen)
{
  g_autoptr (CpaContext) now = fixture_context_new (screen->api, "session-died", 0);

  cpa_context_follow (screen->context, now);
  refresh (screen);
}

/* While it is open. */
static void
test_a_death_at_the_dossier (void)
{
  Screen screen = open_screen ("dossier", "expired", "session", 1000);

  choose_tab (&screen, "Plans");
  assert_says (&screen, "There is no care and life plan now.");
  dies (&screen);
  assert_says (&screen, "There is no care and life plan here.");
  assert_does_not_say (&screen, "There is no care and life plan now.");
  close_screen (&screen);
  screen = open_screen ("dossier", "empty", "session", 1000);
  assert_says (&screen, "As soon as the care team writes something");
  dies (&screen);
  assert_says (&screen, "There is nothing in the dossier here.");
  close_screen (&screen);
}

/* Nobody is added any more, while it is open too. */
static void
test_a_death_at_the_people (void)
{
  Screen screen = open_screen ("people", NULL, "session", 1000);

  g_assert_nonnull (find (screen.window, is_button_named, "Add User"));
  dies (&screen);
  g_assert_null (find (screen.window, is_button_named, "Add User"));
  close_screen (&screen);
}

/* The sentence names a button that is not there any more. */
static void
test_alone (void)
{
  Screen screen = open_screen ("people", "alone", "session-died", 1000);

  g_assert_null (find (screen.window, is_button_named, "Add User"));
  assert_does_not_say (&screen, "You are the only one with access.");
  close_screen (&screen);
}

/* Nothing is added any more, so that says more of the dossier than how old it is, also when it is as new as can be. */
static void
test_died_in_dossier (void)
{
  static const char *const tabs[] = { "Timeline", "Read", "Plans" };

  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      Screen screen = open_screen ("dossier", NULL, "session-died", 1000);

      choose_tab (&screen, tabs[i]);
      assert_says (&screen, "Wil de Bruin has died. We are sorry for your loss. Nothing new is added here any more.");
      close_screen (&screen);
    }
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/certain/died-in-dossier", test_died_in_dossier },
    { "/certain/start", test_start_not_certain },
    { "/certain/contacts", test_contacts },
    { "/certain/contacts-follow", test_contacts_follow },
    { "/certain/expired-plans", test_expired_plans },
    { "/certain/a-death-at-the-dossier", test_a_death_at_the_dossier },
    { "/certain/a-death-at-the-people", test_a_death_at_the_people },
    { "/certain/new-plans", test_new_plans },
    { "/certain/alone", test_alone },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
