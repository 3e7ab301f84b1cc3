/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "cpa-toast.h"
#include "screen-kit.h"

/* Longer than a notice needs to come or go. */
#define ANIMATION_MS 600

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_for (guint milliseconds)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (milliseconds, quit_cb, loop);
  g_main_loop_run (loop);
}

/* The page that is covered is the overlay's only child when no notice is over it. */
static guint
notices_over (GtkWidget *overlay)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n - 1;
}

/* Logging out dismisses them all; the second was still waiting behind the first. */
static void
test_dismissed_together (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *page = gtk_label_new ("page");

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  adw_window_set_content (ADW_WINDOW (window), overlay);
  gtk_window_present (GTK_WINDOW (window));
  wait_for (ANIMATION_MS);
  for (guint i = 0; i < 3; i++)
    cpa_toast_say (page, "notice");
  wait_for (ANIMATION_MS);
  g_assert_cmpuint (notices_over (overlay), ==, 1);
  cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (overlay));
  wait_for (ANIMATION_MS);
  g_assert_cmpuint (notices_over (overlay), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/toasts/dismissed-together", test_dismissed_together },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
