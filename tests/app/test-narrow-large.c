/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words twice as large on the narrowest window, in Dutch, which has the
 * longest: nothing sticks out. Needs a display. */
#include <adwaita.h>

#include "cpa-button.h"
#include "cpa-dialog.h"
#include "cpa-label.h"
#include "cpa-leaving.h"
#include "cpa-start-panel.h"
#include "narrow-kit.h"
#include "page-table.h"

/* Of the screen of a small laptop. */
#define SCREEN_HEIGHT 768

static void
assert_page_fits (const char *name)
{
  Screen screen = open_screen (name, NULL, "session", NARROW_WIDTH);

  assert_fits (screen.window);
  close_screen (&screen);
}

static void
test_pages (void)
{
  for (guint i = 0; page_table_names[i] != NULL; i++)
    assert_page_fits (page_table_names[i]);
  assert_page_fits ("account");
  assert_page_fits ("invitations");
}

/* A button that is high has its words on one line all the same, where there is room. */
static void
test_button_with_room (void)
{
  GtkWidget *window = gtk_window_new (), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = cpa_button_new ("Andere zorgorganisatie");

  gtk_widget_set_size_request (button, -1, 200);
  gtk_box_append (GTK_BOX (row), button);
  gtk_window_set_child (GTK_WINDOW (window), row);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 300);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_cmpint (lines_of (gtk_button_get_child (GTK_BUTTON (button))), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static int
lines_height (GtkWidget *label)
{
  int height;

  pango_layout_get_size (gtk_label_get_layout (GTK_LABEL (label)), NULL, &height);
  return height;
}

/* No window has to be higher than a small screen. */
static void
test_height (void)
{
  static const char *const tabs[] = { "Tijdlijn", "Lezen", "Plannen" };
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);
  GtkWidget *all = gtk_widget_get_parent (screen.page);

  for (gsize i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      int least;

      choose_tab (&screen, tabs[i]);
      gtk_widget_measure (all, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (all), &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, SCREEN_HEIGHT);
    }
  close_screen (&screen);
}

static gboolean
is_broken (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && has_broken_word (widget, " -/");
}

static gboolean
is_arrow_of_panel (GtkWidget *widget, const char *text)
{
  return gtk_widget_has_css_class (widget, "cp-arrow") &&
         gtk_widget_get_ancestor (widget, CPA_TYPE_START_PANEL) != NULL;
}

/* No word of the panels is broken or cut off, and their arrows stand at the end. */
static void
test_start (void)
{
  Screen screen = open_screen ("start", NULL, "session", NARROW_WIDTH);
  GtkWidget *broken = find (screen.page, is_broken, NULL);
  GtkWidget *arrow = find (screen.page, is_arrow_of_panel, NULL);
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (arrow, gtk_widget_get_parent (arrow), &place));
  g_assert_cmpfloat_with_epsilon (place.origin.x + place.size.width,
                                  gtk_widget_get_width (gtk_widget_get_parent (arrow)), 1);
  if (broken != NULL)
    g_error ("broken: %s", gtk_label_get_text (GTK_LABEL (broken)));
  close_screen (&screen);
}

static float
left_of (Screen *screen, const char *text)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (find (screen->page, says, text), screen->window, &place));
  return place.origin.x;
}

/* The clocks of the start screen stand below each other, and so does what is beside them, whatever is in a row: also
 * with letters as they come. */
static void
test_clocks (void)
{
  for (int scale = 1; scale <= 2; scale++)
    {
      Screen screen;

      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", scale * 96 * PANGO_SCALE, NULL);
      screen = open_screen ("start", "clocks", "session", NARROW_WIDTH);
      assert_fits (screen.window);
      g_assert_cmpfloat_with_epsilon (left_of (&screen, "11:15"), left_of (&screen, "15:15"), 0.5);
      g_assert_cmpfloat_with_epsilon (left_of (&screen, "09:00"), left_of (&screen, "15:15"), 0.5);
      g_assert_cmpfloat_with_epsilon (left_of (&screen, "Dagje uit"), left_of (&screen, "Pedicure"), 0.5);
      g_assert_cmpfloat_with_epsilon (left_of (&screen, "Gesprek"), left_of (&screen, "Pedicure"), 0.5);
      g_assert_cmpint (lines_of (find (screen.page, says, "wo 18 maart")), ==, 1);
      close_screen (&screen);
    }
}

/* The longest title is no longer than a line. */
static void
test_title (void)
{
  Screen screen = open_screen ("people", NULL, "session", NARROW_WIDTH);
  GtkWidget *title = find (screen.window, says, "Gebruikersbeheer");

  assert_fits (screen.window);
  g_assert_nonnull (title);
  g_assert_cmpint (lines_of (title), ==, 1);
  close_screen (&screen);
}

/* Whose portal it is is read at a glance: no word of it is broken, also beside the way back. */
static void
test_name (void)
{
  static const char *const pages[] = { "start", "dossier" };

  for (gsize i = 0; i < NARROW_FONTS * G_N_ELEMENTS (pages); i++)
    {
      Screen screen;

      g_object_set (gtk_settings_get_default (), "gtk-font-name", narrow_fonts[i / G_N_ELEMENTS (pages)], NULL);
      screen = open_screen (pages[i % G_N_ELEMENTS (pages)], NULL, "session", NARROW_WIDTH);
      g_assert_false (has_broken_word (find (screen.window, says, "Wil de Bruin"), " "));
      g_assert_false (has_broken_word (find (screen.window, says, "14 mei 1938"), " "));
      close_screen (&screen);
    }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-font-name");
}

/* What is too long for a line goes on below it. */
static void
test_day_heading (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);
  GtkWidget *day = find (screen.window, says, "Vandaag, di 3 maart");

  g_assert_true (GTK_IS_LABEL (day));
  g_assert_cmpint (lines_of (day), >, 1);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (day))));
  close_screen (&screen);
}

/* Beside what says that a card is unread. */
static void
test_date_of_unread (void)
{
  for (gsize i = 0; i < NARROW_FONTS; i++)
    {
      Screen screen;

      g_object_set (gtk_settings_get_default (), "gtk-font-name", narrow_fonts[i], NULL);
      screen = open_screen ("dossier", NULL, "session", 1500);
      assert_says (&screen, "gisteren");
      g_assert_null (find (screen.window, is_cut_date, NULL));
      close_screen (&screen);
    }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-font-name");
}

/* What is behind a tab is laid out when it is chosen. */
static void
test_tabs (void)
{
  static const char *const tabs[] = { "Lezen", "Plannen" };
  Screen screen = open_screen ("dossier", NULL, "session", NARROW_WIDTH);

  for (gsize i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      choose_tab (&screen, tabs[i]);
      assert_fits (screen.window);
    }
  close_screen (&screen);
}

/* A hyphen would be read as part of an address. */
static void
test_address (void)
{
  GtkWidget *window = gtk_window_new (),
            *label = cpa_label_new ("Naar marijkehillegonda@debruin.example gestuurd", NULL);
  PangoLayout *layout;
  int hyphens = 0;

  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 300);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  layout = gtk_label_get_layout (GTK_LABEL (label));
  g_assert_true (has_broken_word (label, " "));
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    for (GSList *run = pango_layout_get_line_readonly (layout, i)->runs; run != NULL; run = run->next)
      if ((((PangoGlyphItem *) run->data)->item->analysis.flags & PANGO_ANALYSIS_FLAG_NEED_HYPHEN) != 0)
        hyphens++;
  g_assert_cmpint (hyphens, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_log_out (void)
{
  for (int shared = 0; shared < 2; shared++)
    {
      Screen screen = open_screen ("start", NULL, "session", NARROW_WIDTH);
      GtkWidget *dialog = cpa_leaving_question_new (GTK_WINDOW (screen.window), shared);

      cpa_dialog_present (dialog);
      settle ();
      assert_fits (dialog);
      /* Also where the buttons stand below each other. */
      g_assert_true (is_button_named (gtk_window_get_focus (GTK_WINDOW (dialog)), "Annuleren"));
      gtk_window_destroy (GTK_WINDOW (dialog));
      close_screen (&screen);
    }
}

#define LONG_TEXT                                                                                                      \
  "Deze computer kon de pdf niet maken. In het portaal is niets verloren. Sluit andere programma's en probeer het "    \
  "opnieuw. Lukt het dan weer niet? Bel de servicedesk: 088 000 12 00."

static GtkWidget *
ask (Screen *screen, const char *text)
{
  GtkWidget *dialog =
      cpa_dialog_question_new (GTK_WINDOW (screen->window), "Opslaan als pdf", text, "again", "Opnieuw proberen");

  cpa_dialog_present (dialog);
  settle ();
  return dialog;
}

/* From the last of its words to the edge of what is seen of them; below 0: it is past that edge. */
static float
room_below (GtkWidget *label, GtkWidget *scroller)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (label, scroller, &place));
  g_assert_cmpint (gtk_widget_get_height (label), >=, PANGO_PIXELS (lines_height (label)));
  return (float) gtk_widget_get_height (scroller) - place.origin.y - place.size.height;
}

static void
assert_button_in_sight (GtkWidget *dialog, const char *name)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (find (dialog, is_button_named, name), dialog, &place));
  g_assert_cmpfloat (place.origin.y + place.size.height, <=, (float) gtk_widget_get_height (dialog));
}

/* What is too long to be seen whole is scrolled, also by keyboard, and the answers stay in sight. */
static void
test_long_question (void)
{
  Screen screen = open_screen ("start", NULL, "session", NARROW_WIDTH);
  GtkWidget *dialog = ask (&screen, LONG_TEXT);
  GtkWidget *label = find (dialog, says, LONG_TEXT);
  GtkWidget *scroller = gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  assert_fits (dialog);
  g_assert_cmpint (gtk_widget_get_height (dialog), <=, gtk_widget_get_height (screen.window));
  assert_button_in_sight (dialog, "Annuleren");
  assert_button_in_sight (dialog, "Opnieuw proberen");
  g_assert_true (is_button_named (gtk_window_get_focus (GTK_WINDOW (dialog)), "Annuleren"));
  g_assert_cmpfloat (room_below (label, scroller), <, 0);
  g_assert_true (gtk_widget_grab_focus (scroller));
  gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
  settle ();
  g_assert_cmpfloat (room_below (label, scroller), >=, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
  close_screen (&screen);
}

/* Where there is room all of it is seen, and there is nothing to scroll. */
static void
test_long_question_with_room (void)
{
  Screen screen = open_screen ("start", NULL, "session", 1000);
  GtkWidget *dialog = ask (&screen, LONG_TEXT);
  GtkWidget *label = find (dialog, says, LONG_TEXT);
  GtkWidget *scroller = gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW);

  g_assert_cmpfloat (room_below (label, scroller), >=, 0);
  g_assert_false (gtk_widget_get_focusable (scroller));
  gtk_window_destroy (GTK_WINDOW (dialog));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  if (!narrow_init (&argc, &argv))
    return 0;
  g_test_add_func ("/narrow-large/pages", test_pages);
  g_test_add_func ("/narrow-large/button-with-room", test_button_with_room);
  g_test_add_func ("/narrow-large/height", test_height);
  g_test_add_func ("/narrow-large/start", test_start);
  g_test_add_func ("/narrow-large/clocks", test_clocks);
  g_test_add_func ("/narrow-large/title", test_title);
  g_test_add_func ("/narrow-large/name", test_name);
  g_test_add_func ("/narrow-large/day-heading", test_day_heading);
  g_test_add_func ("/narrow-large/date-of-unread", test_date_of_unread);
  g_test_add_func ("/narrow-large/tabs", test_tabs);
  g_test_add_func ("/narrow-large/address", test_address);
  g_test_add_func ("/narrow-large/log-out", test_log_out);
  g_test_add_func ("/narrow-large/long-question", test_long_question);
  g_test_add_func ("/narrow-large/long-question-with-room", test_long_question_with_room);
  return g_test_run ();
}
