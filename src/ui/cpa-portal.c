/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-portal.h"

#include <glib/gi18n.h>

#include "cpa-access.h"
#include "cpa-account-forms.h"
#include "cpa-content-view.h"
#include "cpa-error-text.h"
#include "cpa-dialog.h"
#include "cpa-drafts.h"
#include "cpa-frame.h"
#include "cpa-idle-watch.h"
#include "cpa-leaving.h"
#include "cpa-portal-pages.h"
#include "cpa-private-files.h"
#include "cpa-session-ask.h"
#include "cpa-toast.h"
#include "cpa-watch.h"
#include "cpa-words.h"

#define REFRESH_SECONDS 300 /* for what the change feed does not tell */
#define LOG_OUT_SECONDS 5
#define SESSION_TOPICS (CP_TOPIC_RIGHTS | CP_TOPIC_INVITATIONS | CP_TOPIC_SESSION) /* what the session tells */

struct _CpaPortal
{
  GObject parent_instance;

  GtkWindow *window;            /* (borrowed) (weak) */
  AdwBin *place;                /* (owned) */
  AdwToastOverlay *toasts;      /* (owned) */
  CpaAccount *account;          /* (owned) */
  CpOrganisation *organisation; /* (owned) */
  GdkPaintable *logo;           /* (owned) (nullable) */
  GSimpleActionGroup *actions;  /* (owned): session.* */
  CpaSessionAsk *ask;           /* (owned) */

  CpSession *session;    /* (owned) (nullable): until it is known */
  CpaPortalPages *pages; /* (owned) */
  CpaIdleWatch *idle;    /* (owned) (nullable): until it is over */
  gint64 idle_seconds;   /* of idle */
  CpaWatch *watch;       /* (owned): hears of changes */
  CpaContentView *view;  /* (borrowed) (weak): while the session is fetched for the first time */
  guint refresh;
  char *leave_sentence; /* (owned) (nullable): said when logging out is done */
  char *leaving;        /* (owned) (nullable): what the person does now ends the session, and this is said then */
  gboolean over;
};

enum
{
  SIGNAL_LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPortal, cpa_portal, G_TYPE_OBJECT)

static void
say (CpaPortal *self, const char *text)
{
  cpa_toast_say (GTK_WIDGET (self->toasts), text);
}

/* What belongs to something that is over must not stay in sight, nor be answered. Whether somebody is still there is
 * asked on. */
static void
close_dialogs (CpaPortal *self)
{
  cpa_dialog_close_all (self->window, self->idle != NULL ? cpa_idle_watch_get_question (self->idle) : NULL);
}

static void
stop (CpaPortal *self)
{
  self->over = TRUE;
  cpa_private_files_remove_all ();
  g_clear_handle_id (&self->refresh, g_source_remove);
  if (self->watch != NULL)
    cpa_watch_stop (self->watch);
  if (self->idle != NULL)
    cpa_idle_watch_stop (self->idle);
  g_clear_object (&self->idle);
  cpa_session_ask_stop (self->ask);
  cpa_toast_dismiss_all (self->toasts);
  if (self->window != NULL)
    {
      close_dialogs (self);
      if (cpa_account_get_shared (self->account))
        cpa_dialog_empty_clipboards (self->window);
      gtk_widget_insert_action_group (GTK_WIDGET (self->window), "session", NULL);
    }
}

static void
leave (CpaPortal *self, const char *sentence)
{
  G_GNUC_UNUSED g_autoptr (CpaPortal) keep = g_object_ref (self);
  g_autofree char *copy = g_strdup (sentence);

  cpa_portal_pages_close (self->pages);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0, copy);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, cpa_account_logout_finish (CPA_ACCOUNT (source), result));
}

void
cpa_portal_close_async (CpaPortal *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, cpa_portal_close_async);
  stop (self);
  /* What was on the screen and what it waits for is gone at once, also when the server takes its time. */
  cpa_portal_pages_close (self->pages);
  cpa_account_logout_async (self->account, LOG_OUT_SECONDS, closed_cb, task);
}

gboolean
cpa_portal_close_finish (CpaPortal *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

gboolean
cpa_portal_is_over (CpaPortal *self)
{
  return self->over;
}

static void
logged_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CpaPortal *self = CPA_PORTAL (source);
  gboolean saved = cpa_portal_close_finish (self, result);
  g_autofree char *sentence = cpa_leaving_said (self->leave_sentence, saved);

  leave (self, sentence);
}

static void
show_in_frame (CpaPortal *self, GtkWidget *view)
{
  GtkWidget *frame = g_object_new (CPA_TYPE_FRAME, "content", view, NULL);

  cpa_frame_set_organisation (CPA_FRAME (frame), self->organisation, self->logo);
  adw_bin_set_child (self->place, frame);
}

static void
log_out (CpaPortal *self, const char *sentence)
{
  GtkWidget *view;

  if (self->over)
    return;
  g_free (self->leave_sentence);
  self->leave_sentence = g_strdup (sentence);
  cpa_portal_close_async (self, logged_out_cb, NULL);
  view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  cpa_content_view_show_moment (CPA_CONTENT_VIEW (view));
  show_in_frame (self, view);
}

/* Nobody comes back to what was typed. */
static void
log_out_for_good (CpaPortal *self, const char *sentence)
{
  cpa_drafts_drop (self->window);
  log_out (self, sentence);
}

/* The person is done with it. */
void
cpa_portal_log_out (CpaPortal *self)
{
  log_out_for_good (self, cpa_leaving_chosen (cpa_account_get_shared (self->account)));
}

static gboolean
session_ended_idle_cb (gpointer user_data)
{
  CpaPortal *self = user_data;

  leave (self, self->leave_sentence);
  return G_SOURCE_REMOVE;
}

/* The session is over on the server. The caller is still busy with its answer: its pages go only when it is done. */
static void
ended (CpaPortal *self, const char *sentence)
{
  if (self->over)
    return;
  g_free (self->leave_sentence);
  self->leave_sentence = g_strdup (sentence);
  cpa_account_forget (self->account);
  stop (self);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, session_ended_idle_cb, g_object_ref (self), g_object_unref);
}

static void
ended_for_good (CpaPortal *self, const char *sentence)
{
  if (!self->over)
    cpa_drafts_drop (self->window);
  ended (self, sentence);
}

void
cpa_portal_end (CpaPortal *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, self->organisation);
  g_autofree char *sentence = NULL;
  gboolean own;

  if (self->over)
    return;
  /* The feed may tell it before the answer does. A password that somebody else changed is no doing of the person's. */
  own = self->leaving != NULL && !g_error_matches (error, CP_ERROR, CP_ERROR_SESSION_ENDED_PASSWORD);
  if (own || g_error_matches (error, CP_ERROR, CP_ERROR_SESSION_ENDED_ACCOUNT))
    {
      ended_for_good (self, own ? self->leaving : text->text);
      return;
    }
  sentence = cpa_drafts_keep (self->session != NULL ? self->window : NULL, text->text, NULL);
  ended (self, sentence);
}

void
cpa_portal_give_up (CpaPortal *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, self->organisation);

  log_out (self, text->text);
}

static void
log_out_response_cb (CpaPortal *self, const char *response)
{
  if (g_strcmp0 (response, "log-out") == 0)
    cpa_portal_log_out (self);
}

static void
log_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CpaPortal *self = user_data;
  GtkWidget *dialog = cpa_leaving_question_new (self->window, cpa_account_get_shared (self->account));

  g_signal_connect_object (dialog, "response", G_CALLBACK (log_out_response_cb), self, G_CONNECT_SWAPPED);
  cpa_dialog_present (dialog);
}

/* No use for a while, a computer that others use is left, or the time of the session is over */

static void
idle_ended_cb (CpaPortal *self, CpaIdleWatchEnd end)
{
  g_autofree char *why = NULL, *sentence = NULL;

  if (end == CPA_IDLE_WATCH_CHOSEN)
    cpa_portal_log_out (self);
  else if (end == CPA_IDLE_WATCH_LOCKED)
    log_out_for_good (self, cpa_leaving_locked ());
  else
    {
      why =
          end == CPA_IDLE_WATCH_OVER ? cpa_leaving_over (self->organisation) : cpa_leaving_unused (self->idle_seconds);
      /* Who was not in yet typed nothing: what is kept there may be of who was there before. */
      sentence = cpa_drafts_keep (self->session != NULL ? self->window : NULL, why, NULL);
      log_out (self, sentence);
    }
}

static void
keep_alive_cb (CpaPortal *self)
{
  cpa_session_ask_start (self->ask, FALSE);
}

static void
watch_idle (CpaPortal *self, gint64 seconds)
{
  if (self->idle != NULL)
    cpa_idle_watch_stop (self->idle);
  g_clear_object (&self->idle);
  self->idle_seconds = seconds;
  self->idle = cpa_idle_watch_new (self->window, seconds);
  g_signal_connect_object (self->idle, "ended", G_CALLBACK (idle_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "keep-alive", G_CALLBACK (keep_alive_cb), self, G_CONNECT_SWAPPED);
  if (cpa_account_get_shared (self->account))
    cpa_idle_watch_end_when_locked (self->idle);
}

/* Pages */

static void
answered_cb (CpaPortal *self, gboolean accepted)
{
  if (!accepted)
    say (self, _ ("You declined the invitation."));
  cpa_session_ask_start (self->ask, FALSE);
}

static void
password_changed_cb (CpaPortal *self)
{
  if (self->over)
    return;
  say (self, _ ("Your password has been changed. On your other devices you are logged out."));
  cpa_portal_pages_show_main (self->pages);
}

static void
change_password_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CpaPortal *self = user_data;

  cpa_portal_pages_change_password (self->pages);
}

static void
invitations_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CpaPortal *self = user_data;
  CpaMainPage *main_page = cpa_portal_pages_get_main (self->pages);

  if (main_page != NULL)
    cpa_main_page_open_invitations (main_page);
}

static void
leave_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ended_for_good (user_data, g_variant_get_string (parameter, NULL));
}

static void
leaving_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CpaPortal *self = user_data;
  const char *sentence = g_variant_get_string (parameter, NULL);

  g_free (self->leaving);
  self->leaving = *sentence != '\0' ? g_strdup (sentence) : NULL;
}

static const GActionEntry entries[] = {
  { "log-out", log_out_cb, NULL, NULL, NULL, { 0 } },
  { "change-password", change_password_cb, NULL, NULL, NULL, { 0 } },
  { "invitations", invitations_cb, NULL, NULL, NULL, { 0 } },
  { "leave", leave_cb, "s", NULL, NULL, { 0 } },
  { "leaving", leaving_cb, "s", NULL, NULL, { 0 } },
};

/* The session */

/* What is taken goes at once, wherever it is shown. Who was looking at it is told why; who is busy with something else
 * only hears of it. */
static void
take_access (CpaPortal *self, const CpSession *before)
{
  CpaMainPage *main_page = cpa_portal_pages_get_main (self->pages);
  guint given_up = main_page != NULL ? cpa_main_page_get_given_up (main_page) : 0;
  const char *whose = cpa_portal_pages_get_patient_id (self->pages);
  g_autoptr (CpaAccessNews) news = cpa_access_news_new (before, self->session, whose, given_up);
  gboolean told = news->title != NULL, leaves = news->taken && !cpa_portal_pages_stay (self->pages);
  /* Forms go with the page below them. */
  g_autofree char *text = leaves && told ? cpa_drafts_keep (self->window, news->text, whose) : NULL;

  cpa_portal_pages_update_access (self->pages);
  if (told)
    cpa_toast_dismiss_all (self->toasts);
  if (news->taken)
    cpa_private_files_remove_all ();
  if (leaves)
    close_dialogs (self);
  if (leaves && told)
    cpa_dialog_tell (self->window, news->title, text);
  else if (told)
    say (self, news->title);
  cpa_portal_pages_tell_given (self->pages, news->given);
}

/* The page in sight knows itself what it shows. */
static void
changed_cb (CpaPortal *self, guint topics)
{
  if ((topics & SESSION_TOPICS) != 0)
    cpa_session_ask_start (self->ask, TRUE);
  cpa_main_page_look_again (cpa_portal_pages_get_main (self->pages), topics);
}

static gboolean
refresh_cb (gpointer user_data)
{
  CpaPortal *self = user_data;

  cpa_main_page_refresh (cpa_portal_pages_get_main (self->pages));
  return G_SOURCE_CONTINUE;
}

static void
refresh_from_now (CpaPortal *self)
{
  g_clear_handle_id (&self->refresh, g_source_remove);
  self->refresh = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
}

/* What is in sight may be of hours ago. */
static void
back_cb (CpaPortal *self)
{
  refresh_from_now (self);
  cpa_main_page_refresh (cpa_portal_pages_get_main (self->pages));
}

static void
begin (CpaPortal *self)
{
  g_autofree char *kept =
      cpa_drafts_claim (self->window, cpa_account_get_address (self->account), self->session->username);

  watch_idle (self, self->session->idle_seconds);
  cpa_idle_watch_set_end (self->idle, self->session->seconds_left);
  refresh_from_now (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "session", G_ACTION_GROUP (self->actions));
  cpa_words_follow (self->account);
  cpa_portal_pages_open (self->pages, NULL);
  cpa_watch_start (self->watch);
  cpa_account_say_sheet (self->toasts, cpa_account_get_sheet_left (self->account));
  if (kept != NULL)
    say (self, kept);
}

static void
session_failed (CpaPortal *self, const GError *error)
{
  if (self->view != NULL)
    cpa_content_view_show_error (self->view, error, self->organisation);
  /* What changed must not stay unknown. */
  if (self->session != NULL)
    cpa_watch_again (self->watch);
}

static void
session_told (gpointer owner, CpSession *session, const GError *error)
{
  CpaPortal *self = owner;
  g_autoptr (CpSession) now = session;
  g_autoptr (CpSession) before = NULL;
  CpaMainPage *main_page = cpa_portal_pages_get_main (self->pages);

  if (error != NULL)
    {
      session_failed (self, error);
      return;
    }
  /* The feed may tell of a declined invitation before the answer does that declined it. The page where that was done
   * stays until then, to say so; the session is asked for again after it. */
  if (main_page != NULL && now->patients->len == 0 && cpa_main_page_is_answering (main_page))
    return;
  before = g_steal_pointer (&self->session);
  self->session = g_steal_pointer (&now);
  cpa_portal_pages_set_session (self->pages, self->session);
  if (before == NULL)
    {
      begin (self);
      return;
    }
  cpa_idle_watch_set_end (self->idle, self->session->seconds_left);
  if (!cpa_access_is_same (before, self->session))
    take_access (self, before);
  main_page = cpa_portal_pages_get_main (self->pages);
  cpa_main_page_set_invitations (main_page, self->session->open_invitations);
  cpa_main_page_set_name (main_page, self->session->name);
}

static void
fetch_session (CpaPortal *self)
{
  cpa_content_view_show_loading (self->view);
  cpa_session_ask_start (self->ask, FALSE);
}

static void
show_opening (CpaPortal *self)
{
  GtkWidget *view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);

  g_set_weak_pointer (&self->view, CPA_CONTENT_VIEW (view));
  g_signal_connect_object (view, "retry", G_CALLBACK (fetch_session), self, G_CONNECT_SWAPPED);
  show_in_frame (self, view);
}

static void
cpa_portal_dispose (GObject *object)
{
  CpaPortal *self = CPA_PORTAL (object);

  if (!self->over) /* else what it would take away is of whoever came after */
    stop (self);
  g_clear_weak_pointer (&self->view);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->watch);
  g_clear_object (&self->pages);
  g_clear_object (&self->actions);
  g_clear_object (&self->account);
  g_clear_object (&self->logo);
  g_clear_object (&self->toasts);
  g_clear_object (&self->place);
  G_OBJECT_CLASS (cpa_portal_parent_class)->dispose (object);
}

static void
cpa_portal_finalize (GObject *object)
{
  CpaPortal *self = CPA_PORTAL (object);

  g_clear_pointer (&self->ask, cpa_session_ask_free);
  g_clear_pointer (&self->organisation, cp_organisation_free);
  g_clear_pointer (&self->session, cp_session_free);
  g_clear_pointer (&self->leave_sentence, g_free);
  g_clear_pointer (&self->leaving, g_free);
  G_OBJECT_CLASS (cpa_portal_parent_class)->finalize (object);
}

static void
cpa_portal_class_init (CpaPortalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_portal_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_portal_finalize;
  signals[SIGNAL_LEFT] =
      g_signal_new ("left", CPA_TYPE_PORTAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpa_portal_init (CpaPortal *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

CpaPortal *
cpa_portal_new (GtkWindow *window, AdwBin *place, AdwToastOverlay *toasts, CpaAccount *account,
                const CpOrganisation *organisation, GdkPaintable *logo)
{
  CpaPortal *self = g_object_new (CPA_TYPE_PORTAL, NULL);

  g_set_weak_pointer (&self->window, window);
  self->place = g_object_ref (place);
  self->toasts = g_object_ref (toasts);
  self->account = g_object_ref (account);
  self->organisation = cp_record_copy (&cp_organisation_record, organisation);
  g_set_object (&self->logo, logo);
  self->pages = cpa_portal_pages_new (place, account, organisation, logo);
  g_signal_connect_object (self->pages, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "password-changed", G_CALLBACK (password_changed_cb), self, G_CONNECT_SWAPPED);
  self->ask = cpa_session_ask_new (account, session_told, G_OBJECT (self));
  self->watch = cpa_watch_new (account, &cpa_watch_pace);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "back", G_CALLBACK (back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cpa_account_get_api (account), "session-ended", G_CALLBACK (cpa_portal_end), self,
                           G_CONNECT_SWAPPED);
  show_opening (self);
  /* There is a session already, also while nothing of it can be shown. */
  watch_idle (self, cpa_account_get_shared (account) ? organisation->shared_idle_seconds : organisation->idle_seconds);
  fetch_session (self);
  return self;
}
