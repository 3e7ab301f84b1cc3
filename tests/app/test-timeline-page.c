/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tijdlijn, wide and narrow, as one sees it. Needs a display. */
#include <adwaita.h>

#include "cpa-dossier-page.h"
#include "cpa-field.h"
#include "cpa-page.h"
#include "cpa-time-bar.h"
#include "cpa-timeline-tools.h"
#include "screen-kit.h"

static gboolean
is_bar (GtkWidget *widget, const char *text)
{
  return CPA_IS_TIME_BAR (widget);
}

static GtkWidget *
find_bar (Screen *screen)
{
  GtkWidget *bar = find (screen->window, is_bar, NULL);

  g_assert_nonnull (bar);
  return bar;
}

static gboolean
is_tools (GtkWidget *widget, const char *text)
{
  return CPA_IS_TIMELINE_TOOLS (widget);
}

static void
assert_bar_says (Screen *screen, const char *text)
{
  g_autofree char *difference = NULL;

  for (int i = 0; i < 8; i++)
    settle ();
  difference =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (find_bar (screen)), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text);
  g_assert_cmpstr (difference, ==, NULL);
}

static void
test_timeline (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);
  FixtureApi *api = FIXTURE_API (screen.api);

  /* The newest is open above the cards, and read by that. */
  assert_says (&screen, "De bloeddruk (RR) was 138 over 76.");
  assert_says (&screen, "Written by Fatima El Amrani, verzorgende");
  assert_says (&screen, "1 unread");
  g_assert_cmpint (fixture_api_count (api, CP_ROUTE_DOSSIER_ITEM_READ), ==, 1);
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  g_assert_cmpint (fixture_api_count (api, CP_ROUTE_DOSSIER_ITEM_READ), ==, 1);
  assert_bar_says (&screen, "March 3, 2026, 5 cards in March, 1 unread");
  g_assert_false (cpa_page_go_back (CPA_PAGE (screen.page)));
  press (&screen, "Close the Card");
  assert_says (&screen, "Choose a card to read it.");
  close_screen (&screen);
}

static void
assert_tip (GtkWidget *bar, double x, const char *text)
{
  g_autofree char *tip = cpa_time_bar_dup_tip (CPA_TIME_BAR (bar), x);

  g_assert_true (g_str_has_prefix (tip, text));
  g_assert_true (g_str_has_suffix (tip, "Click or drag the time bar to go to another date."));
}

/* Whoever points at a month is told what a screen reader tells. */
static void
test_tips (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);
  GtkWidget *bar = find_bar (&screen);
  int width = gtk_widget_get_width (bar);

  assert_tip (bar, 2, "Click");
  assert_tip (bar, width - 2, "Click");
  assert_tip (bar, width - 80, "March 2026: 5 cards, 1 unread\n");
  g_assert_true (gtk_widget_get_has_tooltip (bar));
  close_screen (&screen);
}

/* It stands in January, and was not of January. */
static void
test_timeline_of_a_year (void)
{
  Screen screen = open_screen ("dossier", "partial", "session", 1000);

  assert_bar_says (&screen, "some time in 2026, 1 card in January, all read");
  close_screen (&screen);
}

static void
test_timeline_unread (void)
{
  Screen screen = open_screen ("dossier", "seasons", "session", 1000);
  FixtureApi *api = FIXTURE_API (screen.api);

  assert_says (&screen, "2 unread");
  press (&screen, "2 unread");
  settle ();
  assert_says (&screen, "1 unread");
  press (&screen, "1 unread");
  settle ();
  assert_does_not_say (&screen, " unread");
  g_assert_cmpint (fixture_api_count (api, CP_ROUTE_DOSSIER_ITEM_READ), ==, 3);
  assert_bar_says (&screen, "March 3, 2026, 3 cards in March, all read");
  close_screen (&screen);
}

static void
test_timeline_goes (void)
{
  Screen screen = open_screen ("dossier", "seasons", "session", 1000);

  g_signal_emit_by_name (find_bar (&screen), "go-to", 0u, TRUE);
  assert_bar_says (&screen, "March 3, 2024, 20 cards in March, all read");
  press (&screen, "Later");
  assert_bar_says (&screen, "March 4, 2024, 20 cards in March, all read");
  press (&screen, "Today");
  assert_bar_says (&screen, "March 3, 2026, 3 cards in March, 2 unread");
  close_screen (&screen);
}

/* Beside the cards of another time the report would seem to be of that time. */
static void
test_timeline_leaves_what_is_open (void)
{
  Screen screen = open_screen ("dossier", "seasons", "session", 1000);
  GtkWidget *bar = find_bar (&screen);

  assert_says (&screen, "Written by");
  /* As long as its card is in sight it is no other time. */
  g_signal_emit_by_name (bar, "go-to", 398u, FALSE);
  settle ();
  assert_says (&screen, "Written by");
  g_signal_emit_by_name (bar, "go-to", 45u, TRUE);
  settle ();
  assert_does_not_say (&screen, "Written by");
  assert_says (&screen, "Choose a card to read it.");
  /* Chosen there it opens, and goes with the next date. */
  g_signal_emit_by_name (find_list (&screen), "activate", 45u);
  settle ();
  assert_says (&screen, "Written by");
  press (&screen, "Today");
  settle ();
  assert_does_not_say (&screen, "Written by");
  close_screen (&screen);
  screen = open_screen ("dossier", "seasons", "session", 1000);
  assert_says (&screen, "Written by");
  g_signal_emit_by_name (find (screen.window, is_tools, NULL), "go-to-date", "2024-05-17");
  settle ();
  assert_does_not_say (&screen, "Written by");
  close_screen (&screen);
  screen = open_screen ("dossier", "seasons", "session", 1000);
  g_signal_emit_by_name (find_bar (&screen), "turn", -1);
  settle ();
  assert_does_not_say (&screen, "Written by");
  close_screen (&screen);
}

/* Where the report is alone on the screen, the cards come back. */
static void
test_timeline_leaves_what_is_open_narrow (void)
{
  Screen screen = open_screen ("dossier", "seasons", "session", 400);

  g_signal_emit_by_name (find_list (&screen), "activate", 0u);
  settle ();
  assert_says (&screen, "Written by");
  g_signal_emit_by_name (find (screen.window, is_tools, NULL), "go-to-date", "2024-05-17");
  settle ();
  assert_does_not_say (&screen, "Written by");
  g_assert_true (gtk_widget_get_mapped (find_bar (&screen)));
  close_screen (&screen);
}

static void
run_for (gint64 milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* The next is asked for just when the last was reached, as by a key that is held down. */
static void
test_timeline_hurries (void)
{
  Screen screen = open_screen ("dossier", "seasons", "session", 1000);

  for (int after = 216; after <= 248; after += 4)
    {
      g_signal_emit_by_name (find_bar (&screen), "go-to", 350u, TRUE);
      run_for (after);
      g_signal_emit_by_name (find_bar (&screen), "go-to", 45u, TRUE);
      assert_bar_says (&screen, "May 17, 2024, 17 cards in May, all read");
    }
  close_screen (&screen);
}

static void
test_timeline_removed (void)
{
  Screen screen = open_screen ("dossier", "removed", "session", 1000);

  assert_says (&screen, "The care team removed this item.");
  close_screen (&screen);
}

static void
test_timeline_narrow (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 400);

  assert_says (&screen, "Today, Tue March 3");
  assert_says (&screen, "Yesterday, Mon March 2");
  assert_does_not_say (&screen, "Written by");
  g_assert_null (find (screen.window, is_button_named, "Later"));
  /* The newest first. */
  g_signal_emit_by_name (find_list (&screen), "activate", 0u);
  settle ();
  assert_says (&screen, "Tuesday March 3, 2026, 09:40");
  g_assert_true (cpa_page_go_back (CPA_PAGE (screen.page)));
  settle ();
  assert_says (&screen, "Yesterday, Mon March 2");
  g_assert_false (cpa_page_go_back (CPA_PAGE (screen.page)));
  close_screen (&screen);
}

/* Nothing was opened where there was no room for it; that comes with the room. */
static void
test_timeline_widens (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 600);
  FixtureApi *api = FIXTURE_API (screen.api);

  assert_does_not_say (&screen, "Written by");
  g_assert_cmpint (fixture_api_count (api, CP_ROUTE_DOSSIER_ITEM), ==, 0);
  gtk_window_set_default_size (GTK_WINDOW (screen.window), 1000, 800);
  for (int i = 0; i < 5; i++)
    settle ();
  assert_does_not_say (&screen, "Loading your data…");
  assert_says (&screen, "De bloeddruk (RR) was 138 over 76.");
  close_screen (&screen);
}

/* The newest would have been opened by itself; who went on meanwhile chooses. */
static void
test_timeline_leaves_while_it_comes (void)
{
  Screen screen = open_screen ("start", "seasons", "session", 1000);

  fixture_api_hold (FIXTURE_API (screen.api), CP_ROUTE_DOSSIER);
  adw_window_set_content (ADW_WINDOW (screen.window), cpa_dossier_page_new (screen.context));
  settle ();
  assert_says (&screen, "Loading your data…");
  g_signal_emit_by_name (find_bar (&screen), "go-to", 0u, FALSE);
  settle ();
  assert_does_not_say (&screen, "Loading your data…");
  assert_says (&screen, "Choose a card to read it.");
  fixture_api_release_all (FIXTURE_API (screen.api));
  fixture_api_hold (FIXTURE_API (screen.api), CP_N_ROUTES);
  settle ();
  assert_says (&screen, "Choose a card to read it.");
  close_screen (&screen);
}

static void
test_timeline_versions (void)
{
  Screen screen = open_screen ("dossier", "amended", "session", 1000);
  GtkWidget *expander =
      gtk_widget_get_ancestor (find (screen.window, says, "Changed by the care team"), GTK_TYPE_EXPANDER);

  assert_does_not_say (&screen, "Zij sliep slecht.");
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  settle ();
  assert_says (&screen, "This is the text from before that change:");
  assert_says (&screen, "Zij sliep slecht.");
  close_screen (&screen);
}

/* The second is unfolded while the text of the first is on its way. */
static void
test_timeline_two_versions (void)
{
  Screen screen = open_screen ("dossier", "amended", "session", 1000);
  GtkWidget *first =
      gtk_widget_get_ancestor (find (screen.window, says, "Changed by the care team"), GTK_TYPE_EXPANDER);
  GtkWidget *second = gtk_widget_get_next_sibling (first);

  gtk_expander_set_expanded (GTK_EXPANDER (first), TRUE);
  gtk_expander_set_expanded (GTK_EXPANDER (second), TRUE);
  settle ();
  for (GtkWidget *expander = first; expander != NULL; expander = gtk_widget_get_next_sibling (expander))
    g_assert_nonnull (find (expander, says, "This is the text from before that change:"));
  assert_does_not_say (&screen, "Being fetched…");
  close_screen (&screen);
}

static gboolean
is_field (GtkWidget *widget, const char *text)
{
  return CPA_IS_FIELD (widget) && gtk_widget_get_mapped (widget);
}

/* What was typed is told to be none, until one types on. */
static void
test_timeline_wrong_date (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);
  GtkWidget *field;

  press (&screen, "Go to Date");
  field = find (screen.window, is_field, NULL);
  g_assert_nonnull (field);
  cpa_field_set_text (CPA_FIELD (field), "12 foo");
  g_signal_emit_by_name (field, "activate");
  settle ();
  g_assert_true (tells (field, "This is not a date."));
  cpa_field_set_text (CPA_FIELD (field), "12-1");
  settle ();
  assert_does_not_say (&screen, "This is not a date.");
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/timeline-page/filled", test_timeline },
    { "/timeline-page/tips", test_tips },
    { "/timeline-page/wrong-date", test_timeline_wrong_date },
    { "/timeline-page/of-a-year", test_timeline_of_a_year },
    { "/timeline-page/unread", test_timeline_unread },
    { "/timeline-page/goes", test_timeline_goes },
    { "/timeline-page/leaves-what-is-open", test_timeline_leaves_what_is_open },
    { "/timeline-page/leaves-what-is-open-narrow", test_timeline_leaves_what_is_open_narrow },
    { "/timeline-page/hurries", test_timeline_hurries },
    { "/timeline-page/removed", test_timeline_removed },
    { "/timeline-page/narrow", test_timeline_narrow },
    { "/timeline-page/widens", test_timeline_widens },
    { "/timeline-page/leaves-while-it-comes", test_timeline_leaves_while_it_comes },
    { "/timeline-page/versions", test_timeline_versions },
    { "/timeline-page/two-versions", test_timeline_two_versions },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
