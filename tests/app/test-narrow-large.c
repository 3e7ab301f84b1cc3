/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words twice as large on the narrowest window, in Dutch, which has the
 * longest: nothing sticks out. Needs a display. */
#include <adwaita.h>
#include <string.h>

#include "config.h"
#include "cpa-button.h"
#include "cpa-dialog.h"
#include "cpa-forgot-page.h"
#include "cpa-label.h"
#include "cpa-leaving.h"
#include "cpa-login-page.h"
#include "cpa-password-page.h"
#include "cpa-start-panel.h"
#include "cpa-verify-page.h"
#include "page-table.h"
#include "people-kit.h"

#define WIDTH 360
/* Of the screen of a small laptop. */
#define SCREEN_HEIGHT 768

/* The letters of some are wide. */
static const char *const fonts[] = { "Sans 11", "DejaVu Sans 11", "DejaVu Sans Mono 11" };

/* What can be moved sideways may be wider. */
static gboolean
moves_sideways (GtkWidget *widget)
{
  GtkPolicyType policy = GTK_POLICY_NEVER;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
  return policy != GTK_POLICY_NEVER;
}

static gboolean
has_words (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) || GTK_IS_BUTTON (widget) || GTK_IS_EDITABLE (widget);
}

static gboolean
sticks_out (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t place;

  return gtk_widget_compute_bounds (widget, window, &place) &&
         (place.origin.x < -0.5 || place.origin.x + place.size.width > gtk_widget_get_width (window) + 0.5);
}

static GtkWidget *
find_cut_off (GtkWidget *widget, GtkWidget *window)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget) || moves_sideways (widget) || (GTK_IS_NATIVE (widget) && widget != window))
    return NULL;
  if (has_words (widget) && sticks_out (widget, window))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_cut_off (child, window);
  return found;
}

/* What is laid out wide at first takes a frame to become narrow. */
static void
assert_fits (GtkWidget *window)
{
  GtkWidget *found;

  for (int i = 0; i < 20 && find_cut_off (window, window) != NULL; i++)
    settle ();
  found = find_cut_off (window, window);
  if (found != NULL)
    g_error ("cut off: %s %s", G_OBJECT_TYPE_NAME (found),
             GTK_IS_LABEL (found) ? gtk_label_get_text (GTK_LABEL (found)) : "");
  g_assert_cmpint (gtk_widget_get_width (window), <=, WIDTH);
}

static int
lines_of (GtkWidget *label)
{
  return pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label)));
}

static gboolean
has_broken_word (GtkWidget *label, const char *word_ends)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));

  for (int i = 1; i < lines_of (label); i++)
    if (strchr (word_ends,
                pango_layout_get_text (layout)[pango_layout_get_line_readonly (layout, i)->start_index - 1]) == NULL)
      return TRUE;
  return FALSE;
}

static GtkWidget *
window_that_says (const char *text)
{
  GtkWidget *words = people_find (says, text);

  g_assert_nonnull (words);
  return GTK_WIDGET (gtk_widget_get_root (words));
}

static void
assert_page_fits (const char *name)
{
  Screen screen = open_screen (name, NULL, "session", WIDTH);

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

/* No window has to be higher than a small screen. */
static void
test_height (void)
{
  static const char *const tabs[] = { "Tijdlijn", "Lezen", "Plannen" };
  Screen screen = open_screen ("dossier", NULL, "session", WIDTH);
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
  Screen screen = open_screen ("start", NULL, "session", WIDTH);
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

/* The longest title is no longer than a line. */
static void
test_title (void)
{
  Screen screen = open_screen ("people", NULL, "session", WIDTH);
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

  for (gsize i = 0; i < G_N_ELEMENTS (fonts) * G_N_ELEMENTS (pages); i++)
    {
      Screen screen;

      g_object_set (gtk_settings_get_default (), "gtk-font-name", fonts[i / G_N_ELEMENTS (pages)], NULL);
      screen = open_screen (pages[i % G_N_ELEMENTS (pages)], NULL, "session", WIDTH);
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
  Screen screen = open_screen ("dossier", NULL, "session", WIDTH);
  GtkWidget *day = find (screen.window, says, "Vandaag, di 3 maart");

  g_assert_true (GTK_IS_LABEL (day));
  g_assert_cmpint (lines_of (day), >, 1);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (day))));
  close_screen (&screen);
}

static gboolean
is_cut_date (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (!GTK_IS_INSCRIPTION (widget) || !gtk_widget_has_css_class (widget, "cp-bold") || !gtk_widget_get_mapped (widget))
    return FALSE;
  layout = gtk_widget_create_pango_layout (widget, gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (widget);
}

/* Beside what says that a card is unread. */
static void
test_date_of_unread (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      Screen screen;

      g_object_set (gtk_settings_get_default (), "gtk-font-name", fonts[i], NULL);
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
  Screen screen = open_screen ("dossier", NULL, "session", WIDTH);

  for (gsize i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      choose_tab (&screen, tabs[i]);
      assert_fits (screen.window);
    }
  close_screen (&screen);
}

static void
show_page (Screen *screen, GtkWidget *page, int width)
{
  screen->page = page;
  screen->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (screen->window), page);
  gtk_window_set_default_size (GTK_WINDOW (screen->window), width, 720);
  gtk_window_present (GTK_WINDOW (screen->window));
  settle ();
}

/* The page for the code; NULL: the one before it. */
static Screen
open_verify (const CpChallenge *challenge, int width)
{
  Screen screen = { .api = fixture_api_new (NULL) };
  const CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;

  screen.context = fixture_context_new (screen.api, "session", -1);
  organisation = cpa_context_get_organisation (screen.context);
  account = cpa_account_new (screen.api, organisation, "delinde.example");
  screen.page = challenge != NULL ? cpa_verify_page_new (account, organisation, NULL, challenge)
                                  : cpa_login_page_new (account, organisation, NULL);
  show_page (&screen, screen.page, width);
  return screen;
}

static void
test_log_in (void)
{
  Screen screen = open_verify (NULL, WIDTH);

  assert_fits (screen.window);
  press (&screen, "Inloggen"); /* what is missing is told */
  assert_fits (screen.window);
  close_screen (&screen);
}

static Screen
open_password (gboolean forgot)
{
  Screen screen = { .api = fixture_api_new (NULL) };
  const CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;

  screen.context = fixture_context_new (screen.api, "session", -1);
  organisation = cpa_context_get_organisation (screen.context);
  account = cpa_account_new (screen.api, organisation, "delinde.example");
  show_page (&screen,
             forgot ? cpa_forgot_page_new (account, organisation, NULL, "m.debruin")
                    : cpa_password_page_new (account, organisation, NULL, CPA_PASSWORD_TEMPORARY),
             WIDTH);
  return screen;
}

/* And what comes of a password that is wanted anew, or was forgotten. */
static void
test_passwords (void)
{
  for (int forgot = 0; forgot < 2; forgot++)
    {
      Screen screen = open_password (forgot);

      assert_fits (screen.window);
      close_screen (&screen);
    }
}

static gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;

  return gtk_widget_compute_bounds (widget, scroller, &place) && place.origin.y >= -0.5 &&
         place.origin.y + place.size.height <= gtk_widget_get_height (scroller) + 0.5;
}

/* Whoever types sees which button comes next, also where the page is longer than the window. */
static void
test_log_in_sight (void)
{
  Screen screen = open_verify (NULL, 1000);
  GtkWidget *button = find (screen.window, is_button_named, "Inloggen");

  for (int i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (find (screen.window, i == 0 ? is_text : is_password, NULL));
      settle ();
      g_assert_true (is_in_sight (button));
    }
  close_screen (&screen);
}

/* On the narrowest window at least from the last field. */
static void
test_log_in_narrow_sight (void)
{
  Screen screen = open_verify (NULL, WIDTH);
  GtkWidget *help = find (screen.window, says, "Hulp nodig?");

  gtk_widget_grab_focus (find (screen.window, is_password, NULL));
  settle ();
  g_assert_true (is_in_sight (find (screen.window, is_button_named, "Inloggen")));
  /* What gave its room is below. */
  g_assert_nonnull (gtk_widget_get_ancestor (help, GTK_TYPE_SCROLLED_WINDOW));
  close_screen (&screen);
}

static void
test_code (void)
{
  static const char *const refused[] = { NULL, "codes-today", "codes-later" };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      CpChallenge challenge = { .masked = (char *) "06-••••••12",
                                .refused = (char *) refused[i],
                                .code_until = refused[i] == NULL ? cp_time_now () + 5 * CP_TIME_MINUTE : 0,
                                .resend_at = cp_time_now () + 20 * CP_TIME_MINUTE,
                                .resend_seconds = refused[i] == NULL ? 0 : 20 * 60,
                                .methods = (1u << CP_N_STEP_METHODS) - 1 };
      Screen screen = open_verify (&challenge, WIDTH);

      assert_fits (screen.window);
      press (&screen, "Code controleren");
      press (&screen, "Andere manier…");
      assert_fits (screen.window);
      press (&screen, "Code van uw codeblad");
      assert_fits (screen.window);
      close_screen (&screen);
    }
}

static void
test_until (void)
{
  Screen screen = people_open (NULL, WIDTH);

  people_choose ("Sanne Visser", "Toegang tot en met…");
  people_assert_says ("Laatste dag");
  assert_fits (window_that_says ("Laatste dag"));
  people_press ("Annuleren");
  close_screen (&screen);
}

/* No word of a choice is broken. */
static void
test_relations (void)
{
  Screen screen = people_open (NULL, WIDTH);

  people_press ("Gebruiker toevoegen");
  people_type ("E-mailadres", "els@dejong.example");
  people_press ("Toevoegen");
  g_assert_cmpint (lines_of (people_find (says, "Dochter")), ==, 1);
  assert_fits (window_that_says ("Dochter"));
  people_press ("Annuleren");
  people_press ("Niet opslaan");
  close_screen (&screen);
}

static GtkWidget *
cards_of (Screen *screen)
{
  GtkWidget *status = find (screen->window, says, "Status");

  g_assert_nonnull (status);
  /* of a row, of a card */
  return gtk_widget_get_parent (gtk_widget_get_parent (gtk_widget_get_parent (status)));
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

/* What a row tells is no reason to break its name. */
static void
test_rows_of_people (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      Screen screen;

      g_object_set (gtk_settings_get_default (), "gtk-font-name", fonts[i], NULL);
      screen = people_open ("states", WIDTH);
      for (GtkWidget *card = gtk_widget_get_first_child (cards_of (&screen)); card != NULL;
           card = gtk_widget_get_next_sibling (card))
        g_assert_false (has_broken_word (find (card, says, "Status"), " "));
      close_screen (&screen);
    }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-font-name");
}

static GtkWidget *
find_shortened (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_shortened (child);
  return found;
}

static void
assert_whole (GtkWidget *words, GtkWidget *notice)
{
  graphene_rect_t place;
  int height;

  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (words)), NULL, &height);
  g_assert_true (gtk_widget_compute_bounds (words, notice, &place));
  g_assert_cmpfloat (place.origin.y, >=, 0);
  g_assert_cmpfloat (place.origin.y + MAX (place.size.height, height), <=, gtk_widget_get_height (notice));
}

/* What a notice says can be read whole, and answered. */
static void
test_notice (void)
{
  Screen screen = people_open (NULL, WIDTH);
  GtkWidget *words, *answer, *notice;
  int natural;

  people_click_box ("Berichten voor Pieter de Bruin");
  people_click_box ("Afspraken voor Pieter de Bruin");
  words = people_find (says, "Pieter de Bruin heeft geen toegang meer tot Berichten.");
  g_assert_nonnull (words);
  assert_fits (screen.window);
  notice = gtk_widget_get_last_child (gtk_widget_get_ancestor (words, ADW_TYPE_TOAST_OVERLAY));
  answer = people_find (is_button_named, "Alles ongedaan maken");
  g_assert_nonnull (answer);
  g_assert_null (find_shortened (notice));
  assert_whole (words, notice);
  assert_whole (gtk_button_get_child (GTK_BUTTON (answer)), notice);
  gtk_widget_measure (notice, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, <=, gtk_widget_get_width (gtk_widget_get_parent (notice)));
  close_screen (&screen);
}

static void
test_log_out (void)
{
  for (int shared = 0; shared < 2; shared++)
    {
      Screen screen = open_screen ("start", NULL, "session", WIDTH);
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

int
main (int argc, char **argv)
{
  g_autoptr (GtkCssProvider) style = NULL;

  if (!screen_init (&argc, &argv, "nl"))
    return 0;
  /* As on GNOME. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, "gtk-decoration-layout", ":close",
                NULL);
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, APP_RESOURCES "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_test_add_func ("/narrow-large/pages", test_pages);
  g_test_add_func ("/narrow-large/button-with-room", test_button_with_room);
  g_test_add_func ("/narrow-large/height", test_height);
  g_test_add_func ("/narrow-large/start", test_start);
  g_test_add_func ("/narrow-large/title", test_title);
  g_test_add_func ("/narrow-large/name", test_name);
  g_test_add_func ("/narrow-large/day-heading", test_day_heading);
  g_test_add_func ("/narrow-large/date-of-unread", test_date_of_unread);
  g_test_add_func ("/narrow-large/tabs", test_tabs);
  g_test_add_func ("/narrow-large/log-in", test_log_in);
  g_test_add_func ("/narrow-large/passwords", test_passwords);
  g_test_add_func ("/narrow-large/log-in-sight", test_log_in_sight);
  g_test_add_func ("/narrow-large/log-in-narrow-sight", test_log_in_narrow_sight);
  g_test_add_func ("/narrow-large/code", test_code);
  g_test_add_func ("/narrow-large/until", test_until);
  g_test_add_func ("/narrow-large/relations", test_relations);
  g_test_add_func ("/narrow-large/rows-of-people", test_rows_of_people);
  g_test_add_func ("/narrow-large/address", test_address);
  g_test_add_func ("/narrow-large/notice", test_notice);
  g_test_add_func ("/narrow-large/log-out", test_log_out);
  return g_test_run ();
}
