/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a calendar says and tells, in a process whose C library knows no Dutch. Needs a display. */
#include <adwaita.h>
#include <locale.h>

#include "cpa-calendar.h"
#include "cpa-time-text.h"
#include "screen-kit.h"

static gboolean
is_label (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text);
}

static gboolean
is_shown_label (GtkWidget *widget, const char *text)
{
  return is_label (widget, text) && gtk_widget_get_mapped (widget) && gtk_widget_get_child_visible (widget);
}

static void
test_dutch (void)
{
  static const char *const arrows[] = { "Vorige maand", "Volgende maand", "Vorig jaar", "Volgend jaar" };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *calendar = cpa_calendar_new ();

  g_assert_cmpstr (setlocale (LC_TIME, NULL), ==, "C");
  gtk_window_set_child (GTK_WINDOW (window), calendar);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  for (int day = 0; day < 7; day++)
    g_assert_nonnull (find (calendar, is_label, cpa_time_short_day_name (day)));
  g_assert_cmpstr (cpa_time_short_day_name (0), ==, "ma");
  g_assert_null (find (calendar, is_label, "Mon"));
  for (int month = 0; month < 12; month++)
    {
      g_autoptr (GDateTime) day = g_date_time_new_utc (2026, month + 1, 28, 0, 0, 0);

      gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
      settle ();
      g_assert_nonnull (find (calendar, is_shown_label, cpa_time_month_name (month)));
    }
  g_assert_cmpstr (cpa_time_month_name (2), ==, "maart");
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    g_assert_nonnull (find (calendar, is_button_named, arrows[i]));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count_cb (int *selected)
{
  (*selected)++;
}

/* The press of a person, for the gesture that looks before GTK does. */
static void
press_day (GtkWidget *calendar, const char *text)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (calendar);
  GtkWidget *label = find (calendar, is_label, text);
  double x, y;

  g_assert_true (gtk_widget_translate_coordinates (label, calendar, gtk_widget_get_width (label) / 2.0,
                                                   gtk_widget_get_height (label) / 2.0, &x, &y));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "pressed", 1, x, y);
    }
}

/* After an arrow the same day of another month is marked, which was not chosen: to press it chooses it. */
static void
test_marked_day (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *calendar = cpa_calendar_new ();
  g_autoptr (GDateTime) day = g_date_time_new_local (2026, 9, 15, 12, 0, 0);
  int selected = 0;

  gtk_window_set_child (GTK_WINDOW (window), calendar);
  gtk_window_present (GTK_WINDOW (window));
  gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
  settle ();
  g_signal_connect_swapped (calendar, "day-selected", G_CALLBACK (count_cb), &selected);
  press_day (calendar, "15");
  g_assert_cmpint (selected, ==, 1);
  /* Another day is GTK's to tell. */
  press_day (calendar, "16");
  g_assert_cmpint (selected, ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  /* Otherwise it would be the desktop's, which may well be Dutch. */
  g_setenv ("LC_TIME", "C", TRUE);
  if (!screen_init (&argc, &argv, "nl"))
    return 0;
  g_test_add_func ("/calendar/dutch", test_dutch);
  g_test_add_func ("/calendar/marked-day", test_marked_day);
  return g_test_run ();
}
