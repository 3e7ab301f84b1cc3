/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody leaves behind on the screens before the portal: whoever comes next does not find it, nor goes on with
 * it. And what is said when a login ends halfway. Needs a display. */
#include <adwaita.h>

#include "cpa-address-page.h"
#include "cpa-boot-clock.h"
#include "cpa-forgot-page.h"
#include "cpa-link-page.h"
#include "cpa-login-page.h"
#include "cpa-main-page.h"
#include "cpa-organisation-finder.h"
#include "cpa-password-page.h"
#include "cpa-way-guard.h"
#include "cpa-window.h"
#include "lock-kit.h"
#include "portal-kit.h"
#include "reading-kit.h"
#include "window-kit.h"

#define LOCKED                                                                                                         \
  "You are logged out, because the screen was locked or the computer went to sleep. Nothing is left on this computer."
#define NEW_PASSWORD "vier losse gekke fietsbellen"

static gint64 passed; /* seconds that a test let pass */

/* In place of the real one. */
gint64
cpa_boot_clock (void)
{
  return g_get_monotonic_time () + passed * G_USEC_PER_SEC;
}

static GtkEditable *
password_of (GtkWidget *field)
{
  return GTK_EDITABLE (find (find (field, is_password, NULL), is_text, NULL));
}

/* Nobody does anything for so long. */
static void
leave_for (gint64 seconds)
{
  passed += seconds;
}

/* What is looked at every second has been; it began before this, which is longer. */
static void
let_seconds_tick (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add_once (2500, (GSourceOnceFunc) g_main_loop_quit, loop);
  g_main_loop_run (loop);
}

static gboolean
is_at_login (GtkApplication *program)
{
  return shown_in (program, CPA_TYPE_LOGIN_PAGE) != NULL;
}

static void
assert_fresh (GtkApplication *program, const char *username, const char *sentence)
{
  CpaLoginPage *page = CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE));
  g_autofree char *typed = cpa_login_page_dup_username (page);

  g_assert_cmpstr (typed, ==, username);
  g_assert_cmpstr (gtk_editable_get_text (password_of (GTK_WIDGET (page))), ==, "");
  g_assert_true (tells (get_window (program), sentence));
  g_assert_null (dialog_over (get_window (program)));
}

static void
fill_in_page (GtkWidget *page)
{
  GtkWidget *field = find (page, is_password, NULL);

  gtk_editable_set_text (password_of (field), "geheim geheim");
  gtk_editable_set_text (password_of (gtk_widget_get_next_sibling (field)), NEW_PASSWORD);
}

/* Logs in for the first time; the new password is typed, and not sent. */
static void
begin_to_change (GtkApplication *program)
{
  fixture_api_set_scenario (get_server (), "first");
  begin_to_log_in (program);
  g_assert_nonnull (shown_in (program, CPA_TYPE_PASSWORD_PAGE));
  fill_in_page (shown_in (program, CPA_TYPE_PASSWORD_PAGE));
}

static void
fail_to_log_in (GtkApplication *program)
{
  fixture_api_fail (get_server (), CP_ROUTE_LOGIN, CP_ERROR_UNREACHABLE);
  begin_to_log_in (program);
  g_assert_true (shows (get_window (program), "We got no answer"));
}

static void
test_the_login_goes_halfway (GtkApplication *program)
{
  begin_to_change (program);
  leave_for (250);
  WAIT_FOR (dialog_over (get_window (program)) != NULL);
  g_assert_nonnull (shown_in (program, CPA_TYPE_PASSWORD_PAGE));
  leave_for (60);
  WAIT_FOR (is_at_login (program));
  assert_fresh (program, "", "You are logged out, because nothing happened for 5 minutes.");
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 1);
}

/* Who is there still goes on with it. */
static void
test_somebody_is_still_there (GtkApplication *program)
{
  Screen question = { 0 };

  begin_to_change (program);
  leave_for (250);
  WAIT_FOR (dialog_over (get_window (program)) != NULL);
  question.window = dialog_over (get_window (program));
  press (&question, "Stay Logged In");
  leave_for (200);
  let_seconds_tick ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_PASSWORD_PAGE));
  g_assert_null (dialog_over (get_window (program)));
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 0);
}

static void
test_the_computer_is_left_halfway (GtkApplication *program)
{
  begin_to_change (program);
  tell (&tellers[0], TRUE);
  WAIT_FOR (is_at_login (program));
  assert_fresh (program, "", LOCKED);
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 1);
}

/* Nobody is in, so there is nothing to end. */
static void
test_the_computer_is_left_after_a_failed_login (GtkApplication *program)
{
  fail_to_log_in (program);
  tell (&tellers[0], TRUE);
  WAIT_FOR (tells (get_window (program), LOCKED));
  assert_fresh (program, "", LOCKED);
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 0);
}

static void
test_a_failed_login_is_left (GtkApplication *program)
{
  fail_to_log_in (program);
  leave_for (300);
  WAIT_FOR (tells (get_window (program), "You are logged out, because nothing happened for 5 minutes."));
  assert_fresh (program, "", "You are logged out, because nothing happened for 5 minutes.");
}

/* Who says that others use the computer does so before or after what was typed. */
static void
test_a_computer_that_is_ticked_is_left (GtkApplication *program)
{
  GtkWidget *page;

  fail_to_log_in (program);
  page = shown_in (program, CPA_TYPE_LOGIN_PAGE);
  tell (&tellers[0], TRUE);
  g_assert_true (shown_in (program, CPA_TYPE_LOGIN_PAGE) == page);
  cpa_login_page_set_ticked (CPA_LOGIN_PAGE (page), TRUE);
  settle ();
  tell (&tellers[0], TRUE);
  WAIT_FOR (tells (get_window (program), LOCKED));
  assert_fresh (program, "", LOCKED);
}

static gboolean
is_ticked (GtkApplication *program)
{
  return cpa_login_page_get_ticked (CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE)));
}

/* Whoever comes next need not know of it. Only somebody who unticks it makes the computer their own. */
static void
test_what_was_ticked_stays (GtkApplication *program)
{
  g_assert_false (is_ticked (program));
  cpa_login_page_set_ticked (CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE)), TRUE);
  log_in (program);
  tell (&tellers[0], TRUE);
  WAIT_FOR (is_at_login (program));
  g_assert_true (is_ticked (program));
  fail_to_log_in (program);
  leave_for (300);
  WAIT_FOR (tells (get_window (program), "You are logged out, because nothing happened for 5 minutes."));
  g_assert_true (is_ticked (program));
  cpa_login_page_set_ticked (CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE)), FALSE);
  fixture_api_fail (get_server (), CP_N_ROUTES, CP_ERROR_INTERNAL);
  log_in (program);
  leave_for (900);
  WAIT_FOR (is_at_login (program));
  g_assert_false (is_ticked (program));
}

/* Also when the program is opened anew. */
static void
test_a_tick_of_the_day_before (GtkApplication *program)
{
  g_autoptr (CpaSettings) settings = cpa_settings_new (TRUE, NULL);
  g_autoptr (AdwBin) place = g_object_ref_sink (ADW_BIN (adw_bin_new ()));
  g_autoptr (CpaWayGuard) guard = NULL;

  cpa_settings_set_ticked (settings, TRUE);
  guard = cpa_way_guard_new (place, settings);
  g_assert_true (cpa_way_guard_is_ticked (guard));
}

/* One's own knows who was there, but not the password, and gives more time. */
static void
test_ones_own_computer_is_left (GtkApplication *program)
{
  fail_to_log_in (program);
  leave_for (850);
  WAIT_FOR (dialog_over (get_window (program)) != NULL);
  leave_for (60);
  WAIT_FOR (tells (get_window (program), "You are logged out, because nothing happened for 15 minutes."));
  assert_fresh (program, "m.debruin", "You are logged out, because nothing happened for 15 minutes.");
}

/* It may stand there for weeks, without a question and without being made anew. */
static void
test_an_empty_page_stays (GtkApplication *program)
{
  GtkWidget *page = shown_in (program, CPA_TYPE_LOGIN_PAGE);

  /* Somebody was there, and took away what they had typed. */
  cpa_login_page_set_username (CPA_LOGIN_PAGE (page), "m.debruin");
  cpa_login_page_set_username (CPA_LOGIN_PAGE (page), "");
  leave_for (24 * 3600);
  let_seconds_tick ();
  tell (&tellers[0], TRUE);
  g_assert_true (shown_in (program, CPA_TYPE_LOGIN_PAGE) == page);
  g_assert_null (dialog_over (get_window (program)));
}

static void
type_name_and_look_elsewhere (GtkApplication *program)
{
  cpa_login_page_set_username (CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE)), "m.debruin");
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "other-organisation");
  settle ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_ADDRESS_PAGE));
}

static void
assert_typed (GtkApplication *program, const char *username)
{
  g_autofree char *typed = cpa_login_page_dup_username (CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE)));

  g_assert_cmpstr (typed, ==, username);
}

/* Whoever looks at another organisation and comes back finds their name, and no other organisation hears it. */
static void
test_a_name_stays (GtkApplication *program)
{
  type_name_and_look_elsewhere (program);
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_ADDRESS_PAGE), "back");
  settle ();
  assert_typed (program, "m.debruin");
  type_name_and_look_elsewhere (program);
  cpa_address_page_look_up (CPA_ADDRESS_PAGE (shown_in (program, CPA_TYPE_ADDRESS_PAGE)), ADDRESS);
  settle ();
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_ADDRESS_PAGE), "chosen");
  settle ();
  assert_typed (program, "");
}

static void
test_a_name_does_not_stay_where_others_come (GtkApplication *program)
{
  type_name_and_look_elsewhere (program);
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_ADDRESS_PAGE), "back");
  settle ();
  assert_typed (program, "");
}

static void
test_a_forgotten_password_is_left (GtkApplication *program)
{
  cpa_login_page_set_username (CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE)), "m.debruin");
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "forgot");
  settle ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_FORGOT_PAGE));
  tell (&tellers[0], TRUE);
  WAIT_FOR (is_at_login (program));
  assert_fresh (program, "", LOCKED);
}

static gboolean
is_empty_text (GtkWidget *widget, const char *text)
{
  return GTK_IS_TEXT (widget) && *gtk_editable_get_text (GTK_EDITABLE (widget)) == '\0';
}

/* What counts no more is forgotten, and said: one is not left before a button that does nothing. */
static void
test_a_forgotten_password_takes_too_long (GtkApplication *program)
{
  Screen screen = { .window = get_window (program) };

  cpa_login_page_set_username (CPA_LOGIN_PAGE (shown_in (program, CPA_TYPE_LOGIN_PAGE)), "m.debruin");
  g_signal_emit_by_name (shown_in (program, CPA_TYPE_LOGIN_PAGE), "forgot");
  settle ();
  gtk_editable_set_text (GTK_EDITABLE (find (screen.window, is_empty_text, NULL)), "m@debruin.example");
  fixture_api_fail (get_server (), CP_ROUTE_FORGOT, CP_ERROR_UNAUTHENTICATED);
  press (&screen, "Send E-mail");
  g_assert_true (is_at_login (program));
  assert_says (&screen, "Logging in took too long.");
}

static void
test_a_link_is_left (GtkApplication *program)
{
  fixture_api_fail (get_server (), CP_ROUTE_LINK_LOOK, CP_ERROR_UNREACHABLE);
  cpa_window_open (CPA_WINDOW (get_window (program)), "clientportaal://" ADDRESS "/reset#" TOKEN);
  settle ();
  g_assert_nonnull (shown_in (program, CPA_TYPE_LINK_PAGE));
  tell (&tellers[0], TRUE);
  WAIT_FOR (is_at_login (program));
  assert_fresh (program, "", LOCKED);
}

/* There is a session, although nothing of it is shown: it is left as any other. */
static void
test_a_portal_that_does_not_come_is_left (GtkApplication *program)
{
  fixture_api_fail (get_server (), CP_ROUTE_SESSION, CP_ERROR_UNREACHABLE);
  begin_to_log_in (program);
  g_assert_null (shown_in (program, CPA_TYPE_MAIN_PAGE));
  g_assert_false (is_at_login (program));
  tell (&tellers[0], TRUE);
  WAIT_FOR (is_at_login (program));
  assert_fresh (program, "", LOCKED);
  g_assert_cmpuint (fixture_api_count (get_server (), CP_ROUTE_LOGOUT), ==, 1);
}

static void
send_new_password (GtkApplication *program, CpErrorCode code)
{
  Screen screen = { .window = get_window (program) };

  fixture_api_fail (get_server (), CP_ROUTE_PASSWORD, code);
  press (&screen, "Change Password");
}

/* The server has it, so what it was sent with counts no more; one was never in, for however long. */
static void
test_the_answer_to_a_first_password_is_lost (GtkApplication *program)
{
  begin_to_change (program);
  send_new_password (program, CP_ERROR_UNREACHABLE);
  g_assert_true (shows (get_window (program), "We got no answer"));
  send_new_password (program, CP_ERROR_UNAUTHENTICATED);
  assert_fresh (program, "m.debruin",
                "Your password may have been changed already. Log in with your new password. Does that not work? Then "
                "the old one still works.");
}

/* As after a code whose answer was lost. */
static void
test_the_token_of_a_step_does_not_count (GtkApplication *program)
{
  begin_to_change (program);
  send_new_password (program, CP_ERROR_UNAUTHENTICATED);
  assert_fresh (program, "m.debruin",
                "Logging in took too long. Nothing is lost. Log in again, you will then get a new code.");
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Whoever went to another organisation while the logo of the first one was on its way is not taken back to that. */
static void
test_a_look_up_that_was_cancelled (GtkApplication *program)
{
  g_autoptr (CpaSettings) settings = cpa_settings_new (TRUE, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpaFound) found = NULL;

  fixture_api_set_scenario (get_server (), "with-logo");
  cpa_organisation_find_async ("other.example", settings, cancellable, keep_result_cb, &result);
  while (fixture_api_count (get_server (), CP_ROUTE_ORGANISATION_LOGO) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = cpa_organisation_find_finish (result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/way-in/the-login-goes-halfway", test_the_login_goes_halfway, TRUE },
    { "/way-in/somebody-is-still-there", test_somebody_is_still_there, TRUE },
    { "/way-in/the-computer-is-left-halfway", test_the_computer_is_left_halfway, TRUE },
    { "/way-in/the-computer-is-left-after-a-failed-login", test_the_computer_is_left_after_a_failed_login, TRUE },
    { "/way-in/a-failed-login-is-left", test_a_failed_login_is_left, TRUE },
    { "/way-in/a-computer-that-is-ticked-is-left", test_a_computer_that_is_ticked_is_left },
    { "/way-in/what-was-ticked-stays", test_what_was_ticked_stays },
    { "/way-in/a-tick-of-the-day-before", test_a_tick_of_the_day_before },
    { "/way-in/ones-own-computer-is-left", test_ones_own_computer_is_left },
    { "/way-in/an-empty-page-stays", test_an_empty_page_stays, TRUE },
    { "/way-in/a-name-stays", test_a_name_stays, FALSE },
    { "/way-in/a-name-does-not-stay-where-others-come", test_a_name_does_not_stay_where_others_come, TRUE },
    { "/way-in/a-forgotten-password-is-left", test_a_forgotten_password_is_left, TRUE },
    { "/way-in/a-forgotten-password-takes-too-long", test_a_forgotten_password_takes_too_long },
    { "/way-in/a-link-is-left", test_a_link_is_left, TRUE },
    { "/way-in/a-portal-that-does-not-come-is-left", test_a_portal_that_does_not_come_is_left, TRUE },
    { "/way-in/the-answer-to-a-first-password-is-lost", test_the_answer_to_a_first_password_is_lost },
    { "/way-in/the-token-of-a-step-does-not-count", test_the_token_of_a_step_does_not_count },
    { "/way-in/a-look-up-that-was-cancelled", test_a_look_up_that_was_cancelled },
  };

  lock_init ();
  return window_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
