/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Larger text: by a scale, or by a larger font where the desktop has no scale. Needs a display. */
#include "config.h"
#include "cpa-adaptive.h"
#include "cpa-dialog.h"
#include "cpa-text-scale.h"
#include "screen-kit.h"

static void
use_font (const char *name)
{
  g_object_set (gtk_settings_get_default (), "gtk-font-name", name, NULL);
  settle ();
}

static void
test_scale (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new ("Wil"));

  use_font ("Cantarell 11");
  g_assert_cmpfloat_with_epsilon (cpa_text_scale (label), 1.0, 0.01);
  use_font ("Cantarell 22");
  g_assert_cmpfloat_with_epsilon (cpa_text_scale (label), 2.0, 0.01);
  use_font ("Cantarell 9");
  g_assert_cmpfloat_with_epsilon (cpa_text_scale (label), 1.0, 0.01);
  use_font ("Cantarell 22px");
  g_assert_cmpfloat_with_epsilon (cpa_text_scale (label), 1.5, 0.01);
  use_font ("Cantarell 11");
  g_object_unref (label);
}

static int
height_of (GtkWidget *window, const char *text)
{
  GtkWidget *label = find (window, says, text);
  int height;

  g_assert_nonnull (label);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

/* Of what libadwaita sets in points. */
static void
test_everything_grows (void)
{
  static const char *const texts[] = { "Log Out?", "Everything stays.", "Saved" };
  GtkWidget *window = adw_window_new (), *toasts = adw_toast_overlay_new ();
  GtkWidget *dialog = cpa_dialog_question_new (GTK_WINDOW (window), texts[0], texts[1], "yes", "Yes");
  int before[G_N_ELEMENTS (texts)];

  adw_window_set_content (ADW_WINDOW (window), toasts);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), gtk_label_new ("Wil"));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), adw_toast_new (texts[2]));
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (dialog));
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    before[i] = height_of (i < 2 ? dialog : window, texts[i]);
  use_font ("Cantarell 22");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (height_of (i < 2 ? dialog : window, texts[i]), >=, before[i] * 18 / 10);
  use_font ("Cantarell 11");
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

/* What is a small part of a page does not make the window wider before it is laid out anew. */
static void
test_part_of_a_page (void)
{
  GtkWidget *wide = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *part = g_object_ref_sink (cpa_adaptive_new (300, wide));

  gtk_widget_set_size_request (wide, 1000, -1);
  g_assert_cmpint (least_width (part), <=, 150);
  g_object_unref (part);
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkCssProvider) style = NULL;

  if (!screen_init (&argc, &argv, "en"))
    return 0;
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, APP_RESOURCES "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_test_add_func ("/text-scale/scale", test_scale);
  g_test_add_func ("/text-scale/everything-grows", test_everything_grows);
  g_test_add_func ("/text-scale/part-of-a-page", test_part_of_a_page);
  return g_test_run ();
}
