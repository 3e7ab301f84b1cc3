/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way in with words twice as large on the narrowest window: nothing sticks out, and what comes next is in sight.
 * Needs a display. */
#include <adwaita.h>

#include "narrow-kit.h"

static void
test_log_in (void)
{
  Screen screen = narrow_open_login (NARROW_WIDTH);

  assert_fits (screen.window);
  press (&screen, "Inloggen"); /* what is missing is told */
  assert_fits (screen.window);
  close_screen (&screen);
}

/* And what comes of a password that is wanted anew, or was forgotten. */
static void
test_passwords (void)
{
  for (int forgot = 0; forgot < 2; forgot++)
    {
      Screen screen = forgot ? narrow_open_forgot (NARROW_WIDTH) : narrow_open_password (NARROW_WIDTH);

      assert_fits (screen.window);
      close_screen (&screen);
    }
}

/* Whoever types sees which button comes next, also where the page is longer than the window. */
static void
test_log_in_sight (void)
{
  Screen screen = narrow_open_login (1000);
  GtkWidget *button = find (screen.window, is_button_named, "Inloggen");

  for (int i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (find (screen.window, i == 0 ? is_text : is_password, NULL));
      settle ();
      g_assert_true (is_in_sight (button));
    }
  close_screen (&screen);
}

/* On the narrowest window at least from the last field. */
static void
test_log_in_narrow_sight (void)
{
  Screen screen = narrow_open_login (NARROW_WIDTH);
  GtkWidget *help = find (screen.window, says, "Hulp nodig?");

  gtk_widget_grab_focus (find (screen.window, is_password, NULL));
  settle ();
  g_assert_true (is_in_sight (find (screen.window, is_button_named, "Inloggen")));
  /* What gave its room is below. */
  g_assert_nonnull (gtk_widget_get_ancestor (help, GTK_TYPE_SCROLLED_WINDOW));
  close_screen (&screen);
}

static void
test_code (void)
{
  static const char *const refused[] = { NULL, "codes-today", "codes-later" };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      CpChallenge challenge = { .masked = (char *) "06-••••••12",
                                .refused = (char *) refused[i],
                                .code_until = refused[i] == NULL ? cp_time_now () + 5 * CP_TIME_MINUTE : 0,
                                .resend_at = cp_time_now () + 20 * CP_TIME_MINUTE,
                                .resend_seconds = refused[i] == NULL ? 0 : 20 * 60,
                                .methods = (1u << CP_N_STEP_METHODS) - 1 };
      Screen screen = narrow_open_verify (&challenge, NARROW_WIDTH);

      assert_fits (screen.window);
      press (&screen, "Code controleren");
      press (&screen, "Andere manier…");
      assert_fits (screen.window);
      press (&screen, "Code van uw codeblad");
      assert_fits (screen.window);
      close_screen (&screen);
    }
}

/* Whose telephone is not at hand sees that there is another way, also in a small window. */
static void
test_other_way_in_sight (void)
{
  static const int sizes[][2] = { { 360, 720 }, { 1000, 500 } };

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Screen screen = narrow_open_verify (NULL, sizes[i][0]);

      gtk_window_set_default_size (GTK_WINDOW (screen.window), sizes[i][0], sizes[i][1]);
      settle ();
      g_assert_true (is_in_sight (find (screen.window, is_button_named, "Code controleren")));
      g_assert_true (is_in_sight (find (screen.window, is_button_named, "Andere manier…")));
      close_screen (&screen);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
}

/* Of which organisation it is is read whole. */
static void
test_organisation (void)
{
  Screen screen = narrow_open_forgot (NARROW_WIDTH);
  GtkWidget *name = find (screen.window, says, "Zorggroep De Linde");

  g_assert_nonnull (name);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (name))));
  g_assert_false (has_broken_word (name, " "));
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  if (!narrow_init (&argc, &argv))
    return 0;
  g_test_add_func ("/narrow-login/log-in", test_log_in);
  g_test_add_func ("/narrow-login/passwords", test_passwords);
  g_test_add_func ("/narrow-login/log-in-sight", test_log_in_sight);
  g_test_add_func ("/narrow-login/log-in-narrow-sight", test_log_in_narrow_sight);
  g_test_add_func ("/narrow-login/code", test_code);
  g_test_add_func ("/narrow-login/other-way-in-sight", test_other_way_in_sight);
  g_test_add_func ("/narrow-login/organisation", test_organisation);
  return g_test_run ();
}
