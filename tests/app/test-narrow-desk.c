/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk's line before one is in, on the narrowest window with words twice as large: it scrolls with the page, and
 * leaves the page its room. Needs a display. */
#include <adwaita.h>

#include "cpa-desk-line.h"
#include "narrow-kit.h"

static gboolean
is_desk_line (GtkWidget *widget, const char *text)
{
  return CPA_IS_DESK_LINE (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_scroller (GtkWidget *widget, const char *text)
{
  return GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_mapped (widget);
}

/* Whether the line scrolls, and the page has the window but for its header. */
static void
assert_desk (Screen screen, gboolean scrolls)
{
  GtkWidget *line = find (screen.page, is_desk_line, NULL);
  GtkWidget *scroller = find (screen.page, is_scroller, NULL);

  g_assert_cmpint (gtk_widget_is_ancestor (line, scroller), ==, scrolls);
  if (scrolls)
    g_assert_cmpint (gtk_widget_get_height (scroller), >=, gtk_widget_get_height (screen.window) * 3 / 4);
  close_screen (&screen);
}

static void
test_desk (void)
{
  static const int widths[] = { NARROW_WIDTH, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      assert_desk (narrow_open_verify (NULL, widths[i]), widths[i] == NARROW_WIDTH);
      assert_desk (narrow_open_forgot (widths[i]), widths[i] == NARROW_WIDTH);
      assert_desk (narrow_open_password (widths[i]), widths[i] == NARROW_WIDTH);
    }
}

int
main (int argc, char **argv)
{
  if (!narrow_init (&argc, &argv))
    return 0;
  g_test_add_func ("/narrow-desk/desk", test_desk);
  return g_test_run ();
}
