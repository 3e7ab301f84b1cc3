/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A forgotten password and what a link opens, as pages: each answer has its sentence, and nothing typed is lost. */
#include <adwaita.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cp-link.h"
#include "cpa-forgot-page.h"
#include "cpa-link-page.h"
#include "screen-kit.h"

#define TOKEN "0123456789abcdefghijABCDEFGHIJ_-0123456789A"
#define NOW (1772541600 * CP_TIME_SECOND)

/* A server that gives one answer: an error, or a link of that kind. */
#define TEST_TYPE_API (test_api_get_type ())
G_DECLARE_FINAL_TYPE (TestApi, test_api, TEST, API, CpaApi)
struct _TestApi
{
  CpaApi parent_instance;

  int error;         /* 0: none */
  const char *field; /* (nullable): what it is about */
  int kind;
  gint64 seconds_left;
  guint calls;
};
G_DEFINE_FINAL_TYPE (TestApi, test_api, CPA_TYPE_API)

static CpTime now = NOW;
static int slept_seconds;

/* In place of the C library's: a machine that slept. */
int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int result = (int) syscall (SYS_clock_gettime, clock, time);

  if (result == 0 && clock == CLOCK_BOOTTIME)
    time->tv_sec += slept_seconds;
  return result;
}

static CpTime
test_now (void)
{
  return now;
}

static void
test_api_call_async (CpaApi *api, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  TestApi *self = TEST_API (api);
  g_autoptr (GTask) task = g_task_new (api, cancellable, callback, user_data);
  GError *error;
  CpLink *link;

  self->calls++;
  if (self->error != 0)
    {
      error = g_error_new_literal (CP_ERROR, self->error, "as the test wants it");
      cp_error_details (error)->wait_seconds = 600;
      cp_error_details (error)->field = g_strdup (self->field);
      g_task_return_error (task, error);
      return;
    }
  link = call->answer_type != NULL ? cp_link_new () : NULL;
  if (link != NULL)
    {
      link->kind = self->kind;
      link->until = NOW + self->seconds_left * CP_TIME_SECOND;
      link->seconds_left = self->seconds_left;
    }
  g_task_return_pointer (task, link, NULL);
}

static gpointer
test_api_call_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_api_class_init (TestApiClass *klass)
{
  CPA_API_CLASS (klass)->call_async = test_api_call_async;
  CPA_API_CLASS (klass)->call_finish = test_api_call_finish;
}

static void
test_api_init (TestApi *self)
{
}

typedef struct
{
  TestApi *api;        /* (owned) */
  CpaAccount *account; /* (owned) */
  CpOrganisation *organisation;
  GtkWidget *page;   /* (borrowed) */
  GtkWidget *window; /* (owned by GTK) */
} View;

static void
set_up (View *view, int error, int kind)
{
  CpOrganisation *organisation = cp_organisation_new ();

  now = NOW;
  cp_time_set_source (test_now);
  view->organisation = organisation;
  organisation->name = g_strdup ("Stichting Zorggroep De Linde aan de Oude Rijksstraatweg");
  organisation->phone = g_strdup ("088 000 12 00");
  organisation->time_zone = g_strdup ("Europe/Amsterdam");
  organisation->desk = cp_text_new ();
  organisation->desk->nl = g_strdup ("de servicedesk");
  organisation->desk->en = g_strdup ("the service desk");
  organisation->hours = cp_text_new ();
  organisation->hours->nl = g_strdup ("8.30 tot 16.30 uur");
  organisation->hours->en = g_strdup ("8:30 to 16:30");
  organisation->password_min = 12;
  organisation->forgotten_minutes = 5;
  organisation->invitation_days = 7;
  organisation->device_days = 90;
  view->api = g_object_new (TEST_TYPE_API, NULL);
  view->api->error = error;
  view->api->kind = kind;
  view->api->seconds_left = 300;
  view->account = cpa_account_new (CPA_API (view->api), organisation, "portal.example.org");
}

static void
show (View *view, GtkWidget *page, int width)
{
  view->page = page;
  view->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (view->window), page);
  gtk_window_set_default_size (GTK_WINDOW (view->window), width, 700);
  gtk_window_present (GTK_WINDOW (view->window));
  settle ();
}

static void
open_forgot (View *view, int error, int forgotten, int width)
{
  set_up (view, error, 0);
  view->organisation->forgotten = forgotten;
  show (view, cpa_forgot_page_new (view->account, view->organisation, NULL, "m.debruin"), width);
}

static void
open_link (View *view, int error, int kind, int width)
{
  const CpaLinkUri link = { (char *) "portal.example.org", kind, (char *) TOKEN };

  set_up (view, error, kind);
  show (view, cpa_link_page_new (view->account, view->organisation, NULL, &link, "m.debruin"), width);
}

static void
tear_down (View *view)
{
  gtk_window_destroy (GTK_WINDOW (view->window));
  settle ();
  g_object_unref (view->account);
  g_object_unref (view->api);
  cp_organisation_free (view->organisation);
}

static void
assert_reads (View *view, const char *text)
{
  if (find (view->window, says, text) == NULL)
    g_error ("not on the page: %s", text);
}

static void
click (View *view, const char *name)
{
  GtkWidget *button = find (view->window, is_button_named, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

/* The fields of a page that can be seen, in their order. */
static GtkEditable *
field (GtkWidget *widget, int *n)
{
  if (GTK_IS_EDITABLE (widget) && !GTK_IS_TEXT (widget) && gtk_widget_get_mapped (widget) && (*n)-- == 0)
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = GTK_IS_EDITABLE (widget) ? NULL : field (child, n);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkEditable *
nth_field (View *view, int n)
{
  GtkEditable *found = field (view->page, &n);

  g_assert_nonnull (found);
  return found;
}

static gboolean
has_focus (GtkEditable *field)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (field)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
test_forgot (void)
{
  static const struct
  {
    const char *email;
    int error;
    const char *text;
    const char *field; /* (nullable) */
    int focus;         /* which one has it then; -1: none of them */
  } rows[] = {
    { "", 0, "Fill in your e-mail address.", NULL, 1 },
    { "geen", 0, "This is not an e-mail address.", NULL, 1 },
    { "geen adres", 0, "Fill in one e-mail address, without spaces.", NULL, 1 },
    { "a@b.example\u202e", 0, "This is not an e-mail address.", NULL, 1 },
    { "m@debruin.example", CP_ERROR_INVALID_FIELD, "This is not an e-mail address.", "email", 1 },
    { "m@debruin.example", CP_ERROR_INVALID_FIELD, "Use only letters, digits, dots and dashes.", "username", 0 },
    { "m@debruin.example", CP_ERROR_INVALID_FIELD, "Some fields are not right yet.", "language", -1 },
    { "m@debruin.example", CP_ERROR_THROTTLED, "You can ask again in 10 minutes.", NULL, -1 },
    { "m@debruin.example", CP_ERROR_SERVER_FULL, "The portal cannot save", NULL, -1 },
    { "m@debruin.example", 0, "Look in Your E-mail", NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      View view;

      open_forgot (&view, rows[i].error, CP_FORGOTTEN_LINK, 900);
      view.api->field = rows[i].field;
      g_assert_cmpstr (gtk_editable_get_text (nth_field (&view, 0)), ==, "m.debruin");
      gtk_editable_set_text (nth_field (&view, 1), rows[i].email);
      click (&view, "Send E-mail");
      assert_reads (&view, rows[i].text);
      for (int n = 0; rows[i].focus >= 0 && n < 2; n++)
        g_assert_cmpint (has_focus (nth_field (&view, n)), ==, n == rows[i].focus);
      if (find (view.window, says, "Look in Your E-mail") == NULL)
        g_assert_cmpstr (gtk_editable_get_text (nth_field (&view, 1)), ==, rows[i].email);
      tear_down (&view);
    }
}

static void
test_forgot_words (void)
{
  View view;

  open_forgot (&view, 0, CP_FORGOTTEN_TEMPORARY, 900);
  assert_reads (&view, "an e-mail with a temporary password");
  gtk_editable_set_text (nth_field (&view, 1), "m@debruin.example");
  click (&view, "Send E-mail");
  assert_reads (&view, "The temporary password works for 5 minutes and once.");
  g_assert_null (find (view.window, says, "Open the link there."));
  tear_down (&view);
}

static void
test_link (void)
{
  static const struct
  {
    int error;
    const char *text;
  } rows[] = {
    { CP_ERROR_LINK_USER, "This username does not belong to this link." },
    { CP_ERROR_PASSWORD_COMMON, "Many people use this password." },
    { CP_ERROR_PASSWORD_PERSONAL, "Your name or username is in this password." },
    { CP_ERROR_THROTTLED, "You can go on in 10 minutes." },
    { CP_ERROR_UNREACHABLE, "We got no answer from" },
    { CP_ERROR_LINK_ENDED, "A link works for 5 minutes and once." },
    { CP_ERROR_UNAUTHENTICATED, "A link works for 5 minutes and once." },
    { CP_ERROR_ATTEMPT_ENDED, "A link works for 5 minutes and once." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      View view;

      open_link (&view, 0, CP_LINK_RESET, 900);
      assert_reads (&view, "This link works for 5 more minutes.");
      gtk_editable_set_text (nth_field (&view, 1), "vier losse fietsen");
      view.api->error = rows[i].error;
      click (&view, "Change Password");
      assert_reads (&view, rows[i].text);
      if (find (view.window, says, "This Link No Longer Works") == NULL)
        g_assert_cmpstr (gtk_editable_get_text (nth_field (&view, 1)), ==, "vier losse fietsen");
      tear_down (&view);
    }
}

static void
test_link_kinds (void)
{
  static const char *const headings[] = { "Reset Password", "You Are Invited", "Is This Your E-mail Address?" };
  static const char *const ended[] = { "Then your old password still works.", "An invitation works for 7 days.",
                                       "Your old e-mail address still counts" };

  for (int kind = 0; kind < CP_LINK_N_KINDS; kind++)
    {
      g_autofree char *leaving = NULL;
      View view;

      open_link (&view, 0, kind, 900);
      assert_reads (&view, headings[kind]);
      leaving = cpa_link_page_dup_leaving (CPA_LINK_PAGE (view.page));
      g_assert_cmpint (leaving != NULL && g_str_has_suffix (leaving, "Log in to see it."), ==,
                       kind == CP_LINK_INVITATION);
      tear_down (&view);
      open_link (&view, CP_ERROR_LINK_ENDED, kind, 900);
      assert_reads (&view, ended[kind]);
      g_assert_cmpint (find (view.window, is_button_named, "Ask for a New Link") != NULL, ==, kind == CP_LINK_RESET);
      tear_down (&view);
      open_link (&view, CP_ERROR_UNAUTHENTICATED, kind, 900);
      assert_reads (&view, ended[kind]);
      tear_down (&view);
    }
}

static void
test_link_of_another_kind (void)
{
  View view;
  const CpaLinkUri link = { (char *) "portal.example.org", CP_LINK_RESET, (char *) TOKEN };

  set_up (&view, 0, CP_LINK_CONFIRM);
  show (&view, cpa_link_page_new (view.account, view.organisation, NULL, &link, NULL), 900);
  assert_reads (&view, "This Link No Longer Works");
  tear_down (&view);
}

static void
test_link_retry (void)
{
  View view;

  open_link (&view, CP_ERROR_UNREACHABLE, CP_LINK_RESET, 900);
  assert_reads (&view, "The Portal Cannot Be Reached");
  view.api->error = 0;
  click (&view, "Try Again");
  assert_reads (&view, "Fill in your username and choose a new password.");
  tear_down (&view);
}

static void
open_link_for (View *view, gint64 seconds)
{
  const CpaLinkUri link = { (char *) "portal.example.org", CP_LINK_RESET, (char *) TOKEN };

  set_up (view, 0, CP_LINK_RESET);
  view->api->seconds_left = seconds;
  show (view, cpa_link_page_new (view->account, view->organisation, NULL, &link, "m.debruin"), 900);
}

static void
wait_for_a_tick (View *view)
{
  gint64 end = g_get_monotonic_time () + 8 * G_TIME_SPAN_SECOND;

  while (g_get_monotonic_time () < end && find (view->window, says, "This Link No Longer Works") == NULL)
    settle ();
}

/* While the page stands open; nothing is asked. */
static void
test_link_grows_old (void)
{
  View view;
  guint calls;

  open_link_for (&view, 2);
  calls = view.api->calls;
  assert_reads (&view, "This link works for 1 more minute.");
  wait_for_a_tick (&view);
  assert_reads (&view, "This Link No Longer Works");
  g_assert_cmpint (view.api->calls, ==, calls);
  tear_down (&view);
}

/* The clock of the computer is ten minutes fast, or slow: the link works as long as the server says. */
static void
test_link_and_a_wrong_clock (void)
{
  for (int sign = -1; sign <= 1; sign += 2)
    {
      View view;

      open_link_for (&view, 300);
      now += sign * 10 * CP_TIME_MINUTE;
      gtk_editable_set_text (nth_field (&view, 1), "vier losse fietsen");
      wait_for_a_tick (&view);
      assert_reads (&view, "This link works for 5 more minutes.");
      g_assert_cmpstr (gtk_editable_get_text (nth_field (&view, 1)), ==, "vier losse fietsen");
      tear_down (&view);
    }
}

/* On a computer that sleeps the time of a link goes on. */
static void
test_link_while_asleep (void)
{
  View view;

  open_link_for (&view, 300);
  slept_seconds += 240;
  wait_for_a_tick (&view);
  assert_reads (&view, "This link works for 1 more minute.");
  slept_seconds += 60;
  wait_for_a_tick (&view);
  assert_reads (&view, "This Link No Longer Works");
  tear_down (&view);
}

/* With large words the button is wider than the window otherwise. */
static gboolean
wraps (View *view, const char *button)
{
  GObject *found = gtk_widget_get_template_child (view->page, CPA_TYPE_LINK_PAGE, button);

  return gtk_label_get_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (found))));
}

static void
test_narrow (void)
{
  for (int kind = 0; kind < CP_LINK_N_KINDS; kind++)
    for (int error = 0; error < 2; error++)
      {
        View view;

        open_link (&view, error ? CP_ERROR_LINK_ENDED : 0, kind, 360);
        g_assert_cmpint (gtk_widget_get_width (view.page), <=, 360);
        g_assert_true (wraps (&view, "go"));
        tear_down (&view);
      }
  for (int forgotten = 0; forgotten < 2; forgotten++)
    {
      View view;

      open_forgot (&view, 0, forgotten, 360);
      g_assert_cmpint (gtk_widget_get_width (view.page), <=, 360);
      tear_down (&view);
    }
}

/* Who sent it with the keyboard can do so again. */
static void
test_the_focus_stays (void)
{
  View view;

  open_forgot (&view, CP_ERROR_UNREACHABLE, CP_FORGOTTEN_LINK, 900);
  gtk_editable_set_text (nth_field (&view, 1), "m@debruin.example");
  gtk_widget_grab_focus (find (view.window, is_button_named, "Send E-mail"));
  click (&view, "Send E-mail");
  g_assert_true (is_button_named (gtk_window_get_focus (GTK_WINDOW (view.window)), "Send E-mail"));
  tear_down (&view);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/link-pages/forgot", test_forgot },
    { "/link-pages/the-focus-stays", test_the_focus_stays },
    { "/link-pages/forgot-words", test_forgot_words },
    { "/link-pages/link", test_link },
    { "/link-pages/link-kinds", test_link_kinds },
    { "/link-pages/link-of-another-kind", test_link_of_another_kind },
    { "/link-pages/link-retry", test_link_retry },
    { "/link-pages/link-grows-old", test_link_grows_old },
    { "/link-pages/link-and-a-wrong-clock", test_link_and_a_wrong_clock },
    { "/link-pages/link-while-asleep", test_link_while_asleep },
    { "/link-pages/narrow", test_narrow },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
