/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed when a session ended by itself is there at the next login of the same person, and of nobody else.
 * Needs a display. */
#include <adwaita.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cp-error.h"
#include "people-kit.h"
#include "portal-kit.h"

#define IDLE_SECONDS 900
#define KEPT "What you typed is kept."
#define IN_STEP_2 "What you had typed is still here. What belongs to step 2, you see there."
#define PATIENCE (60 * G_USEC_PER_SEC)

static int slept_seconds;

/* In place of the C library's: a machine that slept. */
int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int result = (int) syscall (SYS_clock_gettime, clock, time);

  if (result == 0 && clock == CLOCK_BOOTTIME)
    time->tv_sec += slept_seconds;
  return result;
}

/* Until the app saw that it slept so long. */
static void
sleep_until_left (Session *session, int seconds)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  slept_seconds += seconds;
  while (session->left == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  settle ();
}

static void
open_people (Session *session)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
}

static void
open_profile (Session *session)
{
  gtk_widget_activate_action (shown (session), "main.profile", NULL);
  settle ();
}

static void
type_name (Session *session)
{
  open_profile (session);
  people_press ("Edit Profile");
  people_type ("Your Name", "Marijke Bos");
}

static void
assert_nothing_kept (Session *session)
{
  people_assert_does_not_say ("What you had typed");
  open_profile (session);
  people_press ("Edit Profile");
  g_assert_cmpstr (people_typed ("Your Name"), !=, "Marijke Bos");
  people_assert_does_not_say ("What you had typed");
}

static void
test_nobody_was_there (Session *session, gconstpointer data)
{
  open_people (session);
  people_press ("Add User");
  people_type ("E-mail Address", "joost@example.org");
  people_press ("Add");
  people_type ("Name", "Joost Vermeer");
  people_click_box ("Brother");
  people_type ("Mobile Number", "06 12 34 56 78");
  sleep_until_left (session, IDLE_SECONDS);
  g_assert_cmpstr (session->left, ==,
                   "You are logged out, because nothing happened for 15 minutes. What you typed is kept.");
  people_assert_does_not_say ("Joost");

  log_in_again (session, NULL);
  people_assert_says ("What you had typed at “Add User” is still there. Open it to go on.");
  open_people (session);
  people_press ("Add User");
  people_assert_says (IN_STEP_2);
  g_assert_cmpstr (people_typed ("E-mail Address"), ==, "joost@example.org");
  people_press ("Add");
  people_assert_says ("What you had typed is still here.");
  people_assert_does_not_say (IN_STEP_2);
  g_assert_cmpstr (people_typed ("Name"), ==, "Joost Vermeer");
  g_assert_true (people_is_ticked ("Brother"));
  g_assert_cmpstr (people_typed ("Mobile Number"), ==, "06 12 34 56 78");
  /* It is as if it had been typed now. */
  people_press ("Cancel");
  people_assert_says ("Close Without Saving?");
  people_press ("Do Not Save");
  people_press ("Add User");
  g_assert_cmpstr (people_typed ("E-mail Address"), ==, "");
}

/* What is not in sight is not told to be there; and what shows by itself is not told to come. */
static void
test_a_contact_in_two_steps (Session *session, gconstpointer data)
{
  open_people (session);
  people_click_box ("Messages for Annie Smit");
  people_type ("E-mail Address", "annie@example.org");
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  log_in_again (session, NULL);
  open_people (session);
  people_click_box ("Messages for Annie Smit");
  people_assert_says ("What you had typed is still here.");
  people_assert_does_not_say (IN_STEP_2);
  people_press ("Next");
  people_type ("Mobile Number", "06 12 34 56 99");
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  log_in_again (session, NULL);
  open_people (session);
  people_click_box ("Messages for Annie Smit");
  people_assert_says (IN_STEP_2);
  people_press ("Next");
  people_assert_says ("What you had typed is still here.");
  people_assert_does_not_say (IN_STEP_2);
  g_assert_cmpstr (people_typed ("Mobile Number"), ==, "06 12 34 56 99");
}

/* The server says that ten minutes are left, at a computer whose clock says that it is over already. */
static void
wait_for_the_last_minute (Session *session)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  type_name (session);
  g_assert_null (people_find (says, "This cannot be put off."));
  /* It would say ten minutes again to whoever uses the form. */
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_SESSION);
  slept_seconds += 600 - 55;
  while (people_find (says, "This cannot be put off.") == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  people_assert_does_not_say ("Stay Logged In");
  people_assert_says ("You will be logged out in");
  people_assert_says ("What you typed is kept.");
}

static void
assert_over_and_kept (Session *session)
{
  g_assert_cmpstr (session->left, ==,
                   "You were logged in for a long time. For safety we have logged you out. What you typed is kept.");
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_N_ROUTES);
  log_in_again (session, "one");
  people_assert_says ("What you had typed at “Edit Profile” is still there.");
}

static void
test_its_time_is_over (Session *session, gconstpointer data)
{
  wait_for_the_last_minute (session);
  people_press ("Go On Until Then");
  people_assert_does_not_say ("This cannot be put off.");
  g_assert_cmpstr (people_typed ("Your Name"), ==, "Marijke Bos");
  g_assert_null (session->left);
  sleep_until_left (session, 60);
  assert_over_and_kept (session);
}

static void
test_not_waiting_for_the_end (Session *session, gconstpointer data)
{
  wait_for_the_last_minute (session);
  people_press ("Log In Again Now");
  assert_over_and_kept (session);
}

static const CpErrorCode endings[] = { CP_ERROR_UNAUTHENTICATED, CP_ERROR_SESSION_ENDED_ELSEWHERE,
                                       CP_ERROR_SESSION_ENDED_PASSWORD };

static void
test_the_server_ended_it (Session *session, gconstpointer data)
{
  type_name (session);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      session_ends (session, endings[i]);
      g_assert_true (g_str_has_suffix (session->left, KEPT));
      log_in_again (session, NULL);
      people_assert_says ("What you had typed at “Edit Profile” is still there.");
      open_profile (session);
      people_press ("Edit Profile");
      people_assert_says ("What you had typed is still here.");
      g_assert_cmpstr (people_typed ("Your Name"), ==, "Marijke Bos");
    }
}

/* Nobody is told that something is kept when nothing was typed. */
static void
test_nothing_was_typed (Session *session, gconstpointer data)
{
  open_profile (session);
  people_press ("Edit Profile");
  session_ends (session, CP_ERROR_SESSION_ENDED_ELSEWHERE);
  g_assert_null (strstr (session->left, KEPT));
  log_in_again (session, NULL);
  assert_nothing_kept (session);
}

static void
test_never_a_password (Session *session, gconstpointer data)
{
  GtkWidget *password;

  open_profile (session);
  people_press ("Change E-mail Address…");
  people_type ("E-mail Address", "marijke@bos.example");
  password = find (people_find (is_password, NULL), is_text, NULL);
  gtk_editable_set_text (GTK_EDITABLE (password), "vier losse gekke fietsbellen");
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  log_in_again (session, NULL);
  open_profile (session);
  people_press ("Change E-mail Address…");
  g_assert_cmpstr (people_typed ("E-mail Address"), ==, "marijke@bos.example");
  password = find (people_find (is_password, NULL), is_text, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (password)), ==, "");
}

/* Also when the first comes back after that. */
static void
test_somebody_else_logs_in (Session *session, gconstpointer data)
{
  type_name (session);
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  log_in_again (session, "one");
  assert_nothing_kept (session);
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  log_in_again (session, NULL);
  assert_nothing_kept (session);
}

static void
test_the_account_has_ended (Session *session, gconstpointer data)
{
  type_name (session);
  session_ends (session, CP_ERROR_SESSION_ENDED_ACCOUNT);
  g_assert_null (strstr (session->left, KEPT));
  log_in_again (session, NULL);
  assert_nothing_kept (session);
}

static void
test_it_was_chosen (Session *session, gconstpointer data)
{
  type_name (session);
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  log_in_again (session, NULL);
  cpa_portal_log_out (session->portal);
  settle ();
  g_assert_cmpstr (session->left, ==, "You are logged out.");
  log_in_again (session, NULL);
  assert_nothing_kept (session);
}

/* Another portal administrator was first: the number that was typed stands over one that was never seen. */
static void
test_it_was_changed_meanwhile (Session *session, gconstpointer data)
{
  FixtureMembers *members = fixture_api_get_members (FIXTURE_API (session->screen.api));
  CpMember *karel;

  open_people (session);
  people_choose ("Karel Dijkstra", "Change Mobile Number…");
  people_type ("Mobile Number", "06 12 34 56 99");
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  karel = fixture_members_find (members, "Karel Dijkstra");
  g_free (karel->mobile);
  karel->mobile = g_strdup ("06 12 34 56 77");
  log_in_again (session, NULL);
  open_people (session);
  people_choose ("Karel Dijkstra", "Change Mobile Number…");
  g_assert_cmpstr (people_typed ("Mobile Number"), ==, "06 12 34 56 99");
  people_assert_says ("What stood here before has been changed since. Check it before you save.");
}

static void
test_a_day_that_was_typed (Session *session, gconstpointer data)
{
  open_people (session);
  people_choose ("Sanne Visser", "Access Until…");
  people_click_box ("Choose a date…");
  people_type ("Last Day", "1 juni");
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  log_in_again (session, NULL);
  open_people (session);
  people_choose ("Sanne Visser", "Access Until…");
  g_assert_true (people_is_ticked ("Choose a date…"));
  g_assert_cmpstr (people_typed ("Last Day"), ==, "1 juni");
}

/* It was one's own form, and is so without that client too. */
static void
test_access_ended_meanwhile (Session *session, gconstpointer data)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  type_name (session);
  change_rights (session, "ended");
  g_assert_true (shows (dialog_of (session), "You no longer have access to the portal of Wil de Bruin."));
  g_assert_true (shows (dialog_of (session), KEPT));
  people_press ("Close");
  open_profile (session);
  people_press ("Edit Profile");
  people_assert_says ("What you had typed is still here.");
  g_assert_cmpstr (people_typed ("Your Name"), ==, "Marijke Bos");
}

/* It opens no more, so nothing is promised, then or later. */
static void
test_what_was_taken (Session *session, gconstpointer data)
{
  open_people (session);
  people_press ("Add User");
  people_type ("E-mail Address", "joost@example.org");
  change_rights (session, "no-settings");
  g_assert_nonnull (dialog_of (session));
  g_assert_false (shows (dialog_of (session), KEPT));
  people_press ("Close");
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  g_assert_false (g_str_has_suffix (session->left, KEPT));
}

/* Of two choices of which one is always made, what was chosen is put back and not only what was not. */
static void
test_another_language (Session *session, gconstpointer data)
{
  open_profile (session);
  people_press ("Edit Profile");
  people_click_box ("Dutch");
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  g_assert_true (g_str_has_suffix (session->left, KEPT));
  log_in_again (session, data);
  open_profile (session);
  people_press ("Edit Profile");
  people_assert_says ("What you had typed is still here.");
  g_assert_true (people_is_ticked ("Dutch"));
  g_assert_false (people_is_ticked ("English"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path, *scenario;
    void (*run) (Session *session, gconstpointer data);
  } tests[] = {
    { "/drafts/nobody-was-there", NULL, test_nobody_was_there },
    { "/drafts/a-contact-in-two-steps", NULL, test_a_contact_in_two_steps },
    { "/drafts/its-time-is-over", "closing", test_its_time_is_over },
    { "/drafts/not-waiting-for-the-end", "closing", test_not_waiting_for_the_end },
    { "/drafts/the-server-ended-it", NULL, test_the_server_ended_it },
    { "/drafts/nothing-was-typed", NULL, test_nothing_was_typed },
    { "/drafts/never-a-password", NULL, test_never_a_password },
    { "/drafts/somebody-else-logs-in", NULL, test_somebody_else_logs_in },
    { "/drafts/the-account-has-ended", NULL, test_the_account_has_ended },
    { "/drafts/it-was-chosen", NULL, test_it_was_chosen },
    { "/drafts/it-was-changed-meanwhile", NULL, test_it_was_changed_meanwhile },
    { "/drafts/a-day-that-was-typed", NULL, test_a_day_that_was_typed },
    { "/drafts/access-ended-meanwhile", NULL, test_access_ended_meanwhile },
    { "/drafts/what-was-taken", NULL, test_what_was_taken },
    { "/drafts/another-language", "english", test_another_language },
  };

  if (!screen_init (&argc, &argv, "en"))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Session, tests[i].scenario, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
