/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read: large, explained, marked, and with its attachments. Needs a display. */
#include "cpa-page.h"
#include "cpa-reading-text.h"
#include "cpa-words-window.h"
#include "cpa-words.h"
#include "reading-kit.h"

/* Large reading */

static gboolean
has_focus (Screen *screen, const char *name)
{
  return gtk_root_get_focus (GTK_ROOT (screen->window)) == find (screen->window, is_button_named, name);
}

static void
test_large (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *smaller;

  press (&screen, "Read Large");
  assert_says (&screen, "De bloeddruk (RR) was 138 over 76.");
  g_assert_true (has_focus (&screen, "Stop Reading Large"));
  g_assert_null (find (screen.window, is_button_named, "Plans"));
  g_assert_false (gtk_widget_get_sensitive (find (screen.window, is_button_named, "Previous Report")));
  press (&screen, "Next Report");
  press (&screen, "Next Report");
  assert_says (&screen, "Changed by the care team");
  g_assert_false (gtk_widget_get_sensitive (find (screen.window, is_button_named, "Next Report")));
  smaller = find (screen.window, is_button_named, "Smaller Text");
  press (&screen, "Smaller Text");
  g_assert_false (gtk_widget_get_sensitive (smaller));
  for (int i = 0; i < 4; i++)
    {
      gtk_widget_grab_focus (find (screen.window, is_button_named, "Larger Text"));
      press (&screen, "Larger Text");
    }
  g_assert_false (gtk_widget_get_sensitive (find (screen.window, is_button_named, "Larger Text")));
  g_assert_true (has_focus (&screen, "Smaller Text"));
  g_assert_true (cpa_page_go_back (CPA_PAGE (screen.page)));
  settle ();
  g_assert_nonnull (find (screen.window, is_button_named, "Plans"));
  press (&screen, "Read Large");
  press (&screen, "Stop Reading Large");
  g_assert_nonnull (find (screen.window, is_button_named, "Plans"));
  close_screen (&screen);
}

/* The one with the focus, also when a button has it now. */
static void
test_large_of_the_second (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  GtkWidget *second = gtk_widget_get_next_sibling (gtk_widget_get_first_child (find_reports (&screen)));

  g_assert_true (is_named (second, "General Report, yesterday 14:30, Tom Schouten, fysiotherapeut"));
  gtk_widget_grab_focus (second);
  gtk_widget_grab_focus (find (screen.window, is_button_named, "Read Large"));
  press (&screen, "Read Large");
  g_assert_true (gtk_widget_get_sensitive (find (screen.window, is_button_named, "Previous Report")));
  close_screen (&screen);
}

static void
test_large_from_timeline (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  press (&screen, "Read Large");
  g_assert_nonnull (find (screen.window, is_button_named, "Stop Reading Large"));
  g_assert_false (gtk_widget_get_sensitive (find (screen.window, is_button_named, "Next Report")));
  press (&screen, "Previous Report");
  assert_says (&screen, "Belongs to: Elke nacht zes uur rustig slapen");
  press (&screen, "Stop Reading Large");
  assert_says (&screen, "Belongs to: Elke nacht zes uur rustig slapen");
  close_screen (&screen);
}

/* A text that is no question, set apart from the answers. */
static gboolean
is_display (GtkWidget *widget, const char *text)
{
  return gtk_widget_has_css_class (widget, "cp-form-display") && find (widget, says, text) != NULL;
}

static void
test_form (void)
{
  Screen screen = open_reading (NULL, "session", 1000);

  search (&screen, "aankleden in de ochtend");
  press (&screen, "Read Large");
  assert_says (&screen, "Not finished yet");
  assert_says (&screen, "The care team is still filling in this form.");
  assert_says (&screen, "Filled in Sunday March 1, 2026, 11:00 by Ineke Bos. Told by Wil de Bruin");
  assert_says (&screen, "Waarbij wilt u hulp?");
  assert_says (&screen, "Steunkousen aantrekken");
  assert_says (&screen, "Not filled in");
  assert_says (&screen, "Question without text");
  g_assert_nonnull (find (screen.window, is_display, "U mag elke vraag overslaan."));
  g_assert_null (find (screen.window, is_display, "Steunkousen aantrekken"));
  close_screen (&screen);
}

/* Explained words */

static void
test_terms (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  CpaWords *words = cpa_words_of (screen.api);
  GtkWidget *term;

  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_WORDS), ==, 1);
  term = find (screen.window, is_button_named, "rollator, with explanation");
  g_assert_nonnull (term);
  g_assert_true (gtk_widget_get_focusable (term));
  g_assert_true (is_described (term, "Een looprek op wielen."));
  press (&screen, "rollator, with explanation");
  assert_says (&screen, "Een looprek op wielen.");
  assert_says (&screen, "This explanation comes from a word list.");
  cpa_words_set_explain (words, FALSE);
  settle ();
  g_assert_null (find (screen.window, is_button_named, "rollator, with explanation"));
  cpa_words_set_explain (words, TRUE);
  settle ();
  g_assert_nonnull (find (screen.window, is_button_named, "rollator, with explanation"));
  /* Without a connection too. */
  fixture_api_set_scenario (get_api (&screen), "failed");
  press (&screen, "rollator, with explanation");
  assert_says (&screen, "Een looprek op wielen.");
  let_tooltip_come (screen.window);
  close_screen (&screen);
}

static void
test_no_words (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  choose_tab (&screen, "Read");
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_WORDS), ==, 1);
  choose_tab (&screen, "Plans");
  choose_tab (&screen, "Read");
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_WORDS), ==, 1);
  close_screen (&screen);
}

static void
test_margin (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  assert_says (&screen, "Explanation With This Text");
  assert_says (&screen, "bloeddruk: Hoe hard het bloed tegen de vaten drukt.");
  cpa_words_set_explain (cpa_words_of (screen.api), FALSE);
  settle ();
  assert_does_not_say (&screen, "Explanation With This Text");
  close_screen (&screen);
}

static GtkWidget *
get_words_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), "All Abbreviations") == 0)
        return GTK_WIDGET (window);
    }
  return NULL;
}

static void
test_all_words (void)
{
  Screen screen = open_reading (NULL, "session", 1000);
  Screen words = { 0 };

  press (&screen, "All Abbreviations");
  words.window = get_words_window ();
  g_assert_nonnull (words.window);
  assert_says (&words, "This can mean more than one thing:");
  assert_says (&words, "Explanation of Zorggroep De Linde");
  type (&words, "BLOEDdruk");
  WAIT_FOR (find (words.window, says, "Algemene verordening") == NULL);
  assert_says (&words, "RR");
  type (&words, "xyz");
  WAIT_FOR (find (words.window, says, "We have no explanation for “xyz”. Ask the care team.") != NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (words.window, is_check_named, "Explain abbreviations")), FALSE);
  settle ();
  g_assert_null (find (screen.window, is_button_named, "rollator, with explanation"));
  gtk_window_close (GTK_WINDOW (words.window));
  settle ();
  close_screen (&screen);
}

/* What is not there cannot be told to have no explanation. */
static void
test_all_words_not_there (void)
{
  Screen screen = open_screen ("profile", NULL, "session", 1000);
  Screen words = { 0 };

  fixture_api_fail (get_api (&screen), CP_ROUTE_WORDS, CP_ERROR_UNREACHABLE);
  cpa_words_window_present (screen.page, screen.context);
  settle ();
  words.window = get_words_window ();
  type (&words, "rollator");
  settle ();
  assert_says (&words, "The Portal Cannot Be Reached");
  assert_does_not_say (&words, "We have no explanation");
  fixture_api_fail (get_api (&screen), CP_N_ROUTES, CP_ERROR_UNREACHABLE);
  fixture_api_hold (get_api (&screen), CP_ROUTE_WORDS);
  press (&words, "Try Again");
  assert_says (&words, "Loading your data…");
  assert_does_not_say (&words, "We have no explanation");
  g_assert_true (is_text (gtk_window_get_focus (GTK_WINDOW (words.window)), NULL));
  fixture_api_release (get_api (&screen), FALSE);
  settle ();
  assert_says (&words, "Een looprek op wielen.");
  gtk_window_close (GTK_WINDOW (words.window));
  close_screen (&screen);
}

/* As when the answer takes longer than usual, and never comes. */
static void
test_all_words_asked_anew (void)
{
  Screen screen = open_screen ("profile", NULL, "session", 1000);
  CpaWords *words = cpa_words_of (screen.api);

  fixture_api_hold (get_api (&screen), CP_ROUTE_WORDS);
  g_assert_null (cpa_words_get_finder (words));
  cpa_words_ask_again (words);
  g_assert_cmpuint (fixture_api_count (get_api (&screen), CP_ROUTE_WORDS), ==, 2);
  fixture_api_release (get_api (&screen), TRUE);
  settle ();
  g_assert_nonnull (cpa_words_get_finder (words));
  g_assert_null (cpa_words_get_failure (words));
  close_screen (&screen);
}

static CpTextMark *
mark_new (gint64 start, gint64 length)
{
  CpTextMark *mark = cp_text_mark_new ();

  mark->start = start;
  mark->length = length;
  return mark;
}

/* Marks count characters; one that lies outside the text is none. */
static void
test_marks (void)
{
  Screen screen = open_screen ("profile", NULL, "session", 1000);
  GtkWidget *text = g_object_ref_sink (cpa_reading_text_new (screen.context, "", NULL));
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_text_mark_free);
  GtkWidget *label = gtk_widget_get_first_child (text);
  PangoAttrList *attributes;
  g_autofree char *said = NULL;

  g_ptr_array_add (marks, mark_new (3, 5));
  g_ptr_array_add (marks, mark_new (8, 4));
  g_ptr_array_add (marks, mark_new (-1, 2));
  g_ptr_array_add (marks, mark_new (G_MAXINT32, G_MAXINT32));
  cpa_reading_text_set (CPA_READING_TEXT (text), "Eén dré té", marks);
  attributes = gtk_label_get_attributes (GTK_LABEL (label));
  said = pango_attr_list_to_string (attributes);
  /* "dré t": from byte 4, with é of two bytes. */
  g_assert_nonnull (strstr (said, "4 10 weight bold") != NULL ? said : strstr (said, "4 9 weight bold"));
  g_assert_null (strstr (said, "-"));
  g_object_unref (text);
  close_screen (&screen);
}

/* Attachments */

static gboolean
is_picture (GtkWidget *widget, const char *text)
{
  return GTK_IS_PICTURE (widget) && gtk_widget_get_mapped (widget);
}

static Screen
open_document (const char *session)
{
  Screen screen = open_reading (NULL, session, 1000);

  search (&screen, "menukaart");
  press (&screen, "Read Large");
  return screen;
}

static void
test_attachments (void)
{
  Screen screen = open_document ("session");

  press (&screen, "Open Attachment: Menukaart");
  g_assert_nonnull (find (screen.window, is_picture, NULL));
  g_assert_null (find (screen.window, is_button_named, "Stop Reading Large"));
  press (&screen, "Close Attachment");
  g_assert_null (find (screen.window, is_picture, NULL));
  press (&screen, "Open Attachment: Brief");
  assert_says (&screen, "De ADL gaat goed.");
  g_assert_true (cpa_page_go_back (CPA_PAGE (screen.page)));
  settle ();
  press (&screen, "Open Attachment: Kapotte foto");
  assert_says (&screen, "This attachment cannot be shown here.");
  g_assert_null (find (screen.window, is_picture, NULL));
  press (&screen, "Open Attachment: Onvindbaar");
  g_assert_true (tells (screen.window, "The Portal Cannot Be Reached"));
  press (&screen, "Save Attachment: Filmpje");
  assert_says (&screen, "This attachment is too large: 21\u00a0MB. At most 10\u00a0MB is possible.");
  g_assert_nonnull (find (screen.window, is_button_named, "Save Attachment: Archief"));
  close_screen (&screen);
}

/* Nothing is written, and it is said why. */
static void
test_attachments_shared (void)
{
  Screen screen = open_document ("session-shared");

  g_assert_null (find (screen.window, is_button_named, "Save Attachment: Archief"));
  press (&screen, "Open Attachment: Menukaart");
  g_assert_nonnull (find (screen.window, is_picture, NULL));
  press (&screen, "Close Attachment");
  press (&screen, "Open Attachment: Medicatieoverzicht");
  assert_says (&screen, "on a shared computer nothing may be left behind");
  close_screen (&screen);
}

static gboolean
is_reading_text (GtkWidget *widget, const char *text)
{
  return CPA_IS_READING_TEXT (widget);
}

/* One's own computer, and one of many people: what is copied there stays on its clipboard. With the keyboard one stops
 * at the text all the same. */
static void
test_copying (void)
{
  Screen screen = open_document ("session");
  GtkWidget *text;

  g_assert_nonnull (find (screen.window, is_selectable, NULL));
  close_screen (&screen);
  screen = open_document ("session-shared");
  g_assert_null (find (screen.window, is_selectable, NULL));
  text = find (screen.window, is_reading_text, NULL);
  g_assert_true (gtk_widget_grab_focus (text));
  g_assert_true (gtk_widget_is_focus (text));
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  press (&screen, "Open Attachment: Brief");
  assert_says (&screen, "De ADL gaat goed.");
  g_assert_null (find (screen.window, is_selectable, NULL));
  close_screen (&screen);
}

static void
assert_copying (const char *name, const char *tab, const char *text)
{
  static const struct
  {
    const char *session;
    gboolean allowed;
  } all[] = { { "session", TRUE }, { "session-shared", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      Screen screen = open_screen (name, NULL, all[i].session, 1000);

      if (tab != NULL)
        choose_tab (&screen, tab);
      assert_says (&screen, text);
      g_assert_cmpint (find (screen.window, is_selectable, NULL) != NULL, ==, all[i].allowed);
      close_screen (&screen);
    }
}

static void
test_copying_elsewhere (void)
{
  assert_copying ("profile", NULL, "De Lindehof, kamer 12");
  assert_copying ("dossier", NULL, "Explanation With This Text");
  assert_copying ("dossier", "Plans", "Mevrouw woont prettig in De Lindehof");
}

/* What is said in place of a page is nothing of anybody, and is of no use elsewhere. */
static void
test_copying_no_failure (void)
{
  Screen screen = open_screen ("start", "failed", "session-shared", 1000);

  assert_says (&screen, "The Portal Cannot Be Reached");
  g_assert_null (find (screen.window, is_selectable, NULL));
  close_screen (&screen);
}

/* Who went back meanwhile does not get it over what is read now. */
static void
test_attachments_late (void)
{
  Screen screen = open_document ("session");

  fixture_api_hold (get_api (&screen), CP_ROUTE_ATTACHMENT);
  press (&screen, "Open Attachment: Menukaart");
  assert_says (&screen, "Fetching attachment: 100%");
  g_assert_true (cpa_page_go_back (CPA_PAGE (screen.page)));
  settle ();
  fixture_api_release_all (get_api (&screen));
  settle ();
  g_assert_null (find (screen.window, is_picture, NULL));
  g_assert_nonnull (find (screen.window, is_button_named, "Read Large"));
  close_screen (&screen);
}

/* Widths */

static void
test_narrow (void)
{
  static const int widths[] = { 340, 400, 620, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      Screen screen = open_reading (NULL, "session-long", widths[i]);

      assert_says (&screen, "Fatima El Amrani, verzorgende");
      search (&screen, "slaapt");
      g_assert_cmpint (least_width (screen.page), <=, widths[i]);
      press (&screen, "Read Large");
      for (int j = 0; j < 3; j++)
        press (&screen, "Larger Text");
      g_assert_cmpint (least_width (screen.page), <=, widths[i]);
      close_screen (&screen);
    }
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/reading-text/large", test_large },
    { "/reading-text/large-of-the-second", test_large_of_the_second },
    { "/reading-text/large-from-timeline", test_large_from_timeline },
    { "/reading-text/form", test_form },
    { "/reading-text/terms", test_terms },
    { "/reading-text/words-once", test_no_words },
    { "/reading-text/margin", test_margin },
    { "/reading-text/all-words", test_all_words },
    { "/reading-text/all-words-not-there", test_all_words_not_there },
    { "/reading-text/all-words-asked-anew", test_all_words_asked_anew },
    { "/reading-text/marks", test_marks },
    { "/reading-text/attachments", test_attachments },
    { "/reading-text/attachments-shared", test_attachments_shared },
    { "/reading-text/attachments-late", test_attachments_late },
    { "/reading-text/copying", test_copying },
    { "/reading-text/copying-elsewhere", test_copying_elsewhere },
    { "/reading-text/copying-no-failure", test_copying_no_failure },
    { "/reading-text/narrow", test_narrow },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
