/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens every page with every kind of data and looks at what is on it. Needs a display. */
#include <adwaita.h>
#include <glib/gi18n.h>

#include "config.h"
#include "cp-part.h"
#include "cpa-language.h"
#include "cpa-page.h"
#include "cpa-start-page.h"
#include "fixture-api.h"
#include "page-table.h"

typedef struct
{
  CpaApi *api;         /* (owned) */
  CpaContext *context; /* (owned) */
  GtkWidget *page;     /* (borrowed) */
  GtkWidget *window;   /* (owned by GTK) */
} Screen;

/* Until nothing has happened for a while: data has come, and the frames that show it are drawn. */
static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 2 * G_TIME_SPAN_SECOND;
  gint64 quiet_since = g_get_monotonic_time ();

  while (g_get_monotonic_time () < end && g_get_monotonic_time () - quiet_since < 60 * G_TIME_SPAN_MILLISECOND)
    if (g_main_context_iteration (NULL, FALSE))
      quiet_since = g_get_monotonic_time ();
    else
      g_usleep (1000);
}

static Screen
open_screen (const char *name, const char *scenario, const char *session, int width)
{
  Screen screen = { .api = fixture_api_new (scenario) };

  screen.context = fixture_context_new (screen.api, session, 0);
  screen.page = page_table_new_page (name, screen.context);
  screen.window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (screen.window), page_table_frame (screen.context, screen.page));
  gtk_window_set_default_size (GTK_WINDOW (screen.window), width, 700);
  gtk_window_present (GTK_WINDOW (screen.window));
  settle ();
  return screen;
}

static void
close_screen (Screen *screen)
{
  gtk_window_destroy (GTK_WINDOW (screen->window));
  settle ();
  /* What a page owns ends with it: nothing holds on to whose portal this was. */
  g_assert_cmpint (G_OBJECT (screen->context)->ref_count, ==, 1);
  g_object_unref (screen->context);
  g_assert_finalize_object (screen->api);
}

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *widget, Match match, const char *text)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return NULL;
  if (match (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  const char *said = GTK_IS_LABEL (widget)         ? gtk_label_get_text (GTK_LABEL (widget))
                     : GTK_IS_INSCRIPTION (widget) ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                                                   : NULL;

  return said != NULL && gtk_widget_get_mapped (widget) && strstr (said, text) != NULL;
}

/* The start of the accessible name of a button: GTK's own check compares the whole. */
static gboolean
is_button_named (GtkWidget *widget, const char *name)
{
  g_autofree char *difference = NULL;

  if (!GTK_IS_BUTTON (widget))
    return FALSE;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  return difference == NULL;
}

static void
assert_says (Screen *screen, const char *text)
{
  if (find (screen->window, says, text) == NULL)
    g_error ("not on screen: %s", text);
}

static void
assert_does_not_say (Screen *screen, const char *text)
{
  g_assert_null (find (screen->window, says, text));
}

static void
press (Screen *screen, const char *name)
{
  GtkWidget *button = find (screen->window, is_button_named, name);

  if (button == NULL)
    g_error ("no button %s", name);
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

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
      "Going on now: today 13:30, Fysiotherapie in de oefenzaal. After that: today 15:15, Pedicure; tomorrow 10:30, "
      "Muziek in de huiskamer (Canceled); Thu March 5, 11:15, Oogarts."));
  g_assert_nonnull (find (screen.window, is_button_named, "My Dossier"));
  g_assert_nonnull (find (screen.window, is_button_named, "My Details"));
  /* It has no page, so it is no button. */
  g_assert_null (find (screen.window, is_button_named, "My Messages"));
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
  Screen screen = open_screen ("start", "none", "session", 1000);

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
test_reasons (void)
{
  static const struct
  {
    const char *page, *scenario, *text;
  } cases[] = {
    { "start", "empty", "There are no coming appointments." },
    { "start", "not-fetched", "The dossier has not been fetched yet. That happens at 20:00." },
    { "start", "not-shared", "Zorggroep De Linde does not share the dossier here." },
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
                                            "Dokter Van Leeuwen" };

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
  for (guint i = 0; page_table_names[i] != NULL; i++)
    {
      Screen screen = open_screen (page_table_names[i], NULL, "session", 1000);

      assert_says (&screen, "As of today 08:00");
      fixture_api_set_scenario (FIXTURE_API (screen.api), "failed");
      cpa_page_refresh (CPA_PAGE (screen.page));
      settle ();
      assert_says (&screen, "The Portal Cannot Be Reached");
      assert_says (&screen, "As of today 08:00");
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
test_appointments (void)
{
  Screen screen = open_screen ("appointments", NULL, "session", 1000);

  assert_says (&screen, "Canceled by the care team");
  assert_says (&screen, "Reason: De muzikant is ziek");
  assert_says (&screen, "Proposal, not certain yet");
  assert_says (&screen, "Time not known");
  g_assert_null (find (screen.window, is_button_named, "Show More"));
  press (&screen, "Earlier Appointments");
  assert_says (&screen, "Friday February 27, 2026");
  press (&screen, "Show More");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_APPOINTMENTS), ==, 3);
  close_screen (&screen);
}

static void
test_dossier (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);

  /* The newest is open beside the list. */
  assert_says (&screen, "De bloeddruk (RR) was 138 over 76.");
  assert_says (&screen, "Written by Fatima El Amrani, verzorgende");
  assert_says (&screen, "Yesterday");
  g_assert_false (cpa_page_go_back (CPA_PAGE (screen.page)));
  close_screen (&screen);
}

static gboolean
is_list (GtkWidget *widget, const char *text)
{
  return GTK_IS_LIST_VIEW (widget);
}

static GtkWidget *
find_list (Screen *screen)
{
  GtkWidget *list = find (screen->window, is_list, NULL);

  g_assert_nonnull (list);
  return list;
}

static void
test_dossier_form (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);
  GtkWidget *list = find_list (&screen);

  g_signal_emit_by_name (list, "activate", 3u);
  settle ();
  assert_says (&screen, "The care team is still filling in this form.");
  assert_says (&screen, "Waarbij wilt u hulp?");
  assert_says (&screen, "Steunkousen aantrekken");
  assert_says (&screen, "Not filled in");
  assert_says (&screen, "Question without text");
  g_signal_emit_by_name (list, "activate", 4u);
  settle ();
  assert_says (&screen, "Changed by the care team yesterday 08:10");
  close_screen (&screen);
}

static void
test_dossier_narrow (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 400);

  assert_says (&screen, "Fatima El Amrani, verzorgende");
  assert_does_not_say (&screen, "Written by");
  g_signal_emit_by_name (find_list (&screen), "activate", 0u);
  settle ();
  assert_says (&screen, "Written by Fatima El Amrani, verzorgende");
  g_assert_true (cpa_page_go_back (CPA_PAGE (screen.page)));
  settle ();
  g_assert_false (cpa_page_go_back (CPA_PAGE (screen.page)));
  close_screen (&screen);
}

static void
test_dossier_plans (void)
{
  Screen screen = open_screen ("dossier", NULL, "session", 1000);
  GtkWidget *tab;

  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_CARE_PLANS), ==, 0);
  tab = gtk_widget_get_ancestor (find (screen.window, says, "Plans"), GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), TRUE);
  settle ();
  assert_says (&screen, "Zorgleefplan 2026");
  assert_says (&screen, "since January 12, 2026");
  assert_says (&screen, "On hold for now");
  assert_says (&screen, "Valid from March 14, 2025 until January 11, 2026");
  assert_says (&screen, "Status not known");
  close_screen (&screen);
}

static void
test_dossier_many (void)
{
  Screen screen = open_screen ("dossier", "many", "session", 1000);
  GtkWidget *list = find_list (&screen);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  guint rows = 0;

  for (int i = 0; i < 60 && g_list_model_get_n_items (model) < 5000; i++)
    {
      gtk_widget_activate_action (list, "list.scroll-to-item", "u", g_list_model_get_n_items (model) - 1);
      for (int turn = 0; turn < 200; turn++)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (500);
    }
  g_assert_cmpint (g_list_model_get_n_items (model), ==, 5000);
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_DOSSIER), ==, 50);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    rows++;
  /* Widgets for what is in sight and a little around it, not for what there is. */
  g_assert_cmpint (rows, <, 300);
  close_screen (&screen);
}

static void
test_profile (void)
{
  Screen screen = open_screen ("profile", NULL, "session", 1000);

  assert_says (&screen, "May 14, 1938 (87 years old)");
  assert_says (&screen, "Marijke de Bruin, dochter");
  assert_says (&screen, "Dokter Van Leeuwen");
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

        g_assert_cmpint (gtk_widget_get_width (screen.page), <=, widths[j]);
        close_screen (&screen);
      }
}

static void
test_header_compact (void)
{
  Screen screen = open_screen ("start", NULL, "session", 400);

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
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  fixture_set_time ();
  g_test_add_func ("/pages/start/filled", test_start_filled);
  g_test_add_func ("/pages/start/opens", test_start_opens);
  g_test_add_func ("/pages/start/missing-right", test_start_missing_right);
  g_test_add_func ("/pages/start/no-parts", test_start_no_parts);
  g_test_add_func ("/pages/start/loading", test_start_loading);
  g_test_add_func ("/pages/start/partly-late", test_start_partly_late);
  g_test_add_func ("/pages/reasons", test_reasons);
  g_test_add_func ("/pages/failed-and-retry", test_failed_and_retry);
  g_test_add_func ("/pages/failed-refresh-keeps-content", test_failed_refresh_keeps_content);
  g_test_add_func ("/pages/closed-while-loading", test_closed_while_loading);
  g_test_add_func ("/pages/appointments", test_appointments);
  g_test_add_func ("/pages/dossier/read", test_dossier);
  g_test_add_func ("/pages/dossier/form", test_dossier_form);
  g_test_add_func ("/pages/dossier/narrow", test_dossier_narrow);
  g_test_add_func ("/pages/dossier/plans", test_dossier_plans);
  g_test_add_func ("/pages/dossier/many", test_dossier_many);
  g_test_add_func ("/pages/profile", test_profile);
  g_test_add_func ("/pages/long-and-narrow", test_long_and_narrow);
  g_test_add_func ("/pages/header-compact", test_header_compact);
  return g_test_run ();
}
