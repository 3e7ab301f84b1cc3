/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the app fetches again by itself and is the same is left alone: the focus stays, and what is open stays open.
 * Needs a display. */
#include "cpa-invitation-card.h"
#include "cpa-page.h"
#include "cpa-start-panel.h"
#include "people-kit.h"
#include "reading-kit.h"

#define DAY (24 * 60 * 60 * CP_TIME_SECOND)

static CpTime today;

static CpTime
tomorrow (void)
{
  return today + DAY;
}

static gboolean
is_fresh (GtkWidget *widget, const char *text)
{
  return gtk_widget_has_css_class (widget, "cp-fresh");
}

static void
go_to_tomorrow (Screen *screen)
{
  today = cp_time_now ();
  cp_time_set_source (tomorrow);
  refresh (screen);
  fixture_set_time ();
}

/* A button with a list: the focus on it, and in the list while that is open. */
static void
assert_stays (Screen *screen, Match match, const char *name)
{
  GtkWidget *button = find (screen->window, match, name);
  GtkWidget *list, *focus;

  g_assert_nonnull (button);
  gtk_widget_grab_focus (button);
  refresh (screen);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (screen->window)) == button);
  list = gtk_widget_get_last_child (button);
  g_signal_emit_by_name (button, "clicked");
  settle ();
  g_assert_true (gtk_widget_get_mapped (list));
  focus = gtk_window_get_focus (GTK_WINDOW (screen->window));
  refresh (screen);
  g_assert_true (find (screen->window, match, name) == button);
  g_assert_true (gtk_widget_get_mapped (list));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (screen->window)) == focus);
  gtk_popover_popdown (GTK_POPOVER (list));
  settle ();
}

static void
test_how_recent_stays_open (void)
{
  static const char *const pages[] = { "start", "appointments", "profile", "people" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      Screen screen = open_screen (pages[i], NULL, "session", 1000);

      assert_stays (&screen, is_fresh, NULL);
      close_screen (&screen);
    }
}

static void
test_how_recent_is_right_tomorrow (void)
{
  Screen screen = open_screen ("profile", NULL, "session", 1000);

  assert_says (&screen, "today 08:00");
  go_to_tomorrow (&screen);
  assert_does_not_say (&screen, "today 08:00");
  assert_says (&screen, "yesterday 08:00");
  close_screen (&screen);
}

/* Also what is marked in it, to be copied. */
static void
test_details_stay (void)
{
  Screen screen = open_screen ("profile", NULL, "session", 1000);
  GtkWidget *name = find (screen.window, says, "Pieter de Bruin");

  g_assert_nonnull (name);
  refresh (&screen);
  g_assert_true (find (screen.window, says, "Pieter de Bruin") == name);
  fixture_api_set_scenario (FIXTURE_API (screen.api), "died");
  refresh (&screen);
  g_assert_false (find (screen.window, says, "Pieter de Bruin") == name);
  close_screen (&screen);
}

static gboolean
is_panel (GtkWidget *widget, const char *text)
{
  return CPA_IS_START_PANEL (widget) && find (widget, says, text) != NULL;
}

static CpTime
at_15 (void)
{
  return today + 80 * CP_TIME_MINUTE;
}

/* Also the pointer rests on the same thing; but what went on says so no more when it is over. */
static void
test_panels_stay (void)
{
  Screen screen = open_screen ("start", NULL, "session", 1000);
  g_autoptr (GtkWidget) panel = g_object_ref (find (screen.window, is_panel, "My Appointments"));

  today = cp_time_now ();
  refresh (&screen);
  g_assert_true (find (screen.window, is_panel, "My Appointments") == panel);
  fixture_api_set_scenario (FIXTURE_API (screen.api), "failed");
  refresh (&screen);
  fixture_api_set_scenario (FIXTURE_API (screen.api), NULL);
  refresh (&screen);
  assert_does_not_say (&screen, "The Portal Cannot Be Reached");
  assert_says (&screen, "Going on now");
  cp_time_set_source (at_15);
  refresh (&screen);
  fixture_set_time ();
  assert_does_not_say (&screen, "Going on now");
  close_screen (&screen);
}

static CpTime
at_7_tomorrow (void)
{
  return today + 17 * CP_TIME_HOUR;
}

static CpTime
at_9_tomorrow (void)
{
  return today + 20 * CP_TIME_HOUR;
}

/* The same answer, which grows a day old on the day on which it was shown last. */
static void
test_old_data_is_said (void)
{
  Screen screen = open_screen ("start", NULL, "session", 1000);

  today = cp_time_now ();
  cp_time_set_source (at_7_tomorrow);
  refresh (&screen);
  assert_does_not_say (&screen, "this data is 1 day old");
  cp_time_set_source (at_9_tomorrow);
  refresh (&screen);
  fixture_set_time ();
  assert_says (&screen, "this data is 1 day old");
  close_screen (&screen);
}

/* Its words stay, with the place at which one reads them and what is marked in them, also at midnight; how recent it is
 * is said in other words then. */
static void
test_a_card_stays (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);
  static const char words[] = "De bloeddruk (RR) was 138 over 76.";
  GtkWidget *text = find (screen.window, says, words);

  g_assert_nonnull (text);
  assert_says (&screen, "As recorded in the health record, as of today 08:00");
  go_to_tomorrow (&screen);
  g_assert_true (find (screen.window, says, words) == text);
  assert_says (&screen, "As recorded in the health record, as of yesterday 08:00");
  close_screen (&screen);
}

/* The list says how recent all is, and its answer may overtake that of the text: until that is here too, the text is as
 * old as it was. */
static void
test_how_recent_comes_with_the_text (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  fixture_api_set_fetched (get_api (&screen), CP_FRESH_REPORTS, cp_time_now () - 2 * CP_TIME_HOUR);
  fixture_api_hold (get_api (&screen), CP_ROUTE_DOSSIER_ITEM);
  refresh (&screen);
  /* What was asked for before that was told may be as old. */
  for (int answers = 0; answers < 2; answers++)
    {
      assert_says (&screen, "As recorded in the health record, as of today 08:00");
      fixture_api_release_all (get_api (&screen));
      settle ();
    }
  assert_says (&screen, "As recorded in the health record, as of today 11:40");
  close_screen (&screen);
}

/* "Last week" of yesterday's question is no other question: what one reads stays, also when there is no line. */
static void
test_a_period_stays (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *text;

  choose (&screen, "Period", "Last week");
  text = find (screen.window, says, "Zij vroeg twee keer of Marijke vandaag komt.");
  g_assert_nonnull (text);
  go_to_tomorrow (&screen);
  g_assert_true (find (screen.window, says, "Zij vroeg twee keer of Marijke vandaag komt.") == text);
  fixture_api_fail (get_api (&screen), CP_ROUTE_DOSSIER, CP_ERROR_UNREACHABLE);
  go_to_tomorrow (&screen);
  g_assert_true (find (screen.window, says, "Zij vroeg twee keer of Marijke vandaag komt.") == text);
  /* Whoever chooses anew asks anew. */
  cp_time_set_source (tomorrow);
  choose (&screen, "Period", "Everything");
  choose (&screen, "Period", "Last week");
  fixture_set_time ();
  g_assert_cmpstr (fixture_api_get_query (get_api (&screen)), ==, "report=general&from=2026-02-26");
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

/* What is left as it stands says on which day it is by now, also when there is no line. */
static void
test_days_of_reading (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *text = find (screen.window, says, "Zij vroeg twee keer of Marijke vandaag komt.");

  g_assert_nonnull (text);
  assert_says (&screen, "Today");
  fixture_api_fail (get_api (&screen), CP_ROUTE_DOSSIER, CP_ERROR_UNREACHABLE);
  go_to_tomorrow (&screen);
  g_assert_true (find (screen.window, says, "Zij vroeg twee keer of Marijke vandaag komt.") == text);
  assert_does_not_say (&screen, "Today");
  assert_says (&screen, "Yesterday");
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

/* When it was changed is not said as it was said yesterday. */
static void
test_a_changed_report_is_right_tomorrow (void)
{
  static const char *const buttons[] = { NULL, "Read Large" };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      Screen screen = open_screen ("dossier", "amended", "session", 1000);

      if (buttons[i] != NULL)
        press (&screen, buttons[i]);
      assert_says (&screen, "Changed by the care team today 10:20");
      go_to_tomorrow (&screen);
      assert_says (&screen, "Changed by the care team yesterday 10:20");
      close_screen (&screen);
    }
}

/* With what was marked in a row, and the place on the page; until it is another day. */
static void
test_appointments_stay (void)
{
  static const char *const titles[] = { "Pedicure", "Fysiotherapie" };
  Screen screen = open_screen ("appointments", NULL, "session", 1000);
  GtkWidget *rows[G_N_ELEMENTS (titles)];

  press (&screen, "Earlier Appointments");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    rows[i] = find (screen.window, says, titles[i]);
  refresh (&screen);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    g_assert_true (find (screen.window, says, titles[i]) == rows[i]);
  assert_says (&screen, "Today");
  go_to_tomorrow (&screen);
  assert_says (&screen, "Yesterday");
  close_screen (&screen);
}

static CpTime
three_days_before (void)
{
  return today - 3 * CP_TIME_DAY;
}

static CpTime
two_days_before (void)
{
  return today - 2 * CP_TIME_DAY;
}

/* What stands there says what it is by now, also when only more was asked for. */
static void
test_appointments_with_more (void)
{
  Screen screen = open_screen ("appointments", NULL, "session", 1000);

  today = cp_time_now ();
  press (&screen, "Earlier Appointments");
  cp_time_set_source (three_days_before);
  refresh (&screen);
  assert_says (&screen, "Yesterday");
  cp_time_set_source (two_days_before);
  press (&screen, "Show More: Earlier Appointments");
  refresh (&screen);
  assert_does_not_say (&screen, "Yesterday");
  fixture_set_time ();
  close_screen (&screen);
}

static void
test_people_stay (void)
{
  Screen screen = open_screen ("people", NULL, "session", 1000);
  static const char *const names[] = { "View as…", "Choices for Sanne Visser" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_stays (&screen, is_button_named, names[i]);
  close_screen (&screen);
}

/* Trying again */

static GtkWidget *
focus_of (Screen *screen)
{
  return gtk_window_get_focus (GTK_WINDOW (screen->window));
}

static gboolean
is_inside (GtkWidget *widget, GtkWidget *page)
{
  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_is_ancestor (widget, page);
}

static void
try_again (Screen *screen)
{
  GtkWidget *button = find (screen->window, is_button_named, "Try Again");

  g_assert_nonnull (button);
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* What was there stays, with the failure above it. */
static void
test_a_refresh_fails_twice (void)
{
  static const char *const pages[] = { "start", "people" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      Screen screen = open_screen (pages[i], NULL, "session", 1000);
      GtkWidget *bar;
      guint told = 0;

      fixture_api_set_scenario (FIXTURE_API (screen.api), "failed");
      refresh (&screen);
      g_assert_true (tells (screen.window, "The Portal Cannot Be Reached"));
      bar = gtk_widget_get_parent (find (screen.window, is_button_named, "Try Again"));
      g_signal_connect_swapped (bar, "show", G_CALLBACK (count_cb), &told);
      try_again (&screen);
      g_assert_cmpuint (told, ==, 1);
      g_assert_true (is_inside (focus_of (&screen), bar));
      fixture_api_set_scenario (FIXTURE_API (screen.api), NULL);
      try_again (&screen);
      assert_does_not_say (&screen, "The Portal Cannot Be Reached");
      g_assert_true (is_inside (focus_of (&screen), screen.page));
      close_screen (&screen);
    }
}

/* There was nothing yet. */
static void
test_the_first_look_fails_twice (void)
{
  static const char *const pages[] = { "start", "appointments", "profile", "people" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      Screen screen = open_screen (pages[i], "failed", "session", 1000);
      GtkWidget *button;

      try_again (&screen);
      button = find (screen.window, is_button_named, "Try Again");
      g_assert_true (focus_of (&screen) == button);
      g_assert_null (gtk_test_accessible_check_property (
          GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
          "The Portal Cannot Be Reached. We got no answer from Zorggroep De Linde. Your data is safe and what you "
          "typed "
          "is kept. Try again in a few minutes. Does it still not work? Call the service desk: 088 000 12 00."));
      fixture_api_set_scenario (FIXTURE_API (screen.api), NULL);
      try_again (&screen);
      g_assert_true (is_inside (focus_of (&screen), screen.page));
      close_screen (&screen);
    }
}

static gboolean
is_card_of (GtkWidget *widget, const char *id)
{
  return CPA_IS_INVITATION_CARD (widget) &&
         g_str_equal (cpa_invitation_card_get_invitation (CPA_INVITATION_CARD (widget))->id, id);
}

static GtkWidget *
button_of (Screen *screen, const char *id, const char *name)
{
  return find (find (screen->window, is_card_of, id), is_button_named, name);
}

/* Whoever is about to decline one invitation does not accept it, nor another one, because a list came. */
static void
test_focus_on_an_invitation (void)
{
  Screen screen = open_screen ("invitations", NULL, "session", 500);
  GtkWidget *decline = button_of (&screen, "invitationAAAAAAAAAAAA", "Decline");

  gtk_widget_grab_focus (decline);
  refresh (&screen);
  g_assert_true (button_of (&screen, "invitationAAAAAAAAAAAA", "Decline") == decline);
  g_assert_true (gtk_widget_has_focus (decline));
  fixture_api_set_scenario (FIXTURE_API (screen.api), "two");
  refresh (&screen);
  g_assert_nonnull (button_of (&screen, "invitationBBBBBBBBBBBB", "Accept"));
  g_assert_true (gtk_widget_has_focus (button_of (&screen, "invitationAAAAAAAAAAAA", "Decline")));
  fixture_api_set_scenario (FIXTURE_API (screen.api), "other");
  refresh (&screen);
  g_assert_null (find (screen.window, is_card_of, "invitationAAAAAAAAAAAA"));
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (screen.window)));
  close_screen (&screen);
}

/* What did not go can be tried again from where one is. */
static void
test_focus_after_an_answer_that_fails (void)
{
  Screen screen = open_screen ("invitations", NULL, "session", 500);

  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_INVITATION_ACCEPT, CP_ERROR_UNREACHABLE);
  gtk_widget_grab_focus (button_of (&screen, "invitationAAAAAAAAAAAA", "Accept"));
  press (&screen, "Accept");
  assert_says (&screen, "We got no answer from");
  g_assert_true (gtk_widget_has_focus (button_of (&screen, "invitationAAAAAAAAAAAA", "Accept")));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/refresh/how-recent-stays-open", test_how_recent_stays_open },
    { "/refresh/how-recent-is-right-tomorrow", test_how_recent_is_right_tomorrow },
    { "/refresh/details-stay", test_details_stay },
    { "/refresh/panels-stay", test_panels_stay },
    { "/refresh/old-data-is-said", test_old_data_is_said },
    { "/refresh/a-card-stays", test_a_card_stays },
    { "/refresh/how-recent-comes-with-the-text", test_how_recent_comes_with_the_text },
    { "/refresh/a-period-stays", test_a_period_stays },
    { "/refresh/a-changed-report-is-right-tomorrow", test_a_changed_report_is_right_tomorrow },
    { "/refresh/days-of-reading", test_days_of_reading },
    { "/refresh/appointments-stay", test_appointments_stay },
    { "/refresh/appointments-with-more", test_appointments_with_more },
    { "/refresh/people-stay", test_people_stay },
    { "/refresh/a-refresh-fails-twice", test_a_refresh_fails_twice },
    { "/refresh/the-first-look-fails-twice", test_the_first_look_fails_twice },
    { "/refresh/focus-on-an-invitation", test_focus_on_an_invitation },
    { "/refresh/focus-after-an-answer-that-fails", test_focus_after_an_answer_that_fails },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
