/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lezen: from one found word to the next. Needs a display. */
#include <string.h>

#include "../common/search-texts.h"
#include "cpa-report.h"
#include "reading-kit.h"

static void
test_from_find_to_find (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *next, *previous;

  search (&screen, "mevrouw");
  next = find (screen.window, is_button_named, "Next");
  previous = find (screen.window, is_button_named, "Previous");
  g_assert_false (gtk_widget_get_sensitive (previous));
  press (&screen, "Next");
  g_assert_true (
      is_described (next, "today 09:40: Mevrouw slaapt goed door en was vanmorgen vrolijk. Zij waste zich z"));
  g_assert_false (gtk_widget_get_sensitive (previous));
  press (&screen, "Next");
  g_assert_true (
      is_described (next, "yesterday 21:15: Mevrouw zegt dat zij beter slaapt na de avondwandeling. Wel koude v"));
  g_assert_true (gtk_widget_get_sensitive (previous));
  press (&screen, "Previous");
  g_assert_false (gtk_widget_get_sensitive (previous));
  while (gtk_widget_get_sensitive (next))
    press (&screen, "Next");
  /* The last one stands in sight. */
  assert_says (&screen, "Mevrouw slaapt beter sinds de avondwandeling");
  close_screen (&screen);
}

/* Bold and underlined, in the label of that text. */
static gboolean
is_marked (Screen *screen, const char *text, guint start, guint end)
{
  GtkWidget *label = find (screen->window, says, text);
  g_autofree char *bold = g_strdup_printf ("%u %u weight bold", start, end);
  g_autofree char *underlined = g_strdup_printf ("%u %u underline single", start, end);
  g_autofree char *said = NULL;

  g_assert_true (GTK_IS_LABEL (label));
  said = pango_attr_list_to_string (gtk_label_get_attributes (GTK_LABEL (label)));
  return strstr (said, bold) != NULL && strstr (said, underlined) != NULL;
}

/* A report that was found by its title says where, also to who does not see it. */
static void
test_found_in_the_title (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *next, *row;

  search (&screen, "avondritme");
  assert_says (&screen, "Found 1 time in 1 report");
  g_assert_true (is_marked (&screen, "Slapen en avondritme", 22, 32));
  row = gtk_widget_get_first_child (find_reports (&screen));
  g_assert_true (is_described (row, "found 1 time"));
  next = find (screen.window, is_button_named, "Next");
  g_assert_true (gtk_widget_get_sensitive (next));
  press (&screen, "Next");
  g_assert_true (is_described (next, "Mon January 12: Slapen en avondritme"));
  g_assert_false (gtk_widget_get_sensitive (next));
  close_screen (&screen);
}

/* The same of the writer; the way stops at each, however many pages it goes over. */
static void
test_found_in_the_writer (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  GtkWidget *next;
  GtkAdjustment *adjustment;

  search (&screen, "schouten");
  g_assert_true (is_marked (&screen, "Tom Schouten", 4, 12));
  next = find (screen.window, is_button_named, "Next");
  adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_parent (find_reports (&screen))));
  press (&screen, "Next");
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  for (int i = 0; i < 12; i++)
    press (&screen, "Next");
  g_assert_true (gtk_widget_get_sensitive (next));
  WAIT_FOR (gtk_adjustment_get_value (adjustment) > 0);
  close_screen (&screen);
}

/* In the order in which they are read: writer, title, text. */
static void
test_found_everywhere (void)
{
  static const CpaReportPlace places[] = { CPA_REPORT_AUTHOR, CPA_REPORT_TITLE, CPA_REPORT_TEXT, CPA_REPORT_TEXT };
  g_autoptr (CpDossierItem) item = cp_dossier_item_new ();

  g_ptr_array_add (item->author_marks, cp_text_mark_new ());
  g_ptr_array_add (item->title_marks, cp_text_mark_new ());
  g_ptr_array_add (item->marks, cp_text_mark_new ());
  g_ptr_array_add (item->marks, cp_text_mark_new ());
  g_assert_cmpuint (cpa_report_count_marks (item), ==, G_N_ELEMENTS (places));
  for (int mark = -1; mark <= (int) G_N_ELEMENTS (places); mark++)
    for (CpaReportPlace place = 0; place < CPA_REPORT_N_PLACES; place++)
      {
        gboolean here = mark >= 0 && mark < (int) G_N_ELEMENTS (places) && places[mark] == place;

        g_assert_cmpint (cpa_report_mark_in (item, place, mark), ==, here ? mark == 3 : -1);
      }
}

/* The way goes on over the pages. */
static void
test_find_over_pages (void)
{
  Screen screen = open_reading ("many", "session", 1000);
  guint before;

  search (&screen, "menukaart");
  before = count_reports (&screen);
  g_assert_cmpuint (before, >=, 50);
  for (guint i = 0; i <= before; i++)
    press (&screen, "Next");
  WAIT_FOR (count_reports (&screen) > before);
  close_screen (&screen);
}

/* What stood there is wiped out first, without a pause. */
static void
typed_cb (GtkEditable *entry, gboolean *paused)
{
  *paused = *gtk_editable_get_text (entry) != '\0';
}

/* Types, and waits for the pause after it, when it is known whether that is a search. */
static void
type_and_pause (Screen *screen, const char *text)
{
  GtkWidget *entry = find (screen->window, is_search_entry, NULL);
  gboolean paused = FALSE;
  gulong handler = g_signal_connect (entry, "search-changed", G_CALLBACK (typed_cb), &paused);

  type (screen, text);
  WAIT_FOR (paused);
  settle ();
  g_signal_handler_disconnect (entry, handler);
}

/* What cannot be searched is not asked: too little is no search yet, of too much one is told, and the reports stay. */
static void
test_what_is_no_search (void)
{
  static const char *const sentence = "This is too long to search for. Type fewer words.";
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *report = find (screen.window, says, "Zij vroeg twee keer");
  guint asked = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_SEARCH);
  guint listed = fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER);

  for (gsize i = 1; i < G_N_ELEMENTS (search_texts); i++)
    {
      gboolean much = search_texts[i].size == CP_SEARCH_TOO_MUCH;

      if (search_texts[i].size == CP_SEARCH_FITS)
        continue;
      g_test_message ("%s", search_texts[i].text);
      type_and_pause (&screen, search_texts[i].text);
      g_assert_cmpint (tells (screen.window, sentence), ==, much);
      g_assert_true (find (screen.window, says, "Zij vroeg twee keer") == report);
      g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER_SEARCH), ==, asked);
      g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_DOSSIER), ==, listed);
    }
  /* What was found before is no answer to it. */
  search (&screen, "mevrouw");
  assert_does_not_say (&screen, sentence);
  assert_says (&screen, "Found");
  type_and_pause (&screen, TEN_WORDS " a.d.l.");
  g_assert_true (tells (screen.window, sentence));
  assert_does_not_say (&screen, "Found");
  choose_tab (&screen, "Report: Care and life plan");
  g_assert_true (tells (screen.window, sentence));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/report-find/from-find-to-find", test_from_find_to_find },
    { "/report-find/in-the-title", test_found_in_the_title },
    { "/report-find/in-the-writer", test_found_in_the_writer },
    { "/report-find/everywhere", test_found_everywhere },
    { "/report-find/what-is-no-search", test_what_is_no_search },
    { "/report-find/over-pages", test_find_over_pages },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
