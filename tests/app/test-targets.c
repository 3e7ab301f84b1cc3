/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one presses is at least 44 pixels wide and high, in the app's style. Needs a display. */
#include <adwaita.h>

#include "config.h"
#include "page-table.h"
#include "screen-kit.h"

#define LEAST 44

/* A word with an explanation stands in a line of text, and is as high as that. */
static gboolean
is_target (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && !gtk_widget_has_css_class (widget, "cp-term") &&
         (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget) ||
          GTK_IS_PASSWORD_ENTRY (widget));
}

/* Returns: how many targets are in it; each that is too small fails. */
static guint
look_at_targets (GtkWidget *widget, const char *place)
{
  guint n = 0;
  graphene_rect_t bounds;

  if (is_target (widget) && gtk_widget_compute_bounds (widget, widget, &bounds))
    {
      n++;
      if (bounds.size.width < LEAST - 0.5 || bounds.size.height < LEAST - 0.5)
        {
          g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
          g_autofree char *all = g_strjoinv (".", classes);

          g_test_message ("%s: %s.%s in %s is %.0f x %.0f", place, G_OBJECT_TYPE_NAME (widget), all,
                          G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), bounds.size.width, bounds.size.height);
          g_test_fail ();
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += look_at_targets (child, place);
  return n;
}

static void
test_page (gconstpointer name)
{
  static const char *const tabs[] = { "Lezen", "Plannen" };

  for (int width = 1000; width >= 360; width -= 640)
    {
      Screen screen = open_screen (name, NULL, "session", width);

      g_assert_cmpuint (look_at_targets (screen.window, name), >, 3);
      for (guint i = 0; g_str_equal (name, "dossier") && i < G_N_ELEMENTS (tabs); i++)
        {
          choose_tab (&screen, tabs[i]);
          g_assert_cmpuint (look_at_targets (screen.window, tabs[i]), >, 5);
        }
      close_screen (&screen);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkCssProvider) style = NULL;

  if (!screen_init (&argc, &argv, "nl"))
    return 0;
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, APP_RESOURCES "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  for (guint i = 0; page_table_names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/targets/", page_table_names[i], NULL);

      g_test_add_data_func (path, page_table_names[i], test_page);
    }
  g_test_add_data_func ("/targets/account", "account", test_page);
  return g_test_run ();
}
