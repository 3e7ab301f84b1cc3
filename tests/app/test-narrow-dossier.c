/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dossier on the narrowest window with words twice as large, in Dutch: what one came to read has the room, and no
 * word of a button is cut. Needs a display. */
#include <adwaita.h>
#include <string.h>

#include "cpa-plan-goal.h"
#include "cpa-report-list.h"
#include "cpa-time-bar.h"
#include "cpa-timeline-strip.h"
#include "narrow-kit.h"
#include "reading-kit.h"

static gboolean
is_strip (GtkWidget *widget, const char *text)
{
  return CPA_IS_TIMELINE_STRIP (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_report_list (GtkWidget *widget, const char *text)
{
  return CPA_IS_REPORT_LIST (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_time_bar (GtkWidget *widget, const char *text)
{
  return CPA_IS_TIME_BAR (widget);
}

static gboolean
is_search (GtkWidget *widget, const char *text)
{
  return GTK_IS_SEARCH_ENTRY (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_mapped_text (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_mapped_button (GtkWidget *widget, const char *name)
{
  return gtk_widget_get_mapped (widget) && is_button_named (widget, name);
}

/* Of a button or a card, which says it nowhere else. */
static gboolean
is_cut (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = GTK_IS_LABEL (widget) ? gtk_label_get_layout (GTK_LABEL (widget)) : NULL;

  return layout != NULL && gtk_widget_get_mapped (widget) && pango_layout_is_ellipsized (layout);
}

static void
assert_nothing_cut (Screen *screen)
{
  GtkWidget *cut = find (screen->window, is_cut, NULL);

  if (cut != NULL)
    g_error ("cut: %s", gtk_label_get_text (GTK_LABEL (cut)));
}

/* So much of the height of the window. */
static double
share_of (Screen *screen, Match match)
{
  GtkWidget *widget = find (screen->page, match, NULL);

  g_assert_nonnull (widget);
  return (double) gtk_widget_get_height (widget) / gtk_widget_get_height (screen->window);
}

static gboolean
is_inside (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t place;

  return gtk_widget_compute_bounds (widget, window, &place) && place.origin.x >= 0 &&
         place.origin.x + place.size.width <= gtk_widget_get_width (window);
}

static void
press_mapped (Screen *screen, const char *name)
{
  GtkWidget *button = find (screen->page, is_mapped_button, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

/* Beside the way back, where it costs no line of its own. */
static void
test_title (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);
  GtkWidget *back = find (screen.window, is_mapped_button, "Terug");
  GtkWidget *title = find (screen.window, says, "Mijn dossier");
  graphene_rect_t beside, place;

  g_assert_true (gtk_widget_compute_bounds (back, screen.window, &beside));
  g_assert_true (gtk_widget_compute_bounds (title, screen.window, &place));
  g_assert_true (gtk_widget_get_child_visible (gtk_widget_get_parent (title)));
  g_assert_cmpfloat (place.origin.y, <, beside.origin.y + beside.size.height);
  close_screen (&screen);
}

/* As wide as a screen often is, which is narrow for words so large. The window stays as high as it was, and where there
 * is no room for bar and cards there are cards. */
static void
test_low (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  g_assert_cmpint (gtk_widget_get_height (screen.window), <=, 700);
  g_assert_true (gtk_widget_get_mapped (find (screen.page, is_time_bar, NULL)));
  gtk_window_set_default_size (GTK_WINDOW (screen.window), 1000, 500);
  WAIT_FOR (gtk_widget_get_height (screen.window) <= 500);
  g_assert_null (find (screen.page, is_time_bar, NULL));
  g_assert_cmpint (gtk_widget_get_height (find (screen.page, is_strip, NULL)), >, 150);
  close_screen (&screen);
}

static void
test_timeline (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);

  g_assert_cmpfloat (share_of (&screen, is_strip), >=, 0.3);
  g_assert_cmpfloat (share_of (&screen, is_time_bar), <, 0.25);
  assert_nothing_cut (&screen);
  assert_says (&screen, "Rapportage Algemeen");
  close_screen (&screen);
}

static CpTime
a_year_later (void)
{
  return 1804078800 * CP_TIME_SECOND; /* 2027-03-03 */
}

/* The longest date, beside what says that a card is unread, is told shorter and not cut. */
static void
test_long_date (void)
{
  Screen screen;

  cp_time_set_source (a_year_later);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "DejaVu Sans 11", NULL);
  screen = open_screen ("dossier", NULL, "session", 1500);
  g_assert_nonnull (find (screen.window, is_strip, NULL));
  assert_says (&screen, "Ongelezen");
  g_assert_null (find (screen.window, is_cut_date, NULL));
  close_screen (&screen);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-font-name");
  fixture_set_time ();
}

static gboolean
breaks_word (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && has_broken_word (widget, " -/\n");
}

static gboolean
is_card_head (GtkWidget *widget, const char *text)
{
  return gtk_widget_has_css_class (widget, "cp-dossier-head") && gtk_widget_get_mapped (widget);
}

/* What is open says what it is in whole words, also where one reads large. */
static void
test_opened (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);
  GtkWidget *strip = find (screen.page, is_strip, NULL);

  g_signal_emit_by_name (strip, "chosen", 0u);
  WAIT_FOR (find (screen.page, is_card_head, NULL) != NULL);
  g_assert_null (find (find (screen.page, is_card_head, NULL), breaks_word, NULL));
  press_mapped (&screen, "Groot lezen");
  WAIT_FOR (find (screen.page, is_mapped_button, "Groot lezen sluiten") != NULL);
  g_assert_true (is_inside (find (screen.page, is_mapped_button, "Groot lezen sluiten"), screen.window));
  WAIT_FOR (find (screen.page, is_card_head, NULL) != NULL);
  g_assert_null (find (find (screen.page, is_card_head, NULL), breaks_word, NULL));
  close_screen (&screen);
}

/* The versions of a report: what they are called is as long as a line, and longer in large words. Each stands inside
 * the window, and below what is before it. */
static void
assert_versions_whole (Screen *screen)
{
  static const char *const texts[] = { "Gewijzigd door de zorg vandaag 10:20",
                                       "Dit is de tekst van vóór die wijziging:", "Zij sliep slecht.",
                                       "Gewijzigd door de zorg vandaag 08:10", "Mevrouw slaapt goed door" };
  GtkWidget *expander;
  float bottom = 0;

  WAIT_FOR (find (screen->page, is_mapped_text, texts[0]) != NULL);
  expander = gtk_widget_get_ancestor (find (screen->page, is_mapped_text, texts[0]), GTK_TYPE_EXPANDER);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  WAIT_FOR (find (screen->page, is_mapped_text, "Zij sliep slecht.") != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *text = find (screen->page, is_mapped_text, texts[i]);
      graphene_rect_t place;

      g_test_message ("%s", texts[i]);
      g_assert_true (is_inside (text, screen->window));
      g_assert_true (gtk_widget_compute_bounds (text, screen->window, &place));
      g_assert_cmpfloat (place.origin.y, >=, bottom);
      bottom = place.origin.y + place.size.height;
    }
}

static void
test_amended (void)
{
  Screen screen = open_screen ("dossier", "amended", "session", NARROW_WIDTH);

  g_signal_emit_by_name (find (screen.page, is_strip, NULL), "chosen", 0u);
  assert_versions_whole (&screen);
  press_mapped (&screen, "Groot lezen");
  WAIT_FOR (find (screen.page, is_mapped_button, "Groot lezen sluiten") != NULL);
  assert_versions_whole (&screen);
  close_screen (&screen);
}

static gboolean
is_goal (GtkWidget *widget, const char *text)
{
  return CPA_IS_PLAN_GOAL (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_switch (GtkWidget *widget, const char *text)
{
  return GTK_IS_SWITCH (widget) && gtk_widget_get_mapped (widget);
}

/* With how much changed beside it. */
static void
test_compared_plan (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);

  choose_tab (&screen, "Plannen");
  press_mapped (&screen, "Zorgleefplan 2026");
  WAIT_FOR (find (screen.page, is_switch, NULL) != NULL);
  gtk_switch_set_active (GTK_SWITCH (find (screen.page, is_switch, NULL)), TRUE);
  WAIT_FOR (find (screen.page, is_mapped_text, "6 wijzigingen") != NULL);
  for (GtkWidget *goal = find (screen.page, is_goal, NULL); goal != NULL; goal = gtk_widget_get_next_sibling (goal))
    g_assert_true (is_inside (goal, screen.window));
  close_screen (&screen);
}

static void
test_reading (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);

  choose_tab (&screen, "Lezen");
  g_assert_cmpfloat (share_of (&screen, is_report_list), >=, 0.44);
  assert_nothing_cut (&screen);
  close_screen (&screen);
}

/* What one chooses with comes when it is asked for, whole, and goes when one has chosen. */
static void
test_choosing (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);
  GtkWidget *less;

  choose_tab (&screen, "Lezen");
  g_assert_null (find (screen.page, is_search, NULL));
  g_assert_nonnull (find (screen.page, is_mapped_button, "Groot lezen"));
  press_mapped (&screen, "Rapportage Algemeen");
  g_assert_nonnull (find (screen.page, is_search, NULL));
  g_assert_nonnull (find (screen.page, is_mapped_button, "Schrijver"));
  g_assert_nonnull (find (screen.page, is_mapped_button, "Afdrukken"));
  assert_says (&screen, "Iedereen");
  assert_nothing_cut (&screen);
  /* Of reports that are not in sight none can be read large. */
  g_assert_null (find (screen.page, is_mapped_button, "Groot lezen"));
  less = find (screen.page, is_mapped_button, "Minder tonen");
  g_assert_nonnull (less);
  press_mapped (&screen, "Rapportage Zorgleefplan");
  g_assert_null (find (screen.page, is_search, NULL));
  g_assert_true (is_button_named (less, "Rapportage Zorgleefplan"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (screen.window)) == less);
  close_screen (&screen);
}

/* Both arrows, inside the window and above the reports. */
static void
assert_ways_whole (Screen *screen)
{
  static const char *const ways[] = { "Vorige", "Volgende" };
  GtkWidget *reports = find (screen->page, is_report_list, NULL);
  graphene_rect_t place;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      GtkWidget *way = find (screen->page, is_mapped_button, ways[i]);

      g_assert_true (is_inside (way, screen->window));
      g_assert_true (gtk_widget_compute_bounds (way, reports, &place));
      g_assert_cmpfloat (place.origin.y + place.size.height, <=, 0);
    }
}

/* What was found is in sight once one has typed, and so is the way on. */
static void
test_searching (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);
  GtkWidget *search;

  choose_tab (&screen, "Lezen");
  press_mapped (&screen, "Rapportage Algemeen");
  search = find (screen.page, is_search, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "mevrouw");
  WAIT_FOR (find (screen.page, is_mapped_button, "Volgende") != NULL);
  g_signal_emit_by_name (search, "activate");
  settle ();
  g_assert_nonnull (find (screen.page, is_mapped_button, "mevrouw"));
  g_assert_cmpfloat (share_of (&screen, is_report_list), >=, 0.3);
  assert_ways_whole (&screen);
  close_screen (&screen);
}

/* Who goes from word to word stays at the button: with the choices open, and once they are folded away. */
static void
test_next_stays (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);
  GtkWidget *next;

  choose_tab (&screen, "Lezen");
  press_mapped (&screen, "Rapportage Algemeen");
  gtk_editable_set_text (GTK_EDITABLE (find (screen.page, is_search, NULL)), "mevrouw");
  WAIT_FOR (find (screen.page, is_mapped_button, "Volgende") != NULL);
  next = find (screen.page, is_mapped_button, "Volgende");
  for (int i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (next);
      g_signal_emit_by_name (next, "clicked");
      settle ();
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (screen.window)) == next);
      g_assert_null (find (screen.page, is_search, NULL));
    }
  close_screen (&screen);
}

/* Where the reports do not show, what is said in their place is said all the same. */
static void
test_nothing_found (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);
  GtkWidget *search;

  choose_tab (&screen, "Lezen");
  press_mapped (&screen, "Rapportage Algemeen");
  search = find (screen.page, is_search, NULL);
  assert_says (&screen, "Zoals vastgelegd");
  gtk_editable_set_text (GTK_EDITABLE (search), "qqq");
  WAIT_FOR (find (screen.page, is_mapped_text, "Niets gevonden voor") != NULL);
  fixture_api_fail (get_api (&screen), CP_ROUTE_DOSSIER_SEARCH, CP_ERROR_UNREACHABLE);
  gtk_editable_set_text (GTK_EDITABLE (search), "qqqq");
  WAIT_FOR (find (screen.page, is_mapped_text, "Het portaal is niet bereikbaar") != NULL);
  close_screen (&screen);
}

/* Of what is left out one is told above what is left. */
static void
test_chosen_is_said (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);

  choose_tab (&screen, "Lezen");
  press_mapped (&screen, "Rapportage Algemeen");
  choose (&screen, "Schrijver", "Tom Schouten");
  settle ();
  g_assert_nonnull (find (screen.page, is_mapped_button, "Rapportage Algemeen, Tom Schouten"));
  close_screen (&screen);
}

/* What is left out no more is said no more. */
static void
test_cleared_is_not_said (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);

  choose_tab (&screen, "Lezen");
  press_mapped (&screen, "Rapportage Algemeen");
  choose (&screen, "Schrijver", "Tom Schouten");
  press_mapped (&screen, "Rapportage Algemeen, Tom Schouten");
  press_mapped (&screen, "Rapportage Zorgleefplan");
  g_assert_nonnull (find (screen.page, is_mapped_button, "Rapportage Zorgleefplan, Tom Schouten"));
  press_mapped (&screen, "Filters wissen");
  g_assert_nonnull (find (screen.page, is_mapped_button, "Rapportage Zorgleefplan"));
  close_screen (&screen);
}

/* A word that is typed is read, also beside the tabs. */
static void
test_search_entry (void)
{
  for (int width = 600; width <= 1200; width += 100)
    {
      Screen screen = open_screen ("dossier", NULL, "session", width);
      g_autoptr (PangoLayout) word = NULL;
      GtkWidget *entry, *text;
      int needed;

      choose_tab (&screen, "Lezen");
      entry = find (screen.window, is_search, NULL);
      gtk_editable_set_text (GTK_EDITABLE (entry), "wandelingen");
      settle ();
      text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
      word = gtk_widget_create_pango_layout (text, "wandelingen");
      pango_layout_get_pixel_size (word, &needed, NULL);
      g_assert_cmpint (gtk_widget_get_width (text), >=, needed);
      close_screen (&screen);
    }
}

static gboolean
is_row_of_tabs (GtkWidget *widget, const char *text)
{
  return gtk_widget_has_css_class (widget, "cp-tabs") && gtk_widget_get_mapped (widget);
}

/* Where nothing stands beside the tabs they have the whole width. */
static void
test_tabs_alone (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);
  graphene_rect_t place;
  GtkWidget *tabs;

  choose_tab (&screen, "Plannen");
  tabs = find (screen.window, is_row_of_tabs, NULL);
  g_assert_true (gtk_widget_compute_bounds (tabs, gtk_widget_get_parent (tabs), &place));
  g_assert_cmpfloat_with_epsilon (place.origin.x + place.size.width,
                                  gtk_widget_get_width (gtk_widget_get_parent (tabs)), 0.5);
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  if (!narrow_init (&argc, &argv))
    return 0;
  g_test_add_func ("/narrow-dossier/title", test_title);
  g_test_add_func ("/narrow-dossier/low", test_low);
  g_test_add_func ("/narrow-dossier/timeline", test_timeline);
  g_test_add_func ("/narrow-dossier/long-date", test_long_date);
  g_test_add_func ("/narrow-dossier/opened", test_opened);
  g_test_add_func ("/narrow-dossier/amended", test_amended);
  g_test_add_func ("/narrow-dossier/compared-plan", test_compared_plan);
  g_test_add_func ("/narrow-dossier/reading", test_reading);
  g_test_add_func ("/narrow-dossier/choosing", test_choosing);
  g_test_add_func ("/narrow-dossier/searching", test_searching);
  g_test_add_func ("/narrow-dossier/next-stays", test_next_stays);
  g_test_add_func ("/narrow-dossier/nothing-found", test_nothing_found);
  g_test_add_func ("/narrow-dossier/chosen-is-said", test_chosen_is_said);
  g_test_add_func ("/narrow-dossier/cleared-is-not-said", test_cleared_is_not_said);
  g_test_add_func ("/narrow-dossier/search-entry", test_search_entry);
  g_test_add_func ("/narrow-dossier/tabs-alone", test_tabs_alone);
  return g_test_run ();
}
