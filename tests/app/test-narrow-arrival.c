/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one arrives with words twice as large on the narrowest window: at the top, with what is to be read before the
 * first button. Needs a display. */
#include <adwaita.h>

#include "config.h"
#include "screen-kit.h"

static gboolean
is_scrolled (GtkWidget *widget, const char *text)
{
  return GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_mapped (widget) &&
         gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget))) > 0;
}

/* Who invites, before one accepts. */
static void
test_invitations (void)
{
  Screen screen = open_screen ("invitations", NULL, "session", 360);

  g_assert_true (is_button_named (gtk_window_get_focus (GTK_WINDOW (screen.window)), "Accepteren"));
  g_assert_null (find (screen.page, is_scrolled, NULL));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkCssProvider) style = NULL;

  if (!screen_init (&argc, &argv, "nl"))
    return 0;
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, "gtk-decoration-layout", ":close",
                NULL);
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, APP_RESOURCES "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_test_add_func ("/narrow-arrival/invitations", test_invitations);
  return g_test_run ();
}
