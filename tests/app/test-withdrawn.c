/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the care team took away is not to be read any more when the app has looked again by itself, wherever it stands:
 * it may have been somebody else's. Needs a display. */
#include <string.h>

#include "cpa-opened-plan.h"
#include "cpa-page.h"
#include "cpa-plan-reports.h"
#include "cpa-report.h"
#include "portal-kit.h"
#include "print-kit.h"
#include "reading-kit.h"

#define PRINT_CHANGED "What you wanted to print has changed. Please choose Print again."

static void
withdraw (Screen *screen, CpRouteId route)
{
  fixture_api_fail (get_api (screen), route, CP_ERROR_NOT_FOUND);
}

static void
withdraw_nothing (Screen *screen)
{
  fixture_api_fail (get_api (screen), CP_N_ROUTES, CP_ERROR_NOT_FOUND);
}

static gboolean
can_press (Screen *screen, const char *name)
{
  return gtk_widget_get_sensitive (find (screen->window, is_button_named, name));
}

/* The next one can still be gone to, though the one before it stands nowhere any more. */
static void
test_large (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  press (&screen, "Read Large");
  assert_says (&screen, "De bloeddruk (RR) was 138 over 76.");
  refresh (&screen);
  assert_says (&screen, "De bloeddruk (RR) was 138 over 76.");
  g_assert_true (can_press (&screen, "Print"));
  fixture_reading_remove (fixture_api_get_reading (get_api (&screen)), 0);
  withdraw (&screen, CP_ROUTE_DOSSIER_ITEM);
  refresh (&screen);
  assert_says (&screen, "The care team removed this item.");
  assert_does_not_say (&screen, "De bloeddruk (RR) was 138 over 76.");
  g_assert_false (can_press (&screen, "Print"));
  withdraw_nothing (&screen);
  press (&screen, "Next Report");
  assert_does_not_say (&screen, "The care team removed this item.");
  press (&screen, "Next Report");
  assert_says (&screen, "Changed by the care team");
  g_assert_true (can_press (&screen, "Print"));
  close_screen (&screen);
}

static void
test_large_from_timeline (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  press (&screen, "Read Large");
  withdraw (&screen, CP_ROUTE_DOSSIER_ITEM);
  refresh (&screen);
  assert_says (&screen, "The care team removed this item.");
  assert_does_not_say (&screen, "De bloeddruk (RR) was 138 over 76.");
  g_assert_false (can_press (&screen, "Print"));
  withdraw_nothing (&screen);
  press (&screen, "Previous Report");
  assert_says (&screen, "Belongs to: Elke nacht zes uur rustig slapen");
  press (&screen, "Stop Reading Large");
  assert_says (&screen, "Belongs to: Elke nacht zes uur rustig slapen");
  close_screen (&screen);
}

/* Put right is as good as taken away: nothing of what it was stays, and one does not have to read it from the top. */
static void
test_large_put_right (void)
{
  Screen screen = open_screen ("dossier", "amended", "session", 1000);

  press (&screen, "Read Large");
  fixture_api_set_scenario (get_api (&screen), "earlier");
  refresh (&screen);
  assert_says (&screen, "Zij sliep slecht.");
  assert_does_not_say (&screen, "Mevrouw slaapt goed door");
  close_screen (&screen);
}

/* What was to be printed has its own copy. */
static void
assert_not_printed (Screen *screen, CpRouteId route)
{
  press (screen, "Print");
  g_assert_true (print_kit_is_enabled ("print"));
  refresh (screen);
  g_assert_nonnull (print_kit_dialog ());
  withdraw (screen, route);
  refresh (screen);
  assert_says (screen, "The care team removed this item.");
  g_assert_null (print_kit_dialog ());
}

static void
test_print (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  assert_not_printed (&screen, CP_ROUTE_DOSSIER_ITEM);
  close_screen (&screen);
  screen = open_screen ("dossier", NULL, "session", 1000);
  press (&screen, "Read Large");
  assert_not_printed (&screen, CP_ROUTE_DOSSIER_ITEM);
  close_screen (&screen);
  screen = open_screen ("dossier", NULL, "session", 1000);
  choose_tab (&screen, "Plans");
  press (&screen, "Zorgleefplan 2026");
  assert_not_printed (&screen, CP_ROUTE_CARE_PLAN);
  close_screen (&screen);
}

/* One of many reports. */
static void
test_print_period (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  press (&screen, "Print");
  WAIT_FOR (print_kit_is_enabled ("print"));
  refresh (&screen);
  g_assert_nonnull (print_kit_dialog ());
  fixture_reading_remove (fixture_api_get_reading (get_api (&screen)), 0);
  refresh (&screen);
  g_assert_null (print_kit_dialog ());
  g_assert_true (tells (screen.window, PRINT_CHANGED));
  close_screen (&screen);
}

static void
ask_to_print_a_period (Screen *screen)
{
  press (screen, "Print");
  WAIT_FOR (print_kit_is_enabled ("print"));
}

/* How many of the calls for reports the person made. */
static guint
count_own (Screen *screen)
{
  static const CpRouteId routes[] = { CP_ROUTE_DOSSIER, CP_ROUTE_DOSSIER_ITEM };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    n += fixture_api_count (get_api (screen), routes[i]) - fixture_api_count_refreshes (get_api (screen), routes[i]);
  return n;
}

/* Not among what is on the screen: behind the first page. What the app looks at by itself is nobody's use of it. */
static void
test_print_period_behind (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  guint own;

  ask_to_print_a_period (&screen);
  own = count_own (&screen);
  refresh (&screen);
  g_assert_true (print_kit_is_enabled ("print"));
  g_assert_cmpuint (count_own (&screen), ==, own);
  fixture_reading_remove (fixture_api_get_reading (get_api (&screen)), 400);
  refresh (&screen);
  WAIT_FOR (print_kit_dialog () == NULL);
  g_assert_true (tells (screen.window, PRINT_CHANGED));
  close_screen (&screen);
}

/* And not among what is found: what was typed just before is searched behind the question, what is printed is not. */
static void
test_print_period_searched (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  FixtureReading *reading = fixture_api_get_reading (get_api (&screen));

  fixture_reading_add (reading, "Van een ander.");
  ask_to_print_a_period (&screen);
  search (&screen, "menukaart");
  fixture_reading_remove (reading, 0);
  refresh (&screen);
  WAIT_FOR (print_kit_dialog () == NULL);
  g_assert_true (tells (screen.window, PRINT_CHANGED));
  close_screen (&screen);
}

/* Nothing has been looked at again since. */
static void
test_save_period (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  guint own;

  ask_to_print_a_period (&screen);
  own = count_own (&screen);
  print_kit_answer ("Save as PDF…");
  WAIT_FOR (GTK_IS_DIALOG (dialog_over (screen.window)));
  /* That was the person. */
  g_assert_cmpuint (count_own (&screen), >, own);
  gtk_dialog_response (GTK_DIALOG (dialog_over (screen.window)), GTK_RESPONSE_CANCEL);
  settle ();
  ask_to_print_a_period (&screen);
  fixture_reading_remove (fixture_api_get_reading (get_api (&screen)), 400);
  print_kit_answer ("Save as PDF…");
  WAIT_FOR (dialog_over (screen.window) == NULL);
  g_assert_true (tells (screen.window, PRINT_CHANGED));
  close_screen (&screen);
}

/* It is asked already where to save it. */
static void
test_save (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);
  GtkWidget *chooser;

  press (&screen, "Print");
  print_kit_answer ("Save as PDF…");
  chooser = dialog_over (screen.window);
  g_assert_true (GTK_IS_DIALOG (chooser));
  withdraw (&screen, CP_ROUTE_DOSSIER_ITEM);
  refresh (&screen);
  g_assert_null (dialog_over (screen.window));
  close_screen (&screen);
}

static gboolean
is_picture (GtkWidget *widget, const char *text)
{
  return GTK_IS_PICTURE (widget) && gtk_widget_get_mapped (widget);
}

static void
test_attachment (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  search (&screen, "menukaart");
  press (&screen, "Read Large");
  press (&screen, "Open Attachment: Menukaart");
  refresh (&screen);
  g_assert_nonnull (find (screen.window, is_picture, NULL));
  assert_does_not_say (&screen, "Changed by the care team");
  fixture_api_set_scenario (get_api (&screen), "earlier");
  refresh (&screen);
  assert_says (&screen, "Changed by the care team");
  g_assert_nonnull (find (screen.window, is_picture, NULL));
  withdraw (&screen, CP_ROUTE_DOSSIER_ITEM);
  refresh (&screen);
  assert_says (&screen, "The care team removed this item.");
  g_assert_null (find (screen.window, is_picture, NULL));
  refresh (&screen);
  press (&screen, "Close Attachment");
  assert_says (&screen, "The care team removed this item.");
  close_screen (&screen);
}

static gboolean
has_report (Screen *screen, const char *text)
{
  GListModel *list = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find_reports (screen))));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CpaReport) report = g_list_model_get_item (list, i);

      if (g_strcmp0 (cpa_report_get_item (report)->text, text) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Behind the first page, and nothing else is different for that. */
static void
test_read (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  FixtureReading *reading = fixture_api_get_reading (get_api (&screen));
  g_autoptr (GObject) before = NULL;
  g_autoptr (GObject) after = NULL;
  GListModel *list;
  guint count;

  fixture_reading_say (reading, 60, "Van een ander.");
  while (count_reports (&screen) <= 100)
    {
      gtk_widget_activate_action (find_reports (&screen), "list.scroll-to-item", "u", count_reports (&screen) - 1);
      settle ();
    }
  g_assert_true (has_report (&screen, "Van een ander."));
  list = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find_reports (&screen))));
  before = g_list_model_get_item (list, 59);
  after = g_list_model_get_item (list, 61);
  count = count_reports (&screen);
  fixture_reading_remove (reading, 60);
  cpa_page_refresh (CPA_PAGE (screen.page));
  WAIT_FOR (!has_report (&screen, "Van een ander."));
  settle ();
  g_assert_cmpuint (count_reports (&screen), >=, count - 1);
  {
    g_autoptr (GObject) now_before = g_list_model_get_item (list, 59);
    g_autoptr (GObject) now_after = g_list_model_get_item (list, 60);

    g_assert_true (now_before == before && now_after == after);
  }
  close_screen (&screen);
}

/* Nor is it told as what was found last. */
static void
test_found (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *next;

  search (&screen, "zij");
  press (&screen, "Next");
  next = find (screen.window, is_button_named, "Next");
  g_assert_false (is_described (next, ""));
  refresh (&screen);
  g_assert_false (is_described (next, ""));
  fixture_reading_remove (fixture_api_get_reading (get_api (&screen)), 0);
  refresh (&screen);
  g_assert_true (is_described (next, ""));
  g_assert_true (is_described (find (screen.window, is_named, "Previous"), ""));
  close_screen (&screen);
}

static gboolean
is_plan_reports (GtkWidget *widget, const char *text)
{
  return CPA_IS_PLAN_REPORTS (widget);
}

static void
test_reports_on_plan (void)
{
  Screen screen = open_screen ("dossier", "many", "session", 1000);
  FixtureReading *reading = fixture_api_get_reading (get_api (&screen));
  GtkWidget *reports, *more;

  fixture_reading_say (reading, 60, "Van een ander.");
  fixture_reading_say (reading, 90, "Van onszelf.");
  choose_tab (&screen, "Plans");
  reports = find (screen.window, is_plan_reports, NULL);
  g_assert_null (find (reports, says, "Van een ander."));
  more = gtk_widget_get_last_child (gtk_widget_get_first_child (reports));
  g_signal_emit_by_name (more, "clicked");
  settle ();
  g_assert_nonnull (find (reports, says, "Van een ander."));
  fixture_reading_remove (reading, 60);
  refresh (&screen);
  g_assert_null (find (reports, says, "Van een ander."));
  /* What was shown is there still. */
  g_assert_nonnull (find (reports, says, "Van onszelf."));
  close_screen (&screen);
}

/* In sight or not: a screen reader finds what stands behind something else. */
static gboolean
holds (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (holds (child, text))
      return TRUE;
  return FALSE;
}

/* With the plan they go as well. */
static void
test_reports_go_with_plan (void)
{
  Screen screen = open_screen ("dossier", "many", "session", 1000);
  FixtureReading *reading = fixture_api_get_reading (get_api (&screen));

  fixture_reading_add (reading, "Van een ander.");
  fixture_reading_add_file (reading, "Medicatieoverzicht");
  choose_tab (&screen, "Plans");
  g_assert_true (holds (screen.window, "Van een ander."));
  g_assert_true (holds (screen.window, "Medicatieoverzicht"));
  withdraw (&screen, CP_ROUTE_CARE_PLAN);
  refresh (&screen);
  assert_says (&screen, "The care team removed this item.");
  g_assert_false (holds (screen.window, "Van een ander."));
  g_assert_false (holds (screen.window, "Medicatieoverzicht"));
  close_screen (&screen);
}

/* Where one of the two panes has room, and where both have. */
static void
test_plan (void)
{
  static const int widths[] = { 360, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      Screen screen = open_screen ("dossier", NULL, "session", widths[i]);

      choose_tab (&screen, "Plans");
      press (&screen, "Zorgleefplan 2026");
      assert_says (&screen, "Mevrouw woont prettig in De Lindehof");
      fixture_api_set_scenario (get_api (&screen), "withdrawn");
      withdraw (&screen, CP_ROUTE_CARE_PLAN);
      refresh (&screen);
      assert_says (&screen, "The care team removed this item.");
      assert_does_not_say (&screen, "Mevrouw woont prettig in De Lindehof");
      g_assert_null (find (screen.window, is_button_named, "Print"));
      /* Nothing takes its place by itself. */
      withdraw_nothing (&screen);
      refresh (&screen);
      assert_says (&screen, "The care team removed this item.");
      g_assert_true (cpa_page_go_back (CPA_PAGE (screen.page)) == (widths[i] == 360));
      settle ();
      press (&screen, "Intake");
      assert_does_not_say (&screen, "The care team removed this item.");
      close_screen (&screen);
    }
}

/* The message stays to be read, and the cards are behind it. */
static void
test_card_narrow (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 400);

  g_signal_emit_by_name (find_list (&screen), "activate", 0u);
  settle ();
  assert_says (&screen, "Tuesday March 3, 2026, 09:40");
  withdraw (&screen, CP_ROUTE_DOSSIER_ITEM);
  refresh (&screen);
  refresh (&screen);
  assert_says (&screen, "The care team removed this item.");
  assert_does_not_say (&screen, "Yesterday, Mon March 2");
  press (&screen, "Close the Card");
  assert_does_not_say (&screen, "The care team removed this item.");
  assert_says (&screen, "Yesterday, Mon March 2");
  g_assert_false (cpa_page_go_back (CPA_PAGE (screen.page)));
  close_screen (&screen);
}

/* Where there was a message only, nothing is opened by itself when there is room for it. */
static void
test_card_widens (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 600);

  g_signal_emit_by_name (find_list (&screen), "activate", 0u);
  settle ();
  withdraw (&screen, CP_ROUTE_DOSSIER_ITEM);
  refresh (&screen);
  withdraw_nothing (&screen);
  gtk_window_set_default_size (GTK_WINDOW (screen.window), 1000, 800);
  WAIT_FOR (find (screen.window, is_button_named, "Later") != NULL);
  settle ();
  assert_says (&screen, "The care team removed this item.");
  close_screen (&screen);
}

/* All are gone, and others come. */
static void
test_all_plans (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 360);

  choose_tab (&screen, "Plans");
  press (&screen, "Zorgleefplan 2026");
  fixture_api_set_scenario (get_api (&screen), "empty");
  refresh (&screen);
  assert_does_not_say (&screen, "Mevrouw woont prettig in De Lindehof");
  fixture_api_set_scenario (get_api (&screen), "withdrawn");
  refresh (&screen);
  assert_does_not_say (&screen, "Mevrouw woont prettig in De Lindehof");
  press (&screen, "Intake");
  close_screen (&screen);
}

/* Also where one has gone on. */
static void
test_appointments (void)
{
  Screen screen = open_screen ("appointments", NULL, "session", 1000);
  guint before;

  press (&screen, "Earlier Appointments");
  press (&screen, "Show More: Earlier Appointments");
  assert_says (&screen, "Oogarts");
  assert_says (&screen, "Fysiotherapie");
  before = fixture_api_count (get_api (&screen), CP_ROUTE_APPOINTMENTS);
  refresh (&screen);
  /* The coming ones, and both pages of the past. */
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_APPOINTMENTS), ==, before + 3);
  assert_says (&screen, "Fysiotherapie");
  fixture_api_set_scenario (get_api (&screen), "empty");
  refresh (&screen);
  assert_does_not_say (&screen, "Mevrouw woont prettig in De Lindehof");
  assert_does_not_say (&screen, "Oogarts");
  assert_does_not_say (&screen, "Fysiotherapie");
  assert_says (&screen, "There are no earlier appointments.");
  close_screen (&screen);
}

/* On the timeline, and in large letters. */
static void
test_print_put_right (void)
{
  for (guint large = 0; large < 2; large++)
    {
      Screen screen = open_screen ("dossier", "amended", "session", 1000);

      if (large)
        press (&screen, "Read Large");
      press (&screen, "Print");
      g_assert_true (print_kit_is_enabled ("print"));
      fixture_api_set_scenario (get_api (&screen), "earlier");
      refresh (&screen);
      g_assert_null (print_kit_dialog ());
      g_assert_true (tells (screen.window, PRINT_CHANGED));
      close_screen (&screen);
    }
}

/* What a plan said until now is not printed either. */
static void
test_print_plan_put_right (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  choose_tab (&screen, "Plans");
  press (&screen, "Zorgleefplan 2026");
  press (&screen, "Print");
  g_assert_true (print_kit_is_enabled ("print"));
  refresh (&screen);
  g_assert_nonnull (print_kit_dialog ());
  fixture_api_set_scenario (get_api (&screen), "version-2");
  refresh (&screen);
  g_assert_null (print_kit_dialog ());
  g_assert_true (tells (screen.window, PRINT_CHANGED));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/withdrawn/large", test_large },
    { "/withdrawn/large-from-timeline", test_large_from_timeline },
    { "/withdrawn/large-put-right", test_large_put_right },
    { "/withdrawn/print", test_print },
    { "/withdrawn/print-period", test_print_period },
    { "/withdrawn/print-period-behind", test_print_period_behind },
    { "/withdrawn/print-period-searched", test_print_period_searched },
    { "/withdrawn/save-period", test_save_period },
    { "/withdrawn/print-put-right", test_print_put_right },
    { "/withdrawn/print-plan-put-right", test_print_plan_put_right },
    { "/withdrawn/save", test_save },
    { "/withdrawn/attachment", test_attachment },
    { "/withdrawn/read", test_read },
    { "/withdrawn/reports-on-plan", test_reports_on_plan },
    { "/withdrawn/reports-go-with-plan", test_reports_go_with_plan },
    { "/withdrawn/found", test_found },
    { "/withdrawn/plan", test_plan },
    { "/withdrawn/card-narrow", test_card_narrow },
    { "/withdrawn/card-widens", test_card_widens },
    { "/withdrawn/all-plans", test_all_plans },
    { "/withdrawn/appointments", test_appointments },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
