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

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/people-undo/one-of-two-is-not-undone", test_one_of_two_is_not_undone },
    { "/people-undo/a-tick-beside-an-undo", test_a_tick_beside_an_undo },
    { "/people-undo/dies-meanwhile", test_dies_meanwhile },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
