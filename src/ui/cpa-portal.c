/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-portal.h"

#include <glib/gi18n.h>

#include "cp-json.h"
#include "cpa-content-view.h"
#include "cpa-error-text.h"
#include "cpa-dialog.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-frame.h"
#include "cpa-idle-watch.h"
#include "cpa-main-page.h"
#include "cpa-password-page.h"
#include "cpa-time-text.h"

#define LOOK_AGAIN_SECONDS 30
#define REFRESH_EVERY 10 /* looks: the page itself is asked again */
#define LOG_OUT_SECONDS 5

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
  GCancellable *cancellable;    /* (owned) */

  CpSession *session;   /* (owned) (nullable): until it is known */
  char *patient_id;     /* (owned) (nullable): whose portal is shown */
  CpaMainPage *main;    /* (owned) (nullable) */
  CpaIdleWatch *idle;   /* (owned) (nullable) */
  CpaContentView *view; /* (borrowed) (weak): while the session is fetched for the first time */
  guint look_again;
  guint looks;
  GPtrArray *said;      /* (owned) of AdwToast: they name clients */
  char *leave_sentence; /* (owned) (nullable): said when logging out is done */
  gboolean over;
};

enum
{
  SIGNAL_LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPortal, cpa_portal, G_TYPE_OBJECT)

static void fetch_session (CpaPortal *self, gboolean refresh);

static void
say (CpaPortal *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  g_ptr_array_add (self->said, g_object_ref (toast));
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Leaving */

/* Questions of a session that is over must not stay in sight, nor be answered. */
static void
close_dialogs (CpaPortal *self)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; item != NULL; item = item->next)
    if (gtk_window_get_transient_for (item->data) == self->window)
      gtk_window_destroy (item->data);
}

static void
stop (CpaPortal *self)
{
  self->over = TRUE;
  g_clear_handle_id (&self->look_again, g_source_remove);
  if (self->idle != NULL)
    cpa_idle_watch_stop (self->idle);
  g_clear_object (&self->idle);
  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < self->said->len; i++)
    adw_toast_dismiss (g_ptr_array_index (self->said, i));
  g_ptr_array_set_size (self->said, 0);
  if (self->window != NULL)
    {
      close_dialogs (self);
      gtk_widget_insert_action_group (GTK_WIDGET (self->window), "session", NULL);
    }
}

static void
leave (CpaPortal *self, const char *sentence)
{
  G_GNUC_UNUSED g_autoptr (CpaPortal) keep = g_object_ref (self);
  g_autofree char *copy = g_strdup (sentence);

  g_clear_object (&self->main);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0, copy);
}

static gboolean
deadline_cb (gpointer user_data)
{
  GCancellable *cancellable = user_data;

  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  cpa_account_logout_finish (CPA_ACCOUNT (source), result);
  g_cancellable_cancel (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

void
cpa_portal_close_async (CpaPortal *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GCancellable *cancellable = g_cancellable_new ();

  g_task_set_source_tag (task, cpa_portal_close_async);
  g_task_set_task_data (task, cancellable, g_object_unref);
  stop (self);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, LOG_OUT_SECONDS, deadline_cb, g_object_ref (cancellable),
                              g_object_unref);
  cpa_account_logout_async (self->account, cancellable, closed_cb, task);
}

static void
logged_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CpaPortal *self = CPA_PORTAL (source);

  leave (self, self->leave_sentence);
}

static void
log_out (CpaPortal *self, const char *sentence)
{
  GtkWidget *view;

  if (self->over)
    return;
  g_free (self->leave_sentence);
  self->leave_sentence = g_strdup (sentence);
  /* What was on the screen is gone at once, also when the server takes its time. */
  view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (view));
  adw_bin_set_child (self->place, g_object_new (CPA_TYPE_FRAME, "content", view, NULL));
  cpa_portal_close_async (self, logged_out_cb, NULL);
}

static const char *
logged_out_sentence (CpaPortal *self)
{
  return cpa_account_get_shared (self->account) ? _ ("You are logged out. Nothing is left on this computer.")
                                                : _ ("You are logged out.");
}

static gboolean
session_ended_idle_cb (gpointer user_data)
{
  CpaPortal *self = user_data;

  leave (self, self->leave_sentence);
  return G_SOURCE_REMOVE;
}

/* The caller is still busy with its answer: its pages go only when it is done. */
static void
session_ended_cb (CpaPortal *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, self->organisation);

  if (self->over)
    return;
  g_free (self->leave_sentence);
  self->leave_sentence = g_strdup (text->text);
  cpa_account_forget (self->account);
  stop (self);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, session_ended_idle_cb, g_object_ref (self), g_object_unref);
}

static void
log_out_response_cb (CpaPortal *self, const char *response)
{
  if (g_strcmp0 (response, "log-out") == 0)
    log_out (self, logged_out_sentence (self));
}

static void
log_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CpaPortal *self = user_data;
  gboolean shared = cpa_account_get_shared (self->account);
  GtkWidget *dialog =
      adw_message_dialog_new (self->window, _ ("Log Out?"),
                              shared ? _ ("Nothing is left on this computer.") : _ ("In the portal everything stays."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "log-out", _ ("Log Out"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (log_out_response_cb), self, G_CONNECT_SWAPPED);
  cpa_dialog_present (dialog);
}

/* No use for a while */

static void
idle_ended_cb (CpaPortal *self, gboolean chosen)
{
  g_autofree char *wait = cpa_time_wait (self->session->idle_seconds);
  g_autofree char *sentence =
      cpa_fill (_ ("You are logged out, because nothing happened for {wait}."), "wait", wait, NULL);

  log_out (self, chosen ? logged_out_sentence (self) : sentence);
}

static void
keep_alive_cb (CpaPortal *self)
{
  fetch_session (self, FALSE);
}

/* Pages */

static const CpPatientAccess *
find_patient (const CpSession *session, const char *id)
{
  for (guint i = 0; i < session->patients->len; i++)
    {
      const CpPatientAccess *patient = g_ptr_array_index (session->patients, i);
      if (g_strcmp0 (patient->id, id) == 0)
        return patient;
    }
  return NULL;
}

static void show_patient (CpaPortal *self, const char *id);

static void
patient_chosen_cb (CpaPortal *self, const char *id)
{
  const CpPatientAccess *patient = find_patient (self->session, id);
  g_autofree char *text = NULL;

  if (patient == NULL)
    return;
  text = cpa_fill (_ ("You are now looking at {client}."), "client", patient->name, NULL);
  show_patient (self, id);
  say (self, text);
}

static void
answered_cb (CpaPortal *self, gboolean accepted)
{
  if (!accepted)
    say (self, _ ("You declined the invitation."));
  fetch_session (self, FALSE);
}

static void
show_main (CpaPortal *self)
{
  adw_bin_set_child (self->place, GTK_WIDGET (self->main));
  cpa_focus_first (GTK_WIDGET (self->main));
}

/* Everything on screen is made anew for the patient: nothing of another one can stay. */
static void
show_patient (CpaPortal *self, const char *id)
{
  const CpPatientAccess *patient = find_patient (self->session, id);
  g_autoptr (CpaContext) context = NULL;

  if (patient == NULL && self->session->patients->len == 1)
    patient = g_ptr_array_index (self->session->patients, 0);
  g_free (self->patient_id);
  self->patient_id = patient != NULL ? g_strdup (patient->id) : NULL;
  context =
      cpa_context_new (cpa_account_get_api (self->account), self->organisation, self->logo, self->session, patient);
  g_clear_object (&self->main);
  self->main = g_object_ref_sink (CPA_MAIN_PAGE (cpa_main_page_new (context)));
  g_signal_connect_object (self->main, "patient-chosen", G_CALLBACK (patient_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->main, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  show_main (self);
}

static void
back_to_main_cb (CpaPortal *self)
{
  show_main (self);
}

static void
password_changed_cb (CpaPortal *self)
{
  say (self, _ ("Your password has been changed. On your other devices you are logged out."));
  back_to_main_cb (self);
}

static void
change_password_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CpaPortal *self = user_data;
  GtkWidget *page = cpa_password_page_new (self->account, self->organisation, self->logo, CPA_PASSWORD_WANTED);

  g_signal_connect_object (page, "back", G_CALLBACK (back_to_main_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "next", G_CALLBACK (password_changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->place, page);
  cpa_focus_first (page);
}

static void
invitations_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CpaPortal *self = user_data;

  if (self->main != NULL)
    cpa_main_page_open_invitations (self->main);
}

static const GActionEntry entries[] = {
  { "log-out", log_out_cb, NULL, NULL, NULL, { 0 } },
  { "change-password", change_password_cb, NULL, NULL, NULL, { 0 } },
  { "invitations", invitations_cb, NULL, NULL, NULL, { 0 } },
};

/* The session */

/* (transfer full): what decides which pages there are. */
static char *
access_of (const CpSession *session)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < session->patients->len; i++)
    cp_record_write (&cp_patient_access_record, g_ptr_array_index (session->patients, i), NULL, text);
  return g_string_free (text, FALSE);
}

static gboolean
looks_the_same (const CpSession *before, const CpSession *now)
{
  g_autofree char *access_before = access_of (before);
  g_autofree char *access_now = access_of (now);
  gboolean waiting = now->patients->len == 0 && (before->open_invitations > 0) != (now->open_invitations > 0);

  return strcmp (access_before, access_now) == 0 && !waiting;
}

/* The full name is known only now: the invitation had initials. */
static void
welcome_new_patients (CpaPortal *self, const CpSession *before)
{
  for (guint i = 0; i < self->session->patients->len; i++)
    {
      const CpPatientAccess *patient = g_ptr_array_index (self->session->patients, i);
      g_autofree char *text = NULL;

      if (find_patient (before, patient->id) != NULL)
        continue;
      text = cpa_fill (_ ("You now have access to the client portal of {client}."), "client", patient->name, NULL);
      say (self, text);
    }
}

static gboolean
look_again_cb (gpointer user_data)
{
  CpaPortal *self = user_data;

  fetch_session (self, TRUE);
  if (++self->looks % REFRESH_EVERY == 0)
    cpa_main_page_refresh (self->main);
  return G_SOURCE_CONTINUE;
}

static void
begin (CpaPortal *self)
{
  self->idle = cpa_idle_watch_new (self->window, self->session->idle_seconds);
  g_signal_connect_object (self->idle, "ended", G_CALLBACK (idle_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "keep-alive", G_CALLBACK (keep_alive_cb), self, G_CONNECT_SWAPPED);
  self->look_again = g_timeout_add_seconds (LOOK_AGAIN_SECONDS, look_again_cb, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "session", G_ACTION_GROUP (self->actions));
  show_patient (self, NULL);
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaPortal) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpSession) now = cpa_account_session_finish (CPA_ACCOUNT (source), result, &error);
  g_autoptr (CpSession) before = NULL;

  if (self->over || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      if (self->view != NULL)
        cpa_content_view_show_error (self->view, error, self->organisation);
      return;
    }
  before = g_steal_pointer (&self->session);
  self->session = g_steal_pointer (&now);
  if (before == NULL)
    {
      begin (self);
      return;
    }
  welcome_new_patients (self, before);
  if (!looks_the_same (before, self->session))
    show_patient (self, self->patient_id);
  else
    cpa_main_page_set_invitations (self->main, self->session->open_invitations);
}

static void
fetch_session (CpaPortal *self, gboolean refresh)
{
  cpa_account_session_async (self->account, refresh, self->cancellable, session_cb, g_object_ref (self));
}

static void
retry_cb (CpaPortal *self)
{
  cpa_content_view_show_loading (self->view);
  fetch_session (self, FALSE);
}

static void
show_opening (CpaPortal *self)
{
  GtkWidget *view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  GtkWidget *frame = g_object_new (CPA_TYPE_FRAME, "content", view, NULL);

  g_set_weak_pointer (&self->view, CPA_CONTENT_VIEW (view));
  g_signal_connect_object (view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  cpa_frame_set_organisation (CPA_FRAME (frame), self->organisation, self->logo);
  cpa_content_view_show_loading (self->view);
  adw_bin_set_child (self->place, frame);
}

static void
cpa_portal_dispose (GObject *object)
{
  CpaPortal *self = CPA_PORTAL (object);

  stop (self);
  g_clear_weak_pointer (&self->view);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->main);
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

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->organisation, cp_organisation_free);
  g_clear_pointer (&self->session, cp_session_free);
  g_clear_pointer (&self->patient_id, g_free);
  g_clear_pointer (&self->leave_sentence, g_free);
  g_ptr_array_unref (self->said);
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
  self->cancellable = g_cancellable_new ();
  self->said = g_ptr_array_new_with_free_func (g_object_unref);
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
  g_signal_connect_object (cpa_account_get_api (account), "session-ended", G_CALLBACK (session_ended_cb), self,
                           G_CONNECT_SWAPPED);
  show_opening (self);
  fetch_session (self, FALSE);
  return self;
}
