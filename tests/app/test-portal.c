/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session in a window, and what is left of it when it is over. Needs a display. */
#include <adwaita.h>
#include <string.h>

#include "config.h"
#include "cp-error.h"
#include "cpa-language.h"
#include "cpa-main-page.h"
#include "cpa-portal.h"
#include "fixture-api.h"

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 500 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* As the window does: the way in takes the place of what was shown. */
static void
left_cb (AdwBin *place)
{
  adw_bin_set_child (place, gtk_label_new ("Log In"));
}

/* Short notices name clients, and stand over whatever comes next. */
static void
test_nobody_is_named_afterwards (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", -1);
  const CpOrganisation *organisation = cpa_context_get_organisation (context);
  g_autoptr (CpaAccount) account = cpa_account_new (api, organisation, "delinde.example");
  g_autoptr (GError) ended = g_error_new_literal (CP_ERROR, CP_ERROR_SESSION_ENDED_PASSWORD, "ended");
  GtkWidget *window = adw_window_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *place = adw_bin_new ();
  CpaPortal *portal;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), place);
  adw_window_set_content (ADW_WINDOW (window), toasts);
  gtk_window_present (GTK_WINDOW (window));
  portal =
      cpa_portal_new (GTK_WINDOW (window), ADW_BIN (place), ADW_TOAST_OVERLAY (toasts), account, organisation, NULL);
  g_signal_connect_swapped (portal, "left", G_CALLBACK (left_cb), place);
  settle ();
  g_signal_emit_by_name (adw_bin_get_child (ADW_BIN (place)), "patient-chosen", "henkAAAAAAAAAAAAAAAAAA");
  settle ();
  g_assert_true (says (window, "You are now looking at Henk de Bruin."));
  g_signal_emit_by_name (api, "session-ended", ended);
  settle ();
  g_assert_true (says (window, "Log In"));
  g_assert_false (says (window, "Bruin"));
  g_object_unref (portal);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  fixture_set_time ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/portal/nobody-is-named-afterwards", test_nobody_is_named_afterwards);
  return g_test_run ();
}
