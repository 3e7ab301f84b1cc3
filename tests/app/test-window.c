/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program with its one window, before one is in and when one leaves: what comes late is not shown to whoever has
 * gone on meanwhile. Needs a display. */
#include <adwaita.h>

#include "cp-part.h"
#include "cpa-address-page.h"
#include "cpa-forgot-page.h"
#include "cpa-link-page.h"
#include "cpa-login-page.h"
#include "cpa-main-page.h"
#include "cpa-people-page.h"
#include "cpa-window.h"
#include "portal-kit.h"
#include "window-kit.h"

/* The login's answer comes when something else is in sight already. */

static void
answer_too_late (GtkApplication *program, GType in_sight)
{
  answer_all ();
  g_assert_nonnull (shown_in (program, in_sight));
  g_assert_null (shown_in (program, CPA_TYPE_MAIN_PAGE));
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_SESSION), ==, 0);
}

/* Of the organisation that one is logging in at, and without anything else to open: one goes on. */
static void
test_the_portal_is_opened_by_a_link_meanwhile (GtkApplication *program)
{
  fixture_api_hold (get_server (), CP_ROUTE_LOGIN);
  begin_to_log_in (program);
  cpa_window_open (CPA_WINDOW (get_window (program)), "clientportaal://" ADDRESS "/");
  settle ();
  answer_all ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_MAIN_PAGE));
}

static void
test_the_portal_is_opened_by_a_link_elsewhere (GtkApplication *program)
{
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "other-organisation");
  settle ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_ADDRESS_PAGE));
  cpa_window_open (CPA_WINDOW (get_window (program)), "clientportaal://" ADDRESS "/");
  settle ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_LOGIN_PAGE));
}

static void
test_the_password_is_forgotten_meanwhile (GtkApplication *program)
{
  fixture_api_hold (get_server (), CP_ROUTE_LOGIN);
  begin_to_log_in (program);
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "forgot");
  settle ();
  answer_too_late (program, CPA_TYPE_FORGOT_PAGE);
}

static void
test_another_organisation_is_chosen_meanwhile (GtkApplication *program)
{
  fixture_api_hold (get_server (), CP_ROUTE_LOGIN);
  begin_to_log_in (program);
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "other-organisation");
  settle ();
  answer_too_late (program, CPA_TYPE_ADDRESS_PAGE);
}

/* Leaving: the window is gone from sight at once, and the program ends when the server has heard of it. */

static void
close_and_wait (GtkApplication *program)
{
  fixture_api_hold (get_server (), CP_ROUTE_LOGOUT);
  gtk_window_close (GTK_WINDOW (get_window (program)));
  settle ();
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 1);
}

static void
assert_a_window_that_stays (GtkApplication *program)
{
  GtkWidget *window = get_window (program);

  g_assert_true (CPA_IS_WINDOW (window) && gtk_widget_get_mapped (window));
  answer_all ();
  g_assert_true (get_window (program) == window && gtk_widget_get_mapped (window));
  g_assert_nonnull (shown_in (program, CPA_TYPE_LOGIN_PAGE));
}

static void
test_started_again_while_it_closes (GtkApplication *program)
{
  log_in (program);
  close_and_wait (program);
  g_application_activate (G_APPLICATION (program));
  settle ();
  assert_a_window_that_stays (program);
}

static void
test_a_link_while_it_closes (GtkApplication *program)
{
  g_autoptr (GFile) link = g_file_new_for_uri ("clientportaal://" ADDRESS "/");

  log_in (program);
  close_and_wait (program);
  g_application_open (G_APPLICATION (program), &link, 1, "");
  settle ();
  assert_a_window_that_stays (program);
}

static void
test_it_ends_when_the_server_knows (GtkApplication *program)
{
  log_in (program);
  close_and_wait (program);
  g_assert_null (get_window (program));
}

/* What was copied of it. */

static void
copy (GtkApplication *program)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (get_window (program)), "138 over 76");
}

/* (transfer full) */
static char *
get_copied (GtkWidget *window)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (window));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (content != NULL && gdk_content_provider_get_value (content, &value, NULL));
  return g_value_dup_string (&value);
}

static void
assert_nothing_copied (GtkWidget *window)
{
  g_autofree char *copied = get_copied (window);

  g_assert_cmpstr (copied, ==, "");
}

static void
unmap_cb (GtkWidget *window, gboolean *was_seen)
{
  *was_seen = TRUE;
  assert_nothing_copied (window);
}

/* The desktop does not listen to a window that is not there. */
static void
test_nothing_to_paste_after_closing (GtkApplication *program)
{
  gboolean was_seen = FALSE;

  log_in (program);
  copy (program);
  g_signal_connect (get_window (program), "unmap", G_CALLBACK (unmap_cb), &was_seen);
  gtk_window_close (GTK_WINDOW (get_window (program)));
  settle ();
  g_assert_true (was_seen);
}

/* Nor to one without the focus: what is on the clipboard then goes when it has that again. */
static void
test_nothing_to_paste_after_going_elsewhere (GtkApplication *program)
{
  GtkWidget *window = get_window (program), *other = gtk_window_new ();

  log_in (program);
  gtk_window_present (GTK_WINDOW (other));
  WAIT_FOR (!gtk_window_is_active (GTK_WINDOW (window)));
  gtk_widget_activate_action (shown_in (program, CPA_TYPE_MAIN_PAGE), "session.log-out", NULL);
  settle ();
  press (&(Screen){ .window = dialog_over (window) }, "Log Out");
  g_assert_nonnull (find_type (window, CPA_TYPE_LOGIN_PAGE));
  copy (program);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (gtk_window_is_active (GTK_WINDOW (window)));
  assert_nothing_copied (window);
  gtk_window_destroy (GTK_WINDOW (other));
}

/* The person chose it, and the server does not answer yet. */
static void
begin_to_log_out (GtkApplication *program)
{
  Screen question = { 0 };

  gtk_widget_activate_action (shown_in (program, CPA_TYPE_MAIN_PAGE), "session.log-out", NULL);
  settle ();
  question.window = dialog_over (get_window (program));
  fixture_api_hold (get_server (), CP_ROUTE_LOGOUT);
  press (&question, "Log Out");
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 1);
}

/* Who chose to log out, and closes the window before that is through: the program does not end before it is. */
static void
test_closed_while_logging_out (GtkApplication *program)
{
  GtkWidget *window;

  log_in (program);
  window = get_window (program);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  begin_to_log_out (program);
  gtk_window_close (GTK_WINDOW (window));
  settle ();
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 1);
  g_assert_nonnull (window);
  g_assert_false (gtk_widget_get_visible (window));
  answer_all ();
  g_assert_null (window);
}

/* It is not asked whether to log out, and the link is followed when that is through. */
static void
test_a_link_while_logging_out (GtkApplication *program)
{
  GtkWidget *window;

  log_in (program);
  begin_to_log_out (program);
  window = get_window (program);
  cpa_window_open (CPA_WINDOW (window), "clientportaal://" ADDRESS "/invitation#" TOKEN);
  settle ();
  g_assert_null (dialog_over (window));
  g_assert_null (shown_in (program, CPA_TYPE_LINK_PAGE));
  fixture_api_fail (get_server (), CP_ROUTE_LINK_LOOK, CP_ERROR_UNREACHABLE);
  answer_all ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_LINK_PAGE));
  g_assert_true (tells (window, "You are logged out."));
}

/* Whether to log out for it is asked, and nobody answers before the session ends: that is no yes. */
static void
test_a_link_that_nobody_followed (GtkApplication *program)
{
  GtkWidget *window;

  log_in (program);
  window = get_window (program);
  cpa_window_open (CPA_WINDOW (window), "clientportaal://" ADDRESS "/reset#" TOKEN);
  settle ();
  g_assert_nonnull (dialog_over (window));
  fixture_api_fail (get_server (), CP_ROUTE_CHANGES, CP_ERROR_UNAUTHENTICATED);
  settle ();
  g_assert_null (dialog_over (window));
  g_assert_nonnull (shown_in (program, CPA_TYPE_LOGIN_PAGE));
  g_assert_null (shown_in (program, CPA_TYPE_LINK_PAGE));
}

/* The server was started anew meanwhile, with other words or as another version. */

#define PHONE "088\u00a0000\u00a034\u00a000"

static void
assert_log_in_says (GtkApplication *program, const char *text)
{
  g_assert_nonnull (shown_in (program, CPA_TYPE_LOGIN_PAGE));
  g_assert_true (shows (get_window (program), text));
}

/* The program may run for weeks. */
static void
test_the_words_are_others_after_a_session (GtkApplication *program)
{
  log_in (program);
  fixture_api_set_scenario (get_server (), "renewed");
  begin_to_log_out (program);
  answer_all ();
  assert_log_in_says (program, PHONE);
  assert_log_in_says (program, "Zorggroep De Linde en Eik");
  assert_log_in_says (program, "You are logged out.");
  /* Also where one goes from there. */
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "forgot");
  settle ();
  g_assert_true (shows (get_window (program), PHONE));
}

/* To the log-in page, while who the organisation is has not come yet. */
static void
log_out_of (GtkApplication *program, const char *scenario)
{
  log_in (program);
  fixture_api_set_scenario (get_server (), scenario);
  begin_to_log_out (program);
  fixture_api_hold (get_server (), CP_ROUTE_ORGANISATION);
  fixture_api_release (get_server (), TRUE);
  settle ();
}

/* Nobody waits for them, and what was typed meanwhile stays. */
static void
test_the_words_come_while_typing (GtkApplication *program)
{
  GtkWidget *page;
  g_autofree char *typed = NULL;

  log_out_of (program, "renewed");
  page = shown_in (program, CPA_TYPE_LOGIN_PAGE);
  g_assert_false (shows (page, PHONE));
  cpa_login_page_set_username (CPA_LOGIN_PAGE (page), "w.debruin");
  answer_all ();
  g_assert_true (shown_in (program, CPA_TYPE_LOGIN_PAGE) == page);
  assert_log_in_says (program, PHONE);
  typed = cpa_login_page_dup_username (CPA_LOGIN_PAGE (page));
  g_assert_cmpstr (typed, ==, "w.debruin");
}

static void
assert_too_old (GtkApplication *program)
{
  g_assert_true (shows (get_window (program), "This Program Is Too Old"));
  g_assert_null (shown_in (program, CPA_TYPE_LOGIN_PAGE));
  g_assert_null (shown_in (program, CPA_TYPE_MAIN_PAGE));
}

/* Who is on the way to another organisation is not called back, not even by one that cannot be spoken with. */
static void
test_the_words_come_elsewhere (GtkApplication *program)
{
  log_out_of (program, "newer");
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "other-organisation");
  settle ();
  answer_all ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_ADDRESS_PAGE));
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_ADDRESS_PAGE), "back");
  answer_all ();
  assert_too_old (program);
}

/* Nor is who waits for an answer: what was sent may have been done. */
static void
test_the_words_come_while_sending (GtkApplication *program)
{
  GtkWidget *page;

  log_out_of (program, "newer");
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "forgot");
  settle ();
  page = shown_in (program, CPA_TYPE_FORGOT_PAGE);
  cpa_step_begin (CPA_STEP (page));
  answer_all ();
  g_assert_true (shown_in (program, CPA_TYPE_FORGOT_PAGE) == page);
}

/* Without an answer one logs in as before. */
static void
test_the_words_cannot_be_asked (GtkApplication *program)
{
  log_in (program);
  fixture_api_fail (get_server (), CP_ROUTE_ORGANISATION, CP_ERROR_UNREACHABLE);
  begin_to_log_out (program);
  answer_all ();
  assert_log_in_says (program, "You are logged out.");
}

static void
test_a_newer_server_after_a_session (GtkApplication *program)
{
  log_in (program);
  fixture_api_set_scenario (get_server (), "newer");
  begin_to_log_out (program);
  answer_all ();
  assert_too_old (program);
}

/* It does not know what it is asked in the old way. */
static void
test_a_newer_server_at_the_login (GtkApplication *program)
{
  fixture_api_set_scenario (get_server (), "newer");
  fixture_api_fail (get_server (), CP_ROUTE_LOGIN, CP_ERROR_NOT_FOUND);
  begin_to_log_in (program);
  assert_too_old (program);
}

static void
test_a_newer_server_in_a_session (GtkApplication *program)
{
  log_in (program);
  fixture_api_set_scenario (get_server (), "newer");
  fixture_api_fail (get_server (), CP_ROUTE_ACCOUNT, CP_ERROR_BAD_ANSWER);
  gtk_widget_activate_action (shown_in (program, CPA_TYPE_MAIN_PAGE), "main.profile", NULL);
  settle ();
  assert_too_old (program);
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 1);
}

/* What is not there any more is an answer like another. */
static void
test_something_is_not_found_in_a_session (GtkApplication *program)
{
  guint asked;

  log_in (program);
  asked = fixture_api_count (get_server (), CP_ROUTE_ORGANISATION);
  fixture_api_fail (get_server (), CP_ROUTE_ACCOUNT, CP_ERROR_NOT_FOUND);
  gtk_widget_activate_action (shown_in (program, CPA_TYPE_MAIN_PAGE), "main.profile", NULL);
  settle ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_MAIN_PAGE));
  g_assert_true (shows (get_window (program), "This Is Not Here (Any More)"));
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_ORGANISATION), ==, asked + 1);
}

/* Takes a right, and closes the window before the server answers. */
static FixtureMembers *
close_after_a_tick (GtkApplication *program, gboolean fails)
{
  FixtureMembers *members = fixture_api_get_members (get_server ());

  log_in (program);
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_MAIN_PAGE), "patient-chosen", WIL);
  settle ();
  gtk_widget_activate_action (shown_in (program, CPA_TYPE_MAIN_PAGE), "main.people", NULL);
  settle ();
  fixture_members_hold (members);
  if (fails)
    fixture_members_fail (members, g_error_new_literal (CP_ERROR, CP_ERROR_UNREACHABLE, "no server"));
  gtk_widget_activate_action (shown_in (program, CPA_TYPE_PEOPLE_PAGE), "people.tick", "(sub)",
                              "pieterAAAAAAAAAAAAAAAA", CP_PART_MESSAGES, FALSE);
  gtk_window_close (GTK_WINDOW (get_window (program)));
  settle ();
  return members;
}

/* (nullable): what is still to be seen, of a program whose window has gone. */
static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

static void
test_a_tick_is_lost_while_it_closes (GtkApplication *program)
{
  FixtureMembers *members = close_after_a_tick (program, TRUE);
  Screen dialog = { 0 };

  g_assert_null (find_dialog ());
  fixture_members_let_go (members);
  settle ();
  dialog.window = find_dialog ();
  assert_says (&dialog, "Perhaps not all your last changes in User Management have been saved.");
  g_assert_null (get_window (program));
  /* And that is the end of the program. */
  press (&dialog, "Close");
}

/* Who has opened the program again by then reads it there; what closes that window too ends both. */
static void
test_a_tick_is_lost_behind_another_window (GtkApplication *program)
{
  FixtureMembers *members = close_after_a_tick (program, TRUE);

  g_application_activate (G_APPLICATION (program));
  settle ();
  fixture_members_let_go (members);
  settle ();
  g_assert_nonnull (find_dialog ());
  g_assert_true (dialog_over (get_window (program)) == find_dialog ());
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
}

static void
test_a_tick_is_saved_while_it_closes (GtkApplication *program)
{
  fixture_members_let_go (close_after_a_tick (program, FALSE));
  settle ();
  g_assert_null (find_dialog ());
}

/* On a shared computer: whoever comes next does not find who was there. */
static void
test_the_password_was_forgotten_on_a_shared_computer (GtkApplication *program)
{
  GtkWidget *page = shown_in (program, CPA_TYPE_LOGIN_PAGE);
  g_autofree char *going = NULL, *coming = NULL;

  cpa_login_page_set_username (CPA_LOGIN_PAGE (page), "m.debruin");
  g_signal_emit_by_name (page, "forgot");
  settle ();
  page = shown_in (program, CPA_TYPE_FORGOT_PAGE);
  going = cpa_forgot_page_dup_username (CPA_FORGOT_PAGE (page));
  g_assert_cmpstr (going, ==, "m.debruin");
  g_signal_emit_by_name (page, "back");
  settle ();
  coming = cpa_login_page_dup_username (CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE)));
  g_assert_cmpstr (coming, ==, "");
}

/* Types m.debruin, goes to where one says that the password was forgotten, and back. */
static void
assert_name_after_forgot (GtkApplication *program, gboolean ticked, const char *name)
{
  CpaLoginPage *page = CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE));
  g_autofree char *coming = NULL;

  cpa_login_page_set_username (page, "m.debruin");
  cpa_login_page_set_ticked (page, ticked);
  g_signal_emit_by_name (page, "forgot");
  settle ();
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_FORGOT_PAGE), "back");
  settle ();
  page = CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE));
  coming = cpa_login_page_dup_username (page);
  g_assert_cmpstr (coming, ==, name);
  g_assert_cmpint (cpa_login_page_get_ticked (page), ==, ticked);
}

/* The computer is said to be shared by who logs in: that is not forgotten with the password. */
static void
test_the_password_was_forgotten_after_a_tick (GtkApplication *program)
{
  assert_name_after_forgot (program, TRUE, "");
}

/* Nobody said so: then the name is there again, as it was typed. */
static void
test_the_password_was_forgotten_without_a_tick (GtkApplication *program)
{
  assert_name_after_forgot (program, FALSE, "m.debruin");
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/window/the-portal-is-opened-by-a-link-meanwhile", test_the_portal_is_opened_by_a_link_meanwhile },
    { "/window/the-portal-is-opened-by-a-link-elsewhere", test_the_portal_is_opened_by_a_link_elsewhere },
    { "/window/the-password-is-forgotten-meanwhile", test_the_password_is_forgotten_meanwhile },
    { "/window/the-password-was-forgotten-on-a-shared-computer", test_the_password_was_forgotten_on_a_shared_computer,
      TRUE },
    { "/window/the-password-was-forgotten-after-a-tick", test_the_password_was_forgotten_after_a_tick },
    { "/window/the-password-was-forgotten-without-a-tick", test_the_password_was_forgotten_without_a_tick },
    { "/window/another-organisation-is-chosen-meanwhile", test_another_organisation_is_chosen_meanwhile },
    { "/window/started-again-while-it-closes", test_started_again_while_it_closes },
    { "/window/a-link-while-it-closes", test_a_link_while_it_closes },
    { "/window/nothing-to-paste-after-closing", test_nothing_to_paste_after_closing, TRUE },
    { "/window/nothing-to-paste-after-going-elsewhere", test_nothing_to_paste_after_going_elsewhere, TRUE },
    { "/window/closed-while-logging-out", test_closed_while_logging_out },
    { "/window/a-link-while-logging-out", test_a_link_while_logging_out },
    { "/window/a-link-that-nobody-followed", test_a_link_that_nobody_followed },
    { "/window/the-words-are-others-after-a-session", test_the_words_are_others_after_a_session },
    { "/window/the-words-come-while-typing", test_the_words_come_while_typing },
    { "/window/the-words-come-elsewhere", test_the_words_come_elsewhere },
    { "/window/the-words-come-while-sending", test_the_words_come_while_sending },
    { "/window/the-words-cannot-be-asked", test_the_words_cannot_be_asked },
    { "/window/a-newer-server-after-a-session", test_a_newer_server_after_a_session },
    { "/window/a-newer-server-at-the-login", test_a_newer_server_at_the_login },
    { "/window/a-newer-server-in-a-session", test_a_newer_server_in_a_session },
    { "/window/something-is-not-found-in-a-session", test_something_is_not_found_in_a_session },
    { "/window/a-tick-is-lost-while-it-closes", test_a_tick_is_lost_while_it_closes },
    { "/window/a-tick-is-lost-behind-another-window", test_a_tick_is_lost_behind_another_window },
    { "/window/a-tick-is-saved-while-it-closes", test_a_tick_is_saved_while_it_closes },
    { "/window/it-ends-when-the-server-knows", test_it_ends_when_the_server_knows },
  };
  return window_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
