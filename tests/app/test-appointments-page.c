/* SPDX-License-Identifier: GPL-3.0-or-later */
/* My Appointments when something of it cannot be fetched. Needs a display. */
#include <string.h>

#include "screen-kit.h"

static FixtureApi *
get_api (Screen *screen)
{
  return FIXTURE_API (screen->api);
}

static void
assert_asked (Screen *screen, const char *part)
{
  g_assert_nonnull (strstr (fixture_api_get_query (get_api (screen)), part));
}

/* What is shown stays as it is, and what was lacking follows it. */
static void
test_next_page_is_tried_again (void)
{
  Screen screen = open_screen ("appointments", "no-more", "session", 1000);
  guint before;

  press (&screen, "Earlier Appointments");
  press (&screen, "Show More: Earlier Appointments");
  assert_says (&screen, "The Portal Cannot Be Reached");
  before = fixture_api_count (get_api (&screen), CP_ROUTE_APPOINTMENTS);
  press (&screen, "Try Again");
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_APPOINTMENTS), ==, before + 1);
  assert_asked (&screen, "when=past");
  assert_asked (&screen, "cursor=");
  assert_says (&screen, "The Portal Cannot Be Reached");
  fixture_api_set_scenario (get_api (&screen), NULL);
  press (&screen, "Try Again");
  assert_asked (&screen, "cursor=");
  assert_does_not_say (&screen, "The Portal Cannot Be Reached");
  close_screen (&screen);
}

static void
test_earlier_are_tried_again (void)
{
  Screen screen = open_screen ("appointments", NULL, "session", 1000);

  fixture_api_fail (get_api (&screen), CP_ROUTE_APPOINTMENTS, CP_ERROR_UNREACHABLE);
  press (&screen, "Earlier Appointments");
  g_assert_true (tells (screen.window, "The Portal Cannot Be Reached"));
  fixture_api_fail (get_api (&screen), CP_N_ROUTES, CP_ERROR_UNREACHABLE);
  press (&screen, "Try Again");
  assert_asked (&screen, "when=past");
  g_assert_null (find (screen.window, is_button_named, "Earlier Appointments"));
  assert_does_not_say (&screen, "The Portal Cannot Be Reached");
  close_screen (&screen);
}

static void
test_page_is_tried_again (void)
{
  Screen screen = open_screen ("appointments", "failed", "session", 1000);

  assert_says (&screen, "The Portal Cannot Be Reached");
  fixture_api_set_scenario (get_api (&screen), NULL);
  press (&screen, "Try Again");
  assert_asked (&screen, "when=coming");
  g_assert_nonnull (find (screen.window, is_button_named, "Earlier Appointments"));
  close_screen (&screen);
}

static void
press_with_focus (Screen *screen, const char *name)
{
  gtk_widget_grab_focus (find (screen->window, is_button_named, name));
  press (screen, name);
}

static void
assert_focus (Screen *screen, const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (screen->window));

  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_mapped (focus));
  if (name != NULL)
    g_assert_true (is_button_named (focus, name));
}

/* Whoever works with the keyboard can try again at once, and goes on from what came. */
static void
test_focus_stays (void)
{
  Screen screen = open_screen ("appointments", NULL, "session", 1000);

  fixture_api_fail (get_api (&screen), CP_ROUTE_APPOINTMENTS, CP_ERROR_UNREACHABLE);
  press_with_focus (&screen, "Earlier Appointments");
  assert_focus (&screen, "Earlier Appointments");
  fixture_api_fail (get_api (&screen), CP_N_ROUTES, CP_ERROR_UNREACHABLE);
  press (&screen, "Earlier Appointments");
  assert_focus (&screen, "Show More: Earlier Appointments");
  fixture_api_fail (get_api (&screen), CP_ROUTE_APPOINTMENTS, CP_ERROR_UNREACHABLE);
  press (&screen, "Show More: Earlier Appointments");
  assert_focus (&screen, "Show More: Earlier Appointments");
  fixture_api_fail (get_api (&screen), CP_N_ROUTES, CP_ERROR_UNREACHABLE);
  press (&screen, "Show More: Earlier Appointments");
  assert_focus (&screen, NULL);
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/appointments-page/next-page-is-tried-again", test_next_page_is_tried_again },
    { "/appointments-page/earlier-are-tried-again", test_earlier_are_tried_again },
    { "/appointments-page/page-is-tried-again", test_page_is_tried_again },
    { "/appointments-page/focus-stays", test_focus_stays },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
