/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gebruikersbeheer: taking back what was ticked, when something else comes between. Needs a display. */
#include <adwaita.h>

#include "cp-error.h"
#include "fixture-api.h"
#include "people-kit.h"

/* What could not be taken back is told, and no "Undone" takes that away. */
static void
test_one_of_two_is_not_undone (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Joke Hofstra");
  people_click_box ("Appointments for Joke Hofstra");
  people_fail (&screen, CP_ERROR_UNREACHABLE);
  people_press ("Undo All");
  g_assert_true (people_is_ticked ("Messages for Joke Hofstra"));
  g_assert_false (people_is_ticked ("Appointments for Joke Hofstra"));
  people_assert_says ("The Portal Cannot Be Reached. Not changed. The tick is back as it was. Try again.");
  people_assert_does_not_say ("Undone");
  close_screen (&screen);
}

/* What was ticked before the undo was answered can be taken back too. */
static void
test_a_tick_beside_an_undo (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Joke Hofstra");
  fixture_members_hold (people_members (&screen));
  people_click_box ("Appointments for Joke Hofstra");
  people_press ("Undo");
  for (int answers = 0; answers < 2; answers++)
    {
      fixture_members_let_go (people_members (&screen));
      settle ();
    }
  g_assert_true (people_is_ticked ("Messages for Joke Hofstra"));
  g_assert_false (people_is_ticked ("Appointments for Joke Hofstra"));
  people_assert_says ("Joke Hofstra no longer has access to Appointments.");
  people_press ("Undo");
  fixture_members_let_go (people_members (&screen));
  settle ();
  g_assert_true (people_is_ticked ("Appointments for Joke Hofstra"));
  close_screen (&screen);
}

/* Somebody dies while the page is open: the next answer shows it all. */
static void
test_dies_meanwhile (void)
{
  Screen screen = people_open (NULL, 1000);

  people_fail (&screen, CP_ERROR_DECEASED);
  people_click_box ("Messages for Joke Hofstra");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBERS), ==, 2);
  close_screen (&screen);
}

/* What waits goes out when the page is left; when it cannot any more, that is told, with whose it was. */
static void
test_dies_before_leaving (void)
{
  Screen screen = people_open ("states", 1000);
  GtkWidget *place = gtk_widget_get_parent (screen.page);

  people_fail (&screen, CP_ERROR_DECEASED);
  gtk_box_remove (GTK_BOX (place), screen.page);
  settle ();
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_INVITATION), ==, 1);
  people_assert_says ("No Invitation for Gijs Prins");
  people_assert_says ("No invitations are sent any more after somebody has died.");
  close_screen (&screen);
}

/* Whoever has logged out meanwhile is told nothing: it names somebody. */
static void
test_dies_before_logging_out (void)
{
  Screen screen = people_open ("states", 1000);

  people_fail (&screen, CP_ERROR_DECEASED);
  adw_window_set_content (ADW_WINDOW (screen.window), gtk_label_new ("Log in"));
  settle ();
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_INVITATION), ==, 1);
  people_assert_does_not_say ("No Invitation for");
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/people-undo/one-of-two-is-not-undone", test_one_of_two_is_not_undone },
    { "/people-undo/a-tick-beside-an-undo", test_a_tick_beside_an_undo },
    { "/people-undo/dies-meanwhile", test_dies_meanwhile },
    { "/people-undo/dies-before-leaving", test_dies_before_leaving },
    { "/people-undo/dies-before-logging-out", test_dies_before_logging_out },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
