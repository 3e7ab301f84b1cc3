/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gebruikersbeheer: what is in the list, what a tick does, and what can go wrong with it. Needs a display. */
#include <adwaita.h>

#include "cp-error.h"
#include "cp-part.h"
#include "cpa-page.h"
#include "cpa-people-page.h"
#include "cpa-people-table.h"
#include "fixture-api.h"
#include "people-kit.h"

static void
test_table (void)
{
  Screen screen = people_open (NULL, 1000);

  people_assert_says ("Who May See What of Wil de Bruin?");
  people_assert_says ("Daughter (you)");
  people_assert_says ("Buurvrouw");
  people_assert_says ("Known by the care team");
  people_assert_says ("Invited, until Mar 8");
  people_assert_says ("Starts after accepting");
  people_assert_says ("14 more days");
  people_assert_says ("Yesterday 20:41");
  people_assert_says ("Sun March 1");
  g_assert_true (people_is_ticked ("Dossier for Pieter de Bruin"));
  g_assert_false (people_is_ticked ("Settings for Pieter de Bruin"));
  /* What waits for acceptance is ticked, and says so. */
  g_assert_true (people_is_ticked ("Dossier for Karel Dijkstra"));
  people_assert_described ("Dossier for Karel Dijkstra", "Starts after accepting");
  /* There is nothing more to hear of the others. */
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (people_box ("Dossier for Pieter de Bruin")),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  people_assert_does_not_say ("You are the only one with access.");
  g_assert_null (people_find (is_named, "Search a Person"));
  close_screen (&screen);
}

static gboolean
has_tooltip (GtkWidget *widget, const char *text)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static void
test_headings_are_explained (void)
{
  static const char hint[] = "Dossier: may read and print the care and life plan, the reports and the forms.";
  Screen screen = people_open (NULL, 1000);

  g_assert_nonnull (people_find (has_tooltip, hint));
  people_press ("More Information");
  people_assert_says (hint);
  people_assert_says ("Settings: is portal administrator.");
  close_screen (&screen);
}

static void
test_tick_and_undo (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Dossier for Sanne Visser");
  /* The first tick at Dossier asks why. */
  people_assert_says ("Why May Sanne Visser See This?");
  people_assert_says ("A “bewindvoerder” decides about money only.");
  g_assert_false (people_is_ticked ("Dossier for Sanne Visser"));
  people_press ("Next");
  people_assert_says ("Choose why Sanne Visser may see this.");
  people_click_box ("Curator");
  people_press ("Next");
  g_assert_true (people_is_ticked ("Dossier for Sanne Visser"));
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==,
                   "{\"part\":\"dossier\",\"held\":true,\"ground\":\"curator\"}");
  people_assert_says ("Sanne Visser now has access to Dossier.");
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (people_find (is_button_named, "Undo")),
                                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY)); /* or it is heard twice */
  people_assert_says ("Access as: curator");
  people_press ("Undo");
  g_assert_false (people_is_ticked ("Dossier for Sanne Visser"));
  people_assert_does_not_say ("Access as: curator");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"part\":\"dossier\",\"held\":false}");
  people_assert_says ("Undone");
  close_screen (&screen);
}

static gboolean
is_table (GtkWidget *widget, const char *text)
{
  return CPA_IS_PEOPLE_TABLE (widget);
}

/* Between the cards and the whole table nothing is left out. */
static void
test_a_tight_table_tells_all (void)
{
  Screen screen = people_open (NULL, 800);

  g_assert_nonnull (people_find (is_table, NULL));
  people_assert_says ("Until Mar 17, 2026");
  people_assert_says ("14 more days");
  people_assert_says ("No end date");
  people_assert_says ("Last logged in: now");
  people_assert_says ("Not logged in yet");
  close_screen (&screen);
}

/* Why somebody may see it is to be read, and to be said otherwise. */
static void
test_ground (void)
{
  Screen screen = people_open (NULL, 1000);

  people_assert_says ("Access as: family or friend");
  gtk_widget_activate_action (screen.page, "people.ground", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  people_press ("Save"); /* what it was: who saves hears of it, and nothing goes out */
  people_assert_says ("Saved");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "");
  gtk_widget_activate_action (screen.page, "people.ground", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  people_assert_says ("Why May Pieter de Bruin See This?");
  g_assert_true (people_is_ticked ("Family or friend, with the client’s consent"));
  people_click_box ("Legal representative");
  people_press ("Save");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"ground\":\"legal-representative\"}");
  people_assert_says ("Access as: legal representative");
  people_assert_says ("Saved");
  close_screen (&screen);
}

static void
test_untick_and_undo (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Dossier for Pieter de Bruin");
  people_assert_says ("Pieter de Bruin no longer has access to Dossier.");
  g_assert_false (people_is_ticked ("Dossier for Pieter de Bruin"));
  people_press ("Undo");
  /* Nobody is asked again why. */
  g_assert_true (people_is_ticked ("Dossier for Pieter de Bruin"));
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==,
                   "{\"part\":\"dossier\",\"held\":true,\"ground\":\"family\"}");
  close_screen (&screen);
}

static void
close_notice (void)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (people_find (is_button_named, "Undo"), ADW_TYPE_TOAST_OVERLAY);

  g_signal_emit_by_name (find (gtk_widget_get_last_child (overlay), is_button_named, "Close"), "clicked");
  settle ();
}

/* Both are told, and both are taken back; what was told longer ago is not. */
static void
test_two_ticks_are_undone_together (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Joke Hofstra");
  people_click_box ("Appointments for Joke Hofstra");
  people_assert_says ("Joke Hofstra no longer has access to Messages.\nJoke Hofstra no longer has access to "
                      "Appointments.");
  people_press ("Undo All");
  g_assert_true (people_is_ticked ("Messages for Joke Hofstra"));
  g_assert_true (people_is_ticked ("Appointments for Joke Hofstra"));
  people_assert_says ("Undone");
  g_assert_null (people_find (is_button_named, "Undo All"));
  people_click_box ("Messages for Joke Hofstra");
  close_notice ();
  people_click_box ("Appointments for Joke Hofstra");
  people_press ("Undo");
  g_assert_false (people_is_ticked ("Messages for Joke Hofstra"));
  g_assert_true (people_is_ticked ("Appointments for Joke Hofstra"));
  close_screen (&screen);
}

static void
test_waits_for_acceptance (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Karel Dijkstra");
  people_assert_says ("Karel Dijkstra gets access to Messages after accepting.");
  people_click_box ("Messages for Karel Dijkstra");
  people_assert_says ("Karel Dijkstra does not get access to Messages.");
  close_screen (&screen);
}

static void
test_failure_puts_the_tick_back (void)
{
  Screen screen = people_open (NULL, 1000);

  people_fail (&screen, CP_ERROR_UNREACHABLE);
  people_click_box ("Messages for Pieter de Bruin");
  g_assert_true (people_is_ticked ("Messages for Pieter de Bruin"));
  people_assert_says ("The Portal Cannot Be Reached. Not changed. The tick is back as it was. Try again.");
  /* It goes when something succeeds. */
  people_click_box ("Messages for Pieter de Bruin");
  g_assert_false (people_is_ticked ("Messages for Pieter de Bruin"));
  people_assert_does_not_say ("The tick is back");
  close_screen (&screen);
}

static void
test_conflict_shows_how_it_is (void)
{
  Screen screen = people_open (NULL, 1000);

  fixture_members_find (people_members (&screen), "Pieter de Bruin")->parts = CP_PART_PROFILE;
  people_fail (&screen, CP_ERROR_CONFLICT);
  people_click_box ("Messages for Pieter de Bruin");
  people_assert_says ("This was changed at the same time. You now see how it is.");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBERS), ==, 2);
  g_assert_false (people_is_ticked ("Messages for Pieter de Bruin"));
  g_assert_false (people_is_ticked ("Dossier for Pieter de Bruin"));
  g_assert_true (people_is_ticked ("Details for Pieter de Bruin"));
  close_screen (&screen);
}

static void
test_refused_box_says_why (void)
{
  static const char reason[] = "Your own tick at Settings stays: there must always be a portal administrator.";
  Screen screen = people_open (NULL, 1000);
  GtkWidget *box = people_box ("Settings for Marijke de Bruin");

  people_assert_described ("Settings for Marijke de Bruin", reason);
  g_assert_true (gtk_widget_get_focusable (box));
  g_assert_true (gtk_widget_is_sensitive (box));
  people_click_box ("Settings for Marijke de Bruin");
  g_assert_true (people_is_ticked ("Settings for Marijke de Bruin"));
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_PARTS), ==, 0);
  people_assert_says (reason);
  close_screen (&screen);
}

static void
test_every_reason (void)
{
  Screen screen = people_open ("own-end", 1000);

  people_assert_says ("You cannot give yourself more rights.");
  people_assert_says ("You do not have this right yourself, so you cannot give it.");
  people_assert_says ("Your own access ends before this. You cannot give access for longer.");
  people_assert_says ("This is the last portal administrator.");
  people_assert_does_not_say ("Nothing has been changed."); /* nothing was tried */
  people_click_box ("Details for Pieter de Bruin");
  g_assert_false (people_is_ticked ("Details for Pieter de Bruin"));
  people_click_box ("Settings for Pieter de Bruin");
  g_assert_true (people_is_ticked ("Settings for Pieter de Bruin"));
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_PARTS), ==, 0);
  close_screen (&screen);
}

/* The answer to the first may not take back the second. */
static void
test_two_changes_cross (void)
{
  Screen screen = people_open (NULL, 1000);
  FixtureMembers *members = people_members (&screen);

  fixture_members_hold (members);
  people_click_box ("Messages for Pieter de Bruin");
  people_click_box ("Appointments for Pieter de Bruin");
  g_assert_false (people_is_ticked ("Messages for Pieter de Bruin"));
  g_assert_false (people_is_ticked ("Appointments for Pieter de Bruin"));
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_PARTS), ==, 1);
  /* A list that was asked in between tells of neither. */
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  g_assert_false (people_is_ticked ("Appointments for Pieter de Bruin"));
  fixture_members_let_go (members);
  settle ();
  g_assert_false (people_is_ticked ("Appointments for Pieter de Bruin"));
  fixture_members_let_go (members);
  settle ();
  g_assert_false (people_is_ticked ("Messages for Pieter de Bruin"));
  g_assert_false (people_is_ticked ("Appointments for Pieter de Bruin"));
  g_assert_true (people_is_ticked ("Dossier for Pieter de Bruin"));
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBERS), ==, 2);
  close_screen (&screen);
}

static void
test_there_and_back_again (void)
{
  Screen screen = people_open (NULL, 1000);
  FixtureMembers *members = people_members (&screen);

  fixture_members_hold (members);
  people_click_box ("Messages for Pieter de Bruin");
  people_click_box ("Messages for Pieter de Bruin");
  fixture_members_let_go (members);
  settle ();
  /* It is unticked on the server, but not what was wanted last. */
  g_assert_true (people_is_ticked ("Messages for Pieter de Bruin"));
  fixture_members_let_go (members);
  settle ();
  g_assert_true (people_is_ticked ("Messages for Pieter de Bruin"));
  g_assert_cmpint (fixture_members_find (members, "Pieter de Bruin")->parts & CP_PART_MESSAGES, ==, CP_PART_MESSAGES);
  close_screen (&screen);
}

static void
test_a_portal_administrator_is_made_knowingly (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Settings for Pieter de Bruin");
  people_assert_says ("Make Pieter de Bruin Portal Administrator?");
  people_press ("Cancel");
  g_assert_false (people_is_ticked ("Settings for Pieter de Bruin"));
  people_click_box ("Settings for Pieter de Bruin");
  people_press ("Make Portal Administrator");
  g_assert_true (people_is_ticked ("Settings for Pieter de Bruin"));
  /* What others may do can be another matter now. */
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBERS), ==, 2);
  close_screen (&screen);
}

static void
test_one_gives_up_oneself_knowingly (void)
{
  Screen screen = people_open (NULL, 1000);

  people_click_box ("Messages for Marijke de Bruin");
  people_assert_says ("Give Up Your Own Access to Messages?");
  people_press ("Give Up");
  g_assert_false (people_is_ticked ("Messages for Marijke de Bruin"));
  /* There is nothing to promise: nobody gives a right to oneself. */
  g_assert_null (people_find (is_button_named, "Undo"));
  close_screen (&screen);
}

static void
test_states (void)
{
  static const struct
  {
    const char *name, *state, *can, *cannot;
  } states[] = {
    { "Aart Postma", "Not invited yet", "Withdraw Invitation…", "Send Now" },
    { "Bea Kuiper", "Invitation ended", "Send Invitation Again", "End Access…" },
    { "Cor Mulder", "Invitation withdrawn", "Send Invitation Again", "Withdraw Invitation…" },
    { "Dirk Bos", "Invitation declined", "Send Invitation Again", "Withdraw Invitation…" },
    { "Els Vos", "E-mail did not arrive", "Change Mobile Number…", "End Access…" },
    { "Fien Kok", "Access ended on Feb 1, 2026", "Send Invitation Again", "End Access…" },
    { "Gijs Prins", "Not invited yet", "Send Now", "End Access…" },
    { "Karel Dijkstra", "Invited, until Mar 8", "Renew Until April 14, 2026", "End Access…" },
    { "Pieter de Bruin", "Accepted", "End Access…", "Send Invitation Again" },
  };
  /* On cards all of them are there at once; the table makes widgets for what is in sight only. */
  Screen screen = people_open ("states", 500);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      people_assert_says (states[i].state);
      g_assert_true (people_can_choose (states[i].name, states[i].can));
      g_assert_false (people_can_choose (states[i].name, states[i].cannot));
    }
  people_assert_says ("The e-mail to els@exmaple.org did not arrive.");
  close_screen (&screen);
}

static void
test_invitation_waits (void)
{
  /* By the clock of this computer it has gone out five minutes ago. */
  Screen screen = people_open ("states", 1000);

  people_assert_says ("Gijs Prins: The invitation goes out in");
  people_press ("Undo: Gijs Prins");
  people_assert_does_not_say ("The invitation goes out in");
  g_assert_cmpint (fixture_members_find (people_members (&screen), "Gijs Prins")->pending, ==, 0);
  close_screen (&screen);
  screen = people_open ("states", 1000);
  people_press ("Send Now: Gijs Prins");
  people_assert_says ("Invitation sent to gijs@example.org");
  people_assert_does_not_say ("The invitation goes out in");
  close_screen (&screen);
}

static void
test_leaving_sends_what_waits (void)
{
  Screen screen = people_open ("states", 1000);
  CpaApi *api = g_object_ref (screen.api);

  g_assert_cmpint (fixture_api_count (FIXTURE_API (api), CP_ROUTE_MEMBER_INVITATION), ==, 0);
  gtk_window_destroy (GTK_WINDOW (screen.window));
  settle ();
  g_assert_cmpint (fixture_api_count (FIXTURE_API (api), CP_ROUTE_MEMBER_INVITATION), ==, 1);
  g_object_unref (screen.context);
  g_object_unref (screen.api);
  g_object_unref (api);
}

static void
test_renewing_is_undone (void)
{
  Screen screen = people_open (NULL, 500);

  people_choose ("Karel Dijkstra", "Renew Until April 14, 2026");
  people_assert_says ("Access of Karel Dijkstra renewed until April 14, 2026.");
  people_press ("Undo");
  g_assert_cmpstr (fixture_members_last_body (people_members (&screen)), ==, "{\"until\":\"2026-03-17\"}");
  people_assert_says ("Undone");
  close_screen (&screen);
}

static void
test_actions (void)
{
  Screen screen = people_open ("states", 500);

  people_choose ("Karel Dijkstra", "Withdraw Invitation…");
  people_assert_says ("Withdraw the Invitation of Karel Dijkstra?");
  people_assert_says ("The link in the e-mail no longer works."); /* no password went out */
  people_press ("Withdraw");
  people_assert_says ("Invitation withdrawn");
  people_choose ("Pieter de Bruin", "End Access…");
  people_assert_says ("Pieter de Bruin sees nothing of Wil de Bruin any more, from this moment on.");
  people_press ("Cancel");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_MEMBER_END), ==, 0);
  people_choose ("Pieter de Bruin", "End Access…");
  people_press ("End Access");
  people_assert_says ("Access of Pieter de Bruin ended");
  people_assert_says ("Access ended on Mar 3, 2026");
  people_fail (&screen, CP_ERROR_TIMEOUT);
  people_choose ("Dirk Bos", "Send Invitation Again");
  people_assert_says (
      "It Takes Too Long. Perhaps it has been changed all the same. Look at how it is now, and try again if needed.");
  close_screen (&screen);
}

static void
test_search (void)
{
  Screen screen = people_open ("states", 500);
  GtkWidget *search = people_find (is_named, "Search a Person");

  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "  PÓSTMA ");
  g_signal_emit_by_name (search, "search-changed");
  settle ();
  people_assert_says ("Aart Postma");
  people_assert_does_not_say ("Bea Kuiper");
  gtk_editable_set_text (GTK_EDITABLE (search), "zzz");
  g_signal_emit_by_name (search, "search-changed");
  settle ();
  people_assert_says ("Nobody has this name.");
  /* Escape in the field itself. */
  g_signal_emit_by_name (search, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  close_screen (&screen);
}

static void
test_alone (void)
{
  Screen screen = people_open ("alone", 1000);

  people_assert_says ("You are the only one with access. Choose “Add User” to invite family or others.");
  close_screen (&screen);
}

static void
test_cards (void)
{
  Screen screen = people_open (NULL, 400);

  g_assert_true (people_is_ticked ("Dossier for Pieter de Bruin"));
  people_assert_says ("Last Logged In");
  people_click_box ("Messages for Pieter de Bruin");
  people_assert_says ("Pieter de Bruin no longer has access to Messages.");
  cpa_people_page_select (CPA_PEOPLE_PAGE (screen.page), "sanneAAAAAAAAAAAAAAAAA");
  settle ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == people_box ("Messages for Sanne Visser"));
  close_screen (&screen);
}

static void
test_selected_row (void)
{
  Screen screen = people_open (NULL, 1000);

  cpa_people_page_select (CPA_PEOPLE_PAGE (screen.page), "sanneAAAAAAAAAAAAAAAAA");
  settle ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == people_box ("Messages for Sanne Visser"));
  close_screen (&screen);
}

/* Tab goes from box to box, over the rows, and out of the table again. */
static void
test_keyboard (void)
{
  Screen screen = people_open (NULL, 1000);
  gboolean reached[2] = { FALSE, FALSE };
  gboolean out = FALSE;

  gtk_widget_grab_focus (people_box ("Messages for Wil de Bruin"));
  for (int i = 0; i < 80 && !out; i++)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (screen.window, GTK_DIR_TAB_FORWARD);
      settle ();
      focus = gtk_root_get_focus (GTK_ROOT (screen.window));
      reached[0] = reached[0] || is_named (focus, "Settings for Marijke de Bruin");
      reached[1] = reached[1] || is_named (focus, "Choices for Sanne Visser");
      out = is_named (focus, "More Information");
    }
  g_assert_true (reached[0]);
  g_assert_true (reached[1]);
  g_assert_true (out);
  close_screen (&screen);
}

/* A name is a name, whatever it looks like to a mark-up parser. */
static void
test_hostile_names (void)
{
  Screen screen = people_open ("long", 500);

  people_click_box ("Messages for Bouwer & Zonen <b>vet</b>");
  people_assert_says ("Bouwer & Zonen <b>vet</b> no longer has access to Messages.");
  people_assert_says ("אברהם בן־דוד לוי");
  people_assert_says ("Fleur 🌷 de Boer 👩‍👩‍👧");
  close_screen (&screen);
}

static gboolean
has_class (GtkWidget *widget, const char *css_class)
{
  return gtk_widget_has_css_class (widget, css_class);
}

/* The client has one colour everywhere, and nobody else has it: two parents are not mixed up. */
static void
test_colours (void)
{
  Screen screen = people_open (NULL, 1000);
  GtkWidget *client;

  people_press ("View as…");
  client = people_find (is_button_named, "Wil de Bruin");
  g_assert_nonnull (client);
  g_assert_nonnull (find (client, has_class, "patient-0"));
  g_assert_null (find (people_find (is_button_named, "Pieter de Bruin"), has_class, "patient-0"));
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (client, GTK_TYPE_POPOVER)));
  settle ();
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/people/table", test_table },
    { "/people/headings-are-explained", test_headings_are_explained },
    { "/people/tick-and-undo", test_tick_and_undo },
    { "/people/a-tight-table-tells-all", test_a_tight_table_tells_all },
    { "/people/ground", test_ground },
    { "/people/untick-and-undo", test_untick_and_undo },
    { "/people/two-ticks-are-undone-together", test_two_ticks_are_undone_together },
    { "/people/waits-for-acceptance", test_waits_for_acceptance },
    { "/people/failure-puts-the-tick-back", test_failure_puts_the_tick_back },
    { "/people/conflict-shows-how-it-is", test_conflict_shows_how_it_is },
    { "/people/refused-box-says-why", test_refused_box_says_why },
    { "/people/every-reason", test_every_reason },
    { "/people/two-changes-cross", test_two_changes_cross },
    { "/people/there-and-back-again", test_there_and_back_again },
    { "/people/administrator-knowingly", test_a_portal_administrator_is_made_knowingly },
    { "/people/give-up-knowingly", test_one_gives_up_oneself_knowingly },
    { "/people/states", test_states },
    { "/people/invitation-waits", test_invitation_waits },
    { "/people/leaving-sends-what-waits", test_leaving_sends_what_waits },
    { "/people/renewing-is-undone", test_renewing_is_undone },
    { "/people/actions", test_actions },
    { "/people/search", test_search },
    { "/people/alone", test_alone },
    { "/people/cards", test_cards },
    { "/people/selected-row", test_selected_row },
    { "/people/keyboard", test_keyboard },
    { "/people/hostile-names", test_hostile_names },
    { "/people/colours", test_colours },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
