/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be told as if it were certain, or would still come, and is not so. Needs a display. */
#include "screen-kit.h"

/* Nobody waits at the door for what was only proposed, nor for what has no time. */
static void
test_start_not_certain (void)
{
  Screen screen = open_screen ("start", "proposed", "session", 1000);
  GtkWidget *panel = find (screen.window, is_button_named, "My Appointments");

  assert_says (&screen, "Today 13:30");
  assert_says (&screen, "Proposal, not certain yet");
  assert_does_not_say (&screen, "Going on now");
  assert_says (&screen, "Proposal, not certain yet: Pedicure");
  assert_says (&screen, "Time not known");
  g_assert_nonnull (panel);
  g_assert_null (gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (panel), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Next appointment: today 13:30, Fysiotherapie in de oefenzaal (Proposal, not certain yet). After that: Time not "
      "known, Pedicure (Proposal, not certain yet)."));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/certain/start", test_start_not_certain },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
