/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gebruikersbeheer with more people than the window shows: one thing scrolls, what the boxes are for stays in sight,
 * and so does the box that the space bar would tick. Needs a display. */
#include <adwaita.h>

#include "cpa-page.h"
#include "cpa-people-page.h"
#include "cpa-people-table.h"
#include "people-kit.h"

#define WIDE 1024
#define NARROW 400

static gboolean
is_table (GtkWidget *widget, const char *text)
{
  return CPA_IS_PEOPLE_TABLE (widget);
}

/* That of the page, around which nothing scrolls. */
static GtkAdjustment *
page_of (Screen *screen)
{
  GtkWidget *place = find (screen->page, is_table, NULL);
  GtkWidget *window = gtk_widget_get_ancestor (place != NULL ? place : people_box ("Messages for Wil de Bruin"),
                                               GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
}

/* In the window, and in all that scrolls. */
static gboolean
is_seen (Screen *screen, GtkWidget *widget)
{
  graphene_rect_t place;

  for (GtkWidget *around = gtk_widget_get_parent (widget); around != NULL; around = gtk_widget_get_parent (around))
    if (GTK_IS_SCROLLED_WINDOW (around) || around == screen->window)
      {
        g_assert_true (gtk_widget_compute_bounds (widget, around, &place));
        if (place.origin.y < -0.5 || place.origin.y + place.size.height > gtk_widget_get_height (around) + 0.5)
          return FALSE;
      }
  return TRUE;
}

/* Nothing lies over it. */
static gboolean
is_on_top (Screen *screen, GtkWidget *widget)
{
  graphene_rect_t place;
  graphene_point_t middle;
  GtkWidget *picked;

  g_assert_true (gtk_widget_compute_bounds (widget, screen->window, &place));
  graphene_rect_get_center (&place, &middle);
  picked = gtk_widget_pick (screen->window, middle.x, middle.y, GTK_PICK_DEFAULT);
  return picked != NULL && (picked == widget || gtk_widget_is_ancestor (picked, widget));
}

static gboolean
is_title (GtkWidget *widget, const char *part)
{
  return gtk_widget_has_css_class (widget, "cp-part-title") && is_named (widget, part);
}

static void
scroll_to (GtkAdjustment *page, double value)
{
  gtk_adjustment_set_value (page, value);
  settle ();
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (page), value, 1);
}

static gboolean
is_box (GtkWidget *widget, const char *name)
{
  return GTK_IS_CHECK_BUTTON (widget) && is_named (widget, name);
}

/* Down to the last one each row comes in sight when the page is scrolled, with the titles above it. */
static void
test_one_scroll (void)
{
  Screen screen = people_open ("states", WIDE);
  GtkAdjustment *page = page_of (&screen);
  GtkWidget *title = people_find (is_title, "Messages");
  double end = gtk_adjustment_get_upper (page) - gtk_adjustment_get_page_size (page);
  gboolean seen = FALSE;

  g_assert_nonnull (title);
  g_assert_cmpfloat (end, >, 500);
  for (double value = 0; value < end; value += 90)
    {
      GtkWidget *last;

      scroll_to (page, value);
      last = people_find (is_box, "Messages for Sanne Visser");
      seen = seen || (last != NULL && is_seen (&screen, last) && is_on_top (&screen, last));
      if (value > 400)
        g_assert_true (is_seen (&screen, title));
    }
  g_assert_true (seen);
  scroll_to (page, 0);
  g_assert_true (is_on_top (&screen, people_box ("Messages for Wil de Bruin")));
  /* Not below all of them. */
  g_assert_true (is_on_top (&screen, people_find (is_button_named, "More Information")));
  close_screen (&screen);
}

/* A row that is in sight is where it would be without titles that stay. */
static void
test_rows_keep_their_places (void)
{
  Screen screen = people_open ("states", WIDE);
  GtkAdjustment *page = page_of (&screen);
  float before = 0;

  for (double value = 0; value < 540; value += 60)
    {
      GtkWidget *box;
      graphene_rect_t now;

      scroll_to (page, value);
      box = people_find (is_box, "Messages for Els Vos");
      if (box == NULL)
        continue;
      g_assert_true (gtk_widget_compute_bounds (box, screen.window, &now));
      if (before != 0)
        g_assert_cmpfloat_with_epsilon (now.origin.y + (float) value, before, 1);
      before = now.origin.y + (float) value;
    }
  g_assert_cmpfloat (before, >, 0);
  close_screen (&screen);
}

static gboolean
has_seen_focus (Screen *screen)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (screen->window));

  return focus != NULL && is_seen (screen, focus) && is_on_top (screen, focus);
}

/* Forth and back through the whole page. */
static void
test_focus_is_seen (void)
{
  Screen screen = people_open ("states", WIDE);

  gtk_widget_grab_focus (people_box ("Messages for Wil de Bruin"));
  for (int i = 0; i < 60; i++)
    {
      gtk_widget_child_focus (screen.window, GTK_DIR_TAB_FORWARD);
      settle ();
      g_assert_true (has_seen_focus (&screen));
    }
  for (int i = 0; i < 60; i++)
    {
      gtk_widget_child_focus (screen.window, GTK_DIR_TAB_BACKWARD);
      settle ();
      g_assert_true (has_seen_focus (&screen));
    }
  close_screen (&screen);
}

static void
add_joost (void)
{
  people_press ("Add User");
  people_type ("E-mail Address", "joost@example.org");
  people_press ("Add");
  people_type ("Name", "Joost Vermeer");
  people_click_box ("Brother");
  people_type ("Username", "j.vermeer");
  people_type ("Mobile Number", "06 12 34 56 78");
  people_press ("Add");
  settle ();
}

/* Whoever was just added is in sight, with the focus, before the space bar ticks anything. */
static void
test_added_is_seen (void)
{
  static const int widths[] = { WIDE, NARROW };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      Screen screen = people_open ("states", widths[i]);

      add_joost ();
      g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == people_box ("Messages for Joost Vermeer"));
      g_assert_true (has_seen_focus (&screen));
      close_screen (&screen);
    }
}

/* Also when that is above what was looked at. */
static void
test_selected_is_seen (void)
{
  Screen screen = people_open ("states", WIDE);
  GtkAdjustment *page = page_of (&screen);

  scroll_to (page, gtk_adjustment_get_upper (page) - gtk_adjustment_get_page_size (page));
  cpa_people_page_select (CPA_PEOPLE_PAGE (screen.page), "marijkeAAAAAAAAAAAAAAA");
  settle ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == people_box ("Messages for Marijke de Bruin"));
  g_assert_true (has_seen_focus (&screen));
  close_screen (&screen);
}

/* Who searches is not taken along by what the list does while it becomes shorter and longer. */
static void
test_search_stays (void)
{
  Screen screen = people_open ("states", WIDE);
  GtkAdjustment *page = page_of (&screen);
  GtkWidget *search = people_find (is_named, "Search a Person");

  gtk_widget_grab_focus (search);
  for (int i = 0; i < 2; i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (search), i == 0 ? "Sanne" : "");
      g_signal_emit_by_name (search, "search-changed");
      settle ();
      g_assert_cmpfloat (gtk_adjustment_get_value (page), ==, 0);
    }
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/people-sight/one-scroll", test_one_scroll },
    { "/people-sight/rows-keep-their-places", test_rows_keep_their_places },
    { "/people-sight/focus-is-seen", test_focus_is_seen },
    { "/people-sight/added-is-seen", test_added_is_seen },
    { "/people-sight/selected-is-seen", test_selected_is_seen },
    { "/people-sight/search-stays", test_search_stays },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
