/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question whether somebody is still there: when it is asked, and as a screen reader hears it. Needs a display. */
#include <adwaita.h>

#include "cpa-idle-watch.h"
#include "screen-kit.h"

#define IDLE_SECONDS 4 /* of which the last two are counted down */

static void
ended_cb (gboolean *ended)
{
  *ended = TRUE;
}

static gboolean
is_described_by_count_down (GtkWidget *widget)
{
  static const char *const words[] = { "You will be logged out in 2 seconds.", "You will be logged out in 1 second." };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *difference =
          gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words[i]);

      if (difference == NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_count_down_is_told (void)
{
  GtkWidget *window = adw_window_new ();
  g_autoptr (CpaIdleWatch) watch = NULL;
  GtkWidget *question, *focus;
  gboolean ended = FALSE;

  gtk_window_present (GTK_WINDOW (window));
  watch = cpa_idle_watch_new (GTK_WINDOW (window), IDLE_SECONDS);
  g_signal_connect_swapped (watch, "ended", G_CALLBACK (ended_cb), &ended);
  while ((question = cpa_idle_watch_get_question (watch)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  focus = gtk_window_get_focus (GTK_WINDOW (question));
  g_assert_nonnull (focus);
  g_assert_true (is_button_named (focus, "Stay Logged In"));
  g_assert_true (is_described_by_count_down (focus));
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (cpa_idle_watch_get_question (watch));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

static guint
n_inputs (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      n += GTK_IS_EVENT_CONTROLLER_LEGACY (controller);
    }
  return n;
}

static GtkWidget *
window_over (GtkWidget *window)
{
  GtkWidget *over = adw_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (over), GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (over), 400, 300);
  gtk_window_present (GTK_WINDOW (over));
  settle ();
  return over;
}

/* Whichever came first, and when one has gone; afterwards nothing is left in any. */
static void
test_each_window_is_watched (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *before = window_over (window), *after, *above;
  guint none = n_inputs (window);
  g_autoptr (CpaIdleWatch) watch = cpa_idle_watch_new (GTK_WINDOW (window), 900);

  after = window_over (window);
  above = window_over (before);
  g_assert_cmpuint (n_inputs (window), ==, none + 1);
  g_assert_cmpuint (n_inputs (before), ==, none + 1);
  g_assert_cmpuint (n_inputs (above), ==, none + 1);
  gtk_window_destroy (GTK_WINDOW (after));
  g_assert_cmpuint (n_inputs (above), ==, none + 1);
  cpa_idle_watch_stop (watch);
  g_assert_cmpuint (n_inputs (window), ==, none);
  g_assert_cmpuint (n_inputs (before), ==, none);
  g_assert_cmpuint (n_inputs (above), ==, none);
  gtk_window_destroy (GTK_WINDOW (above));
  gtk_window_destroy (GTK_WINDOW (before));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

static void
moved_cb (gint64 *moved)
{
  *moved = g_get_monotonic_time ();
}

static void
move_pointer (int place)
{
  g_autofree char *command = g_strdup_printf ("xdotool mousemove %d %d", place, place);

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

/* Over the window of a form, for longer than the question waits; when last is when it was seen to move. */
static void
use_window (GtkWidget *window, CpaIdleWatch *watch, gint64 *last)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  gint64 end = g_get_monotonic_time () + (IDLE_SECONDS - 1) * G_USEC_PER_SEC;

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (moved_cb), last);
  gtk_widget_add_controller (window, motion);
  for (int i = 0; g_get_monotonic_time () < end && cpa_idle_watch_get_question (watch) == NULL; i++)
    {
      move_pointer (100 + i % 2);
      settle ();
    }
  move_pointer (1);
}

static void
test_use_of_a_window_over_it_counts (void)
{
  const gint64 asked_after = (IDLE_SECONDS / 2) * G_USEC_PER_SEC - 100 * G_TIME_SPAN_MILLISECOND;
  GtkWidget *window = adw_window_new ();
  GtkWidget *form, *over;
  g_autoptr (CpaIdleWatch) watch = NULL;
  gint64 last = 0;

  gtk_window_present (GTK_WINDOW (window));
  form = window_over (window);
  over = window_over (form);
  watch = cpa_idle_watch_new (GTK_WINDOW (window), IDLE_SECONDS);
  use_window (over, watch, &last);
  g_assert_cmpint (last, >, 0);
  /* On a machine that had no time to move it, the question is right to come. */
  if (cpa_idle_watch_get_question (watch) != NULL)
    g_assert_cmpint (g_get_monotonic_time () - last, >=, asked_after);
  cpa_idle_watch_stop (watch);
  gtk_window_destroy (GTK_WINDOW (over));
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

/* GTK itself tells of a motion when what lies under a pointer that rests is laid out anew. */
static void
test_a_pointer_that_rests_is_no_use (void)
{
  g_assert_false (cpa_idle_watch_is_use (GDK_MOTION_NOTIFY, GDK_CURRENT_TIME));
  g_assert_true (cpa_idle_watch_is_use (GDK_MOTION_NOTIFY, 1));
  g_assert_true (cpa_idle_watch_is_use (GDK_KEY_PRESS, GDK_CURRENT_TIME));
  g_assert_false (cpa_idle_watch_is_use (GDK_ENTER_NOTIFY, 1));
}

/* Nothing is open in which one types. */
static void
test_nothing_is_told_to_be_kept (void)
{
  GtkWidget *window = adw_window_new ();
  g_autoptr (CpaIdleWatch) watch = NULL;
  GtkWidget *question;

  gtk_window_present (GTK_WINDOW (window));
  watch = cpa_idle_watch_new (GTK_WINDOW (window), 900);
  cpa_idle_watch_set_end (watch, 30);
  while ((question = cpa_idle_watch_get_question (watch)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (shows (question, "This cannot be put off."));
  g_assert_false (shows (question, "What you typed is kept."));
  cpa_idle_watch_stop (watch);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/idle-watch/count-down-is-told", test_count_down_is_told },
    { "/idle-watch/each-window-is-watched", test_each_window_is_watched },
    { "/idle-watch/use-of-a-window-over-it-counts", test_use_of_a_window_over_it_counts },
    { "/idle-watch/a-pointer-that-rests-is-no-use", test_a_pointer_that_rests_is_no_use },
    { "/idle-watch/nothing-is-told-to-be-kept", test_nothing_is_told_to_be_kept },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
