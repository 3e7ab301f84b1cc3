/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plannen, with every kind of data. Needs a display. */
#include <adwaita.h>

#include "cpa-opened-plan.h"
#include "cpa-page.h"
#include "cpa-plan-goal.h"
#include "cpa-plan-reports.h"
#include "cpa-plan-sheet.h"
#include "fixture-api.h"
#include "screen-kit.h"

static Screen
open_plans (const char *scenario, int width)
{
  Screen screen = open_screen ("dossier", scenario, "session", width);

  choose_tab (&screen, "Plans");
  return screen;
}

static gboolean
is_reports (GtkWidget *widget, const char *text)
{
  return CPA_IS_PLAN_REPORTS (widget);
}

/* What is beside the plan is told as where it is opened: of what kind it is, what was answered, and how sure it is. */
static void
test_reports (void)
{
  static const char *const texts[] = {
    "Report: Care and life plan",
    "Mevrouw liep zelfstandig naar de huiskamer.",
    "Afspraak = afspraak",
    "Not finished yet",
    "Waarover gaat deze afspraak?",
    "Wandelen na het eten",
    "Evaluation",
    "Gaat goed zo, de avondwandeling blijft.",
    "Changed by the care team",
  };
  Screen screen = open_plans (NULL, 1000);
  GtkWidget *reports = find (screen.window, is_reports, NULL);

  g_assert_nonnull (reports);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_true (shows (reports, texts[i]));
    }
  close_screen (&screen);
}

static gboolean
is_opened_plan (GtkWidget *widget, const char *text)
{
  return CPA_IS_OPENED_PLAN (widget);
}

static void
say_else (char **text, const char *words)
{
  g_free (*text);
  *text = g_strdup (words);
}

/* What carers wrote in a plan is explained as in a report. Not a goal itself: that is a button, with no room for
 * others. */
static void
test_terms (void)
{
  static const char *const terms[] = { "ADL", "VS", "AVG" };
  Screen screen = open_plans (NULL, 1000);
  CpTime fetched_at;
  g_autoptr (CpCarePlan) plan = cp_record_copy (
      &cp_care_plan_record,
      cpa_opened_plan_get_plan (CPA_OPENED_PLAN (find (screen.window, is_opened_plan, NULL)), &fetched_at));
  GtkWidget *window = gtk_window_new ();

  say_else (&plan->description, "De ADL gaat goed.");
  say_else (&((CpPlanActivity *) g_ptr_array_index (plan->activities, 0))->text, "Bezoek van de VS");
  say_else (&((CpPlanEvaluation *) g_ptr_array_index (plan->evaluations, 0))->text, "Met de AVG besproken.");
  gtk_window_set_child (GTK_WINDOW (window), cpa_plan_sheet_new (screen.context, NULL, plan, CPA_PLAN_PLAIN));
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      g_autofree char *name = g_strconcat (terms[i], ", with explanation", NULL);

      g_test_message ("%s", name);
      g_assert_nonnull (find (window, is_button_named, name));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  close_screen (&screen);
}

static gboolean
is_switch (GtkWidget *widget, const char *text)
{
  return GTK_IS_SWITCH (widget) && is_named (widget, text);
}

static gboolean
is_choice (GtkWidget *widget, const char *text)
{
  return GTK_IS_DROP_DOWN (widget);
}

static gboolean
is_goal (GtkWidget *widget, const char *text)
{
  return CPA_IS_PLAN_GOAL (widget);
}

static int
width_of (GtkWidget *widget)
{
  g_assert_nonnull (widget);
  return gtk_widget_get_width (widget);
}

static void
compare (Screen *screen)
{
  GtkWidget *toggle = find (screen->window, is_switch, "Show changes since version 3");

  g_assert_nonnull (toggle);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  settle ();
}

static void
test_sheet (void)
{
  static const char *const texts[] = { "Version 4. Since January 12, 2026",
                                       "Discussed on January 12, 2026 with Marijke de Bruin",
                                       "Mevrouw woont prettig in De Lindehof",
                                       "Goal 1",
                                       "Getting better",
                                       "Aim: before June 1, 2026",
                                       "1 time a day, in the morning",
                                       "Who: Fatima El Amrani and Ineke Bos",
                                       "On Tuesday and Friday",
                                       "When needed",
                                       "Evaluation, Friday January 9, 2026. Ineke Bos",
                                       "Lopen gaat goed, doel blijft staan.",
                                       "Het plan is besproken.",
                                       "Reports on This Plan",
                                       "Mevrouw liep zelfstandig naar de huiskamer.",
                                       "as of today 08:00" };
  Screen screen = open_plans (NULL, 1000);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_says (&screen, texts[i]);
  /* Nothing is compared before one asks for it. */
  assert_does_not_say (&screen, "verzorgende naar");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_CARE_PLAN), ==, 1);
  close_screen (&screen);
}

static void
test_goal_opens_and_closes (void)
{
  Screen screen = open_plans (NULL, 1000);

  assert_says (&screen, "On Tuesday and Friday");
  press (&screen, "Goal 2: Veilig lopen in huis");
  assert_does_not_say (&screen, "On Tuesday and Friday");
  press (&screen, "Goal 2: Veilig lopen in huis");
  assert_says (&screen, "On Tuesday and Friday");
  close_screen (&screen);
}

static void
test_compare (void)
{
  Screen screen = open_plans (NULL, 1000);

  compare (&screen);
  assert_says (&screen, "New words have a line under them");
  assert_says (&screen, "changes");
  assert_says (&screen, "new");
  assert_says (&screen, "gone");
  assert_says (&screen, "Weer zelf de krant lezen");
  g_assert_nonnull (find (screen.window, is_named, "Status. Removed: On hold for now. New: Current"));
  /* What is marked on the screen is told in words. */
  g_assert_nonnull (find (screen.window, is_named,
                          "Mevrouw loopt. Removed: twee. New: drie. keer per dag met de rollator naar de huiskamer. "
                          "New: zelfstandig. met. Removed: hulp van één verzorgende. New: iemand in de buurt. Aim: "
                          "before June 1, 2026"));
  close_screen (&screen);
}

static void
test_compare_with_another (void)
{
  Screen screen = open_plans (NULL, 1000);

  compare (&screen);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (screen.window, is_choice, NULL)), 1);
  settle ();
  assert_says (&screen, "The words of both versions are the same.");
  assert_does_not_say (&screen, "Weer zelf de krant lezen");
  close_screen (&screen);
}

static void
test_beside (void)
{
  Screen screen = open_plans (NULL, 1400);

  compare (&screen);
  assert_says (&screen, "Version 3");
  /* The older text by itself, and the newer one. */
  assert_says (&screen, "met hulp van één verzorgende");
  assert_says (&screen, "zelfstandig, met iemand in de buurt");
  close_screen (&screen);
}

static void
test_compare_fails (void)
{
  Screen screen = open_plans (NULL, 1000);

  fixture_api_set_scenario (FIXTURE_API (screen.api), "failed");
  compare (&screen);
  assert_says (&screen, "The Portal Cannot Be Reached");
  assert_says (&screen, "Mevrouw woont prettig in De Lindehof");
  close_screen (&screen);
}

static void
test_bare_plan (void)
{
  Screen screen = open_plans (NULL, 1000);

  press (&screen, "Intake");
  assert_says (&screen, "Status not known");
  assert_says (&screen, "No goals have been recorded in this plan.");
  assert_says (&screen, "This plan has not been evaluated yet.");
  g_assert_null (find (screen.window, is_switch, "Show changes since version 3"));
  assert_does_not_say (&screen, "Mevrouw woont prettig in De Lindehof");
  close_screen (&screen);
}

static void
test_reasons (void)
{
  static const struct
  {
    const char *scenario, *text;
  } cases[] = {
    { "empty", "There is no care and life plan yet." },
    { "not-fetched", "Not fetched yet: plans." },
    { "not-shared", "does not share plans here" },
    { "failed", "The Portal Cannot Be Reached" },
    { "loading", "Loading your data…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Screen screen = open_plans (cases[i].scenario, 1000);

      assert_says (&screen, cases[i].text);
      g_assert_null (find (screen.window, is_button_named, "Print"));
      close_screen (&screen);
    }
}

/* Where there is room for one of the two, no plan is opened, and none counts as read, before one is chosen. */
static void
test_narrow (void)
{
  Screen screen = open_plans (NULL, 360);

  g_assert_cmpint (gtk_widget_get_width (screen.page), <=, 360);
  g_assert_cmpint (fixture_api_count (FIXTURE_API (screen.api), CP_ROUTE_CARE_PLAN), ==, 0);
  g_assert_null (find (screen.window, is_button_named, "Print"));
  press (&screen, "Zorgleefplan 2026");
  assert_says (&screen, "Mevrouw woont prettig in De Lindehof");
  g_assert_nonnull (find (screen.window, is_button_named, "Print"));
  compare (&screen);
  g_assert_cmpint (gtk_widget_get_width (screen.page), <=, 360);
  /* All of the plan is inside the window. */
  g_assert_cmpint (width_of (find (screen.window, is_opened_plan, NULL)), <=, 360);
  g_assert_cmpint (width_of (find (screen.window, is_goal, NULL)), <=,
                   width_of (find (screen.window, is_opened_plan, NULL)));
  g_assert_true (cpa_page_go_back (CPA_PAGE (screen.page)));
  settle ();
  assert_does_not_say (&screen, "Mevrouw woont prettig in De Lindehof");
  g_assert_false (cpa_page_go_back (CPA_PAGE (screen.page)));
  close_screen (&screen);
}

static void
test_refresh_keeps_place (void)
{
  Screen screen = open_plans (NULL, 1000);

  press (&screen, "Goal 2: Veilig lopen in huis");
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  /* Nothing was built anew: what was closed is closed. */
  assert_does_not_say (&screen, "On Tuesday and Friday");
  fixture_api_set_scenario (FIXTURE_API (screen.api), "failed");
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  assert_says (&screen, "The Portal Cannot Be Reached");
  assert_says (&screen, "Mevrouw woont prettig in De Lindehof");
  close_screen (&screen);
}

/* After a sync: a report that came stands at the plan, which is the same; what was closed stays closed. */
static void
test_refresh_shows_new_reports (void)
{
  Screen screen = open_plans (NULL, 1000);
  GtkWidget *reports = find (screen.window, is_reports, NULL);

  press (&screen, "Goal 2: Veilig lopen in huis");
  fixture_api_set_scenario (FIXTURE_API (screen.api), "synced");
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  g_assert_true (shows (reports, "Na het eten samen naar de tuin gelopen."));
  g_assert_true (shows (reports, "Mevrouw liep zelfstandig naar de huiskamer."));
  assert_does_not_say (&screen, "On Tuesday and Friday");
  close_screen (&screen);
}

/* What is the same is not built anew, and without an answer what is there stays. */
static void
test_refresh_keeps_the_reports (void)
{
  static const char *const scenarios[] = { NULL, "failed" };
  Screen screen = open_plans (NULL, 1000);
  GtkWidget *reports = find (screen.window, is_reports, NULL);
  g_autoptr (GtkWidget) report = g_object_ref (find (reports, says, "Mevrouw liep zelfstandig naar de huiskamer."));

  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      fixture_api_set_scenario (FIXTURE_API (screen.api), scenarios[i]);
      cpa_page_refresh (CPA_PAGE (screen.page));
      settle ();
      g_assert_true (find (reports, says, "Mevrouw liep zelfstandig naar de huiskamer.") == report);
    }
  close_screen (&screen);
}

/* Each change of anything asks for the list again. */
static void
test_refresh_keeps_the_keyboard (void)
{
  Screen screen = open_plans (NULL, 1000);
  GtkWidget *row = find (screen.window, is_button_named, "Intake");

  g_assert_true (gtk_widget_grab_focus (row));
  cpa_page_refresh (CPA_PAGE (screen.page));
  settle ();
  g_assert_true (find (screen.window, is_button_named, "Intake") == row);
  g_assert_true (gtk_widget_is_focus (row));
  close_screen (&screen);
}

static void
test_closed_while_loading (void)
{
  Screen screen = open_plans (NULL, 1000);

  fixture_api_set_scenario (FIXTURE_API (screen.api), "loading");
  compare (&screen);
  assert_says (&screen, "Being fetched…");
  press (&screen, "Intake");
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/plans/sheet", test_sheet },
    { "/plans/reports", test_reports },
    { "/plans/terms", test_terms },
    { "/plans/goal-opens-and-closes", test_goal_opens_and_closes },
    { "/plans/compare", test_compare },
    { "/plans/compare-with-another", test_compare_with_another },
    { "/plans/beside", test_beside },
    { "/plans/compare-fails", test_compare_fails },
    { "/plans/bare-plan", test_bare_plan },
    { "/plans/reasons", test_reasons },
    { "/plans/narrow", test_narrow },
    { "/plans/refresh-keeps-place", test_refresh_keeps_place },
    { "/plans/refresh-shows-new-reports", test_refresh_shows_new_reports },
    { "/plans/refresh-keeps-the-reports", test_refresh_keeps_the_reports },
    { "/plans/refresh-keeps-the-keyboard", test_refresh_keeps_the_keyboard },
    { "/plans/closed-while-loading", test_closed_while_loading },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
