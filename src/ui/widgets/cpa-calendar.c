/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-calendar.h"

#include <glib/gi18n.h>
#include <string.h>
#include <time.h>

#include "cpa-label.h"
#include "cpa-time-text.h"

#define DAYS 7
#define MONTHS 12

/* As GTK sets them: the month back and on, then the year. */
static const char *const arrows[] = {
  N_ ("Previous Month"),
  N_ ("Next Month"),
  N_ ("Previous Year"),
  N_ ("Next Year"),
};

/* Whether GTK calls that day of the week (from 0, Monday) so. */
static gboolean
is_day (const char *text, int day)
{
  struct tm when = { .tm_wday = (day + 1) % DAYS };
  char name[64];
  g_autofree char *utf8 = NULL;

  if (strftime (name, sizeof name, "%a", &when) == 0)
    return FALSE;
  utf8 = g_locale_to_utf8 (name, -1, NULL, NULL, NULL);
  return g_strcmp0 (text, utf8) == 0;
}

static void
name_day (GtkLabel *label)
{
  for (int day = 0; day < DAYS; day++)
    if (is_day (gtk_label_get_label (label), day))
      {
        gtk_label_set_label (label, cpa_time_short_day_name (day));
        return;
      }
}

/* A page for each month, in their order. */
static void
name_months (GtkWidget *stack)
{
  int month = 0;

  for (GtkWidget *page = gtk_widget_get_first_child (stack); page != NULL; page = gtk_widget_get_next_sibling (page))
    if (GTK_IS_LABEL (page) && month < MONTHS)
      gtk_label_set_label (GTK_LABEL (page), cpa_time_month_name (month++));
}

static void
name_all (GtkWidget *widget, guint *arrow)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_STACK (child))
      name_months (child);
    else if (GTK_IS_LABEL (child) && gtk_widget_has_css_class (child, "day-name"))
      name_day (GTK_LABEL (child));
    else if (GTK_IS_BUTTON (child) && *arrow < G_N_ELEMENTS (arrows))
      cpa_name (child, _ (arrows[(*arrow)++]), NULL);
    else
      name_all (child, arrow);
}

/* Before GTK, which says nothing when the day that is marked already is pressed: after an arrow that is the same day of
 * another month, which nobody chose yet. */
static void
pressed_cb (GtkWidget *calendar, int n_press, double x, double y)
{
  GtkWidget *label = gtk_widget_pick (calendar, x, y, GTK_PICK_DEFAULT);

  if (label != NULL && gtk_widget_has_css_class (label, "day-number") &&
      (gtk_widget_get_state_flags (label) & GTK_STATE_FLAG_SELECTED) != 0)
    g_signal_emit_by_name (calendar, "day-selected");
}

GtkWidget *
cpa_calendar_new (void)
{
  GtkWidget *calendar = gtk_calendar_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  guint arrow = 0;

  name_all (calendar, &arrow);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), calendar, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (calendar, GTK_EVENT_CONTROLLER (click));
  return calendar;
}
