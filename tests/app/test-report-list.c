/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lezen: the list of reports, its filters and its search. Needs a display. */
#include "cpa-field.h"
#include "cpa-page.h"
#include "cpa-read-marks.h"
#include "cpa-report-list.h"
#include "cpa-report-model.h"
#include "print-kit.h"
#include "reading-kit.h"

static void
ask_something_else_cb (CpaReportModel *model, gpointer record, const GError *error, gboolean anew, gpointer user_data)
{
  if (!cpa_report_model_is_search (model))
    cpa_report_model_ask (model, CP_ROUTE_DOSSIER_SEARCH, "q=thee", FALSE);
}

/* Whoever is told of an answer may ask for one of another kind at once. */
static void
test_asked_in_between (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 0);
  g_autoptr (CpaReportModel) model = cpa_report_model_new (context);

  g_signal_connect (model, "first-page", G_CALLBACK (ask_something_else_cb), NULL);
  cpa_report_model_ask (model, CP_ROUTE_DOSSIER, "report=general", FALSE);
  settle ();
  g_assert_true (cpa_report_model_is_search (model));
  g_assert_cmpint (fixture_api_count (FIXTURE_API (api), CP_ROUTE_DOSSIER_SEARCH), ==, 1);
}

/* Reports */

static void
test_by_day (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *age;

  assert_says (&screen, "Today");
  assert_says (&screen, "Yesterday");
  assert_says (&screen, "Zij vroeg twee keer of Marijke vandaag komt.");
  assert_says (&screen, "Fatima El Amrani, verzorgende");
  assert_says (&screen, "09:40");
  assert_says (&screen, "Changed by the care team yesterday 08:10");
  /* Beside its text too: one press opens it, and it is no secret of who presses the report twice. */
  press (&screen, "Open Attachment: Oefeningen");
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_ATTACHMENT), ==, 1);
  /* Below the reports, and not above them too. */
  age = find (screen.window, says, "As recorded in the health record, as of today 08:00");
  g_assert_nonnull (gtk_widget_get_ancestor (age, CPA_TYPE_REPORT_LIST));
  assert_does_not_say (&screen, "beter slaapt na de avondwandeling");
  g_assert_cmpstr (fixture_api_get_query (get_api (&screen)), ==, "report=general");
  choose_tab (&screen, "Report: Care and life plan");
  assert_says (&screen, "beter slaapt na de avondwandeling");
  assert_does_not_say (&screen, "Zij vroeg twee keer");
  g_assert_false (cpa_page_go_back (CPA_PAGE (screen.page)));
  close_screen (&screen);
}

static void
test_read_when_in_sight (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  guint before = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ);

  /* That of the other tab; the newest general one was read on the timeline, as it was when it was opened. */
  g_assert_cmpstr (fixture_api_get_sent (get_api (&screen)), ==, "{\"until\":\"2026-03-03T09:30:00.000003Z\"}");
  assert_says (&screen, "Report: Care and life plan, 1 unread");
  choose_tab (&screen, "Report: Care and life plan");
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ), ==, before);
  WAIT_FOR (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ) == before + 1);
  settle ();
  assert_does_not_say (&screen, "1 unread");
  /* As it came, and no later. */
  g_assert_cmpstr (fixture_api_get_sent (get_api (&screen)), ==, "{\"until\":\"2026-03-02T21:00:00.000002Z\"}");
  /* On the timeline too. */
  choose_tab (&screen, "Timeline");
  WAIT_FOR (fixture_timeline_counts (fixture_api_get_timeline (get_api (&screen)))->unread == 0);
  choose_tab (&screen, "Read");
  WAIT_FOR (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ) == before + 1);
  close_screen (&screen);
}

/* A line that is down for a moment: what was read is told when it is there again. */
static void
test_read_marks_wait_for_the_line (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  guint before = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ);

  fixture_api_set_scenario (get_api (&screen), "unmarked");
  choose_tab (&screen, "Report: Care and life plan");
  assert_says (&screen, "beter slaapt na de avondwandeling");
  WAIT_FOR (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ) == before + 1);
  fixture_api_set_scenario (get_api (&screen), NULL);
  WAIT_FOR (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ) == before + 2);
  g_assert_cmpint (fixture_timeline_counts (fixture_api_get_timeline (get_api (&screen)))->unread, ==, 0);
  close_screen (&screen);
}

/* Also for who went to another page meanwhile. */
static void
test_read_marks_outlive_the_page (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  guint before = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ);

  fixture_api_set_scenario (get_api (&screen), "unmarked");
  choose_tab (&screen, "Report: Care and life plan");
  WAIT_FOR (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ) == before + 1);
  adw_window_set_content (ADW_WINDOW (screen.window), NULL);
  settle ();
  fixture_api_set_scenario (get_api (&screen), NULL);
  WAIT_FOR (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ) == before + 2);
  g_assert_cmpint (fixture_timeline_counts (fixture_api_get_timeline (get_api (&screen)))->unread, ==, 0);
  close_screen (&screen);
}

/* But not for who looks at another client, of whom another says what was read. */
static void
test_read_marks_are_of_one_client (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  g_autoptr (CpaContext) other = fixture_context_new (screen.api, "session", 1);
  CpaReadMarks *marks = cpa_read_marks_of (screen.context);

  g_assert_true (cpa_read_marks_of (screen.context) == marks);
  g_assert_true (cpa_read_marks_of (other) != marks);
  g_clear_object (&other);
  close_screen (&screen);
}

static void
test_many_are_read_once (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  guint before = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ), after;

  WAIT_FOR (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ) > before);
  settle ();
  after = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ);
  /* What is on the screen, and not the ten that are unread. */
  g_assert_cmpuint (after - before, <, 10);
  for (int i = 0; i < 30; i++)
    settle ();
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_ITEM_READ), ==, after);
  close_screen (&screen);
}

static void
go_to_end (Screen *screen)
{
  gtk_widget_activate_action (find_reports (screen), "list.scroll-to-item", "u", count_reports (screen) - 1);
  settle ();
}

static void
test_endless (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  guint rows = 0, calls = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER);

  /* Not more than is needed for a while. */
  g_assert_cmpuint (count_reports (&screen), <=, 200);
  while (count_reports (&screen) < 600)
    {
      guint before = count_reports (&screen);

      go_to_end (&screen);
      WAIT_FOR (count_reports (&screen) > before);
    }
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER) - calls, <=, 12);
  for (GtkWidget *row = gtk_widget_get_first_child (find_reports (&screen)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    rows++;
  /* Widgets for what is in sight and a little around it, not for what there is. */
  g_assert_cmpuint (rows, <, 300);
  close_screen (&screen);
}

static double
get_place (Screen *screen, const char *text)
{
  GtkWidget *label = find (screen->window, says, text);
  graphene_rect_t bounds;

  g_assert_nonnull (label);
  g_assert_true (gtk_widget_compute_bounds (label, screen->window, &bounds));
  return bounds.origin.y;
}

/* What comes in at the beginning moves nothing of what is being read. */
static void
test_rows_do_not_jump (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  GtkAdjustment *adjustment;
  guint before;
  double place;

  gtk_widget_activate_action (find_reports (&screen), "list.scroll-to-item", "u", 40u);
  for (int i = 0; i < 5; i++)
    settle ();
  place = get_place (&screen, "As recorded");
  adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_parent (find_reports (&screen))));
  before = count_reports (&screen);
  fixture_reading_add (fixture_api_get_reading (get_api (&screen)), "Zojuist geschreven.");
  {
    g_autoptr (GtkWidget) row = g_object_ref (gtk_widget_get_first_child (find_reports (&screen)));
    double value = gtk_adjustment_get_value (adjustment);
    graphene_rect_t seen, now;
    GtkWidget *in_sight = NULL;

    for (GtkWidget *child = row; child != NULL; child = gtk_widget_get_next_sibling (child))
      if (gtk_widget_compute_bounds (child, screen.window, &seen) && seen.origin.y > 250)
        {
          in_sight = child;
          break;
        }
    g_assert_nonnull (in_sight);
    cpa_page_refresh (CPA_PAGE (screen.page));
    WAIT_FOR (count_reports (&screen) == before + 1);
    settle ();
    g_assert_true (gtk_widget_compute_bounds (in_sight, screen.window, &now));
    g_assert_cmpfloat (ABS (now.origin.y - seen.origin.y), <, 2);
    g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, value);
  }
  g_assert_cmpfloat (get_place (&screen, "As recorded"), ==, place);
  close_screen (&screen);
}

/* A report that is nothing but a file says which, and opens it; of one that is not shown here it says so. */
static void
test_report_in_a_file (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  FixtureReading *reading = fixture_api_get_reading (get_api (&screen));

  fixture_reading_add (reading, "");
  fixture_reading_add_file (reading, "Brief van de huisarts");
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  assert_says (&screen, "Brief van de huisarts");
  g_assert_nonnull (find (screen.window, is_button_named, "Open Attachment: Brief van de huisarts"));
  assert_says (&screen, "This report cannot be shown here. Ask the care team for it.");
  /* The row is used for other reports after it. */
  fixture_reading_remove (reading, 0);
  fixture_reading_remove (reading, 0);
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  assert_does_not_say (&screen, "Brief van de huisarts");
  assert_does_not_say (&screen, "cannot be shown here");
  close_screen (&screen);
}

/* A file that was put right must not be opened as it was: it may be somebody else's. */
static void
test_replaced_file (void)
{
  g_autoptr (CpDossierItem) item = cp_dossier_item_new ();
  CpAttachment *attachment = cp_attachment_new ();
  g_autoptr (CpaReport) report = NULL;

  item->id = g_strdup ("reportAAAAAAAAAAAAAAAA");
  attachment->id = g_strdup ("letter");
  attachment->title = g_strdup ("Brief van de huisarts");
  attachment->type = g_strdup ("application/pdf");
  item->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_attachment_free);
  g_ptr_array_add (item->attachments, attachment);
  report = cpa_report_new (cp_record_copy (&cp_dossier_item_record, item));
  g_assert_true (cpa_report_is_same (report, item));
  g_free (attachment->id);
  attachment->id = g_strdup ("another letter");
  g_assert_false (cpa_report_is_same (report, item));
}

static void
test_removed_goes (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  assert_says (&screen, "Zij vroeg twee keer");
  fixture_reading_remove (fixture_api_get_reading (get_api (&screen)), 0);
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  assert_does_not_say (&screen, "Zij vroeg twee keer");
  assert_says (&screen, "Twaalf minuten gefietst");
  close_screen (&screen);
}

static void
test_next_page_fails (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  guint before;

  fixture_api_set_scenario (get_api (&screen), "no-more");
  before = count_reports (&screen);
  go_to_end (&screen);
  WAIT_FOR (find (screen.window, is_button_named, "Try Again") != NULL);
  assert_says (&screen, "The Portal Cannot Be Reached");
  g_assert_cmpuint (count_reports (&screen), ==, before);
  /* It is not asked again by itself. */
  go_to_end (&screen);
  g_assert_nonnull (find (screen.window, is_button_named, "Try Again"));
  fixture_api_set_scenario (get_api (&screen), "many");
  press (&screen, "Try Again");
  WAIT_FOR (count_reports (&screen) > before);
  g_assert_null (find (screen.window, is_button_named, "Try Again"));
  close_screen (&screen);
}

static void
test_fails_and_retry (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  fixture_api_set_scenario (get_api (&screen), "failed");
  choose_tab (&screen, "Read");
  assert_says (&screen, "The Portal Cannot Be Reached");
  fixture_api_set_scenario (get_api (&screen), NULL);
  press (&screen, "Try Again");
  assert_says (&screen, "Zij vroeg twee keer");
  /* A filter that cannot be asked does not show what fits another one. */
  fixture_api_set_scenario (get_api (&screen), "failed");
  choose (&screen, "Period", "Last week");
  assert_says (&screen, "The Portal Cannot Be Reached");
  assert_does_not_say (&screen, "Zij vroeg twee keer");
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

/* Filters */

static void
test_filters (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  choose (&screen, "Period", "Last week");
  g_assert_cmpstr (fixture_api_get_query (get_api (&screen)), ==, "report=general&from=2026-02-25");
  choose (&screen, "Writer", "Tom Schouten");
  g_assert_cmpstr (fixture_api_get_query (get_api (&screen)), ==,
                   "report=general&from=2026-02-25&author=Tom%20Schouten");
  assert_says (&screen, "Twaalf minuten gefietst");
  assert_does_not_say (&screen, "Zij vroeg twee keer");
  choose_tab (&screen, "Report: Care and life plan");
  assert_says (&screen, "No reports by Tom Schouten here in this period.");
  choose (&screen, "Period", "Everything");
  assert_says (&screen, "No reports by Tom Schouten here.");
  press (&screen, "Clear Filters");
  g_assert_cmpstr (fixture_api_get_query (get_api (&screen)), ==, "report=plan");
  assert_says (&screen, "beter slaapt na de avondwandeling");
  choose (&screen, "Period", "Everything");
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

/* What is left out is told with what is printed. */
static void
test_print_tells_the_writer (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  choose (&screen, "Writer", "Tom Schouten");
  press (&screen, "Print");
  g_assert_nonnull (strstr (print_kit_body (), "Writer: Tom Schouten. What others wrote is left out."));
  print_kit_answer ("Cancel");
  close_screen (&screen);
}

/* One kind of reports without any says nothing of the other, nor of the dossier. */
static void
test_each_says_why_it_is_empty (void)
{
  static const struct
  {
    const char *scenario, *general, *plan;
  } all[] = {
    { "empty", "There are no general reports yet.", "There are no reports on the care and life plan yet." },
    { "many", "Read Large", "There are no reports on the care and life plan yet." },
    { "not-shared", "Zorggroep De Linde does not share reports here.",
      "Zorggroep De Linde does not share reports here." },
    { "not-fetched", "Not fetched yet: reports.", "Not fetched yet: reports." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      Screen screen = open_reading (all[i].scenario, "session", 1000);

      assert_says (&screen, all[i].general);
      choose_tab (&screen, "Report: Care and life plan");
      assert_says (&screen, all[i].plan);
      assert_does_not_say (&screen, "Nothing Has Been Written Yet");
      close_screen (&screen);
    }
}

static void
type_date (Screen *screen, const char *key, const char *text)
{
  cpa_field_set_text (CPA_FIELD (find (screen->window, is_field, key)), text);
  settle ();
}

static void
test_chosen_dates (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  choose (&screen, "Period", "Choose dates…");
  type_date (&screen, "from", "gisterenmorgen");
  press (&screen, "Show");
  g_assert_true (tells (find (screen.window, is_field, "from"), "This is not a date."));
  type_date (&screen, "from", "3-3-2026");
  assert_does_not_say (&screen, "This is not a date.");
  type_date (&screen, "until", "1-3-20");
  press (&screen, "Show");
  g_assert_true (tells (find (screen.window, is_field, "until"), "This is not a date."));
  type_date (&screen, "until", "1-3-2026");
  press (&screen, "Show");
  g_assert_true (tells (screen.window, "The first date comes after the last one."));
  /* Whichever of the two is put right. */
  type_date (&screen, "from", "1-3-2026");
  assert_does_not_say (&screen, "The first date comes after the last one.");
  press (&screen, "Show");
  g_assert_cmpstr (fixture_api_get_query (get_api (&screen)), ==, "report=general&from=2026-03-01&until=2026-03-01");
  assert_says (&screen, "Zus op bezoek gehad");
  assert_does_not_say (&screen, "Twaalf minuten");
  assert_says (&screen, "March 1, 2026 until March 1, 2026");
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

/* A month and a year have a first day and a last one. */
static void
test_whole_months (void)
{
  static const char *const cases[][3] = {
    { "2025", "2025", "report=general&from=2025-01-01&until=2025-12-31" },
    { "dec 2025", "februari", "report=general&from=2025-12-01&until=2026-02-28" },
    /* It is March 3. */
    { "maart", "maart", "report=general&from=2026-03-01&until=2026-03-31" },
    { "12 maart", "31 maart", "report=general&from=2025-03-12&until=2025-03-31" },
  };
  Screen screen = open_reading (NULL, "session", 1000);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      choose (&screen, "Period", "Choose dates…");
      type_date (&screen, "from", cases[i][0]);
      type_date (&screen, "until", cases[i][1]);
      press (&screen, "Show");
      g_assert_cmpstr (fixture_api_get_query (get_api (&screen)), ==, cases[i][2]);
      choose (&screen, "Period", "Everything");
    }
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

/* What was wrong with a date goes with the filters. */
static void
test_cleared_dates (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  choose (&screen, "Period", "Choose dates…");
  type_date (&screen, "from", "2019");
  type_date (&screen, "until", "2019");
  press (&screen, "Show");
  choose (&screen, "Period", "Choose dates…");
  type_date (&screen, "from", "ooit");
  press (&screen, "Show");
  assert_says (&screen, "This is not a date.");
  press (&screen, "Clear Filters");
  assert_does_not_say (&screen, "This is not a date.");
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

/* Searching */

static void
test_search (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  guint before = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_SEARCH);

  type (&screen, "s");
  for (int i = 0; i < 10; i++)
    settle ();
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_SEARCH), ==, before);
  search (&screen, " Slaapt ");
  g_assert_cmpstr (fixture_api_get_query (get_api (&screen)), ==, "text=Slaapt");
  assert_says (&screen, "Found 4 times in 4 reports");
  /* Of every kind, and which one stands there. */
  assert_says (&screen, "beter slaapt na de avondwandeling");
  assert_says (&screen, "Report: Care and life plan");
  g_assert_null (find (screen.window, is_button_named, "General Report"));
  search (&screen, "tandarts");
  assert_says (&screen, "Nothing found for “tandarts”. Try a shorter word or a longer period.");
  assert_does_not_say (&screen, "Found");
  /* Back takes the search away first. */
  g_assert_true (cpa_page_go_back (CPA_PAGE (screen.page)));
  settle ();
  assert_says (&screen, "Zij vroeg twee keer");
  g_assert_nonnull (find (screen.window, is_button_named, "General Report"));
  g_assert_false (cpa_page_go_back (CPA_PAGE (screen.page)));
  close_screen (&screen);
}

/* A form that is found shows its questions as they are, and is the same when it is asked again. */
static void
test_found_form (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 0);
  g_autoptr (CpaReportModel) model = cpa_report_model_new (context);
  CpaReport *report;

  cpa_report_model_ask (model, CP_ROUTE_DOSSIER_SEARCH, "text=aankleden", FALSE);
  settle_at_once ();
  report = cpa_report_model_peek (model, 0);
  g_assert_cmpstr (cpa_report_get_item (report)->text, ==, "Wat is afgesproken? wassen en aankleden in de ochtend.");
  cpa_report_model_ask (model, CP_ROUTE_DOSSIER_SEARCH, "text=aankleden", TRUE);
  settle_at_once ();
  g_assert_cmpint (fixture_api_count (FIXTURE_API (api), CP_ROUTE_DOSSIER_SEARCH), ==, 2);
  g_assert_true (cpa_report_model_peek (model, 0) == report);
}

/* The question before is given up: whichever answer is waited for is that to what was typed last. */
static void
test_older_answer_does_not_overwrite (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  fixture_api_hold (get_api (&screen), CP_ROUTE_DOSSIER_SEARCH);
  search (&screen, "gefietst");
  search (&screen, "menukaart");
  fixture_api_release (get_api (&screen), FALSE);
  settle ();
  assert_says (&screen, "Menukaart van de feestdagen");
  assert_does_not_say (&screen, "gefietst");
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/report-list/asked-in-between", test_asked_in_between },
    { "/report-list/by-day", test_by_day },
    { "/report-list/read-when-in-sight", test_read_when_in_sight },
    { "/report-list/read-marks-wait-for-the-line", test_read_marks_wait_for_the_line },
    { "/report-list/read-marks-outlive-the-page", test_read_marks_outlive_the_page },
    { "/report-list/read-marks-are-of-one-client", test_read_marks_are_of_one_client },
    { "/report-list/many-are-read-once", test_many_are_read_once },
    { "/report-list/endless", test_endless },
    { "/report-list/rows-do-not-jump", test_rows_do_not_jump },
    { "/report-list/report-in-a-file", test_report_in_a_file },
    { "/report-list/replaced-file", test_replaced_file },
    { "/report-list/removed-goes", test_removed_goes },
    { "/report-list/next-page-fails", test_next_page_fails },
    { "/report-list/fails-and-retry", test_fails_and_retry },
    { "/report-list/filters", test_filters },
    { "/report-list/print-tells-the-writer", test_print_tells_the_writer },
    { "/report-list/each-says-why-it-is-empty", test_each_says_why_it_is_empty },
    { "/report-list/chosen-dates", test_chosen_dates },
    { "/report-list/whole-months", test_whole_months },
    { "/report-list/cleared-dates", test_cleared_dates },
    { "/report-list/search", test_search },
    { "/report-list/found-form", test_found_form },
    { "/report-list/older-answer", test_older_answer_does_not_overwrite },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
