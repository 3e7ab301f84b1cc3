/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question whether somebody is still there, as a screen reader hears it. Needs a display. */
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

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/idle-watch/count-down-is-told", test_count_down_is_told },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
