/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session in a window, and what is left of it when it is over. Needs a display. */
#include <adwaita.h>
#include <string.h>

#include "config.h"
#include "cp-changes.h"
#include "cp-error.h"
#include "cp-part.h"
#include "cpa-language.h"
#include "cpa-dossier-page.h"
#include "cpa-main-page.h"
#include "cpa-part-check.h"
#include "cpa-password-page.h"
#include "cpa-people-page.h"
#include "cpa-portal.h"
#include "cpa-view-as-page.h"
#include "fixture-api.h"

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

/* The first button of that label that is in sight. */
static gboolean
press (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return gtk_widget_activate (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (press (child, label))
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

typedef struct
{
  CpaApi *api;         /* (owned) */
  CpaContext *context; /* (owned) */
  CpaPortal *portal;   /* (owned) */
  GtkWidget *window;   /* (borrowed) */
  GtkWidget *place;    /* (borrowed) */
} Session;

/* As the window does: the way in takes the place of what was shown. */
static void
left_cb (AdwBin *place)
{
  adw_bin_set_child (place, gtk_label_new ("Log In"));
}

static GtkWidget *
shown (Session *session)
{
  return adw_bin_get_child (ADW_BIN (session->place));
}

/* scenario (nullable): what the server is like. With none, the second client has been chosen. */
static void
set_up (Session *session, gconstpointer scenario)
{
  const CpOrganisation *organisation;
  g_autoptr (CpaAccount) account = NULL;
  GtkWidget *toasts = adw_toast_overlay_new ();

  session->api = fixture_api_new (scenario);
  session->context = fixture_context_new (session->api, "session", -1);
  organisation = cpa_context_get_organisation (session->context);
  account = cpa_account_new (session->api, organisation, "delinde.example");
  session->window = adw_window_new ();
  session->place = adw_bin_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), session->place);
  adw_window_set_content (ADW_WINDOW (session->window), toasts);
  gtk_window_present (GTK_WINDOW (session->window));
  session->portal = cpa_portal_new (GTK_WINDOW (session->window), ADW_BIN (session->place), ADW_TOAST_OVERLAY (toasts),
                                    account, organisation, NULL);
  g_signal_connect_swapped (session->portal, "left", G_CALLBACK (left_cb), session->place);
  settle ();
  if (scenario == NULL)
    g_signal_emit_by_name (shown (session), "patient-chosen", "henkAAAAAAAAAAAAAAAAAA");
  settle ();
}

static void
tear_down (Session *session, gconstpointer data)
{
  g_object_unref (session->portal);
  gtk_window_destroy (GTK_WINDOW (session->window));
  settle ();
  g_object_unref (session->context);
  g_object_unref (session->api);
}

/* The server answers as in session-<scenario>.json when the session is looked at again. */
static void
look_again (Session *session, GtkWidget *main_page, const char *scenario)
{
  fixture_api_set_scenario (FIXTURE_API (session->api), scenario);
  g_signal_emit_by_name (main_page, "answered", TRUE);
  settle ();
}

/* Short notices name clients, and stand over whatever comes next. */
static void
test_nobody_is_named_afterwards (Session *session, gconstpointer data)
{
  g_autoptr (GError) ended = g_error_new_literal (CP_ERROR, CP_ERROR_SESSION_ENDED_PASSWORD, "ended");

  g_assert_true (says (session->window, "You are now looking at Henk de Bruin."));
  g_signal_emit_by_name (session->api, "session-ended", ended);
  settle ();
  g_assert_true (says (session->window, "Log In"));
  g_assert_false (says (session->window, "Bruin"));
}

static void
test_an_answered_invitation_is_asked_no_more (Session *session, gconstpointer data)
{
  g_assert_true (says (session->window, "You have 1 open invitation."));
  look_again (session, shown (session), "answered");
  g_assert_false (says (session->window, "You have 1 open invitation."));
  look_again (session, shown (session), NULL);
  g_assert_true (says (session->window, "You have 1 open invitation."));
}

/* Whose access changes meanwhile goes on typing, and comes back to what there is then. */
static void
test_a_new_right_does_not_disturb (Session *session, gconstpointer data)
{
  g_autoptr (GtkWidget) before = g_object_ref (shown (session));

  gtk_widget_activate_action (session->place, "session.change-password", NULL);
  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  look_again (session, before, "one");
  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  g_signal_emit_by_name (shown (session), "back");
  g_assert_true (CPA_IS_MAIN_PAGE (shown (session)));
  g_assert_true (shown (session) != before);
}

/* What is taken while it is in sight */

#define WIL "wilAAAAAAAAAAAAAAAAAAA"

/* Any widget below of that type, or NULL. */
static GtkWidget *
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

/* The dialog over the window, or NULL. */
static GtkWidget *
dialog_of (Session *session)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; item != NULL; item = item->next)
    if (gtk_window_get_transient_for (item->data) == GTK_WINDOW (session->window))
      return item->data;
  return NULL;
}

/* The feed says that something changed; the server answers as in session-<scenario>.json from now on. Within five
 * seconds it must be so on the screen; here nothing slows it down but the pace of the watch. */
static void
change_rights (Session *session, const char *scenario)
{
  gint64 end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  guint before = fixture_api_count (FIXTURE_API (session->api), CP_ROUTE_SESSION);

  fixture_api_set_scenario (FIXTURE_API (session->api), scenario);
  fixture_api_tell (FIXTURE_API (session->api), CP_TOPIC_RIGHTS);
  while (fixture_api_count (FIXTURE_API (session->api), CP_ROUTE_SESSION) == before)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  settle ();
}

static GtkWidget *
open_dossier_of_wil (Session *session)
{
  GtkWidget *page;

  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  g_assert_true (says (session->window, "My Dossier"));
  g_signal_emit_by_name (find_type (shown (session), g_type_from_name ("CpaStartPage")), "open-part",
                         (guint) CP_PART_DOSSIER);
  settle ();
  page = find_type (shown (session), CPA_TYPE_DOSSIER_PAGE);
  g_assert_nonnull (page);
  return page;
}

static void
test_a_part_that_is_taken (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);
  GtkWidget *main_page = shown (session);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (session->window), "Print", "Of the dossier");

  gtk_window_present (GTK_WINDOW (dialog));
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  change_rights (session, "no-dossier");
  g_assert_null (page);
  g_assert_null (dialog);
  g_assert_true (shown (session) == main_page);
  g_assert_false (says (session->window, "My Dossier"));
  g_assert_true (says (session->window, "My Appointments"));
  g_assert_true (says (dialog_of (session), "No Access to Dossier Any More"));
  g_assert_true (says (dialog_of (session), "Your other parts are still there."));
}

/* Of something else than what one is busy with. */
static void
test_what_is_in_use_stays (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);
  GtkWidget *entry = find_type (page, GTK_TYPE_TEXT);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "typed");
  change_rights (session, "no-profile");
  g_assert_true (find_type (shown (session), CPA_TYPE_DOSSIER_PAGE) == page);
  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "typed");
  g_assert_null (dialog_of (session));
  g_assert_true (says (session->window, "No Access to Details Any More"));
  gtk_widget_activate_action (page, "main.back", NULL);
  settle ();
  g_assert_true (says (session->window, "My Dossier"));
  g_assert_false (says (session->window, "My Details"));
}

static void
test_a_client_that_is_taken (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  change_rights (session, "ended");
  g_assert_null (page);
  g_assert_false (says (session->window, "Wil"));
  g_assert_true (says (session->window, "Henk de Bruin"));
  g_assert_true (says (dialog_of (session), "You no longer have access to the portal of Wil de Bruin."));
  change_rights (session, "nobody");
  g_assert_false (says (session->window, "Bruin"));
  g_assert_true (says (session->window, "You have been invited."));
  g_assert_true (says (dialog_of (session), "You no longer have access to the portal of Henk de Bruin."));
  g_assert_false (says (dialog_of (session), "Wil"));
}

static void
test_a_part_that_is_given (Session *session, gconstpointer data)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  change_rights (session, "no-profile");
  g_assert_false (says (session->window, "My Details"));
  gtk_window_destroy (GTK_WINDOW (dialog_of (session)));
  change_rights (session, NULL);
  g_assert_true (says (session->window, "My Details"));
  g_assert_true (says (session->window, "You have been given access to Details."));
  g_assert_null (dialog_of (session));
}

/* Also what is behind the page where the password is changed. */
static void
test_taken_while_typing_elsewhere (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_widget_activate_action (session->place, "session.change-password", NULL);
  change_rights (session, "no-dossier");
  g_assert_null (page);
  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  g_assert_null (dialog_of (session));
  g_assert_true (says (session->window, "No Access to Dossier Any More"));
}

/* What could not be looked at is looked at again, without another word from the server. */
static void
test_the_look_fails (Session *session, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  open_dossier_of_wil (session);
  change_rights (session, "failed");
  g_assert_true (says (session->window, "My Dossier"));
  fixture_api_set_scenario (FIXTURE_API (session->api), "no-dossier");
  fixture_api_tell (FIXTURE_API (session->api), CP_TOPIC_ALL); /* as to a question without a place */
  while (says (session->window, "My Dossier"))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* An answer from before must not bring back what was taken after it. */
static void
test_an_answer_that_comes_late (Session *session, gconstpointer data)
{
  FixtureApi *api = FIXTURE_API (session->api);

  open_dossier_of_wil (session);
  fixture_api_hold (api, CP_ROUTE_SESSION);
  g_signal_emit_by_name (shown (session), "answered", TRUE); /* asked before */
  change_rights (session, "no-dossier");
  fixture_api_release (api, TRUE);
  settle ();
  g_assert_false (says (session->window, "My Dossier"));
  fixture_api_release (api, FALSE);
  settle ();
  g_assert_false (says (session->window, "My Dossier"));
}

/* From the menu to the list, to the portal as somebody else sees it, and back to that row. */
static void
test_looking_as_somebody_else (Session *session, gconstpointer data)
{
  GtkWidget *page;

  g_signal_emit_by_name (shown (session), "patient-chosen", "wilAAAAAAAAAAAAAAAAAAA");
  settle ();
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
  page = find_type (session->place, CPA_TYPE_PEOPLE_PAGE);
  g_assert_nonnull (page);
  gtk_widget_activate_action (page, "people.view", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  g_assert_nonnull (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
  g_assert_true (says (session->window, "You see the portal as Pieter de Bruin would see it."));
  g_assert_cmpstr (fixture_api_get_view_as (FIXTURE_API (session->api)), ==, "pieterAAAAAAAAAAAAAAAA");
  g_signal_emit_by_name (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE), "stopped", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  g_assert_null (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
  g_assert_true (find_type (session->place, CPA_TYPE_PEOPLE_PAGE) == page);
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (session->window)), CPA_TYPE_PART_CHECK));
  /* Whose own access changes meanwhile looks as nobody else any more. */
  gtk_widget_activate_action (page, "people.view", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  look_again (session, shown (session), "one");
  g_assert_null (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
}

/* Without the right there is no way in, whatever asks. */
static void
test_no_user_management_without_settings (Session *session, gconstpointer data)
{
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
  g_assert_null (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
  g_assert_cmpint (fixture_api_count (FIXTURE_API (session->api), CP_ROUTE_MEMBERS), ==, 0);
}

/* Who may be opened is a reading too: a server that cannot record it says so, and so does the screen. */
static void
test_a_full_server (Session *session, gconstpointer data)
{
  g_assert_true (says (session->window, "The portal cannot save or show anything now."));
  g_assert_false (says (session->window, "Bruin"));
  fixture_api_set_scenario (FIXTURE_API (session->api), NULL);
  g_assert_true (press (session->window, "Try Again"));
  settle ();
  g_assert_true (says (session->window, "Bruin"));
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
  g_test_add ("/portal/nobody-is-named-afterwards", Session, NULL, set_up, test_nobody_is_named_afterwards, tear_down);
  g_test_add ("/portal/an-answered-invitation-is-asked-no-more", Session, NULL, set_up,
              test_an_answered_invitation_is_asked_no_more, tear_down);
  g_test_add ("/portal/a-new-right-does-not-disturb", Session, NULL, set_up, test_a_new_right_does_not_disturb,
              tear_down);
  g_test_add ("/portal/a-part-that-is-taken", Session, NULL, set_up, test_a_part_that_is_taken, tear_down);
  g_test_add ("/portal/what-is-in-use-stays", Session, NULL, set_up, test_what_is_in_use_stays, tear_down);
  g_test_add ("/portal/a-client-that-is-taken", Session, NULL, set_up, test_a_client_that_is_taken, tear_down);
  g_test_add ("/portal/a-part-that-is-given", Session, NULL, set_up, test_a_part_that_is_given, tear_down);
  g_test_add ("/portal/taken-while-typing-elsewhere", Session, NULL, set_up, test_taken_while_typing_elsewhere,
              tear_down);
  g_test_add ("/portal/the-look-fails", Session, NULL, set_up, test_the_look_fails, tear_down);
  g_test_add ("/portal/an-answer-that-comes-late", Session, NULL, set_up, test_an_answer_that_comes_late, tear_down);
  g_test_add ("/portal/looking-as-somebody-else", Session, NULL, set_up, test_looking_as_somebody_else, tear_down);
  g_test_add ("/portal/no-user-management-without-settings", Session, NULL, set_up,
              test_no_user_management_without_settings, tear_down);
  g_test_add ("/portal/a-full-server", Session, "full", set_up, test_a_full_server, tear_down);
  return g_test_run ();
}
