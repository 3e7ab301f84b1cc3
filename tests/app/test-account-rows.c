/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of Profielinstellingen, which are made anew when something has changed. Needs a display. */
#include <adwaita.h>

#include "cpa-alert.h"
#include "cpa-ask.h"
#include "people-kit.h"

static gboolean
is_shown_button (GtkWidget *widget, const char *name)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && is_named (widget, name);
}

static gboolean
has_focus (Screen *screen, const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (screen->window));

  return focus != NULL && gtk_widget_get_mapped (focus) && is_named (focus, name);
}

static void
press_with_focus (const char *name)
{
  gtk_widget_grab_focus (people_find (is_shown_button, name));
  people_press (name);
}

/* Pressed twice: the session is gone by then, and that is no failure. */
static void
test_a_session_that_ends_once (void)
{
  Screen screen = open_account (NULL);
  FixtureApi *api = FIXTURE_API (screen.api);

  fixture_api_hold (api, CP_ROUTE_ACCOUNT_SESSION_END);
  press_with_focus ("Log Out on That Device");
  g_assert_true (has_focus (&screen, "Log Out on That Device"));
  people_press ("Log Out on That Device");
  g_assert_cmpuint (fixture_api_count (api, CP_ROUTE_ACCOUNT_SESSION_END), ==, 1);
  fixture_api_release (api, TRUE);
  settle ();
  people_assert_says ("Logged out on ");
  /* It failed: then it can be pressed again. */
  fixture_api_fail (api, CP_ROUTE_ACCOUNT_SESSION_END, CP_ERROR_UNREACHABLE);
  people_press ("Log Out on That Device");
  people_assert_does_not_say ("Logged out on ");
  g_assert_true (has_focus (&screen, "Log Out on That Device"));
  /* It ended elsewhere. */
  fixture_api_fail (api, CP_ROUTE_ACCOUNT_SESSION_END, CP_ERROR_NOT_FOUND);
  people_press ("Log Out on That Device");
  g_assert_cmpuint (fixture_api_count (api, CP_ROUTE_ACCOUNT_SESSION_END), ==, 3);
  people_assert_says ("Logged out on ");
  close_screen (&screen);
}

/* Whose new address waits hears what becomes of it. */
static void
test_an_address_that_waits (void)
{
  Screen screen = open_account (NULL);

  people_press ("Log Out Everywhere Else");
  people_assert_says (
      "You stay logged in here. On all other devices you have to log in again. The link in the e-mail to "
      "marijke@nieuw.example no longer works then.");
  close_screen (&screen);
}

/* That a session goes on must be read: it is not gone again after some seconds, as a notice is. */
static void
test_a_session_that_goes_on (void)
{
  Screen screen = open_account (NULL);
  FixtureApi *api = FIXTURE_API (screen.api);
  GtkWidget *alert = GTK_WIDGET (cpa_alert_find (screen.page));

  g_assert_nonnull (alert);
  g_assert_false (gtk_widget_get_mapped (alert));
  fixture_api_fail (api, CP_ROUTE_ACCOUNT_SESSION_END, CP_ERROR_UNREACHABLE);
  people_press ("Log Out on That Device");
  g_assert_true (gtk_widget_get_mapped (alert));
  fixture_api_fail (api, CP_N_ROUTES, CP_ERROR_UNREACHABLE);
  refresh (&screen);
  g_assert_true (gtk_widget_get_mapped (alert));
  people_press ("Log Out on That Device");
  g_assert_false (gtk_widget_get_mapped (alert));
  close_screen (&screen);
}

/* Who saves with the keyboard can do so again. */
static void
test_the_focus_of_a_window_stays (void)
{
  Screen screen = open_account (NULL);

  people_press ("Edit Profile");
  people_type ("Your Name", "Marijke Bos");
  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_CHANGE, CP_ERROR_UNREACHABLE);
  press_with_focus ("Save");
  g_assert_true (is_named (gtk_window_get_focus (GTK_WINDOW (people_find (is_ask, NULL))), "Save"));
  close_screen (&screen);
}

/* What was changed makes the rows anew, and the focus would go with the button that has it. */
static void
test_the_focus_stays (void)
{
  Screen screen = open_account (NULL);

  press_with_focus ("Edit Profile");
  people_type ("Your Name", "Marijke Bos");
  fixture_api_set_scenario (FIXTURE_API (screen.api), "english");
  people_press ("Save");
  g_assert_null (people_find (is_ask, NULL));
  assert_says (&screen, "English");
  g_assert_true (has_focus (&screen, "Edit Profile"));
  /* In its place there may be another. */
  press_with_focus ("Turn Off App…");
  gtk_editable_set_text (GTK_EDITABLE (find (people_find (is_password, NULL), is_text, NULL)),
                         "vier losse fietsbellen");
  fixture_api_set_scenario (FIXTURE_API (screen.api), "long");
  people_press ("Turn Off App");
  g_assert_true (has_focus (&screen, "Set Up App…"));
  close_screen (&screen);
}

/* What the row was about is gone: the focus comes near, and not to the same button of another row. */
static void
test_the_focus_of_a_row_that_goes (void)
{
  Screen screen = open_account (NULL);

  fixture_api_set_scenario (FIXTURE_API (screen.api), "long");
  press_with_focus ("Log Out on That Device");
  g_assert_true (has_focus (&screen, "Change Notifications…"));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/account-rows/a-session-that-ends-once", test_a_session_that_ends_once },
    { "/account-rows/a-session-that-goes-on", test_a_session_that_goes_on },
    { "/account-rows/an-address-that-waits", test_an_address_that_waits },
    { "/account-rows/the-focus-of-a-window-stays", test_the_focus_of_a_window_stays },
    { "/account-rows/the-focus-stays", test_the_focus_stays },
    { "/account-rows/the-focus-of-a-row-that-goes", test_the_focus_of_a_row_that_goes },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
