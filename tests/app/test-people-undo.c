/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gebruikersbeheer: taking back what was ticked, when something else comes between, and what waits for that. Needs a
 * display. */
#include <adwaita.h>

#include "cp-error.h"
#include "cp-part.h"
#include "cpa-sight.h"
#include "fixture-api.h"
#include "people-kit.h"

/* What could not be taken back is told, and no "Undone" takes that away. */
static void
test_one_of_two_is_not_undone (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Joke Hofstra");
  people_click_box ("Appointments for Joke Hofstra");
  people_fail (&screen, CP_ERROR_UNREACHABLE);
  people_press ("Undo All");
  g_assert_true (people_is_ticked ("Messages for Joke Hofstra"));
  g_assert_false (people_is_ticked ("Appointments for Joke Hofstra"));
  people_assert_says ("The Portal Cannot Be Reached. Not changed. The tick is back as it was. Try again.");
  people_assert_does_not_say ("Undone");
  close_screen (&screen);
}

/* What was ticked before the undo was answered can be taken back too. */
static void
test_a_tick_beside_an_undo (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Joke Hofstra");
  fixture_members_hold (people_members (&screen));
  people_click_box ("Appointments for Joke Hofstra");
  people_press ("Undo");
  for (int answers = 0; answers < 2; answers++)
    {
      fixture_members_let_go (people_members (&screen));
      settle ();
    }
  g_assert_true (people_is_ticked ("Messages for Joke Hofstra"));
  g_assert_false (people_is_ticked ("Appointments for Joke Hofstra"));
  people_assert_says ("Joke Hofstra no longer has access to Appointments.");
  people_press ("Undo");
  fixture_members_let_go (people_members (&screen));
  settle ();
  g_assert_true (people_is_ticked ("Appointments for Joke Hofstra"));
  close_screen (&screen);
}

/* A page of something in between says nothing of what the server did: the list is asked, and shows it. */
static void
test_no_answer_shows_how_it_is (void)
{
  static const int codes[] = { CP_ERROR_NO_ANSWER, CP_ERROR_TIMEOUT, CP_ERROR_BAD_ANSWER };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      Screen screen = people_open (NULL, 1000);

      fixture_members_find (people_members (&screen), "Pieter de Bruin")->parts &= ~(guint) CP_PART_MESSAGES;
      people_fail (&screen, codes[i]);
      people_click_box ("Messages for Pieter de Bruin");
      people_assert_says ("Perhaps it has been changed all the same.");
      people_assert_does_not_say ("The tick is back as it was.");
      g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBERS), ==, 2);
      g_assert_false (people_is_ticked ("Messages for Pieter de Bruin"));
      close_screen (&screen);
    }
}

/* Somebody dies while the page is open: the next answer shows it all. */
static void
test_dies_meanwhile (void)
{
  Screen screen = people_open (NULL, 1000);

  people_fail (&screen, CP_ERROR_DECEASED);
  people_click_box ("Messages for Joke Hofstra");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBERS), ==, 2);
  close_screen (&screen);
}

/* What waits goes out when the page is left; when it cannot any more, that is told, with whose it was. */
static void
test_dies_before_leaving (void)
{
  Screen screen = people_open ("states", 1000);
  GtkWidget *place = gtk_widget_get_parent (screen.page);

  people_fail (&screen, CP_ERROR_DECEASED);
  gtk_box_remove (GTK_BOX (place), screen.page);
  settle ();
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_INVITATION), ==, 1);
  people_assert_says ("No Invitation for Gijs Prins");
  people_assert_says ("No invitations are sent any more after somebody has died.");
  close_screen (&screen);
}

/* Whoever has logged out meanwhile is told nothing: it names somebody. */
static void
test_dies_before_logging_out (void)
{
  Screen screen = people_open ("states", 1000);

  people_fail (&screen, CP_ERROR_DECEASED);
  adw_window_set_content (ADW_WINDOW (screen.window), gtk_label_new ("Log in"));
  settle ();
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_INVITATION), ==, 1);
  people_assert_does_not_say ("No Invitation for");
  close_screen (&screen);
}

/* An invitation waits for its undo. seconds 0: it waits no more. */
static void
let_wait (Screen *screen, const char *name, int seconds)
{
  CpMember *member = fixture_members_find (people_members (screen), name);

  member->state = CP_MEMBER_NOT_INVITED;
  member->goes_out_seconds = seconds;
  member->pending = seconds > 0 ? CP_PART_MESSAGES : 0;
  g_strfreev (member->allowed);
  member->allowed = g_strsplit ("give:appointments,give:profile,view,until,send", ",", -1);
  refresh (screen);
  settle ();
}

static gboolean
has_focus_of (Screen *screen, const char *name)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (screen->window));

  return focus != NULL && is_named (focus, name);
}

static Screen
open_with_two_strips (void)
{
  Screen screen = people_open (NULL, 1000);

  let_wait (&screen, "Karel Dijkstra", 50);
  let_wait (&screen, "Sanne Visser", 60);
  g_assert_nonnull (people_find (is_button_named, "Undo: Karel Dijkstra"));
  return screen;
}

/* The first invitation goes out by itself: whoever stands on the button of the second stays there. */
static void
test_focus_stays_on_its_strip (void)
{
  Screen screen = open_with_two_strips ();
  GtkWidget *undo = people_find (is_button_named, "Undo: Sanne Visser");

  g_assert_true (gtk_widget_grab_focus (undo));
  let_wait (&screen, "Karel Dijkstra", 0);
  g_assert_null (people_find (is_button_named, "Undo: Karel Dijkstra"));
  g_assert_true (people_find (is_button_named, "Undo: Sanne Visser") == undo);
  g_assert_true (gtk_widget_has_focus (undo));
  let_wait (&screen, "Karel Dijkstra", 60);
  g_assert_true (gtk_widget_has_focus (undo));
  close_screen (&screen);
}

/* With its strip the focus goes to the person, not to the strip of somebody else, whose invitation would go at once. */
static void
test_focus_goes_to_the_row (void)
{
  static const char *const names[] = { "Karel Dijkstra", "Sanne Visser" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Screen screen = open_with_two_strips ();
      g_autofree char *undo = g_strconcat ("Undo: ", names[i], NULL);
      g_autofree char *choices = g_strconcat ("Choices for ", names[i], NULL);

      gtk_widget_grab_focus (people_find (is_button_named, undo));
      people_press (undo);
      g_assert_null (people_find (is_button_named, undo));
      g_assert_true (has_focus_of (&screen, choices));
      close_screen (&screen);
    }
}

/* Where that person is in the list no more, the focus goes to the button above it. */
static void
test_focus_without_a_row (void)
{
  Screen screen = open_with_two_strips ();

  gtk_widget_grab_focus (people_find (is_button_named, "Undo: Karel Dijkstra"));
  fixture_members_remove (people_members (&screen), "Karel Dijkstra");
  refresh (&screen);
  settle ();
  g_assert_true (has_focus_of (&screen, "Add User"));
  close_screen (&screen);
}

static int
count_withdrawals (Screen *screen)
{
  return (int) fixture_api_count (FIXTURE_API (screen->api), CP_ROUTE_MEMBER_WITHDRAW);
}

/* Of who had no access any more, or never had: the tick invites. */
static CpMember *
tick_uninvited (Screen *screen, const char *name)
{
  static const char *const others[] = { "Annie Smit", "Bea Kuiper", "Els Vos", "Gijs Prins" };
  g_autofree char *box = g_strconcat ("Appointments for ", name, NULL);

  /* The table has the rows that are in sight only. */
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    fixture_members_remove (people_members (screen), others[i]);
  refresh (screen);
  settle ();
  people_click_box (box);
  g_assert_cmpint (fixture_members_find (people_members (screen), name)->goes_out_seconds, >, 0);
  return fixture_members_find (people_members (screen), name);
}

/* By another portal administrator, or because its minute is over. */
static void
go_out (CpMember *member)
{
  member->state = CP_MEMBER_INVITED;
  member->goes_out_seconds = 0;
  member->invited_until = cp_time_now () + 7 * CP_TIME_DAY;
}

/* Of the notice: each strip has a button with that word too. */
static void
undo_by_notice (void)
{
  g_signal_emit_by_name (people_find (is_button_named, "Undo"), "clicked");
  settle ();
}

static const char *const uninvited[] = { "Aart Postma", "Cor Mulder", "Dirk Bos", "Fien Kok" };

/* Who believes that a tick was taken back leaves no invitation behind that somebody can accept. */
static void
test_an_invitation_that_went_out_goes_too (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uninvited); i++)
    {
      Screen screen = people_open ("states", 1000);
      CpMember *member = tick_uninvited (&screen, uninvited[i]);

      go_out (member);
      undo_by_notice ();
      g_assert_cmpint (member->state, ==, CP_MEMBER_WITHDRAWN);
      people_assert_says ("Undone. The invitation had already been sent and is now withdrawn.");
      close_screen (&screen);
    }
}

static void
test_an_invitation_that_waited_is_not_withdrawn (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uninvited); i++)
    {
      Screen screen = people_open ("states", 1000);

      tick_uninvited (&screen, uninvited[i]);
      undo_by_notice ();
      people_assert_says ("Undone");
      g_assert_cmpint (count_withdrawals (&screen), ==, 0);
      close_screen (&screen);
    }
}

/* What somebody else ticked since is that one's, and so is an invitation of before the tick. */
static void
test_an_invitation_of_others_stays (void)
{
  Screen screen = people_open ("states", 1000);
  CpMember *member = tick_uninvited (&screen, "Fien Kok");

  go_out (member);
  member->pending |= CP_PART_MESSAGES;
  undo_by_notice ();
  people_assert_says ("Undone");
  people_click_box ("Appointments for hans@example.org");
  undo_by_notice ();
  people_assert_says ("Undone");
  g_assert_cmpint (count_withdrawals (&screen), ==, 0);
  close_screen (&screen);
}

/* The strip counts by this computer's clock; the server's minute may be over. */
static void
test_a_strip_that_is_late (void)
{
  Screen screen = people_open ("states", 1000);
  CpMember *member = fixture_members_find (people_members (&screen), "Gijs Prins");

  go_out (member);
  people_press ("Undo: Gijs Prins");
  g_assert_cmpint (member->state, ==, CP_MEMBER_WITHDRAWN);
  people_assert_says ("Undone. The invitation had already been sent and is now withdrawn.");
  close_screen (&screen);
}

static gboolean
is_under (Screen *screen, GtkWidget *box, const graphene_point_t *place)
{
  GtkWidget *under = gtk_widget_pick (screen->window, place->x, place->y, GTK_PICK_DEFAULT);

  return under != NULL && (under == box || gtk_widget_is_ancestor (under, box));
}

/* Whoever ticks a box and then presses there again is at the same box, whatever came or went above the list. */
static void
assert_stays_under_the_pointer (int width, const char *name)
{
  Screen screen = people_open (NULL, width);
  GtkWidget *box = people_box (name);
  graphene_rect_t bounds;
  graphene_point_t place;

  let_wait (&screen, "Karel Dijkstra", 0);
  people_fail (&screen, CP_ERROR_UNREACHABLE);
  people_click_box ("Appointments for Karel Dijkstra");
  people_assert_says ("The Portal Cannot Be Reached.");
  cpa_sight_show (box, box);
  settle ();
  g_assert_true (gtk_widget_compute_bounds (box, screen.window, &bounds));
  graphene_rect_get_center (&bounds, &place);
  g_assert_true (is_under (&screen, box, &place));
  people_click_box ("Appointments for Karel Dijkstra");
  people_assert_does_not_say ("The Portal Cannot Be Reached.");
  g_assert_nonnull (people_find (is_button_named, "Undo: Karel Dijkstra"));
  g_assert_true (is_under (&screen, box, &place));
  let_wait (&screen, "Karel Dijkstra", 0);
  g_assert_null (people_find (is_button_named, "Undo: Karel Dijkstra"));
  g_assert_true (is_under (&screen, box, &place));
  /* Another one takes the place of the first. */
  let_wait (&screen, "Sanne Visser", 60);
  g_assert_true (is_under (&screen, box, &place));
  close_screen (&screen);
}

static void
test_stays_under_the_pointer (void)
{
  assert_stays_under_the_pointer (1000, "Appointments for Karel Dijkstra");
  assert_stays_under_the_pointer (360, "Appointments for Karel Dijkstra");
  assert_stays_under_the_pointer (360, "Messages for Wil de Bruin");
}

/* A strip that goes while the page is at its top leaves its place, and the next strip stays where it is. */
static void
test_next_strip_stays (void)
{
  Screen screen = open_with_two_strips ();
  GtkWidget *undo = people_find (is_button_named, "Undo: Sanne Visser");
  graphene_rect_t bounds;
  graphene_point_t place;

  g_assert_true (gtk_widget_compute_bounds (undo, screen.window, &bounds));
  graphene_rect_get_center (&bounds, &place);
  people_press ("Undo: Karel Dijkstra");
  g_assert_true (is_under (&screen, undo, &place));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/people-undo/one-of-two-is-not-undone", test_one_of_two_is_not_undone },
    { "/people-undo/a-tick-beside-an-undo", test_a_tick_beside_an_undo },
    { "/people-undo/no-answer-shows-how-it-is", test_no_answer_shows_how_it_is },
    { "/people-undo/dies-meanwhile", test_dies_meanwhile },
    { "/people-undo/dies-before-leaving", test_dies_before_leaving },
    { "/people-undo/dies-before-logging-out", test_dies_before_logging_out },
    { "/people-undo/focus-stays-on-its-strip", test_focus_stays_on_its_strip },
    { "/people-undo/focus-goes-to-the-row", test_focus_goes_to_the_row },
    { "/people-undo/focus-without-a-row", test_focus_without_a_row },
    { "/people-undo/an-invitation-that-went-out-goes-too", test_an_invitation_that_went_out_goes_too },
    { "/people-undo/an-invitation-that-waited-is-not-withdrawn", test_an_invitation_that_waited_is_not_withdrawn },
    { "/people-undo/an-invitation-of-others-stays", test_an_invitation_of_others_stays },
    { "/people-undo/a-strip-that-is-late", test_a_strip_that_is_late },
    { "/people-undo/stays-under-the-pointer", test_stays_under_the_pointer },
    { "/people-undo/next-strip-stays", test_next_strip_stays },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
