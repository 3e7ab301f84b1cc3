/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person ends or declines, and what is said when the answer and the feed come in another order. Needs a display.
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "cp-error.h"
#include "cp-part.h"
#include "cpa-attachment-row.h"
#include "cpa-password-rules.h"
#include "cpa-print-operation.h"
#include "cpa-print-text.h"
#include "cpa-start-page.h"
#include "people-kit.h"
#include "portal-kit.h"
#include "reading-kit.h"

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

/* What the feed told meanwhile was set aside for the page that is left. */
static void
test_the_page_is_left_while_declining (Session *session, gconstpointer data)
{
  open_the_only_invitation (session);
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_INVITATION_DECLINE);
  decline (session);
  change_rights (session, "declined");
  gtk_widget_activate_action (shown (session), "main.back", NULL);
  settle ();
  assert_says (&session->screen, "At the moment you have no access to a client portal");
  fixture_api_release (FIXTURE_API (session->screen.api), TRUE);
  settle ();
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
set_up_ending (Session *session, gconstpointer data)
{
  set_up (session, NULL);
}

static void
end_session (Session *session, const Ending *ending)
{
  session_ends (session, ending->code);
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

/* The same, on this device. Returns its window. */
static GtkWidget *
ask_to_end_the_device (Session *session)
{
  Screen question = session->screen;

  gtk_widget_activate_action (shown (session), "main.profile", NULL);
  settle ();
  press (&session->screen, "Log Out on This Device");
  question.window = dialog_of (session);
  press (&question, "Log Out on This Device");
  return question.window;
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

/* Nobody goes back to the portal while it is not known whether the session is over. */
static void
test_the_window_stays_until_the_device_is_ended (Session *session, gconstpointer data)
{
  GtkWidget *question;

  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_ACCOUNT_DEVICE_END);
  question = ask_to_end_the_device (session);
  gtk_window_close (GTK_WINDOW (question));
  settle ();
  g_assert_true (dialog_of (session) == question && gtk_window_get_modal (GTK_WINDOW (question)));
  fixture_api_release (FIXTURE_API (session->screen.api), TRUE);
  settle ();
  g_assert_cmpstr (session->left, ==, "You are logged out.");
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
  g_assert_true (shows (ask_to_end_the_device (session), "Your data is safe"));
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

/* The codes of a new sheet are printed over the window that shows them: who comes next must not find that dialog. */
static void
test_what_is_over_a_dialog_goes_too (Session *session, gconstpointer data)
{
  GtkWidget *form = ask_to_end_the_account (session);
  GtkWidget *over = gtk_window_new ();

  g_object_add_weak_pointer (G_OBJECT (over), (gpointer *) &over);
  gtk_window_set_transient_for (GTK_WINDOW (over), GTK_WINDOW (form));
  gtk_window_present (GTK_WINDOW (over));
  settle ();
  end_session (session, data);
  g_assert_null (over);
}

static void
printed_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, int *printed)
{
  *printed = (int) result;
}

/* (transfer full): pages for a while. */
static CpaPrintDoc *
long_doc_new (void)
{
  g_autoptr (CpaApi) api = fixture_api_new (NULL);
  g_autoptr (CpaContext) context = fixture_context_new (api, "session", 0);
  GPtrArray *blocks = cpa_print_blocks_new ();

  for (guint i = 0; i < 20000; i++)
    cpa_print_add (blocks, CPA_PRINT_BODY, 0, "Mevrouw sliep goed en at een boterham met kaas.");
  return cpa_print_doc_new (context, "Rapportage", blocks, 0);
}

static void
assert_cancelled (CpaPrintDoc *doc, int printed)
{
  g_assert_cmpint (printed, ==, GTK_PRINT_OPERATION_RESULT_CANCEL);
  g_assert_true (g_ref_count_compare (&doc->count, 1));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
}

static gboolean
log_out_meanwhile_cb (gpointer user_data)
{
  Session *session = user_data;

  g_assert_nonnull (dialog_of (session));
  cpa_portal_log_out (session->portal);
  return G_SOURCE_REMOVE;
}

/* The window that says how far it is goes too, and nothing of the text is kept. Where it is written to a file GTK runs
 * the loop itself until the last page. */
static void
test_it_is_printed_meanwhile (Session *session, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("portal-ends-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "period.pdf", NULL);
  g_autoptr (CpaPrintDoc) doc = long_doc_new ();
  GtkPrintOperation *operation = cpa_print_operation_new (doc);
  int printed = -1;

  gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "done", G_CALLBACK (printed_cb), &printed);
  g_idle_add (log_out_meanwhile_cb, session);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, GTK_WINDOW (session->screen.window), NULL);
  g_object_add_weak_pointer (G_OBJECT (operation), (gpointer *) &operation);
  g_object_unref (operation);
  WAIT_FOR (printed >= 0 && operation == NULL);
  assert_cancelled (doc, printed);
  g_unlink (path);
  g_rmdir (folder);
}

/* Nobody has chosen a printer yet. */
static void
test_a_printer_was_not_chosen_yet (Session *session, gconstpointer data)
{
  g_autoptr (CpaPrintDoc) doc = long_doc_new ();
  GtkPrintOperation *operation = cpa_print_operation_new (doc);
  int printed = -1;

  g_signal_connect (operation, "done", G_CALLBACK (printed_cb), &printed);
  cpa_print_operation_run (operation, GTK_WINDOW (session->screen.window), NULL);
  g_object_add_weak_pointer (G_OBJECT (operation), (gpointer *) &operation);
  g_object_unref (operation);
  settle ();
  g_assert_nonnull (dialog_of (session));
  cpa_portal_log_out (session->portal);
  WAIT_FOR (printed >= 0 && operation == NULL);
  assert_cancelled (doc, printed);
}

static void
read_a_letter (Session *session)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  g_signal_emit_by_name (find_type (shown (session), CPA_TYPE_START_PAGE), "open-part", (guint) CP_PART_DOSSIER);
  settle ();
  choose_tab (&session->screen, "Read");
  search (&session->screen, "menukaart");
  press (&session->screen, "Read Large");
}

/* What is asked for does not come before one has logged out. */
static void
log_out_before_it_comes (Session *session, const char *button)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);

  read_a_letter (session);
  fixture_api_hold (api, CP_ROUTE_ATTACHMENT);
  press (&session->screen, button);
  cpa_portal_log_out (session->portal);
  settle ();
  g_assert_nonnull (session->left);
  fixture_api_release_all (api);
  settle ();
}

/* What was emptied at the end of the session stays empty. */
static void
test_an_attachment_comes_after_it (Session *session, gconstpointer data)
{
  g_autofree char *kept = g_build_filename (g_get_user_runtime_dir (), g_get_prgname (), "attachments", NULL);

  log_out_before_it_comes (session, "Open Attachment: Medicatieoverzicht");
  g_assert_cmpuint (fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_ATTACHMENT), ==, 1);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

/* Nobody is asked where to save it, over the page of who logs in next. */
static void
test_an_attachment_to_save_comes_after_it (Session *session, gconstpointer data)
{
  log_out_before_it_comes (session, "Save Attachment: Archief");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
}

/* Where to save it is not asked any more, and nothing of the dossier is kept for that. */
static void
test_a_place_to_save_was_not_chosen_yet (Session *session, gconstpointer data)
{
  GtkWidget *row;

  read_a_letter (session);
  row = find_type (shown (session), CPA_TYPE_ATTACHMENT_ROW);
  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);
  press (&session->screen, "Save Attachment: Archief");
  g_assert_nonnull (dialog_of (session));
  cpa_portal_log_out (session->portal);
  settle ();
  g_assert_null (dialog_of (session));
  g_assert_null (row);
}

/* Two boxes are ticked, whose changes go to the server one after the other; the session ends, which leaves them no
 * time; then somebody else is in, and the server answers the first. */
static void
tick_two_and_log_in_again (Session *session)
{
  g_signal_emit_by_name (shown (session), "patient-chosen", WIL);
  settle ();
  gtk_widget_activate_action (shown (session), "main.people", NULL);
  settle ();
  fixture_members_hold (people_members (&session->screen));
  people_click_box ("Messages for Sanne Visser");
  people_click_box ("Appointments for Sanne Visser");
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  log_in_again (session, NULL);
  fixture_members_let_go (people_members (&session->screen));
  settle ();
}

/* It would be sent as the other one. */
static void
test_what_waits_is_of_its_own_session (Session *session, gconstpointer data)
{
  tick_two_and_log_in_again (session);
  g_assert_cmpuint (fixture_api_count (FIXTURE_API (session->screen.api), CP_ROUTE_MEMBER_PARTS), ==, 1);
}

static void
test_a_late_answer_ends_no_other_session (Session *session, gconstpointer data)
{
  people_fail (&session->screen, CP_ERROR_UNAUTHENTICATED);
  tick_two_and_log_in_again (session);
  g_assert_null (session->left);
}

/* Its pages go at once, however long the server takes. */
static void
test_nothing_waits_while_logging_out (Session *session, gconstpointer data)
{
  GtkWidget *pages = shown (session);
  Screen question = session->screen;

  g_object_add_weak_pointer (G_OBJECT (pages), (gpointer *) &pages);
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_LOGOUT);
  gtk_widget_activate_action (pages, "session.log-out", NULL);
  settle ();
  question.window = dialog_of (session);
  press (&question, "Log Out");
  g_assert_null (pages);
  g_assert_null (session->left);
  fixture_api_release (FIXTURE_API (session->screen.api), TRUE);
  settle ();
  g_assert_cmpstr (session->left, ==, "You are logged out.");
}

/* The answer comes when its page has gone, and does not bring the portal back. */
static void
test_a_new_password_while_logging_out (Session *session, gconstpointer data)
{
  g_autoptr (GtkWidget) page = NULL; /* as the request holds it */

  gtk_widget_activate_action (session->place, "session.change-password", NULL);
  page = g_object_ref (shown (session));
  fixture_api_hold (FIXTURE_API (session->screen.api), CP_ROUTE_LOGOUT);
  cpa_portal_log_out (session->portal);
  settle ();
  g_signal_emit_by_name (page, "next", NULL);
  settle ();
  assert_does_not_say (&session->screen, "Your password has been changed.");
  fixture_api_release (FIXTURE_API (session->screen.api), TRUE);
  settle ();
  g_assert_cmpstr (session->left, ==, "You are logged out.");
}

/* Whether it is another one now is told before one goes back. */
static void
test_a_new_password_is_waited_for (Session *session, gconstpointer data)
{
  Screen *screen = &session->screen;
  GtkWidget *page = change_password_held (session);

  gtk_widget_activate_action (find_type (page, CPA_TYPE_PASSWORD_RULES), "frame.back", NULL);
  settle ();
  g_assert_true (shown (session) == page);
  fixture_api_release_all (FIXTURE_API (screen->api));
  settle ();
  assert_says (screen, "Your password has been changed.");
}

/* No answer to the change of the password came, and its token is replaced when the server has made it. */

static void
lose_new_password (Session *session)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);

  change_password_held (session);
  fixture_api_fail (api, CP_ROUTE_PASSWORD, CP_ERROR_NO_ANSWER);
  fixture_api_release_all (api);
  settle ();
  assert_says (&session->screen, "No answer came from");
}

static void
assert_ends_with (Session *session, const char *sentence)
{
  fixture_api_fail (FIXTURE_API (session->screen.api), CP_ROUTE_CHANGES, CP_ERROR_UNAUTHENTICATED);
  WAIT_FOR (session->left != NULL);
  g_assert_true (g_str_has_prefix (session->left, sentence));
}

static void
test_the_answer_to_a_new_password_is_lost (Session *session, gconstpointer data)
{
  lose_new_password (session);
  assert_ends_with (session, "Your password may have been changed already. Log in with your new password. Does that "
                             "not work? Then the old one still works.");
}

/* An answer that came to what was asked after it says that nothing was changed. */
static void
test_a_new_password_did_not_arrive (Session *session, gconstpointer data)
{
  lose_new_password (session);
  change_rights (session, NULL);
  assert_ends_with (session, "You were logged in for a long time.");
}

/* The session is looked at with the token that a change of the password replaces, and the server judges that after it.
 */
static void
look_while_changing_password (Session *session)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);

  fixture_api_hold (api, CP_ROUTE_SESSION);
  change_rights (session, NULL);
  change_password_held (session);
}

static void
refuse_the_look (Session *session)
{
  FixtureApi *api = FIXTURE_API (session->screen.api);

  fixture_api_fail (api, CP_ROUTE_SESSION, CP_ERROR_UNAUTHENTICATED);
  fixture_api_release (api, FALSE);
  fixture_api_fail (api, CP_N_ROUTES, 0);
  settle ();
  g_assert_null (session->left);
}

static void
test_the_old_token_is_refused_after_the_new_one_came (Session *session, gconstpointer data)
{
  look_while_changing_password (session);
  fixture_api_release (FIXTURE_API (session->screen.api), TRUE);
  settle ();
  assert_says (&session->screen, "Your password has been changed.");
  refuse_the_look (session);
}

static void
test_the_old_token_is_refused_before_the_new_one_comes (Session *session, gconstpointer data)
{
  look_while_changing_password (session);
  refuse_the_look (session);
  fixture_api_release_all (FIXTURE_API (session->screen.api));
  settle ();
  assert_says (&session->screen, "Your password has been changed.");
}

int
main (int argc, char **argv)
{
  if (!screen_init (&argc, &argv, "en"))
    return 0;
  g_test_add ("/portal-ends/the-feed-tells-of-a-declined-invitation-first", Session, NULL, set_up,
              test_the_feed_tells_of_a_declined_invitation_first, tear_down);
  g_test_add ("/portal-ends/the-page-is-left-while-declining", Session, NULL, set_up,
              test_the_page_is_left_while_declining, tear_down);
  g_test_add ("/portal-ends/the-answer-to-declining-is-lost", Session, NULL, set_up,
              test_the_answer_to_declining_is_lost, tear_down);
  g_test_add ("/portal-ends/the-account-is-ended", Session, &own_doing, set_up_ending, test_the_account_is_ended,
              tear_down);
  g_test_add ("/portal-ends/the-password-changed-meanwhile", Session, &other_doing, set_up_ending,
              test_the_account_is_ended, tear_down);
  g_test_add ("/portal-ends/the-device-is-ended", Session, &own_device, set_up_ending, test_the_device_is_ended,
              tear_down);
  g_test_add ("/portal-ends/the-window-stays-until-the-device-is-ended", Session, NULL, set_up,
              test_the_window_stays_until_the_device_is_ended, tear_down);
  g_test_add ("/portal-ends/the-account-is-not-ended", Session, &long_ago, set_up_ending, test_the_account_is_not_ended,
              tear_down);
  g_test_add ("/portal-ends/the-device-is-not-ended", Session, &long_ago, set_up_ending, test_the_device_is_not_ended,
              tear_down);
  g_test_add ("/portal-ends/the-page-is-left-before-the-answer", Session, &long_ago, set_up_ending,
              test_the_page_is_left_before_the_answer, tear_down);
  g_test_add ("/portal-ends/what-is-over-a-dialog-goes-too", Session, &own_doing, set_up_ending,
              test_what_is_over_a_dialog_goes_too, tear_down);
  g_test_add ("/portal-ends/it-is-printed-meanwhile", Session, NULL, set_up, test_it_is_printed_meanwhile, tear_down);
  g_test_add ("/portal-ends/a-printer-was-not-chosen-yet", Session, NULL, set_up, test_a_printer_was_not_chosen_yet,
              tear_down);
  g_test_add ("/portal-ends/nothing-waits-while-logging-out", Session, NULL, set_up,
              test_nothing_waits_while_logging_out, tear_down);
  g_test_add ("/portal-ends/a-place-to-save-was-not-chosen-yet", Session, NULL, set_up,
              test_a_place_to_save_was_not_chosen_yet, tear_down);
  g_test_add ("/portal-ends/what-waits-is-of-its-own-session", Session, NULL, set_up,
              test_what_waits_is_of_its_own_session, tear_down);
  g_test_add ("/portal-ends/a-late-answer-ends-no-other-session", Session, NULL, set_up,
              test_a_late_answer_ends_no_other_session, tear_down);
  g_test_add ("/portal-ends/an-attachment-comes-after-it", Session, NULL, set_up, test_an_attachment_comes_after_it,
              tear_down);
  g_test_add ("/portal-ends/an-attachment-to-save-comes-after-it", Session, NULL, set_up,
              test_an_attachment_to_save_comes_after_it, tear_down);
  g_test_add ("/portal-ends/a-new-password-while-logging-out", Session, NULL, set_up,
              test_a_new_password_while_logging_out, tear_down);
  g_test_add ("/portal-ends/the-answer-to-a-new-password-is-lost", Session, NULL, set_up,
              test_the_answer_to_a_new_password_is_lost, tear_down);
  g_test_add ("/portal-ends/a-new-password-did-not-arrive", Session, NULL, set_up, test_a_new_password_did_not_arrive,
              tear_down);
  g_test_add ("/portal-ends/the-old-token-is-refused-after-the-new-one-came", Session, NULL, set_up,
              test_the_old_token_is_refused_after_the_new_one_came, tear_down);
  g_test_add ("/portal-ends/the-old-token-is-refused-before-the-new-one-comes", Session, NULL, set_up,
              test_the_old_token_is_refused_before_the_new_one_comes, tear_down);
  g_test_add ("/portal-ends/a-new-password-is-waited-for", Session, NULL, set_up, test_a_new_password_is_waited_for,
              tear_down);
  return g_test_run ();
}
