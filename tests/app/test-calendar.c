/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a calendar, in a process whose C library knows no Dutch. Needs a display. */
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

int
main (int argc, char **argv)
{
  /* Otherwise it would be the desktop's, which may well be Dutch. */
  g_setenv ("LC_TIME", "C", TRUE);
  if (!screen_init (&argc, &argv, "nl"))
    return 0;
  g_test_add_func ("/calendar/dutch", test_dutch);
  return g_test_run ();
}
