/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "narrow-kit.h"

#include <string.h>

#include "cpa-forgot-page.h"
#include "cpa-login-page.h"
#include "cpa-password-page.h"
#include "cpa-verify-page.h"

const char *const narrow_fonts[NARROW_FONTS] = { "Sans 11", "DejaVu Sans 11", "DejaVu Sans Mono 11" };

/* What can be moved sideways may be wider. */
static gboolean
moves_sideways (GtkWidget *widget)
{
  GtkPolicyType policy = GTK_POLICY_NEVER;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
  return policy != GTK_POLICY_NEVER;
}

static gboolean
has_words (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) || GTK_IS_BUTTON (widget) || GTK_IS_EDITABLE (widget);
}

static gboolean
sticks_out (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t place;

  return gtk_widget_compute_bounds (widget, window, &place) &&
         (place.origin.x < -0.5 || place.origin.x + place.size.width > gtk_widget_get_width (window) + 0.5);
}

static GtkWidget *
find_cut_off (GtkWidget *widget, GtkWidget *window)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget) || moves_sideways (widget) || (GTK_IS_NATIVE (widget) && widget != window))
    return NULL;
  if (has_words (widget) && sticks_out (widget, window))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_cut_off (child, window);
  return found;
}

/* What is laid out wide at first takes a frame to become narrow. */
void
assert_fits (GtkWidget *window)
{
  GtkWidget *found;

  for (int i = 0; i < 20 && find_cut_off (window, window) != NULL; i++)
    settle ();
  found = find_cut_off (window, window);
  if (found != NULL)
    g_error ("cut off: %s %s", G_OBJECT_TYPE_NAME (found),
             GTK_IS_LABEL (found) ? gtk_label_get_text (GTK_LABEL (found)) : "");
  g_assert_cmpint (gtk_widget_get_width (window), <=, NARROW_WIDTH);
}

int
lines_of (GtkWidget *label)
{
  return pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label)));
}

gboolean
has_broken_word (GtkWidget *label, const char *word_ends)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));

  for (int i = 1; i < lines_of (label); i++)
    if (strchr (word_ends,
                pango_layout_get_text (layout)[pango_layout_get_line_readonly (layout, i)->start_index - 1]) == NULL)
      return TRUE;
  return FALSE;
}

gboolean
narrow_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) style = NULL;

  if (!screen_init (argc, argv, "nl"))
    return FALSE;
  /* As on GNOME. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, "gtk-decoration-layout", ":close",
                NULL);
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, APP_RESOURCES "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return TRUE;
}

/* Without a page yet. */
static Screen
begin (CpaAccount **account, const CpOrganisation **organisation)
{
  Screen screen = { .api = fixture_api_new (NULL) };

  screen.context = fixture_context_new (screen.api, "session", -1);
  *organisation = cpa_context_get_organisation (screen.context);
  *account = cpa_account_new (screen.api, *organisation, "delinde.example");
  return screen;
}

Screen
narrow_open_login (int width)
{
  const CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;
  Screen screen = begin (&account, &organisation);

  show_page (&screen, cpa_login_page_new (account, organisation, NULL), width);
  return screen;
}

Screen
narrow_open_forgot (int width)
{
  const CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;
  Screen screen = begin (&account, &organisation);

  show_page (&screen, cpa_forgot_page_new (account, organisation, NULL, "m.debruin"), width);
  return screen;
}

Screen
narrow_open_password (int width)
{
  const CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;
  Screen screen = begin (&account, &organisation);

  show_page (&screen, cpa_password_page_new (account, organisation, NULL, CPA_PASSWORD_TEMPORARY), width);
  return screen;
}

Screen
narrow_open_verify (const CpChallenge *challenge, int width)
{
  const CpChallenge sent = { .masked = (char *) "06-••••••12",
                             .code_until = cp_time_now () + 5 * CP_TIME_MINUTE,
                             .resend_at = cp_time_now () + CP_TIME_MINUTE,
                             .resend_seconds = 60,
                             .methods = 1u << CP_STEP_SMS };
  const CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;
  Screen screen = begin (&account, &organisation);

  show_page (&screen, cpa_verify_page_new (account, organisation, NULL, challenge != NULL ? challenge : &sent), width);
  return screen;
}

gboolean
is_cut_date (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (!GTK_IS_INSCRIPTION (widget) || !gtk_widget_has_css_class (widget, "cp-bold") || !gtk_widget_get_mapped (widget))
    return FALSE;
  layout = gtk_widget_create_pango_layout (widget, gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (widget);
}
