/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gebruikersbeheer with words twice as large on the narrowest window: nothing sticks out, is broken or is cut off.
 * Needs a display. */
#include <adwaita.h>

#include "cpa-alert.h"
#include "cpa-field.h"
#include "cpa-view-as-page.h"
#include "narrow-kit.h"
#include "people-kit.h"

#define LEAST_HEIGHT 120 /* of what one can still read in */

static GtkWidget *
window_that_says (const char *text)
{
  GtkWidget *words = people_find (says, text);

  g_assert_nonnull (words);
  return GTK_WIDGET (gtk_widget_get_root (words));
}

static void
test_until (void)
{
  Screen screen = people_open (NULL, NARROW_WIDTH);

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
  Screen screen = people_open (NULL, NARROW_WIDTH);

  people_press ("Gebruiker toevoegen");
  people_type ("E-mailadres", "els@dejong.example");
  people_press ("Toevoegen");
  g_assert_cmpint (lines_of (people_find (says, "Dochter")), ==, 1);
  assert_fits (window_that_says ("Dochter"));
  people_press ("Annuleren");
  people_press ("Niet opslaan");
  close_screen (&screen);
}

static gboolean
is_username (GtkWidget *widget, const char *text)
{
  return CPA_IS_FIELD (widget) && g_strcmp0 (cpa_field_get_key (CPA_FIELD (widget)), "username") == 0;
}

/* What came is seen, below what stood there already. */
static void
test_contact (void)
{
  Screen screen = people_open (NULL, NARROW_WIDTH);

  people_click_box ("Berichten voor Annie Smit");
  people_type ("E-mailadres", "annie@example.org");
  people_press ("Volgende");
  assert_fits (window_that_says ("Gebruikersnaam"));
  g_assert_true (is_in_sight (people_find (is_username, NULL)));
  people_press ("Annuleren");
  people_press ("Niet opslaan");
  close_screen (&screen);
}

/* What went wrong with one's own page leaves room for the page. */
static void
test_alert_of_account (void)
{
  Screen screen = open_screen ("account", NULL, "session", NARROW_WIDTH);
  GtkWidget *alert, *rows;
  graphene_rect_t above, below;

  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_ACCOUNT_SESSION_END, CP_ERROR_UNREACHABLE);
  people_press ("Uitloggen op dat apparaat");
  alert = gtk_widget_get_ancestor (GTK_WIDGET (cpa_alert_find (screen.page)), GTK_TYPE_SCROLLED_WINDOW);
  rows = gtk_widget_get_next_sibling (alert);
  g_assert_true (gtk_widget_compute_bounds (alert, screen.window, &above));
  g_assert_true (gtk_widget_compute_bounds (rows, screen.window, &below));
  g_assert_cmpfloat (above.size.height, >=, LEAST_HEIGHT);
  g_assert_cmpfloat (below.size.height, >=, LEAST_HEIGHT);
  g_assert_cmpfloat (below.origin.y + below.size.height, <=, gtk_widget_get_height (screen.window));
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

/* What a row tells is no reason to break its name. */
static void
test_rows_of_people (void)
{
  for (gsize i = 0; i < NARROW_FONTS; i++)
    {
      Screen screen;

      g_object_set (gtk_settings_get_default (), "gtk-font-name", narrow_fonts[i], NULL);
      screen = people_open ("states", NARROW_WIDTH);
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
  Screen screen = people_open (NULL, NARROW_WIDTH);
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

static float
bottom_of (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (widget, window, &place));
  return place.origin.y + place.size.height;
}

/* What is looked at has most of the window; the explanation comes when it is asked. */
static void
test_view_as (void)
{
  static const char sentence[] = "U ziet het portaal zoals Sanne Visser het zou zien. U kunt kijken, niets wijzigen. "
                                 "Alleen u ziet dit.";
  Screen screen = { .api = fixture_api_new (NULL) };
  GtkWidget *stop;

  screen.context = fixture_context_new (screen.api, "session", 0);
  show_page (&screen,
             cpa_view_as_page_new (screen.context, fixture_members_find (people_members (&screen), "Sanne Visser")),
             NARROW_WIDTH);
  assert_fits (screen.window);
  stop = people_find (is_button_named, "Stoppen met bekijken als Sanne Visser");
  g_assert_cmpfloat (bottom_of (stop, screen.window), <, gtk_widget_get_height (screen.window) * 0.3);
  people_assert_does_not_say (sentence);
  people_press ("Meer uitleg");
  people_assert_says (sentence);
  g_assert_nonnull (people_find (is_button_named, "Andere vinkjes proberen…"));
  assert_fits (screen.window);
  people_press ("Meer uitleg");
  people_assert_does_not_say (sentence);
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  if (!narrow_init (&argc, &argv))
    return 0;
  g_test_add_func ("/narrow-people/until", test_until);
  g_test_add_func ("/narrow-people/contact", test_contact);
  g_test_add_func ("/narrow-people/alert-of-account", test_alert_of_account);
  g_test_add_func ("/narrow-people/relations", test_relations);
  g_test_add_func ("/narrow-people/rows-of-people", test_rows_of_people);
  g_test_add_func ("/narrow-people/notice", test_notice);
  g_test_add_func ("/narrow-people/view-as", test_view_as);
  return g_test_run ();
}
