/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "portal-kit.h"

#include "cp-changes.h"
#include "cpa-cover.h"

#define PATIENCE (60 * G_USEC_PER_SEC)

/* As the window does: the way in takes the place of what was shown. */
static void
left_cb (Session *session, const char *sentence)
{
  g_free (session->left);
  session->left = g_strdup (sentence);
  adw_bin_set_child (ADW_BIN (session->place), gtk_label_new ("Log In"));
}

void
session_ends (Session *session, CpErrorCode code)
{
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, (int) code, "ended");

  g_signal_emit_by_name (cpa_account_get_api (session->account), "session-ended", error);
  settle ();
  g_assert_nonnull (session->left);
}

GtkWidget *
shown (Session *session)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (session->place));

  /* What is in sight comes first in it. */
  return CPA_IS_COVER (child) ? gtk_widget_get_first_child (child) : child;
}

static void
begin (Session *session)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (session->screen.context);
  GtkWidget *toasts = adw_window_get_content (ADW_WINDOW (session->screen.window));

  session->portal = cpa_portal_new (GTK_WINDOW (session->screen.window), ADW_BIN (session->place),
                                    ADW_TOAST_OVERLAY (toasts), session->account, organisation, NULL);
  g_signal_connect_swapped (session->portal, "left", G_CALLBACK (left_cb), session);
  settle ();
}

void
log_in_again (Session *session, const char *scenario)
{
  g_assert_nonnull (session->left);
  g_clear_pointer (&session->left, g_free);
  g_clear_object (&session->portal);
  fixture_api_set_scenario (FIXTURE_API (session->screen.api), scenario);
  begin (session);
}

void
set_up (Session *session, gconstpointer scenario)
{
  GtkWidget *toasts = adw_toast_overlay_new ();

  session->screen.api = fixture_api_new (scenario);
  session->screen.context = fixture_context_new (session->screen.api, "session", -1);
  session->account =
      cpa_account_new (session->screen.api, cpa_context_get_organisation (session->screen.context), "delinde.example");
  session->screen.window = adw_window_new ();
  session->place = adw_bin_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), session->place);
  adw_window_set_content (ADW_WINDOW (session->screen.window), toasts);
  gtk_window_present (GTK_WINDOW (session->screen.window));
  begin (session);
  if (scenario == NULL)
    g_signal_emit_by_name (shown (session), "patient-chosen", "henkAAAAAAAAAAAAAAAAAA");
  settle ();
}

void
tear_down (Session *session, gconstpointer data)
{
  g_object_unref (session->portal);
  g_object_unref (session->account);
  gtk_window_destroy (GTK_WINDOW (session->screen.window));
  settle ();
  g_object_unref (session->screen.context);
  g_object_unref (session->screen.api);
  g_free (session->left);
}

void
look_again (Session *session, GtkWidget *main_page, const char *scenario)
{
  fixture_api_set_scenario (FIXTURE_API (session->screen.api), scenario);
  g_signal_emit_by_name (main_page, "answered", TRUE);
  settle ();
}

GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
dialog_over (GtkWidget *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; item != NULL; item = item->next)
    if (gtk_window_get_transient_for (item->data) == GTK_WINDOW (window))
      return item->data;
  return NULL;
}

GtkWidget *
dialog_of (Session *session)
{
  return dialog_over (session->screen.window);
}

/* Within five seconds it must be so on the screen; that is for the stories, where the machine is as it is. */
void
change_rights (Session *session, const char *scenario)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint before = fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_SESSION);

  fixture_api_set_scenario (FIXTURE_API (session->screen.api), scenario);
  fixture_api_tell (FIXTURE_API (session->screen.api), CP_TOPIC_RIGHTS);
  while (fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_SESSION) == before)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  settle ();
}

GtkWidget *
change_password_held (Session *session)
{
  static const char *const passwords[] = { "geheim geheim", "vier losse gekke fietsbellen" };
  GtkWidget *page, *field;

  gtk_widget_activate_action (session->place, "session.change-password", NULL);
  settle ();
  page = shown (session);
  field = find (page, is_password, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++, field = gtk_widget_get_next_sibling (field))
    gtk_editable_set_text (GTK_EDITABLE (find (field, is_text, NULL)), passwords[i]);
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_PASSWORD);
  press (&session->screen, "Change Password");
  assert_says (&session->screen, "Changing your password…");
  return page;
}

static void
moved_cb (guint *moves)
{
  (*moves)++;
}

const guint *
count_moves (GtkWidget *widget)
{
  guint *moves = g_new0 (guint, 1);

  g_object_set_data_full (G_OBJECT (widget), "moves", moves, g_free);
  g_signal_connect_swapped (widget, "notify::root", G_CALLBACK (moved_cb), moves);
  return moves;
}
