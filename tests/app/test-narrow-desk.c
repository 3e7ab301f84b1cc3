/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk's line before one is in, on the narrowest window with words twice as large: it scrolls with the page, and
 * leaves the page its room. Needs a display. */
#include <adwaita.h>

#include "config.h"
#include "cpa-desk-line.h"
#include "cpa-forgot-page.h"
#include "cpa-password-page.h"
#include "cpa-verify-page.h"
#include "screen-kit.h"

typedef GtkWidget *(*Make) (CpaAccount *account, const CpOrganisation *organisation);

static GtkWidget *
make_verify (CpaAccount *account, const CpOrganisation *organisation)
{
  CpChallenge challenge = { .masked = (char *) "06-••••••12",
                            .code_until = cp_time_now () + 5 * CP_TIME_MINUTE,
                            .resend_at = cp_time_now () + CP_TIME_MINUTE,
                            .resend_seconds = 60,
                            .methods = 1u << CP_STEP_SMS };

  return cpa_verify_page_new (account, organisation, NULL, &challenge);
}

static GtkWidget *
make_forgot (CpaAccount *account, const CpOrganisation *organisation)
{
  return cpa_forgot_page_new (account, organisation, NULL, "m.debruin");
}

static GtkWidget *
make_password (CpaAccount *account, const CpOrganisation *organisation)
{
  return cpa_password_page_new (account, organisation, NULL, CPA_PASSWORD_TEMPORARY);
}

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

/* In a window of that width: whether the line scrolls, and the page has the window but for its header. */
static void
assert_desk (Make make, int width, gboolean scrolls)
{
  Screen screen = { .api = fixture_api_new (NULL) };
  const CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;
  GtkWidget *line, *scroller;

  screen.context = fixture_context_new (screen.api, "session", -1);
  organisation = cpa_context_get_organisation (screen.context);
  account = cpa_account_new (screen.api, organisation, "delinde.example");
  screen.page = make (account, organisation);
  screen.window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (screen.window), screen.page);
  gtk_window_set_default_size (GTK_WINDOW (screen.window), width, 640);
  gtk_window_present (GTK_WINDOW (screen.window));
  settle ();
  line = find (screen.page, is_desk_line, NULL);
  scroller = find (screen.page, is_scroller, NULL);
  g_assert_cmpint (gtk_widget_is_ancestor (line, scroller), ==, scrolls);
  g_clear_object (&account);
  if (scrolls)
    g_assert_cmpint (gtk_widget_get_height (scroller), >=, 640 * 3 / 4);
  close_screen (&screen);
}

static void
test_desk (void)
{
  static const Make pages[] = { make_verify, make_forgot, make_password };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      assert_desk (pages[i], 360, TRUE);
      assert_desk (pages[i], 1000, FALSE);
    }
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
  g_test_add_func ("/narrow-desk/desk", test_desk);
  return g_test_run ();
}
