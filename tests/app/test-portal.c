/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session in a window, and what is left of it when it is over. Needs a display. */
#include <adwaita.h>

#include "cp-changes.h"
#include "cp-part.h"
#include "cpa-dossier-page.h"
#include "cpa-invitations-page.h"
#include "cpa-main-page.h"
#include "cpa-part-check.h"
#include "cpa-password-page.h"
#include "cpa-people-page.h"
#include "cpa-view-as-page.h"
#include "cpa-words.h"
#include "lock-kit.h"
#include "portal-kit.h"
#include "reading-kit.h"

/* Short notices name clients, and stand over whatever comes next. */
static void
test_nobody_is_named_afterwards (Session *session, gconstpointer data)
{
  assert_says (&session->screen, "You are now looking at Henk de Bruin.");
  session_ends (session, CP_ERROR_SESSION_ENDED_PASSWORD);
  assert_says (&session->screen, "Log In");
  assert_does_not_say (&session->screen, "Bruin");
}

static void
test_an_answered_invitation_is_asked_no_more (Session *session, gconstpointer data)
{
  assert_says (&session->screen, "You have 1 open invitation.");
  look_again (session, shown (session), "answered");
  assert_does_not_say (&session->screen, "You have 1 open invitation.");
  look_again (session, shown (session), NULL);
  assert_says (&session->screen, "You have 1 open invitation.");
}

/* Whose access changes meanwhile goes on typing, and comes back to what there is then. */
static void
test_a_new_right_does_not_disturb (Session *session, gconstpointer data)
{
  g_autoptr (GtkWidget) before = g_object_ref (shown (session));

  gtk_widget_activate_action (session->place, "session.change-password", NULL);
  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  look_again (session, before, "one");
  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  g_signal_emit_by_name (shown (session), "back");
  g_assert_true (CPA_IS_MAIN_PAGE (shown (session)));
  g_assert_true (shown (session) != before);
}

/* GTK 4.8 takes it for a mistake when what a screen reader was told of leaves the window and comes back. */
static void
test_the_pages_stay_behind_a_new_password (Session *session, gconstpointer data)
{
  GtkWidget *pages = shown (session);
  const guint *moves = count_moves (pages);

  gtk_widget_activate_action (session->place, "session.change-password", NULL);
  settle ();
  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  g_assert_false (gtk_widget_get_mapped (pages));
  g_signal_emit_by_name (shown (session), "back");
  settle ();
  g_assert_true (shown (session) == pages && gtk_widget_get_mapped (pages));
  g_assert_cmpuint (*moves, ==, 0);
}

/* What is taken while it is in sight */

static void
open_part_of_wil (Session *session, CpPart part)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  assert_says (&session->screen, "My Dossier");
  g_signal_emit_by_name (find_type (shown (session), g_type_from_name ("CpaStartPage")), "open-part", (guint) part);
  settle ();
}

static GtkWidget *
open_dossier_of_wil (Session *session)
{
  GtkWidget *page;

  open_part_of_wil (session, CP_PART_DOSSIER);
  page = find_type (shown (session), CPA_TYPE_DOSSIER_PAGE);
  g_assert_nonnull (page);
  return page;
}

static void
test_a_part_that_is_taken (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);
  GtkWidget *main_page = shown (session);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (session->screen.window), "Print", "Of the dossier");

  gtk_window_present (GTK_WINDOW (dialog));
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  change_rights (session, "no-dossier");
  g_assert_null (page);
  g_assert_null (dialog);
  g_assert_true (shown (session) == main_page);
  assert_does_not_say (&session->screen, "My Dossier");
  assert_says (&session->screen, "My Appointments");
  g_assert_true (shows (dialog_of (session), "No Access to Dossier Any More"));
  g_assert_true (shows (dialog_of (session), "Your other parts are still there."));
}

/* Of something else than what one is busy with. */
static void
test_what_is_in_use_stays (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);
  GtkWidget *entry = find_type (page, GTK_TYPE_TEXT);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "typed");
  change_rights (session, "no-profile");
  g_assert_true (find_type (shown (session), CPA_TYPE_DOSSIER_PAGE) == page);
  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "typed");
  g_assert_null (dialog_of (session));
  assert_says (&session->screen, "No Access to Details Any More");
  gtk_widget_activate_action (page, "main.back", NULL);
  settle ();
  assert_says (&session->screen, "My Dossier");
  assert_does_not_say (&session->screen, "My Details");
}

/* The page in sight says so as one that is opened then, and until when. */
static void
assert_follows_a_death (Session *session, CpPart part)
{
  open_part_of_wil (session, part);
  assert_does_not_say (&session->screen, "Wil de Bruin has died.");
  change_rights (session, "died-until");
  assert_says (&session->screen, "You can still read what is here until March 31, 2026.");
}

static void
test_a_death_at_the_profile (Session *session, gconstpointer data)
{
  assert_follows_a_death (session, CP_PART_PROFILE);
}

static void
test_a_death_at_the_appointments (Session *session, gconstpointer data)
{
  assert_follows_a_death (session, CP_PART_APPOINTMENTS);
}

static void
test_a_death_at_the_dossier (Session *session, gconstpointer data)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);

  open_part_of_wil (session, CP_PART_DOSSIER);
  change_rights (session, "died");
  fixture_api_set_scenario (api, "empty");
  choose_tab (&session->screen, "Plans");
  assert_says (&session->screen, "There is no care and life plan here.");
}

/* Its page goes, and asks for nothing that would be refused. */
static void
test_a_part_that_is_closed (Session *session, gconstpointer data)
{
  static const struct
  {
    CpPart part;
    CpRouteId route;
  } parts[] = {
    { CP_PART_PROFILE, CP_ROUTE_PROFILE },
    { CP_PART_APPOINTMENTS, CP_ROUTE_APPOINTMENTS },
    { CP_PART_DOSSIER, CP_ROUTE_TIMELINE },
  };
  FixtureApi *api = FIXTURE_API (session->screen.api);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      guint before;

      change_rights (session, "three");
      open_part_of_wil (session, parts[i].part);
      before = fixture_api_count (api, parts[i].route);
      g_assert_cmpuint (before, >, 0);
      change_rights (session, "only-settings");
      g_assert_cmpuint (fixture_api_count (api, parts[i].route), ==, before);
      g_assert_true (dialog_of (session) != NULL);
      gtk_window_destroy (GTK_WINDOW (dialog_of (session)));
      settle ();
    }
}

/* What the page in sight shows of others hangs on Instellingen, which is not its own part. */
static void
test_numbers_that_are_taken (Session *session, gconstpointer data)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);
  guint before;

  open_part_of_wil (session, CP_PART_PROFILE);
  assert_says (&session->screen, "06 12 34 56 78");
  before = fixture_api_count (api, CP_ROUTE_PROFILE);
  change_rights (session, "no-settings");
  g_assert_cmpuint (fixture_api_count (api, CP_ROUTE_PROFILE), ==, before + 1);
  assert_says (&session->screen, "Marijke de Bruin");
  assert_does_not_say (&session->screen, "06 12 34 56 78");
  assert_does_not_say (&session->screen, "marijke@debruin.example");
}

static void
test_a_client_that_is_taken (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  change_rights (session, "ended");
  g_assert_null (page);
  assert_does_not_say (&session->screen, "Wil");
  assert_says (&session->screen, "Henk de Bruin");
  g_assert_true (shows (dialog_of (session), "You no longer have access to the portal of Wil de Bruin."));
  change_rights (session, "nobody");
  assert_does_not_say (&session->screen, "Bruin");
  assert_says (&session->screen, "You have been invited.");
  g_assert_true (shows (dialog_of (session), "You no longer have access to the portal of Henk de Bruin."));
  g_assert_false (shows (dialog_of (session), "Wil"));
}

static void
test_a_part_that_is_given (Session *session, gconstpointer data)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  change_rights (session, "no-profile");
  assert_does_not_say (&session->screen, "My Details");
  gtk_window_destroy (GTK_WINDOW (dialog_of (session)));
  change_rights (session, NULL);
  assert_says (&session->screen, "My Details");
  assert_says (&session->screen, "You have been given access to Details.");
  g_assert_null (dialog_of (session));
}

/* Also what is behind the page where the password is changed. */
static void
test_taken_while_typing_elsewhere (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_widget_activate_action (session->place, "session.change-password", NULL);
  change_rights (session, "no-dossier");
  g_assert_null (page);
  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  g_assert_null (dialog_of (session));
  assert_says (&session->screen, "No Access to Dossier Any More");
}

/* What could not be looked at is looked at again, without another word from the server. */
static void
test_the_look_fails (Session *session, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  open_dossier_of_wil (session);
  change_rights (session, "failed");
  assert_says (&session->screen, "My Dossier");
  fixture_api_set_scenario (FIXTURE_API (session->screen.api), "no-dossier");
  fixture_api_tell (FIXTURE_API (session->screen.api), CP_TOPIC_ALL); /* as to a question without a place */
  while (shows (session->screen.window, "My Dossier"))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* An answer from before must not bring back what was taken after it. */
static void
test_an_answer_that_comes_late (Session *session, gconstpointer data)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);

  open_dossier_of_wil (session);
  fixture_api_hold (api, CP_ROUTE_SESSION);
  g_signal_emit_by_name (shown (session), "answered", TRUE); /* asked before */
  change_rights (session, "no-dossier");
  fixture_api_release (api, TRUE);
  settle ();
  assert_does_not_say (&session->screen, "My Dossier");
  fixture_api_release (api, FALSE);
  settle ();
  assert_does_not_say (&session->screen, "My Dossier");
}

/* From the menu to the list, to the portal as somebody else sees it, and back to that row. */
static void
test_looking_as_somebody_else (Session *session, gconstpointer data)
{
  FixtureMembers *members;
  GtkWidget *page;

  g_signal_emit_by_name (shown (session), "patient-chosen", "wilAAAAAAAAAAAAAAAAAAA");
  settle ();
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
  page = find_type (session->place, CPA_TYPE_PEOPLE_PAGE);
  g_assert_nonnull (page);
  members = fixture_api_get_members (FIXTURE_API (session->screen.api));
  fixture_members_hold (members);
  gtk_widget_activate_action (page, "people.tick", "(sub)", "pieterAAAAAAAAAAAAAAAA", CP_PART_MESSAGES, FALSE);
  gtk_widget_activate_action (page, "people.view", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  g_assert_nonnull (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
  assert_says (&session->screen, "View as Pieter de Bruin");
  g_assert_cmpstr (fixture_api_get_view_as (FIXTURE_API (session->screen.api)), ==, "pieterAAAAAAAAAAAAAAAA");
  /* What comes of a tick meanwhile is said to whom one is again afterwards. */
  fixture_members_let_go (members);
  settle ();
  assert_does_not_say (&session->screen, "Pieter de Bruin no longer has access to Messages.");
  g_signal_emit_by_name (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE), "stopped", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  assert_says (&session->screen, "Pieter de Bruin no longer has access to Messages.");
  g_assert_null (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
  g_assert_true (find_type (session->place, CPA_TYPE_PEOPLE_PAGE) == page);
  g_assert_nonnull (
      gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (session->screen.window)), CPA_TYPE_PART_CHECK));
  /* Whose own access changes meanwhile looks as nobody else any more. */
  gtk_widget_activate_action (page, "people.view", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  look_again (session, shown (session), "one");
  g_assert_null (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
}

static gboolean
is_invitations_page (GtkWidget *widget, const char *text)
{
  return CPA_IS_INVITATIONS_PAGE (widget);
}

/* What is chosen in a menu gets the focus, and not the button of the menu again. */
static void
test_focus_after_the_menu (Session *session, gconstpointer data)
{
  GtkWidget *page, *focus;

  press (&session->screen, "Marijke de Bruin");
  press (&session->screen, "Invitations");
  page = find (session->screen.window, is_invitations_page, NULL);
  g_assert_nonnull (page);
  focus = gtk_root_get_focus (GTK_ROOT (session->screen.window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, page));
  /* On the first of what there is, where many things come at once. */
  press (&session->screen, "Marijke de Bruin");
  press (&session->screen, "Profile Settings");
  focus = gtk_root_get_focus (GTK_ROOT (session->screen.window));
  g_assert_true (focus == find (session->screen.window, is_button_named, "Edit Profile"));
}

/* From Profielinstellingen too, and only as long as one may: whoever has it open when that ends is told nothing else
 * there, and is portal administrator again later. */
static void
test_inviting_from_profile_settings (Session *session, gconstpointer data)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  gtk_widget_activate_action (shown (session), "main.profile", NULL);
  settle ();
  assert_says (&session->screen, "You are portal administrator of Wil de Bruin.");
  change_rights (session, "no-settings");
  assert_says (&session->screen, "Where You Are Logged In");
  assert_does_not_say (&session->screen, "You are portal administrator of Wil de Bruin.");
  change_rights (session, NULL);
  assert_says (&session->screen, "You are portal administrator of Wil de Bruin.");
  press (&session->screen, "Invite Other Users");
  g_assert_nonnull (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
}

/* Somebody manages users and reads nothing: that is access, with a way to what there is to do. */
static void
test_who_only_manages_users (Session *session, gconstpointer data)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  change_rights (session, "only-settings");
  assert_does_not_say (&session->screen, "You Have No Access to Parts Yet");
  assert_says (&session->screen, "Henk de Bruin declined the invitation.");
  assert_says (&session->screen, "You manage who may see what of Wil de Bruin.");
  press (&session->screen, "User Management");
  g_assert_nonnull (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
}

/* Without the right there is no way in, whatever asks. */
static void
test_no_user_management_without_settings (Session *session, gconstpointer data)
{
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
  g_assert_null (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
  gtk_widget_activate_action (shown (session), "main.profile", NULL);
  settle ();
  assert_says (&session->screen, "Your username is m.debruin.");
  assert_does_not_say (&session->screen, "Invite Other Users");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_MEMBERS), ==, 0);
}

static void
logged_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (CpLoginAnswer) answer = cpa_account_next_finish (CPA_ACCOUNT (source), result, &error);

  g_assert_no_error (error);
}

/* The words of the session that begins. */
static CpaWords *
log_in_as (Session *session, const char *username, gboolean shared)
{
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  cpa_account_login_async (session->account, username, "geheim", "en", shared, NULL, logged_in_cb, NULL);
  settle ();
  log_in_again (session, NULL);
  return cpa_words_of (cpa_account_get_api (session->account));
}

/* It is the person's choice, and of nobody else. */
static void
test_words_are_explained_as_chosen (Session *session, gconstpointer data)
{
  CpaWords *words = log_in_as (session, "m.debruin", FALSE);

  g_assert_true (cpa_words_get_explain (words));
  cpa_words_set_explain (words, FALSE);
  g_assert_false (cpa_words_get_explain (log_in_as (session, "M.deBruin", FALSE)));
  g_assert_true (cpa_words_get_explain (log_in_as (session, "p.debruin", FALSE)));
  words = log_in_as (session, "m.debruin", FALSE);
  g_assert_false (cpa_words_get_explain (words));
  cpa_words_set_explain (words, TRUE);
  words = log_in_as (session, "m.debruin", TRUE);
  g_assert_true (cpa_words_get_explain (words));
  cpa_words_set_explain (words, FALSE);
  g_assert_true (cpa_words_get_explain (log_in_as (session, "m.debruin", TRUE)));
}

/* A shared computer is left then; one's own is not. */
static void
test_the_computer_is_left (Session *session, gconstpointer data)
{
  for (gsize i = 0; i < N_TELLERS; i++)
    {
      log_in_as (session, "m.debruin", FALSE);
      tell (&tellers[i], TRUE);
      g_assert_null (session->left);
      log_in_as (session, "m.debruin", TRUE);
      tell (&tellers[i], FALSE);
      g_assert_null (session->left);
      tell (&tellers[i], TRUE);
      WAIT_FOR (session->left != NULL);
      g_assert_cmpstr (session->left, ==,
                       "You are logged out, because the screen was locked or the computer went to sleep. Nothing is "
                       "left on this computer.");
      g_assert_cmpuint (fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_LOGOUT), ==, i + 1);
      log_in_again (session, NULL);
    }
}

/* Else anything that runs there could end the session of whoever is in. */
static void
test_only_the_desktop_says_that_it_is_left (Session *session, gconstpointer data)
{
  log_in_as (session, "m.debruin", TRUE);
  for (gsize i = 0; i < N_TELLERS; i++)
    {
      tell_as_anybody (&tellers[i], TRUE);
      g_assert_null (session->left);
    }
}

/* Who may be opened is a reading too: a server that cannot record it says so, and so does the screen. */
static void
test_a_full_server (Session *session, gconstpointer data)
{
  assert_says (&session->screen, "The portal cannot save or show anything now.");
  assert_does_not_say (&session->screen, "Bruin");
  fixture_api_set_scenario (FIXTURE_API (session->screen.api), NULL);
  press (&session->screen, "Try Again");
  assert_says (&session->screen, "Bruin");
}

static void
wait_for_more (FixtureApi *api, guint (*count) (FixtureApi *api, CpRouteId route), CpRouteId route, guint before)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (count (api, route) == before && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count (api, route), ==, before + 1);
}

/* The feed has nothing to tell, but what is in sight may be of hours ago. */
static void
test_there_is_a_line_again (Session *session, gconstpointer data)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);
  guint asked = fixture_api_count (api, CP_ROUTE_CHANGES);
  guint refreshed = fixture_api_count_refreshes (api, CP_ROUTE_START);

  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  wait_for_more (api, fixture_api_count, CP_ROUTE_CHANGES, asked);
  g_assert_cmpuint (fixture_api_count_refreshes (api, CP_ROUTE_START), ==, refreshed);
  fixture_api_tell (api, 0);
  wait_for_more (api, fixture_api_count_refreshes, CP_ROUTE_START, refreshed);
}

int
main (int argc, char **argv)
{
  lock_init ();
  if (!screen_init (&argc, &argv, "en"))
    return 0;
  g_test_add ("/portal/nobody-is-named-afterwards", Session, NULL, set_up, test_nobody_is_named_afterwards, tear_down);
  g_test_add ("/portal/an-answered-invitation-is-asked-no-more", Session, NULL, set_up,
              test_an_answered_invitation_is_asked_no_more, tear_down);
  g_test_add ("/portal/a-new-right-does-not-disturb", Session, NULL, set_up, test_a_new_right_does_not_disturb,
              tear_down);
  g_test_add ("/portal/the-pages-stay-behind-a-new-password", Session, NULL, set_up,
              test_the_pages_stay_behind_a_new_password, tear_down);
  g_test_add ("/portal/a-death-at-the-profile", Session, NULL, set_up, test_a_death_at_the_profile, tear_down);
  g_test_add ("/portal/a-death-at-the-appointments", Session, NULL, set_up, test_a_death_at_the_appointments,
              tear_down);
  g_test_add ("/portal/a-death-at-the-dossier", Session, NULL, set_up, test_a_death_at_the_dossier, tear_down);
  g_test_add ("/portal/a-part-that-is-closed", Session, NULL, set_up, test_a_part_that_is_closed, tear_down);
  g_test_add ("/portal/a-part-that-is-taken", Session, NULL, set_up, test_a_part_that_is_taken, tear_down);
  g_test_add ("/portal/what-is-in-use-stays", Session, NULL, set_up, test_what_is_in_use_stays, tear_down);
  g_test_add ("/portal/numbers-that-are-taken", Session, NULL, set_up, test_numbers_that_are_taken, tear_down);
  g_test_add ("/portal/a-client-that-is-taken", Session, NULL, set_up, test_a_client_that_is_taken, tear_down);
  g_test_add ("/portal/a-part-that-is-given", Session, NULL, set_up, test_a_part_that_is_given, tear_down);
  g_test_add ("/portal/taken-while-typing-elsewhere", Session, NULL, set_up, test_taken_while_typing_elsewhere,
              tear_down);
  g_test_add ("/portal/the-look-fails", Session, NULL, set_up, test_the_look_fails, tear_down);
  g_test_add ("/portal/an-answer-that-comes-late", Session, NULL, set_up, test_an_answer_that_comes_late, tear_down);
  g_test_add ("/portal/looking-as-somebody-else", Session, NULL, set_up, test_looking_as_somebody_else, tear_down);
  g_test_add ("/portal/focus-after-the-menu", Session, NULL, set_up, test_focus_after_the_menu, tear_down);
  g_test_add ("/portal/inviting-from-profile-settings", Session, NULL, set_up, test_inviting_from_profile_settings,
              tear_down);
  g_test_add ("/portal/no-user-management-without-settings", Session, NULL, set_up,
              test_no_user_management_without_settings, tear_down);
  g_test_add ("/portal/who-only-manages-users", Session, NULL, set_up, test_who_only_manages_users, tear_down);
  g_test_add ("/portal/words-are-explained-as-chosen", Session, NULL, set_up, test_words_are_explained_as_chosen,
              tear_down);
  g_test_add ("/portal/the-computer-is-left", Session, NULL, set_up, test_the_computer_is_left, tear_down);
  g_test_add ("/portal/only-the-desktop-says-that-it-is-left", Session, NULL, set_up,
              test_only_the_desktop_says_that_it_is_left, tear_down);
  g_test_add ("/portal/there-is-a-line-again", Session, NULL, set_up, test_there_is_a_line_again, tear_down);
  g_test_add ("/portal/a-full-server", Session, "full", set_up, test_a_full_server, tear_down);
  return g_test_run ();
}
