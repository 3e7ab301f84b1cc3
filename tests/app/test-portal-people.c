/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gebruikersbeheer in a session: what goes on when its page is left, and what one gives up oneself. Needs a display. */
#include <adwaita.h>

#include "cp-error.h"
#include "cp-part.h"
#include "cpa-people-page.h"
#include "portal-kit.h"

static void
open_people_of_wil (Session *session)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
}

/* Notices are taken away then, and with them everything is out of sight for a moment. */
static void
test_an_invitation_goes_on_waiting (Session *session, gconstpointer data)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);

  open_people_of_wil (session);
  assert_says (&session->screen, "You are now looking at Wil de Bruin.");
  change_rights (session, "no-profile");
  assert_does_not_say (&session->screen, "You are now looking at Wil de Bruin.");
  g_assert_nonnull (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
  g_assert_cmpuint (fixture_api_count (api, CP_ROUTE_MEMBER_INVITATION), ==, 0);
  gtk_widget_activate_action (shown (session), "main.back", NULL);
  settle ();
  g_assert_cmpuint (fixture_api_count (api, CP_ROUTE_MEMBER_INVITATION), ==, 1);
}

/* GTK 4.8 takes it for a mistake when what a screen reader was told of leaves the window and comes back. */
static void
test_it_stays_behind_what_somebody_else_sees (Session *session, gconstpointer data)
{
  GtkWidget *page;
  const guint *moves;

  open_people_of_wil (session);
  page = find_type (session->place, CPA_TYPE_PEOPLE_PAGE);
  moves = count_moves (page);
  gtk_widget_activate_action (page, "people.view", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  assert_says (&session->screen, "View as Pieter de Bruin");
  g_assert_false (gtk_widget_get_mapped (page));
  press (&session->screen, "Stop Viewing as Pieter de Bruin");
  g_assert_true (gtk_widget_get_mapped (page));
  assert_does_not_say (&session->screen, "View as Pieter de Bruin");
  g_assert_cmpuint (*moves, ==, 0);
}

/* Two ticks after each other, of which the first is under way when the person leaves. */
static FixtureMembers *
leave_after_two_ticks (Session *session)
{
  FixtureMembers *members = fixture_api_get_members (FIXTURE_API (session->screen.api));
  GtkWidget *page;

  open_people_of_wil (session);
  page = find_type (session->place, CPA_TYPE_PEOPLE_PAGE);
  fixture_members_hold (members);
  gtk_widget_activate_action (page, "people.tick", "(sub)", "pieterAAAAAAAAAAAAAAAA", CP_PART_MESSAGES, FALSE);
  gtk_widget_activate_action (page, "people.tick", "(sub)", "pieterAAAAAAAAAAAAAAAA", CP_PART_APPOINTMENTS, FALSE);
  cpa_portal_log_out (session->portal);
  settle ();
  assert_says (&session->screen, "One moment, please.");
  g_assert_null (session->left);
  return members;
}

static void
answer_both_ticks (Session *session, FixtureMembers *members)
{
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpuint (fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_LOGOUT), ==, 0);
      fixture_members_let_go (members);
      settle ();
    }
  g_assert_cmpuint (fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_LOGOUT), ==, 1);
}

static void
test_ticks_go_before_who_made_them (Session *session, gconstpointer data)
{
  FixtureMembers *members = leave_after_two_ticks (session);

  answer_both_ticks (session, members);
  g_assert_cmpuint (
      fixture_members_find (members, "Pieter de Bruin")->parts & (CP_PART_MESSAGES | CP_PART_APPOINTMENTS), ==, 0);
  g_assert_cmpstr (session->left, ==, "You are logged out.");
}

static void
test_a_tick_that_is_lost_is_told (Session *session, gconstpointer data)
{
  FixtureMembers *members = leave_after_two_ticks (session);

  fixture_members_fail (members, g_error_new_literal (CP_ERROR, CP_ERROR_UNREACHABLE, "no server"));
  answer_both_ticks (session, members);
  g_assert_cmpstr (session->left, ==,
                   "You are logged out. Perhaps not all your last changes in User Management have been saved. Check "
                   "them when you log in again.");
}

/* One is asked first whether it is sure. */
static void
give_up (Session *session, guint part, const char *yes)
{
  Screen question = session->screen;

  gtk_widget_activate_action (find_type (session->place, CPA_TYPE_PEOPLE_PAGE), "people.tick", "(sub)",
                              "marijkeAAAAAAAAAAAAAAA", part, FALSE);
  settle ();
  question.window = dialog_of (session);
  press (&question, yes);
}

/* That is told where it is done, and not as if somebody else did it. */
static void
test_what_one_gives_up (Session *session, gconstpointer data)
{
  open_people_of_wil (session);
  give_up (session, CP_PART_SETTINGS, "Stop");
  change_rights (session, "no-settings");
  g_assert_null (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
  g_assert_null (dialog_of (session));
  assert_does_not_say (&session->screen, "No Access to");
  /* What somebody else takes after that is told. */
  change_rights (session, "no-dossier");
  g_assert_true (shows (dialog_of (session), "No Access to Dossier Any More"));
}

static void
test_what_could_not_be_given_up (Session *session, gconstpointer data)
{
  FixtureMembers *members = fixture_api_get_members (FIXTURE_API (session->screen.api));

  open_people_of_wil (session);
  fixture_members_fail (members, g_error_new_literal (CP_ERROR, CP_ERROR_UNREACHABLE, "no server"));
  give_up (session, CP_PART_SETTINGS, "Stop");
  change_rights (session, "no-settings");
  g_assert_true (shows (dialog_of (session), "A portal administrator has ended your access to Settings."));
}

/* Nor when it comes out after one has left the page. */
static void
test_what_could_not_be_given_up_later (Session *session, gconstpointer data)
{
  FixtureMembers *members = fixture_api_get_members (FIXTURE_API (session->screen.api));

  open_people_of_wil (session);
  fixture_members_fail (members, g_error_new_literal (CP_ERROR, CP_ERROR_UNREACHABLE, "no server"));
  fixture_members_hold (members);
  give_up (session, CP_PART_SETTINGS, "Stop");
  gtk_widget_activate_action (shown (session), "main.back", NULL);
  settle ();
  g_assert_null (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
  fixture_members_let_go (members);
  settle ();
  change_rights (session, "no-settings");
  g_assert_true (shows (dialog_of (session), "A portal administrator has ended your access to Settings."));
}

int
main (int argc, char **argv)
{
  if (!screen_init (&argc, &argv, "en"))
    return 0;
  g_test_add ("/portal-people/an-invitation-goes-on-waiting", Session, "states", set_up,
              test_an_invitation_goes_on_waiting, tear_down);
  g_test_add ("/portal-people/it-stays-behind-what-somebody-else-sees", Session, NULL, set_up,
              test_it_stays_behind_what_somebody_else_sees, tear_down);
  g_test_add ("/portal-people/ticks-go-before-who-made-them", Session, NULL, set_up, test_ticks_go_before_who_made_them,
              tear_down);
  g_test_add ("/portal-people/a-tick-that-is-lost-is-told", Session, NULL, set_up, test_a_tick_that_is_lost_is_told,
              tear_down);
  g_test_add ("/portal-people/what-one-gives-up", Session, NULL, set_up, test_what_one_gives_up, tear_down);
  g_test_add ("/portal-people/what-could-not-be-given-up", Session, NULL, set_up, test_what_could_not_be_given_up,
              tear_down);
  g_test_add ("/portal-people/what-could-not-be-given-up-later", Session, NULL, set_up,
              test_what_could_not_be_given_up_later, tear_down);
  return g_test_run ();
}
