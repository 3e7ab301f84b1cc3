/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window that a form of user management stands in: how large it is, and what can be done while an answer is
 * awaited. Needs a display. */
#include <adwaita.h>

#include "cp-error.h"
#include "cpa-form-window.h"
#include "fixture-api.h"
#include "people-kit.h"

static gboolean
is_form (GtkWidget *widget, const char *title)
{
  return CPA_IS_FORM_WINDOW (widget) && g_strcmp0 (gtk_window_get_title (GTK_WINDOW (widget)), title) == 0;
}

/* As a hand at its edge would, and whether it stays so. */
static gboolean
stays_of_size (GtkWidget *window, int width, int height)
{
  int now_width, now_height;

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  settle ();
  gtk_window_get_default_size (GTK_WINDOW (window), &now_width, &now_height);
  return now_width == width && now_height == height;
}

/* A window that somebody made smaller stays so, until a sentence would come below its edge. */
static void
test_a_form_can_be_made_smaller (void)
{
  Screen screen = people_open (NULL, 1000);
  GtkWidget *form;
  int width, height, now_height;

  people_choose ("Sanne Visser", "Access Until…");
  form = people_find (is_form, "Access of Sanne Visser Until");
  g_assert_nonnull (form);
  gtk_window_get_default_size (GTK_WINDOW (form), &width, &height);
  g_assert_true (stays_of_size (form, width, height - 200));
  /* The words take more lines then. */
  g_assert_true (stays_of_size (form, width - 200, height - 200));
  people_type ("Last Day", "gisteren");
  people_press ("Save");
  gtk_window_get_default_size (GTK_WINDOW (form), &width, &now_height);
  g_assert_cmpint (now_height, >, height - 200);
  people_press ("Cancel");
  people_press ("Do Not Save");
  close_screen (&screen);
}

static gboolean
is_scrolled (GtkWidget *widget, const char *text)
{
  return GTK_IS_SCROLLED_WINDOW (widget);
}

static void
assert_all_in_sight (const char *text)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (people_find (says, text)));
  GtkAdjustment *place;

  g_assert_true (GTK_IS_WINDOW (window));
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find (window, is_scrolled, NULL)));
  g_assert_cmpfloat (gtk_adjustment_get_upper (place), <=, gtk_adjustment_get_page_size (place));
}

/* As high as what is in it, wide and narrow: nothing is cut off where there is room for it. */
static void
test_window_fits (void)
{
  static const int widths[] = { 1000, 360 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      Screen screen = people_open (NULL, widths[i]);

      people_press ("Add User");
      assert_all_in_sight ("Step 1 of 2.");
      people_press ("Add"); /* what is wrong then is to be read too */
      people_assert_says ("Fill in the e-mail address.");
      assert_all_in_sight ("Step 1 of 2.");
      people_press ("Cancel");
      people_click_box ("Dossier for Sanne Visser");
      assert_all_in_sight ("Why May Sanne Visser See This?");
      people_press ("Cancel");
      close_screen (&screen);
    }
}

/* Whoever closes it while something is saved would not hear what came of it. */
static void
test_stays_while_it_saves (void)
{
  Screen screen = people_open (NULL, 500);
  GtkWidget *form;

  people_choose ("Karel Dijkstra", "Change Mobile Number…");
  people_type ("Mobile Number", "+31 6 12 34 56 99");
  fixture_members_hold (people_members (&screen));
  people_press ("Save");
  form = GTK_WIDGET (gtk_widget_get_root (people_find (says, "Saving…")));
  g_assert_false (gtk_widget_is_sensitive (people_find (is_button_named, "Cancel")));
  gtk_window_close (GTK_WINDOW (form));
  settle ();
  people_assert_says ("Saving…");
  people_assert_does_not_say ("Close Without Saving?");
  fixture_members_let_go (people_members (&screen));
  settle ();
  people_assert_does_not_say ("Mobile Number of Karel Dijkstra");
  people_assert_says ("Mobile number changed");
  close_screen (&screen);
}

static void
assert_fields_wait (GtkWidget *entry, const char *says_so)
{
  people_assert_says (says_so);
  g_assert_false (gtk_widget_is_sensitive (entry));
}

/* Another address that is typed meanwhile would be neither looked up nor invited. Who goes on with the keyboard is
 * where they were. */
static void
test_address_stays_while_it_is_asked (void)
{
  Screen screen = people_open (NULL, 1000);
  GtkWidget *entry;

  people_press ("Add User");
  people_type ("E-mail Address", "joost@example.org");
  entry = people_entry ("E-mail Address");
  fixture_members_hold (people_members (&screen));
  people_press ("Add");
  assert_fields_wait (entry, "Looking whether this address is known…");
  fixture_members_let_go (people_members (&screen));
  settle ();
  g_assert_true (gtk_widget_is_sensitive (entry));
  people_press ("Cancel");
  people_press ("Do Not Save");

  people_click_box ("Messages for Annie Smit");
  people_type ("E-mail Address", "annie@example.org");
  entry = people_entry ("E-mail Address");
  people_press ("Next");
  assert_fields_wait (entry, "One moment, please.");
  fixture_members_let_go (people_members (&screen));
  settle ();
  entry = people_entry ("Mobile Number");
  people_fail (&screen, CP_ERROR_UNREACHABLE);
  people_press ("Save");
  assert_fields_wait (entry, "Saving…");
  fixture_members_let_go (people_members (&screen));
  settle ();
  people_assert_says ("what you typed is kept");
  g_assert_true (gtk_widget_is_sensitive (entry));
  g_assert_nonnull (gtk_root_get_focus (gtk_widget_get_root (entry)));
  people_press ("Cancel");
  people_press ("Do Not Save");
  close_screen (&screen);
}

/* The window may go while its answer is on its way: as at the end of a session. */
static void
test_window_goes (void)
{
  static const struct
  {
    const char *person, *title, *label, *text;
  } forms[] = {
    { "Karel Dijkstra", "Change Mobile Number…", "Mobile Number", "+31 6 12 34 56 99" },
    { "Sanne Visser", "Access Until…", "Last Day", "1 juni" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      Screen screen = people_open (NULL, 500);

      people_choose (forms[i].person, forms[i].title);
      people_type (forms[i].label, forms[i].text);
      fixture_members_hold (people_members (&screen));
      people_press ("Save");
      people_assert_says ("Saving…");
      gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (people_find (says, "Saving…"))));
      fixture_members_let_go (people_members (&screen));
      close_screen (&screen);
    }
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/form-window/can-be-made-smaller", test_a_form_can_be_made_smaller },
    { "/form-window/fits", test_window_fits },
    { "/form-window/stays-while-it-saves", test_stays_while_it_saves },
    { "/form-window/address-stays-while-it-is-asked", test_address_stays_while_it_is_asked },
    { "/form-window/goes", test_window_goes },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
