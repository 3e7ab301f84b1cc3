/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one arrives with words twice as large on the narrowest window: at the top, with what is to be read before the
 * first button. Needs a display. */
#include <adwaita.h>

#include "narrow-kit.h"

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
  Screen screen = open_screen ("invitations", NULL, "session", NARROW_WIDTH);

  g_assert_true (is_button_named (gtk_window_get_focus (GTK_WINDOW (screen.window)), "Accepteren"));
  g_assert_null (find (screen.page, is_scrolled, NULL));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  if (!narrow_init (&argc, &argv))
    return 0;
  g_test_add_func ("/narrow-arrival/invitations", test_invitations);
  return g_test_run ();
}
