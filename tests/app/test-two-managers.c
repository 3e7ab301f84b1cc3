/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gebruikersbeheer while another portal administrator changes the same people: nothing of theirs is overwritten unseen,
 * and nothing that was typed is lost. Needs a display. */
#include <adwaita.h>

#include "cp-error.h"
#include "cp-part.h"
#include "cpa-alert.h"
#include "cpa-page.h"
#include "fixture-api.h"
#include "people-kit.h"

#define MEANWHILE "Somebody else has changed this meanwhile. What you filled in is still here."
#define YOU_NOW_SEE "This was changed at the same time. You now see how it is."
#define NOT_UNDONE "Could not be undone: somebody else has changed it since."

static CpMember *
person (Screen *screen, const char *name)
{
  return fixture_members_find (people_members (screen), name);
}

static void
set (char **text, const char *to)
{
  g_free (*text);
  *text = g_strdup (to);
}

static const char *
sent (Screen *screen)
{
  return fixture_members_last_body (people_members (screen));
}

/* By the other. */
static void
end_access (CpMember *member)
{
  member->state = CP_MEMBER_ENDED;
  member->parts = 0;
}

/* Chooses it for her; it is not saved yet. */
static void
type_end (void)
{
  people_choose ("Sanne Visser", "Access Until…");
  people_type ("Last Day", "1 juni");
}

/* A screen reader announces what stands in it. */
static void
assert_announced (const char *text)
{
  GtkWidget *words = people_find (says, text);
  GtkWidget *alert = words != NULL ? gtk_widget_get_ancestor (words, CPA_TYPE_ALERT) : NULL;

  g_assert_nonnull (alert);
  g_assert_true (gtk_widget_get_visible (alert));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (alert)), ==, GTK_ACCESSIBLE_ROLE_ALERT);
}

/* The list may have come anew under the window, or not yet: what counts is what was seen when it opened. */
static void
test_end (void)
{
  for (int refreshed = 0; refreshed < 2; refreshed++)
    {
      Screen screen = people_open (NULL, 500);

      type_end ();
      set (&person (&screen, "Sanne Visser")->until, "2026-12-31");
      if (refreshed)
        cpa_page_refresh (CPA_PAGE (screen.page));
      settle ();
      people_press ("Save");
      assert_announced (MEANWHILE);
      people_assert_says ("Until December 31, 2026");
      g_assert_cmpstr (people_typed ("Last Day"), ==, "1 juni");
      g_assert_cmpstr (person (&screen, "Sanne Visser")->until, ==, "2026-12-31");
      people_press ("Save Anyway");
      g_assert_cmpstr (person (&screen, "Sanne Visser")->until, ==, "2026-06-01");
      people_assert_says ("End date of Sanne Visser changed to June 1, 2026.");
      /* Back to what the other chose. */
      people_press ("Undo");
      g_assert_cmpstr (person (&screen, "Sanne Visser")->until, ==, "2026-12-31");
      close_screen (&screen);
    }
}

static gboolean
is_scroller (GtkWidget *widget, const char *text)
{
  return GTK_IS_SCROLLED_WINDOW (widget);
}

/* A window that is higher than the screen shows what is told, and the keyboard is on what changes nothing. */
static void
test_in_sight (void)
{
  Screen screen = people_open (NULL, 500);
  CpMember *sanne = person (&screen, "Sanne Visser");
  GtkWidget *window, *scroller, *words;
  GtkAdjustment *at;

  type_end ();
  g_free (sanne->email);
  sanne->email = g_strnfill (600, 'm');
  people_press ("Save");
  words = people_find (says, MEANWHILE);
  window = GTK_WIDGET (gtk_widget_get_root (words));
  scroller = find (window, is_scroller, NULL);
  at = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  for (int i = 0; i < 20 && !is_in_sight (words); i++)
    settle (); /* the window grows first, as far as the screen goes */
  g_assert_cmpfloat (gtk_adjustment_get_upper (at), >, gtk_adjustment_get_page_size (at));
  g_assert_true (is_in_sight (words));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == people_find (is_button_named, "Leave It as It Is"));
  people_press ("Leave It as It Is");
  close_screen (&screen);
}

static void
test_leave_it_as_it_is (void)
{
  Screen screen = people_open (NULL, 500);

  type_end ();
  set (&person (&screen, "Sanne Visser")->until, NULL);
  people_press ("Save");
  people_assert_says ("No end date");
  people_press ("Leave It as It Is");
  people_assert_does_not_say ("Close Without Saving?");
  people_assert_does_not_say ("Access of Sanne Visser Until");
  g_assert_null (person (&screen, "Sanne Visser")->until);
  close_screen (&screen);
}

/* Whoever goes on typing then still saves knowingly; and a third change is told again. */
static void
test_once_more (void)
{
  Screen screen = people_open (NULL, 500);

  type_end ();
  set (&person (&screen, "Sanne Visser")->until, "2026-12-31");
  people_press ("Save");
  people_type ("Last Day", "2 juni");
  people_assert_does_not_say (MEANWHILE);
  person (&screen, "Sanne Visser")->parts = CP_PART_PROFILE;
  people_press ("Save Anyway");
  people_assert_says (MEANWHILE);
  people_assert_says ("Access to: Details");
  people_assert_does_not_say ("Until December 31, 2026\n");
  people_press ("Save Anyway");
  g_assert_cmpstr (sent (&screen), ==, "{\"until\":\"2026-06-02\"}");
  g_assert_cmpstr (person (&screen, "Sanne Visser")->until, ==, "2026-06-02");
  close_screen (&screen);
}

static void
test_number_and_address (void)
{
  static const struct
  {
    const char *scenario, *name, *choice, *label, *typed, *theirs, *line, *body;
    gsize field;
  } kinds[] = {
    { NULL, "Karel Dijkstra", "Change Mobile Number…", "Mobile Number", "06 12 34 56 99", "+31612345677",
      "Mobile number: +31612345677", "{\"mobile\":\"06 12 34 56 99\"}", G_STRUCT_OFFSET (CpMember, mobile) },
    { "states", "Els Vos", "Change E-mail Address…", "E-mail Address", "vos@example.org", "els.vos@example.org",
      "E-mail address: els.vos@example.org", "{\"email\":\"vos@example.org\"}", G_STRUCT_OFFSET (CpMember, email) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Screen screen = people_open (kinds[i].scenario, 500);

      people_choose (kinds[i].name, kinds[i].choice);
      people_type (kinds[i].label, kinds[i].typed);
      set (&G_STRUCT_MEMBER (char *, person (&screen, kinds[i].name), kinds[i].field), kinds[i].theirs);
      people_press ("Save");
      assert_announced (MEANWHILE);
      people_assert_says (kinds[i].line);
      g_assert_cmpstr (people_typed (kinds[i].label), ==, kinds[i].typed);
      people_press ("Save Anyway");
      g_assert_cmpstr (sent (&screen), ==, kinds[i].body);
      people_assert_does_not_say (MEANWHILE);
      close_screen (&screen);
    }
}

/* It is not known how it is now, and what was typed stays all the same. */
static void
test_list_does_not_come (void)
{
  Screen screen = people_open (NULL, 500);

  type_end ();
  set (&person (&screen, "Sanne Visser")->until, "2026-12-31");
  fixture_api_fail (FIXTURE_API (screen.api), CP_ROUTE_MEMBERS, CP_ERROR_UNREACHABLE);
  people_press ("Save");
  people_assert_says (MEANWHILE);
  people_assert_does_not_say ("This is how it is now");
  g_assert_cmpstr (people_typed ("Last Day"), ==, "1 juni");
  fixture_api_fail (FIXTURE_API (screen.api), CP_N_ROUTES, CP_ERROR_INTERNAL);
  people_press ("Save Anyway");
  people_assert_says ("Until December 31, 2026");
  people_press ("Save Anyway");
  g_assert_cmpstr (person (&screen, "Sanne Visser")->until, ==, "2026-06-01");
  close_screen (&screen);
}

static void
test_tick_of_who_was_ended (void)
{
  Screen screen = people_open (NULL, 1000);
  CpMember *pieter = person (&screen, "Pieter de Bruin");

  people_click_box ("Messages for Pieter de Bruin");
  end_access (pieter);
  people_click_box ("Messages for Pieter de Bruin");
  assert_announced (YOU_NOW_SEE);
  g_assert_false (people_is_ticked ("Messages for Pieter de Bruin"));
  g_assert_false (people_is_ticked ("Dossier for Pieter de Bruin"));
  g_assert_cmpint (pieter->parts, ==, 0);
  close_screen (&screen);
}

/* Each box is a fact of its own: what another ticked meanwhile shows, and is in nobody's way. */
static void
test_boxes_of_two (void)
{
  Screen screen = people_open (NULL, 1000);
  CpMember *joke = person (&screen, "Joke Hofstra");

  people_click_box ("Messages for Joke Hofstra");
  joke->parts &= ~(guint) CP_PART_PROFILE;
  people_click_box ("Messages for Joke Hofstra");
  people_assert_does_not_say (YOU_NOW_SEE);
  g_assert_cmpint (joke->parts, ==, CP_PART_MESSAGES | CP_PART_APPOINTMENTS);
  g_assert_false (people_is_ticked ("Details for Joke Hofstra"));
  close_screen (&screen);
}

/* What takes away goes through, whatever another did. */
static void
test_untick_is_not_kept_waiting (void)
{
  Screen screen = people_open (NULL, 1000);
  CpMember *pieter = person (&screen, "Pieter de Bruin");

  set (&pieter->until, "2026-12-31");
  people_click_box ("Dossier for Pieter de Bruin");
  people_assert_says ("Pieter de Bruin no longer has access to Dossier.");
  g_assert_cmpint (pieter->parts & CP_PART_DOSSIER, ==, 0);
  close_screen (&screen);
}

/* The list has come anew since: undoing is of what one did oneself. */
static void
test_undo (void)
{
  Screen screen = people_open (NULL, 1000);
  CpMember *pieter = person (&screen, "Pieter de Bruin");

  people_click_box ("Dossier for Pieter de Bruin");
  end_access (pieter);
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  people_press ("Undo");
  assert_announced (NOT_UNDONE);
  g_assert_cmpint (pieter->parts, ==, 0);
  type_end ();
  people_press ("Save");
  set (&person (&screen, "Sanne Visser")->until, "2026-12-31");
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  people_press ("Undo");
  people_assert_says (NOT_UNDONE);
  g_assert_cmpstr (person (&screen, "Sanne Visser")->until, ==, "2026-12-31");
  close_screen (&screen);
}

/* Of several changes by one person each is of what the one before made. */
static void
test_own_changes_are_no_others (void)
{
  Screen screen = people_open (NULL, 1000);
  FixtureMembers *members = people_members (&screen);
  CpMember *sanne = person (&screen, "Sanne Visser");

  fixture_members_hold (members);
  people_click_box ("Dossier for Sanne Visser"); /* it gives her a ground */
  people_click_box ("Mentor");
  people_press ("Next");
  people_click_box ("Details for Sanne Visser");
  type_end (); /* before any answer */
  people_press ("Save");
  for (int i = 0; i < 3; i++)
    {
      fixture_members_let_go (members);
      settle ();
    }
  people_assert_does_not_say (MEANWHILE);
  people_assert_does_not_say (YOU_NOW_SEE);
  g_assert_cmpstr (sanne->until, ==, "2026-06-01");
  g_assert_cmpint (sanne->parts, ==, CP_PART_MESSAGES | CP_PART_APPOINTMENTS | CP_PART_DOSSIER | CP_PART_PROFILE);
  close_screen (&screen);
}

/* What only takes away is of no version, and is one's own all the same. */
static void
test_own_untick_is_no_others (void)
{
  Screen screen = people_open (NULL, 500);
  FixtureMembers *members = people_members (&screen);
  CpMember *sanne = person (&screen, "Sanne Visser");

  fixture_members_hold (members);
  people_click_box ("Messages for Sanne Visser");
  people_choose ("Sanne Visser", "Access Until…"); /* before the answer */
  people_type ("Last Day", "1 juni");
  people_press ("Save");
  for (int i = 0; i < 2; i++)
    {
      fixture_members_let_go (members);
      settle ();
    }
  people_assert_does_not_say (MEANWHILE);
  g_assert_cmpstr (sanne->until, ==, "2026-06-01");
  g_assert_cmpint (sanne->parts & CP_PART_MESSAGES, ==, 0);
  close_screen (&screen);
}

/* But what another did before it is still told. */
static void
test_own_untick_hides_no_others (void)
{
  Screen screen = people_open (NULL, 500);
  FixtureMembers *members = people_members (&screen);
  CpMember *sanne = person (&screen, "Sanne Visser");

  set (&sanne->until, "2026-12-31");
  fixture_members_hold (members);
  people_click_box ("Messages for Sanne Visser");
  people_choose ("Sanne Visser", "Access Until…");
  people_type ("Last Day", "1 juni");
  people_press ("Save");
  for (int i = 0; i < 2; i++)
    {
      fixture_members_let_go (members);
      settle ();
    }
  people_assert_says (MEANWHILE);
  people_assert_says ("Until December 31, 2026");
  g_assert_cmpstr (sanne->until, ==, "2026-12-31");
  people_press ("Leave It as It Is");
  close_screen (&screen);
}

/* Also when that leads back to what it was before. */
static void
test_there_and_back (void)
{
  Screen screen = people_open (NULL, 1000);
  CpMember *joke = person (&screen, "Joke Hofstra");

  for (int i = 0; i < 3; i++)
    {
      people_choose ("Joke Hofstra", "Access Until…");
      people_click_box (i % 2 == 0 ? "4 weeks" : "No end date");
      people_press ("Save");
      people_assert_does_not_say (MEANWHILE);
    }
  /* Another takes it back to what one saw before. */
  set (&joke->until, NULL);
  people_choose ("Joke Hofstra", "Access Until…");
  people_click_box ("1 year");
  people_press ("Save");
  people_assert_says (MEANWHILE);
  people_press ("Save Anyway");
  g_assert_cmpstr (joke->until, ==, "2027-03-03");
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/two-managers/end", test_end },
    { "/two-managers/in-sight", test_in_sight },
    { "/two-managers/leave-it-as-it-is", test_leave_it_as_it_is },
    { "/two-managers/once-more", test_once_more },
    { "/two-managers/number-and-address", test_number_and_address },
    { "/two-managers/list-does-not-come", test_list_does_not_come },
    { "/two-managers/tick-of-who-was-ended", test_tick_of_who_was_ended },
    { "/two-managers/boxes-of-two", test_boxes_of_two },
    { "/two-managers/untick-is-not-kept-waiting", test_untick_is_not_kept_waiting },
    { "/two-managers/undo", test_undo },
    { "/two-managers/own-changes-are-no-others", test_own_changes_are_no_others },
    { "/two-managers/own-untick-is-no-others", test_own_untick_is_no_others },
    { "/two-managers/own-untick-hides-no-others", test_own_untick_hides_no_others },
    { "/two-managers/there-and-back", test_there_and_back },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
