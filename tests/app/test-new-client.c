/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who looks at one client may look at another from now on: the notice that says so leads there. Needs a display. */
#include <adwaita.h>

#include "cpa-main-page.h"
#include "cpa-password-page.h"
#include "portal-kit.h"
#include "reading-kit.h"

#define NEWS "You now have access to the client portal of Henk de Bruin."
#define HENK "henkAAAAAAAAAAAAAAAAAA"

/* Of a session in which only Wil can be looked at. */
static void
set_up_one (Session *session, gconstpointer data)
{
  set_up (session, "only-wil");
  assert_says (&session->screen, "Wil de Bruin");
}

static GtkWidget *
find_offer (Session *session)
{
  return find (session->screen.window, is_button_named, "View Now");
}

static void
assert_looks_at_henk (Session *session)
{
  g_assert_true (CPA_IS_MAIN_PAGE (shown (session)));
  g_assert_nonnull (
      find (session->screen.window, is_named, "You are looking at Henk de Bruin. Choose another client."));
  assert_says (&session->screen, "You are now looking at Henk de Bruin.");
  g_assert_null (find_offer (session));
}

static void
test_leads_there (Session *session, gconstpointer data)
{
  change_rights (session, NULL);
  g_assert_true (tells (session->screen.window, NEWS));
  g_assert_nonnull (find (session->screen.window, is_named, "You are looking at Wil de Bruin. Choose another client."));
  press (&session->screen, "View Now");
  assert_looks_at_henk (session);
}

/* With Tab, from what has the focus. */
static void
test_keyboard_reaches_it (Session *session, gconstpointer data)
{
  GtkWidget *window = session->screen.window;

  change_rights (session, NULL);
  for (int i = 0; i < 30 && gtk_root_get_focus (GTK_ROOT (window)) != find_offer (session); i++)
    gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == find_offer (session));
  gtk_widget_activate (find_offer (session)); /* which shows the button pressed for a moment */
  WAIT_FOR (find_offer (session) == NULL);
  assert_looks_at_henk (session);
  /* What the focus was on has gone. */
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), shown (session)));
}

/* There is nowhere else to go. */
static void
test_no_way_to_where_one_is (Session *session, gconstpointer data)
{
  change_rights (session, "nobody");
  gtk_window_destroy (GTK_WINDOW (dialog_of (session))); /* that access has ended */
  change_rights (session, "only-wil");
  assert_says (&session->screen, "You now have access to the client portal of Wil de Bruin.");
  g_assert_null (find_offer (session));
}

/* Each is told; the way is to the last. */
static void
test_two_at_once (Session *session, gconstpointer data)
{
  change_rights (session, "three");
  assert_says (&session->screen, "You now have access to the client portal of Anna Kok.");
  press (&session->screen, "View Now");
  g_assert_nonnull (find (session->screen.window, is_named, "You are looking at Anna Kok. Choose another client."));
  assert_says (&session->screen, NEWS);
}

static void
test_withdrawn_meanwhile (Session *session, gconstpointer data)
{
  change_rights (session, NULL);
  g_assert_nonnull (find_offer (session));
  change_rights (session, "only-wil");
  g_assert_null (find_offer (session));
  assert_does_not_say (&session->screen, NEWS);
}

static void
test_there_already_by_the_switcher (Session *session, gconstpointer data)
{
  change_rights (session, NULL);
  g_signal_emit_by_name (shown (session), "patient-chosen", HENK);
  settle ();
  assert_looks_at_henk (session);
}

static void
test_the_session_is_over (Session *session, gconstpointer data)
{
  change_rights (session, NULL);
  session_ends (session, CP_ERROR_UNAUTHENTICATED);
  g_assert_null (find_offer (session));
  assert_does_not_say (&session->screen, "Bruin");
}

/* Somebody changes their password, and takes the way all the same. Returns the question, if there is one. */
static GtkWidget *
leave_the_password (Session *session, const char *typed)
{
  GtkWidget *page;

  gtk_widget_activate_action (session->place, "session.change-password", NULL);
  page = shown (session);
  g_assert_true (CPA_IS_PASSWORD_PAGE (page));
  gtk_editable_set_text (GTK_EDITABLE (find (find (page, is_password, NULL), is_text, NULL)), typed);
  change_rights (session, NULL);
  press (&session->screen, "View Now");
  return dialog_of (session);
}

static void
test_nothing_typed_elsewhere (Session *session, gconstpointer data)
{
  g_assert_null (leave_the_password (session, ""));
  assert_looks_at_henk (session);
}

static void
test_typed_elsewhere_and_left (Session *session, gconstpointer data)
{
  Screen question = { .window = leave_the_password (session, "geheim") };

  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  press (&question, "Do Not Save");
  assert_looks_at_henk (session);
}

static void
test_typed_elsewhere_and_kept (Session *session, gconstpointer data)
{
  Screen question = { .window = leave_the_password (session, "geheim") };
  GtkWidget *page = shown (session);

  press (&question, "Go On Editing");
  g_assert_true (CPA_IS_PASSWORD_PAGE (page) && shown (session) == page);
  g_signal_emit_by_name (page, "back");
  settle ();
  g_assert_nonnull (find (session->screen.window, is_named, "You are looking at Wil de Bruin. Choose another client."));
}

/* Takes the way while the new password is being sent. */
static void
leave_while_it_is_sent (Session *session)
{
  GtkWidget *page;

  change_rights (session, NULL);
  page = change_password_held (session);
  press (&session->screen, "View Now");
  g_assert_null (dialog_of (session));
  g_assert_true (shown (session) == page);
}

/* Whether it is another one now is told first. */
static void
test_sent_elsewhere (Session *session, gconstpointer data)
{
  leave_while_it_is_sent (session);
  fixture_api_release_all (FIXTURE_API (session->screen.api));
  settle ();
  assert_says (&session->screen, "Your password has been changed.");
  WAIT_FOR (shows (session->screen.window, "You are now looking at Henk de Bruin."));
  assert_looks_at_henk (session);
}

static void
test_refused_elsewhere (Session *session, gconstpointer data)
{
  leave_while_it_is_sent (session);
  fixture_api_fail (FIXTURE_API (session->screen.api), CP_ROUTE_PASSWORD, CP_ERROR_PASSWORD_OLD_WRONG);
  fixture_api_release_all (FIXTURE_API (session->screen.api));
  settle ();
  g_assert_true (CPA_IS_PASSWORD_PAGE (shown (session)));
  assert_says (&session->screen, "old password");
  g_signal_emit_by_name (shown (session), "back");
  settle ();
  assert_looks_at_henk (session);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Session *session, gconstpointer data);
  } tests[] = {
    { "/new-client/leads-there", test_leads_there },
    { "/new-client/keyboard-reaches-it", test_keyboard_reaches_it },
    { "/new-client/no-way-to-where-one-is", test_no_way_to_where_one_is },
    { "/new-client/two-at-once", test_two_at_once },
    { "/new-client/withdrawn-meanwhile", test_withdrawn_meanwhile },
    { "/new-client/there-already-by-the-switcher", test_there_already_by_the_switcher },
    { "/new-client/the-session-is-over", test_the_session_is_over },
    { "/new-client/nothing-typed-elsewhere", test_nothing_typed_elsewhere },
    { "/new-client/typed-elsewhere-and-left", test_typed_elsewhere_and_left },
    { "/new-client/typed-elsewhere-and-kept", test_typed_elsewhere_and_kept },
    { "/new-client/sent-elsewhere", test_sent_elsewhere },
    { "/new-client/refused-elsewhere", test_refused_elsewhere },
  };

  if (!screen_init (&argc, &argv, "en"))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Session, NULL, set_up_one, tests[i].run, tear_down);
  return g_test_run ();
}
