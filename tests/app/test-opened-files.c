/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What another program shows is not left on the computer when the care team takes it away. Needs a display. */
#include "cpa-main-page.h"
#include "cpa-people-page.h"
#include "cpa-private-files.h"
#include "cpa-view-as-page.h"
#include "portal-kit.h"
#include "reading-kit.h"

#define FILES "item7AAAAAAAAAAAAAAAAA"
#define ADDED "more00000000000000000A"

static Screen
open_oldest (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  g_signal_emit_by_name (find_list (&screen), "activate", 0u);
  settle ();
  return screen;
}

/* Another program shows it, and goes on with that as long as the report is there. */
static void
open_a_pdf (Screen *screen)
{
  /* As the app does at start: a run that was broken off left something behind. */
  cpa_private_files_remove_all ();
  press (screen, "Open Attachment: Medicatieoverzicht");
  g_assert_true (has_private_files ());
  refresh (screen);
  g_assert_true (has_private_files ());
}

static void
assert_taken_away (Screen *screen, const char *item)
{
  fixture_api_withdraw (get_api (screen), item);
  refresh (screen);
  g_assert_false (has_private_files ());
  close_screen (screen);
}

/* What was opened outside is not left behind, wherever one looks by then. */
static void
test_card (void)
{
  Screen screen = open_oldest ();

  open_a_pdf (&screen);
  g_signal_emit_by_name (find_list (&screen), "activate", 1u);
  settle ();
  g_assert_null (find (screen.window, is_button_named, "Open Attachment: Medicatieoverzicht"));
  /* The line is down: nothing is known of it. */
  fixture_api_fail (get_api (&screen), CP_ROUTE_DOSSIER_ITEM, CP_ERROR_UNREACHABLE);
  refresh (&screen);
  g_assert_true (has_private_files ());
  fixture_api_fail (get_api (&screen), CP_N_ROUTES, CP_ERROR_UNREACHABLE);
  assert_taken_away (&screen, FILES);
}

static void
test_large (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  search (&screen, "menukaart");
  press (&screen, "Read Large");
  open_a_pdf (&screen);
  press (&screen, "Stop Reading Large");
  search (&screen, "sliep");
  assert_taken_away (&screen, FILES);
}

/* The report stays, without it. */
static void
test_alone (void)
{
  Screen screen = open_oldest ();

  open_a_pdf (&screen);
  fixture_api_set_scenario (get_api (&screen), "amended");
  refresh (&screen);
  g_assert_false (has_private_files ());
  close_screen (&screen);
}

/* The plan goes on, and so does who reads other reports. */
static void
test_plan (void)
{
  Screen screen = open_screen ("dossier", "many", "session", 1000);
  FixtureReading *reading = fixture_api_get_reading (get_api (&screen));

  fixture_reading_add_file (reading, "Medicatieoverzicht");
  choose_tab (&screen, "Plans");
  open_a_pdf (&screen);
  fixture_reading_remove (reading, 0);
  assert_taken_away (&screen, ADDED);
}

/* What was on its way does not come when the plan goes. */
static void
test_late (void)
{
  Screen screen = open_screen ("dossier", "many", "session", 1000);

  fixture_reading_add_file (fixture_api_get_reading (get_api (&screen)), "Medicatieoverzicht");
  choose_tab (&screen, "Plans");
  cpa_private_files_remove_all ();
  fixture_api_hold (get_api (&screen), CP_ROUTE_ATTACHMENT);
  press (&screen, "Open Attachment: Medicatieoverzicht");
  fixture_api_fail (get_api (&screen), CP_ROUTE_CARE_PLAN, CP_ERROR_NOT_FOUND);
  refresh (&screen);
  assert_says (&screen, "The care team removed this item.");
  fixture_api_release_all (get_api (&screen));
  settle ();
  g_assert_false (has_private_files ());
  close_screen (&screen);
}

/* What one opened oneself stays open beside the portal as somebody else sees it, and goes like anywhere. */
static void
test_as_somebody_else (void)
{
  Screen screen = { .api = fixture_api_new (NULL) };
  CpaMainPage *main_page;

  screen.context = fixture_context_new (screen.api, "session", 0);
  main_page = CPA_MAIN_PAGE (cpa_main_page_new (screen.context));
  show_page (&screen, GTK_WIDGET (main_page), 1000);
  press (&screen, "My Dossier");
  g_signal_emit_by_name (find_list (&screen), "activate", 0u);
  settle ();
  cpa_private_files_remove_all ();
  press (&screen, "Open Attachment: Medicatieoverzicht");
  gtk_widget_activate_action (screen.page, "main.people", NULL);
  settle ();
  gtk_widget_activate_action (find_type (screen.page, CPA_TYPE_PEOPLE_PAGE), "people.view", "s",
                              "pieterAAAAAAAAAAAAAAAA");
  settle ();
  g_assert_nonnull (find_type (screen.page, CPA_TYPE_VIEW_AS_PAGE));
  cpa_main_page_refresh (main_page);
  settle ();
  g_assert_true (has_private_files ());
  fixture_api_withdraw (get_api (&screen), FILES);
  cpa_main_page_refresh (main_page);
  settle ();
  g_assert_false (has_private_files ());
  close_screen (&screen);
}

/* Nobody asks for it any more. */
static void
test_after_all (void)
{
  Screen screen = open_oldest ();

  open_a_pdf (&screen);
  close_screen (&screen);
  g_assert_false (has_private_files ());
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/opened-files/card", test_card },           { "/opened-files/large", test_large },
    { "/opened-files/alone", test_alone },         { "/opened-files/plan", test_plan },
    { "/opened-files/late", test_late },           { "/opened-files/as-somebody-else", test_as_somebody_else },
    { "/opened-files/after-all", test_after_all }, { NULL, NULL },
  };

  /* What would show a PDF does nothing: no program of this computer is started. */
  g_setenv ("XDG_DATA_HOME", FIXTURE_DIR "/viewer", TRUE);
  return screen_main (argc, argv, tests);
}
