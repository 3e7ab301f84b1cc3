/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session in a window, and what is left of it when it is over. Needs a display. */
#include <adwaita.h>

#include "cp-changes.h"
#include "cp-error.h"
#include "cp-part.h"
#include "cpa-dossier-page.h"
#include "cpa-invitations-page.h"
#include "cpa-main-page.h"
#include "cpa-part-check.h"
#include "cpa-password-field.h"
#include "cpa-password-page.h"
#include "cpa-people-page.h"
#include "cpa-portal.h"
#include "cpa-view-as-page.h"
#include "screen-kit.h"

typedef struct
{
  Screen screen;     /* without a page of its own */
  CpaPortal *portal; /* (owned) */
  GtkWidget *place;  /* (borrowed) */
  char *left;        /* (owned) (nullable): what was said at the end */
} Session;

/* As the window does: the way in takes the place of what was shown. */
static void
left_cb (Session *session, const char *sentence)
{
  g_free (session->left);
  session->left = g_strdup (sentence);
  adw_bin_set_child (ADW_BIN (session->place), gtk_label_new ("Log In"));
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

  session->screen.api = fixture_api_new (scenario);
  session->screen.context = fixture_context_new (session->screen.api, "session", -1);
  organisation = cpa_context_get_organisation (session->screen.context);
  account = cpa_account_new (session->screen.api, organisation, "delinde.example");
  session->screen.window = adw_window_new ();
  session->place = adw_bin_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), session->place);
  adw_window_set_content (ADW_WINDOW (session->screen.window), toasts);
  gtk_window_present (GTK_WINDOW (session->screen.window));
  session->portal = cpa_portal_new (GTK_WINDOW (session->screen.window), ADW_BIN (session->place),
                                    ADW_TOAST_OVERLAY (toasts), account, organisation, NULL);
  g_signal_connect_swapped (session->portal, "left", G_CALLBACK (left_cb), session);
  settle ();
  if (scenario == NULL)
    g_signal_emit_by_name (shown (session), "patient-chosen", "henkAAAAAAAAAAAAAAAAAA");
  settle ();
}

static void
tear_down (Session *session, gconstpointer data)
{
  g_object_unref (session->portal);
  gtk_window_destroy (GTK_WINDOW (session->screen.window));
  settle ();
  g_object_unref (session->screen.context);
  g_object_unref (session->screen.api);
  g_free (session->left);
}

/* The server answers as in session-<scenario>.json when the session is looked at again. */
static void
look_again (Session *session, GtkWidget *main_page, const char *scenario)
{
  fixture_api_set_scenario (FIXTURE_API (session->screen.api), scenario);
  g_signal_emit_by_name (main_page, "answered", TRUE);
  settle ();
}

/* Short notices name clients, and stand over whatever comes next. */
static void
test_nobody_is_named_afterwards (Session *session, gconstpointer data)
{
  g_autoptr (GError) ended = g_error_new_literal (CP_ERROR, CP_ERROR_SESSION_ENDED_PASSWORD, "ended");

  assert_says (&session->screen, "You are now looking at Henk de Bruin.");
  g_signal_emit_by_name (session->screen.api, "session-ended", ended);
  settle ();
  assert_says (&session->screen, "Log In");
  assert_does_not_say (&session->screen, "Bruin");
}

static void
test_an_answered_invitation_is_asked_no_more (Session *session, gconstpointer data)
{
  assert_says (&session->screen, "You have 1 open invitation.");
  look_again (session, shown (session), "answered");
  assert_does_not_say (&session->screen, "You have 1 open invitation.");
  look_again (session, shown (session), NULL);
  assert_says (&session->screen, "You have 1 open invitation.");
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
    if (gtk_window_get_transient_for (item->data) == GTK_WINDOW (session->screen.window))
      return item->data;
  return NULL;
}

/* The feed says that something changed; the server answers as in session-<scenario>.json from now on. Within five
 * seconds it must be so on the screen; here nothing slows it down but the pace of the watch. */
static void
change_rights (Session *session, const char *scenario)
{
  gint64 end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
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

static GtkWidget *
open_dossier_of_wil (Session *session)
{
  GtkWidget *page;

  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  assert_says (&session->screen, "My Dossier");
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
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (session->screen.window), "Print", "Of the dossier");

  gtk_window_present (GTK_WINDOW (dialog));
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  change_rights (session, "no-dossier");
  g_assert_null (page);
  g_assert_null (dialog);
  g_assert_true (shown (session) == main_page);
  assert_does_not_say (&session->screen, "My Dossier");
  assert_says (&session->screen, "My Appointments");
  g_assert_true (shows (dialog_of (session), "No Access to Dossier Any More"));
  g_assert_true (shows (dialog_of (session), "Your other parts are still there."));
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
  assert_says (&session->screen, "No Access to Details Any More");
  gtk_widget_activate_action (page, "main.back", NULL);
  settle ();
  assert_says (&session->screen, "My Dossier");
  assert_does_not_say (&session->screen, "My Details");
}

static void
test_a_client_that_is_taken (Session *session, gconstpointer data)
{
  GtkWidget *page = open_dossier_of_wil (session);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  change_rights (session, "ended");
  g_assert_null (page);
  assert_does_not_say (&session->screen, "Wil");
  assert_says (&session->screen, "Henk de Bruin");
  g_assert_true (shows (dialog_of (session), "You no longer have access to the portal of Wil de Bruin."));
  change_rights (session, "nobody");
  assert_does_not_say (&session->screen, "Bruin");
  assert_says (&session->screen, "You have been invited.");
  g_assert_true (shows (dialog_of (session), "You no longer have access to the portal of Henk de Bruin."));
  g_assert_false (shows (dialog_of (session), "Wil"));
}

static void
test_a_part_that_is_given (Session *session, gconstpointer data)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  change_rights (session, "no-profile");
  assert_does_not_say (&session->screen, "My Details");
  gtk_window_destroy (GTK_WINDOW (dialog_of (session)));
  change_rights (session, NULL);
  assert_says (&session->screen, "My Details");
  assert_says (&session->screen, "You have been given access to Details.");
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
  assert_says (&session->screen, "No Access to Dossier Any More");
}

/* What could not be looked at is looked at again, without another word from the server. */
static void
test_the_look_fails (Session *session, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  open_dossier_of_wil (session);
  change_rights (session, "failed");
  assert_says (&session->screen, "My Dossier");
  fixture_api_set_scenario (FIXTURE_API (session->screen.api), "no-dossier");
  fixture_api_tell (FIXTURE_API (session->screen.api), CP_TOPIC_ALL); /* as to a question without a place */
  while (shows (session->screen.window, "My Dossier"))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* An answer from before must not bring back what was taken after it. */
static void
test_an_answer_that_comes_late (Session *session, gconstpointer data)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);

  open_dossier_of_wil (session);
  fixture_api_hold (api, CP_ROUTE_SESSION);
  g_signal_emit_by_name (shown (session), "answered", TRUE); /* asked before */
  change_rights (session, "no-dossier");
  fixture_api_release (api, TRUE);
  settle ();
  assert_does_not_say (&session->screen, "My Dossier");
  fixture_api_release (api, FALSE);
  settle ();
  assert_does_not_say (&session->screen, "My Dossier");
}

/* From the menu to the list, to the portal as somebody else sees it, and back to that row. */
static void
test_looking_as_somebody_else (Session *session, gconstpointer data)
{
  FixtureMembers *members;
  GtkWidget *page;

  g_signal_emit_by_name (shown (session), "patient-chosen", "wilAAAAAAAAAAAAAAAAAAA");
  settle ();
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
  page = find_type (session->place, CPA_TYPE_PEOPLE_PAGE);
  g_assert_nonnull (page);
  members = fixture_api_get_members (FIXTURE_API (session->screen.api));
  fixture_members_hold (members);
  gtk_widget_activate_action (page, "people.tick", "(sub)", "pieterAAAAAAAAAAAAAAAA", CP_PART_MESSAGES, FALSE);
  gtk_widget_activate_action (page, "people.view", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  g_assert_nonnull (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
  assert_says (&session->screen, "You see the portal as Pieter de Bruin would see it.");
  g_assert_cmpstr (fixture_api_get_view_as (FIXTURE_API (session->screen.api)), ==, "pieterAAAAAAAAAAAAAAAA");
  /* What comes of a tick meanwhile is said to whom one is again afterwards. */
  fixture_members_let_go (members);
  settle ();
  assert_does_not_say (&session->screen, "Pieter de Bruin no longer has access to Messages.");
  g_signal_emit_by_name (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE), "stopped", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  assert_says (&session->screen, "Pieter de Bruin no longer has access to Messages.");
  g_assert_null (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
  g_assert_true (find_type (session->place, CPA_TYPE_PEOPLE_PAGE) == page);
  g_assert_nonnull (
      gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (session->screen.window)), CPA_TYPE_PART_CHECK));
  /* Whose own access changes meanwhile looks as nobody else any more. */
  gtk_widget_activate_action (page, "people.view", "s", "pieterAAAAAAAAAAAAAAAA");
  settle ();
  look_again (session, shown (session), "one");
  g_assert_null (find_type (session->place, CPA_TYPE_VIEW_AS_PAGE));
}

static void
open_the_only_invitation (Session *session)
{
  change_rights (session, "nobody");
  gtk_window_destroy (GTK_WINDOW (dialog_of (session))); /* that access has ended */
  gtk_widget_activate_action (shown (session), "session.invitations", NULL);
  settle ();
}

static void
decline (Session *session)
{
  Screen question = session->screen;

  press (&session->screen, "Decline");
  question.window = dialog_of (session);
  press (&question, "Decline");
}

/* Which of the two comes first is a matter of luck. */
static void
test_the_feed_tells_of_a_declined_invitation_first (Session *session, gconstpointer data)
{
  open_the_only_invitation (session);
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_INVITATION_DECLINE);
  decline (session);
  change_rights (session, "declined");
  assert_does_not_say (&session->screen, "You declined the invitation.");
  fixture_api_release (FIXTURE_API (session->screen.api), TRUE);
  settle ();
  assert_says (&session->screen, "You declined the invitation.");
  assert_says (&session->screen, "At the moment you have no access to a client portal");
}

/* It was taken, and the answer was lost. */
static void
test_the_answer_to_declining_is_lost (Session *session, gconstpointer data)
{
  open_the_only_invitation (session);
  fixture_api_set_scenario (FIXTURE_API (session->screen.api), "declined");
  fixture_api_fail (FIXTURE_API (session->screen.api), CP_ROUTE_INVITATION_DECLINE, CP_ERROR_TIMEOUT);
  decline (session);
  assert_says (&session->screen, "At the moment you have no access to a client portal");
}

static gboolean
is_sensitive (Session *session, const char *button)
{
  GtkWidget *widget = find (session->screen.window, is_button_named, button);

  g_assert_nonnull (widget);
  return gtk_widget_is_sensitive (widget);
}

static gboolean
is_invitations_page (GtkWidget *widget, const char *text)
{
  return CPA_IS_INVITATIONS_PAGE (widget);
}

/* What is chosen in a menu gets the focus, and not the button of the menu again. */
static void
test_focus_after_the_menu (Session *session, gconstpointer data)
{
  GtkWidget *page, *focus;

  press (&session->screen, "Marijke de Bruin");
  press (&session->screen, "Invitations");
  page = find (session->screen.window, is_invitations_page, NULL);
  g_assert_nonnull (page);
  focus = gtk_root_get_focus (GTK_ROOT (session->screen.window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, page));
  /* On the first of what there is, where many things come at once. */
  press (&session->screen, "Marijke de Bruin");
  press (&session->screen, "Profile Settings");
  focus = gtk_root_get_focus (GTK_ROOT (session->screen.window));
  g_assert_true (focus == find (session->screen.window, is_button_named, "Edit Profile"));
}

/* From Profielinstellingen too, and only as long as one may. */
static void
test_inviting_from_profile_settings (Session *session, gconstpointer data)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  gtk_widget_activate_action (shown (session), "main.profile", NULL);
  settle ();
  assert_says (&session->screen, "You are portal administrator of Wil de Bruin.");
  g_assert_true (is_sensitive (session, "Invite Other Users"));
  change_rights (session, "no-settings");
  g_assert_false (is_sensitive (session, "Invite Other Users"));
  change_rights (session, NULL);
  press (&session->screen, "Invite Other Users");
  g_assert_nonnull (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
}

static gboolean
is_password (GtkWidget *widget, const char *text)
{
  return CPA_IS_PASSWORD_FIELD (widget);
}

static gboolean
is_text (GtkWidget *widget, const char *text)
{
  return GTK_IS_TEXT (widget);
}

typedef struct
{
  CpErrorCode code;
  const char *said;
} Ending;

static const Ending own_doing = { CP_ERROR_UNAUTHENTICATED, "Your account has been ended." };
static const Ending own_device = { CP_ERROR_UNAUTHENTICATED, "You are logged out." };
static const Ending long_ago = { CP_ERROR_UNAUTHENTICATED, "You were logged in for a long time." };
static const Ending other_doing = { CP_ERROR_SESSION_ENDED_PASSWORD, "Your password has been changed on another" };

static void
end_session (Session *session, const Ending *ending)
{
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, ending->code, "ended");

  g_signal_emit_by_name (session->screen.api, "session-ended", error);
  settle ();
  g_assert_true (g_str_has_prefix (session->left, ending->said));
}

/* Asks it of the server, which does not answer. Returns the form. */
static GtkWidget *
ask_to_end_the_account (Session *session)
{
  Screen form = session->screen;
  GtkWidget *text;

  gtk_widget_activate_action (shown (session), "main.profile", NULL);
  settle ();
  press (&session->screen, "End My Account…");
  form.window = dialog_of (session);
  text = find (find (form.window, is_password, NULL), is_text, NULL);
  gtk_editable_set_text (GTK_EDITABLE (text), "vier losse gekke fietsbellen");
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_ACCOUNT_END);
  press (&form, "End My Account");
  return form.window;
}

/* The same, on this device. */
static void
ask_to_end_the_device (Session *session)
{
  Screen question = session->screen;

  gtk_widget_activate_action (shown (session), "main.profile", NULL);
  settle ();
  press (&session->screen, "Log Out on This Device");
  question.window = dialog_of (session);
  press (&question, "Log Out on This Device");
}

/* The feed may tell that the session is over before the answer does that ended it: it was the person's own doing,
 * unless somebody changed the password. */
static void
test_the_account_is_ended (Session *session, gconstpointer data)
{
  ask_to_end_the_account (session);
  end_session (session, data);
}

static void
test_the_device_is_ended (Session *session, gconstpointer data)
{
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_ACCOUNT_DEVICE_END);
  ask_to_end_the_device (session);
  end_session (session, data);
}

/* What ends the session later is not the person's doing, whichever way this came to nothing. */
static void
test_the_account_is_not_ended (Session *session, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (ask_to_end_the_account (session)));
  settle ();
  end_session (session, data);
}

static void
test_the_device_is_not_ended (Session *session, gconstpointer data)
{
  fixture_api_fail (FIXTURE_API (session->screen.api), CP_ROUTE_ACCOUNT_DEVICE_END, CP_ERROR_UNREACHABLE);
  ask_to_end_the_device (session);
  end_session (session, data);
}

static void
test_the_page_is_left_before_the_answer (Session *session, gconstpointer data)
{
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_ACCOUNT_DEVICE_END);
  ask_to_end_the_device (session);
  gtk_widget_activate_action (shown (session), "main.back", NULL);
  settle ();
  end_session (session, data);
}

/* Somebody manages users and reads nothing: that is access, with a way to what there is to do. */
static void
test_who_only_manages_users (Session *session, gconstpointer data)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  change_rights (session, "only-settings");
  assert_does_not_say (&session->screen, "You Have No Access to Parts Yet");
  assert_says (&session->screen, "Henk de Bruin declined the invitation.");
  assert_says (&session->screen, "You manage who may see what of Wil de Bruin.");
  press (&session->screen, "User Management");
  g_assert_nonnull (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
}

/* Without the right there is no way in, whatever asks. */
static void
test_no_user_management_without_settings (Session *session, gconstpointer data)
{
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
  g_assert_null (find_type (session->place, CPA_TYPE_PEOPLE_PAGE));
  gtk_widget_activate_action (shown (session), "main.profile", NULL);
  settle ();
  assert_says (&session->screen, "Your username is m.debruin.");
  assert_does_not_say (&session->screen, "Invite Other Users");
  g_assert_cmpint (fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_MEMBERS), ==, 0);
}

/* Who may be opened is a reading too: a server that cannot record it says so, and so does the screen. */
static void
test_a_full_server (Session *session, gconstpointer data)
{
  assert_says (&session->screen, "The portal cannot save or show anything now.");
  assert_does_not_say (&session->screen, "Bruin");
  fixture_api_set_scenario (FIXTURE_API (session->screen.api), NULL);
  press (&session->screen, "Try Again");
  assert_says (&session->screen, "Bruin");
}

int
main (int argc, char **argv)
{
  if (!screen_init (&argc, &argv, "en"))
    return 0;
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
  g_test_add ("/portal/the-feed-tells-of-a-declined-invitation-first", Session, NULL, set_up,
              test_the_feed_tells_of_a_declined_invitation_first, tear_down);
  g_test_add ("/portal/the-answer-to-declining-is-lost", Session, NULL, set_up, test_the_answer_to_declining_is_lost,
              tear_down);
  g_test_add ("/portal/focus-after-the-menu", Session, NULL, set_up, test_focus_after_the_menu, tear_down);
  g_test_add ("/portal/inviting-from-profile-settings", Session, NULL, set_up, test_inviting_from_profile_settings,
              tear_down);
  g_test_add ("/portal/the-account-is-ended", Session, &own_doing, set_up, test_the_account_is_ended, tear_down);
  g_test_add ("/portal/the-password-changed-meanwhile", Session, &other_doing, set_up, test_the_account_is_ended,
              tear_down);
  g_test_add ("/portal/the-device-is-ended", Session, &own_device, set_up, test_the_device_is_ended, tear_down);
  g_test_add ("/portal/the-account-is-not-ended", Session, &long_ago, set_up, test_the_account_is_not_ended, tear_down);
  g_test_add ("/portal/the-device-is-not-ended", Session, &long_ago, set_up, test_the_device_is_not_ended, tear_down);
  g_test_add ("/portal/the-page-is-left-before-the-answer", Session, &long_ago, set_up,
              test_the_page_is_left_before_the_answer, tear_down);
  g_test_add ("/portal/no-user-management-without-settings", Session, NULL, set_up,
              test_no_user_management_without_settings, tear_down);
  g_test_add ("/portal/who-only-manages-users", Session, NULL, set_up, test_who_only_manages_users, tear_down);
  g_test_add ("/portal/a-full-server", Session, "full", set_up, test_a_full_server, tear_down);
  return g_test_run ();
}
