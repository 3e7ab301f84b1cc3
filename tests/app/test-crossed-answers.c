/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An answer that comes late says how it was: what was asked after it counts. Needs a display. */
#include "cpa-page.h"
#include "people-kit.h"

/* Asks as it is then, and as it is now; the second answer comes first. */
static void
ask_twice (Screen *screen, CpRouteId route, const char *then, const char *now)
{
  FixtureApi *api = FIXTURE_API (screen->api);

  fixture_api_hold (api, route);
  fixture_api_set_scenario (api, then);
  cpa_page_refresh (CPA_PAGE (screen->page));
  fixture_api_set_scenario (api, now);
  cpa_page_refresh (CPA_PAGE (screen->page));
  fixture_api_release (api, TRUE);
  settle ();
  fixture_api_release_all (api);
  settle ();
}

static void
test_account (void)
{
  Screen screen = open_account (NULL);

  people_assert_says ("Dutch");
  ask_twice (&screen, CP_ROUTE_ACCOUNT, NULL, "english");
  people_assert_says ("English");
  people_assert_does_not_say ("Dutch");
  close_screen (&screen);
}

static void
test_invitations (void)
{
  Screen screen = open_screen ("invitations", "two", "session", 1000);

  people_assert_says ("G. Prins");
  ask_twice (&screen, CP_ROUTE_INVITATIONS, "two", NULL);
  people_assert_does_not_say ("G. Prins");
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/crossed-answers/account", test_account },
    { "/crossed-answers/invitations", test_invitations },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
