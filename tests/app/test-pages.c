/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens every page with every kind of data and looks at what is on it. Needs a display. */
#include <adwaita.h>
#include <glib/gi18n.h>

#include "cp-part.h"
#include "cpa-focus.h"
#include "cpa-page.h"
#include "cpa-start-notices.h"
#include "cpa-start-page.h"
#include "fixture-api.h"
#include "page-table.h"
#include "screen-kit.h"

static void
test_start_filled (void)
{
  Screen screen = open_screen ("start", NULL, "session", 1000);
  GtkWidget *panel = find (screen.window, is_button_named, "My Appointments");

  assert_says (&screen, "Good Afternoon, Marijke");
  assert_says (&screen, "As of today 08:00, next 20:00");
  assert_says (&screen, "Today 13:30");
  assert_says (&screen, "Going on now");
  assert_says (&screen, "There are no messages yet.");
  assert_says (&screen, "2 reports");
  assert_says (&screen, "Wil de Bruin-Hofstra");
  g_assert_nonnull (panel);
  g_assert_null (gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (panel), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Going on now: today 13:30, Fysiotherapie in de oefenzaal. After that: today 15:15, Pedicure; today 16:30, "
      "Muziek in de huiskamer (Canceled); Thu March 5, 11:15, Oogarts."));
  g_assert_nonnull (find (screen.window, is_button_named, "My Dossier"));
  g_assert_nonnull (find (screen.window, is_button_named, "My Details"));
  /* It has no page, so it is no button. */
  g_assert_null (find (screen.window, is_button_named, "My Messages"));
  close_screen (&screen);
}

static void
test_account (void)
{
  Screen screen = open_screen ("account", NULL, "session", 1000);

  assert_says (&screen, "Your username is m.debruin.");
  assert_says (&screen, "We have sent an e-mail to marijke@nieuw.example.");
  assert_says (&screen, "06-••••••12");
  assert_says (&screen, "You have 7 codes left on your sheet.");
  assert_says (&screen, "Device without a name");
  assert_says (&screen, "Huiskamer, since today 11:15");
  assert_says (&screen, "Shared computer");
  g_assert_nonnull (find (screen.window, is_button_named, "Turn Off App…"));
  g_assert_null (find (screen.window, is_button_named, "Set Up App…"));
  g_assert_nonnull (find (screen.window, is_button_named, "Log Out on That Device"));
  g_assert_nonnull (find (screen.window, is_button_named, "Log Out Everywhere Else"));
  close_screen (&screen);
}

static void
test_account_alone (void)
{
  Screen screen = open_screen ("account", "long", "session", 360);

  assert_says (&screen, "Not known");
  assert_says (&screen, "There is no device on which we do not ask you for a code.");
  g_assert_nonnull (find (screen.window, is_button_named, "Set Up App…"));
  g_assert_null (find (screen.window, is_button_named, "Log Out on That Device"));
  g_assert_null (find (screen.window, is_button_named, "Log Out Everywhere Else"));
  close_screen (&screen);
}

static void
opened_cb (guint *opened, guint part)
{
  *opened = part;
}

static void
test_start_opens (void)
{
  Screen screen = open_screen ("start", NULL, "session", 1000);
  guint opened = 0;

  g_signal_connect_swapped (screen.page, "open-part", G_CALLBACK (opened_cb), &opened);
  press (&screen, "My Dossier");
  g_assert_cmpint (opened, ==, CP_PART_DOSSIER);
  close_screen (&screen);
}

static void
test_start_missing_right (void)
{
  Screen screen = open_screen ("start", "one-part", "session-one", 1000);

  g_assert_nonnull (find (screen.window, is_button_named, "My Details"));
  g_assert_null (find (screen.window, is_button_named, "My Dossier"));
  assert_does_not_say (&screen, "My Messages");
  assert_says (&screen, "Fetching at 08:00 failed.");
  assert_says (&screen, "this data is 2 days old");
  close_screen (&screen);
}

static void
test_start_no_parts (void)
{
  Screen screen = open_screen ("start", "none", "session-no-settings", 1000);

  assert_says (&screen, "You Have No Access to Parts Yet");
  close_screen (&screen);
}

static void
test_start_loading (void)
{
  Screen screen = open_screen ("start", "loading", "session", 1000);

  assert_says (&screen, "My Appointments");
  assert_says (&screen, "Being fetched…");
  close_screen (&screen);
}

static void
test_start_partly_late (void)
{
  Screen screen = open_screen ("start", "late", "session", 1000);

  assert_says (&screen, "Not everything is up to date: reports.");
  assert_says (&screen, "Nothing new since your previous visit");
  close_screen (&screen);
}

static void
test_start_notices (void)
{
  Screen screen = open_screen ("start", "notices", "session", 1000);
  CpMember *karel = fixture_members_find (fixture_api_get_members (FIXTURE_API (screen.api)), "Karel Dijkstra");

  assert_says (&screen, "Access of Karel Dijkstra ends in 14 days, on March 17, 2026.");
  assert_says (&screen, "Your access ends in 13 days, on March 16, 2026. Ask the portal administrator to renew it.");
  assert_says (&screen, "Dirk Bos declined the invitation.");
  press (&screen, "Renew Until April 14, 2026: Karel Dijkstra");
  assert_says (&screen, "Access of Karel Dijkstra renewed until April 14, 2026.");
  g_assert_cmpstr (karel->until, ==, "2026-04-14");
  /* The start screen is asked again: it knows who ends soon now. */
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_START), ==, 2);
  fixture_members_fail (fixture_api_get_members (FIXTURE_API (screen.api)),
                        g_error_new_literal (CP_ERROR, CP_ERROR_NOT_HELD, "not any more"));
  press (&screen, "Renew Until April 14, 2026: Karel Dijkstra");
  assert_says (&screen, "You do not have this right yourself, so you cannot give it.");
  close_screen (&screen);
}

/* What comes and goes under the invitation does not move whoever is on it. */
static void
test_start_notices_keep_focus (void)
{
  Screen screen = open_screen ("start", "notices", "session", 1024);
  GtkWidget *row = find (screen.window, is_button_named, "You have 1 open invitation.");

  g_assert_nonnull (row);
  gtk_widget_grab_focus (row);
  fixture_api_set_scenario (FIXTURE_API (screen.api), NULL);
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  assert_does_not_say (&screen, "Dirk Bos declined the invitation.");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == row);
  close_screen (&screen);
}

static CpAccessEnd *
access_end_new (int number)
{
  CpAccessEnd *end = cp_access_end_new ();

  end->member = g_strdup_printf ("member%d", number);
  end->name = g_strdup_printf ("Persoon %d", number);
  end->until = g_strdup ("2026-03-10");
  end->days = 7;
  end->renew_until = g_strdup ("2026-04-07");
  return end;
}

/* What there is to know takes a line each, so that all that one comes for stays in sight. */
static void
test_start_notices_leave_room (void)
{
  static const char *const panels[] = { "My Appointments", "My Dossier", "My Details" };
  Screen screen = open_screen ("start", "notices", "session", 1024);

  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      GtkWidget *panel = find (screen.window, is_button_named, panels[i]);
      graphene_rect_t place;

      g_assert_nonnull (panel);
      g_assert_true (gtk_widget_compute_bounds (panel, screen.window, &place));
      g_test_message ("%s from %.0f to %.0f", panels[i], place.origin.y, place.origin.y + place.size.height);
      /* Its title, in a window of 768. */
      g_assert_cmpfloat (place.origin.y, <, 768 - 64);
    }
  close_screen (&screen);
}

static void
test_start_many_notices (void)
{
  Screen screen = open_screen ("start", NULL, "session", 1024);
  GtkWidget *notices = g_object_new (CPA_TYPE_START_NOTICES, NULL);
  g_autoptr (CpStart) start = cp_start_new ();
  GtkWidget *focus;

  for (int i = 1; i <= 7; i++)
    g_ptr_array_add (start->access_ends, access_end_new (i));
  adw_window_set_content (ADW_WINDOW (screen.window), notices);
  cpa_start_notices_show (CPA_START_NOTICES (notices), screen.context, start);
  settle ();
  assert_says (&screen, "Access of Persoon 3 ends in 7 days, on March 10, 2026.");
  assert_does_not_say (&screen, "Persoon 4");
  press (&screen, "Show More");
  assert_says (&screen, "Access of Persoon 7 ends in 7 days, on March 10, 2026.");
  assert_does_not_say (&screen, "Show More");
  focus = gtk_root_get_focus (GTK_ROOT (screen.window));
  g_assert_true (focus == find (screen.window, is_button_named, "Renew Until April 7, 2026: Persoon 4"));
  /* The same again moves nobody. */
  cpa_start_notices_show (CPA_START_NOTICES (notices), screen.context, start);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == focus);
  g_ptr_array_remove_index (start->access_ends, 3);
  cpa_start_notices_show (CPA_START_NOTICES (notices), screen.context, start);
  focus = gtk_root_get_focus (GTK_ROOT (screen.window));
  g_assert_true (focus == find (screen.window, is_button_named, "Renew Until April 7, 2026: Persoon 1"));
  close_screen (&screen);
}

static void
renewed_cb (gboolean *asked_anew)
{
  *asked_anew = TRUE;
}

/* Somebody else changed it since: what was renewed is what the screen showed, and it shows it anew. */
static void
test_start_renews_what_it_showed (void)
{
  Screen screen = open_screen ("start", NULL, "session", 1024);
  GtkWidget *notices = g_object_new (CPA_TYPE_START_NOTICES, NULL);
  g_autoptr (CpStart) start = cp_start_new ();
  CpAccessEnd *end = access_end_new (1);
  CpMember *sanne = fixture_members_find (fixture_api_get_members (FIXTURE_API (screen.api)), "Sanne Visser");
  gboolean asked_anew = FALSE;

  g_free (end->member);
  end->member = g_strdup (sanne->id);
  end->version = g_strdup ("of-before");
  g_ptr_array_add (start->access_ends, end);
  adw_window_set_content (ADW_WINDOW (screen.window), notices);
  g_signal_connect_swapped (notices, "renewed", G_CALLBACK (renewed_cb), &asked_anew);
  cpa_start_notices_show (CPA_START_NOTICES (notices), screen.context, start);
  settle ();
  press (&screen, "Renew Until April 7, 2026: Persoon 1");
  assert_says (&screen, "Nothing has been lost. Look at how it is now and choose again if you want.");
  g_assert_cmpstr (sanne->until, ==, "2026-08-31");
  g_assert_true (asked_anew);
  close_screen (&screen);
}

static gboolean
is_scroller (GtkWidget *widget, const char *text)
{
  return GTK_IS_SCROLLED_WINDOW (widget);
}

/* The sentence is what is seen first, and not the last appointment. */
static void
test_died_opens_at_the_top (void)
{
  Screen screen = open_screen ("appointments", NULL, "session-died", 1000);
  GtkWidget *scroller = find (screen.page, is_scroller, NULL);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_window_set_default_size (GTK_WINDOW (screen.window), 1000, 300);
  settle ();
  cpa_focus_first (screen.page);
  settle ();
  g_assert_cmpfloat (gtk_adjustment_get_upper (place), >, gtk_adjustment_get_page_size (place));
  g_assert_cmpfloat (gtk_adjustment_get_value (place), ==, 0);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (screen.window)) == scroller);
  close_screen (&screen);
}

/* Nothing is fetched any more, so nothing says when the next time is. */
static void
test_died (void)
{
  static const struct
  {
    const char *page, *scenario, *session;
    gboolean until;
  } cases[] = {
    { "start", NULL, "session-died" },        { "start", NULL, "session-died-until", TRUE },
    { "appointments", NULL, "session-died" }, { "profile", "died", "session-died" },
    { "profile", "died", "session" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Screen screen = open_screen (cases[i].page, cases[i].scenario, cases[i].session, 1000);

      assert_says (&screen, "Wil de Bruin has died. We are sorry for your loss. Nothing new is added here any more.");
      assert_does_not_say (&screen, "next 20:00");
      if (cases[i].until)
        assert_says (&screen, "You can still read what is here until March 31, 2026.");
      else
        assert_does_not_say (&screen, "You can still read");
      if (i == 0)
        {
          assert_says (&screen, "What had still been planned is here.");
          assert_does_not_say (&screen, "Fysiotherapie");
          assert_says (&screen, "There are no messages here.");
          assert_does_not_say (&screen, "There are no messages yet.");
        }
      close_screen (&screen);
    }
}

static void
test_reasons (void)
{
  static const struct
  {
    const char *page, *scenario, *text;
  } cases[] = {
    { "start", "empty", "There are no coming appointments." },
    { "start", "not-fetched", "The dossier has not been fetched yet. That happens at 20:00." },
    { "start", "not-shared", "Zorggroep De Linde does not share the dossier here." },
    { "start", "only-forms", "Open the dossier to read what is in it." },
    { "appointments", "empty", "There are no coming appointments." },
    { "appointments", "not-fetched", "have not been fetched yet. That happens at 20:00." },
    { "appointments", "not-shared", "Zorggroep De Linde does not share the appointments" },
    { "dossier", "empty", "There is nothing in the dossier yet." },
    { "dossier", "not-fetched", "The dossier has not been fetched yet." },
    { "dossier", "not-shared", "Call the service desk: 088 000 12 00." },
    { "profile", "empty", "No details have been recorded yet." },
    { "profile", "not-fetched", "The details have not been fetched yet. That happens at 20:00." },
    { "profile", "not-shared", "Zorggroep De Linde does not share these details here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Screen screen = open_screen (cases[i].page, cases[i].scenario, "session", 1000);

      assert_says (&screen, cases[i].text);
      close_screen (&screen);
    }
}

static void
test_failed_and_retry (void)
{
  static const char *const afterwards[] = { "Today 13:30", "13:30 – 14:15", "Fatima El Amrani, verzorgende",
                                            "Dokter Van Leeuwen", "Pieter de Bruin" };

  for (guint i = 0; page_table_names[i] != NULL; i++)
    {
      Screen screen = open_screen (page_table_names[i], "failed", "session", 1000);

      assert_says (&screen, "The Portal Cannot Be Reached");
      fixture_api_set_scenario (FIXTURE_API (screen.api), NULL);
      press (&screen, "Try Again");
      assert_says (&screen, afterwards[i]);
      assert_does_not_say (&screen, "The Portal Cannot Be Reached");
      close_screen (&screen);
    }
}

static void
test_failed_refresh_keeps_content (void)
{
  static const char *const ages[] = { "As of today 08:00", "As of today 08:00",
                                      "As recorded in the health record, as of today 08:00", "As of today 08:00",
                                      "As of today 08:00" };

  for (guint i = 0; page_table_names[i] != NULL; i++)
    {
      Screen screen = open_screen (page_table_names[i], NULL, "session", 1000);

      assert_says (&screen, ages[i]);
      fixture_api_set_scenario (FIXTURE_API (screen.api), "failed");
      cpa_page_refresh (CPA_PAGE (screen.page));
      settle ();
      assert_says (&screen, "The Portal Cannot Be Reached");
      assert_says (&screen, ages[i]);
      close_screen (&screen);
    }
}

static void
test_closed_while_loading (void)
{
  for (guint i = 0; page_table_names[i] != NULL; i++)
    {
      Screen screen = open_screen (page_table_names[i], "loading", "session", 1000);

      close_screen (&screen);
    }
}

static void
test_a_year_old (void)
{
  Screen screen = open_screen ("profile", "child", "session", 1000);

  assert_says (&screen, "February 14, 2025 (1 year old)");
  close_screen (&screen);
}

static void
test_appointments (void)
{
  Screen screen = open_screen ("appointments", NULL, "session", 1000);

  /* The health record does not say by whom, and a client who did not come is told in the same way. */
  assert_says (&screen, "Canceled");
  assert_does_not_say (&screen, "Canceled by");
  assert_says (&screen, "Reason: De muzikant is ziek");
  assert_says (&screen, "Proposal, not certain yet");
  assert_says (&screen, "Time not known");
  g_assert_null (find (screen.window, is_button_named, "Show More"));
  press (&screen, "Earlier Appointments");
  assert_says (&screen, "Friday February 27, 2026");
  press (&screen, "Show More: Earlier Appointments");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_APPOINTMENTS), ==, 3);
  close_screen (&screen);
}

static void
test_dossier_plans (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_CARE_PLANS), ==, 0);
  choose_tab (&screen, "Plans");
  assert_says (&screen, "Zorgleefplan 2026");
  assert_says (&screen, "On hold for now");
  assert_says (&screen, "March 14, 2025 to January 11, 2026");
  assert_says (&screen, "Status not known");
  close_screen (&screen);
}

static void
test_profile (void)
{
  Screen screen = open_screen ("profile", NULL, "session", 1000);

  assert_says (&screen, "May 14, 1938 (87 years old)");
  assert_says (&screen, "Marijke de Bruin, daughter");
  assert_says (&screen, "First relation/contact");
  assert_says (&screen, "Dokter Van Leeuwen");
  assert_says (&screen, "Ineke Bos, eerstverantwoordelijk verzorgende");
  assert_says (&screen, "Vrijwilligers De Lindehof");
  close_screen (&screen);
}

static void
test_long_and_narrow (void)
{
  static const int widths[] = { 340, 620, 1000 };

  for (guint i = 0; page_table_names[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
      {
        Screen screen = open_screen (page_table_names[i], "long", "session-long", widths[j]);

        g_assert_cmpint (least_width (screen.page), <=, widths[j]);
        close_screen (&screen);
      }
}

/* Opens the popover of a button. Returns how wide the sheet is that one sees; around it there is its shadow. What is
 * inside is no wider than it has to be, and where the window has room no narrower: names would break within words. */
static int
width_of_popover (Screen *screen, const char *button, Match match, const char *inside)
{
  GtkWidget *found, *popover;
  graphene_rect_t whole;
  int natural, width;

  press (screen, button);
  found = find (screen->window, match, inside);
  g_assert_nonnull (found);
  gtk_widget_measure (found, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_width (found), <=, natural);
  g_assert_true (gtk_widget_compute_bounds (found, found, &whole));
  if (natural < gtk_widget_get_width (screen->window) / 2)
    g_assert_cmpfloat (whole.size.width, >=, natural);
  popover = gtk_widget_get_ancestor (found, GTK_TYPE_POPOVER);
  width = gtk_widget_get_width (gtk_widget_get_parent (gtk_popover_get_child (GTK_POPOVER (popover))));
  gtk_popover_popdown (GTK_POPOVER (popover));
  settle ();
  return width;
}

/* On a narrow window what is explained wraps; on a wide one it is as wide as what is in it, and so is a menu. */
static void
test_popover_fits (void)
{
  static const struct
  {
    const char *page, *button, *inside;
    Match match;
    int window, most;
  } cases[] = {
    { "start", "As of today 08:00, next 20:00", "The data of the health record is fetched every day", says, 360, 360 },
    { "profile", "Is This Wrong?", "Tell the service desk what should be changed", says, 1000, 640 },
    { "people", "View as…", "Pieter de Bruin", is_button_named, 1000, 399 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Screen screen = open_screen (cases[i].page, NULL, "session", cases[i].window);

      g_test_message ("%s", cases[i].page);
      g_assert_cmpint (width_of_popover (&screen, cases[i].button, cases[i].match, cases[i].inside), <=, cases[i].most);
      close_screen (&screen);
    }
}

static gboolean
is_controls (GtkWidget *widget, const char *layout)
{
  return GTK_IS_WINDOW_CONTROLS (widget) &&
         g_strcmp0 (gtk_window_controls_get_decoration_layout (GTK_WINDOW_CONTROLS (widget)), layout) == 0;
}

static void
test_header_compact (void)
{
  Screen screen = open_screen ("start", NULL, "session", 400);
  PangoLayout *name;

  /* The client's name needs the room of the others. */
  g_assert_nonnull (find (screen.window, is_controls, ":close"));

  /* In the menu now, and not in the bar as well; the person's own name stays the name of the button. */
  g_assert_null (find (screen.page, is_button_named, "Log Out"));
  assert_says (&screen, "May 14, 1938");
  assert_does_not_say (&screen, "born May 14, 1938");
  g_assert_nonnull (find (screen.window, is_button_named, "Marijke de Bruin"));
  close_screen (&screen);
  screen = open_screen ("start", NULL, "session", 1000);
  assert_says (&screen, "born May 14, 1938");
  g_assert_nonnull (find (screen.window, is_button_named, "You are looking at Wil de Bruin. Choose another client."));
  close_screen (&screen);
  /* A long name takes two lines there, and keeps its end. */
  screen = open_screen ("start", NULL, "session-long", 360);
  name = gtk_label_get_layout (GTK_LABEL (find (screen.window, says, "Wilhelmina Johanna Catharina")));
  g_assert_cmpint (pango_layout_get_line_count (name), <=, 2);
  g_assert_true (pango_layout_is_ellipsized (name));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/pages/account", test_account },
    { "/pages/account/alone", test_account_alone },
    { "/pages/start/filled", test_start_filled },
    { "/pages/start/opens", test_start_opens },
    { "/pages/start/missing-right", test_start_missing_right },
    { "/pages/start/no-parts", test_start_no_parts },
    { "/pages/start/loading", test_start_loading },
    { "/pages/start/partly-late", test_start_partly_late },
    { "/pages/start/notices", test_start_notices },
    { "/pages/start/notices-leave-room", test_start_notices_leave_room },
    { "/pages/start/notices-keep-focus", test_start_notices_keep_focus },
    { "/pages/start/many-notices", test_start_many_notices },
    { "/pages/start/renews-what-it-showed", test_start_renews_what_it_showed },
    { "/pages/reasons", test_reasons },
    { "/pages/failed-and-retry", test_failed_and_retry },
    { "/pages/failed-refresh-keeps-content", test_failed_refresh_keeps_content },
    { "/pages/closed-while-loading", test_closed_while_loading },
    { "/pages/a-year-old", test_a_year_old },
    { "/pages/appointments", test_appointments },
    { "/pages/dossier/plans", test_dossier_plans },
    { "/pages/died", test_died },
    { "/pages/died-opens-at-the-top", test_died_opens_at_the_top },
    { "/pages/profile", test_profile },
    { "/pages/long-and-narrow", test_long_and_narrow },
    { "/pages/popover-fits", test_popover_fits },
    { "/pages/header-compact", test_header_compact },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
