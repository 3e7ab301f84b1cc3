/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-account-page.h"

#include <glib/gi18n.h>

#include "cp-changes.h"
#include "cpa-above.h"
#include "cpa-account-forms.h"
#include "cpa-account-notifications.h"
#include "cpa-account-row.h"
#include "cpa-adaptive.h"
#include "cpa-alert.h"
#include "cpa-badge.h"
#include "cpa-button.h"
#include "cpa-column.h"
#include "cpa-content-view.h"
#include "cpa-dialog.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-page.h"
#include "cpa-profile-group.h"
#include "cpa-record-text.h"
#include "cpa-row-focus.h"
#include "cpa-time-text.h"
#include "cpa-toast.h"
#include "cpa-wrap.h"

#define PAGE_WIDTH 760
#define NARROW_BELOW 600
#define OBJECT "row-object"

struct _CpaAccountPage
{
  GtkWidget parent_instance;

  CpaContext *context;       /* (owned) */
  GCancellable *cancellable; /* (owned): of what is changed */
  CpaLoader *loader;         /* (owned) */
  CpOwnAccount *account;     /* (owned) (nullable) */
  char *shown;               /* (owned) (nullable): the same as text */
  GtkWidget *root;           /* (owned): knows whether it is narrow */
  GtkWidget *view;           /* (borrowed) */
  CpaAlert *alert;           /* (borrowed): above what scrolls, so that it is in sight from any row */
  GtkWidget *groups;         /* (borrowed) */
  CpaRowFocus focus;         /* (owned) */
  gboolean leaving;          /* something is asked that ends this session */
};

static void cpa_account_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaAccountPage, cpa_account_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_account_page_page_init))

static void load (CpaAccountPage *self, gboolean refresh);

static void
say (CpaAccountPage *self, const char *text)
{
  cpa_toast_say (GTK_WIDGET (self), text);
}

/* Rows */

static GtkWidget *
button_new (const char *text, GCallback clicked, CpaAccountPage *self)
{
  GtkWidget *button = cpa_button_new (text);

  gtk_widget_add_css_class (button, "cp-outline");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  cpa_row_focus_name (button, text, NULL);
  if (clicked != NULL)
    g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_row (GtkWidget *group, const char *title, const char *below, GtkWidget *button)
{
  GtkWidget *row = button != NULL ? cpa_account_row_new (title, below) : cpa_account_row_texts_new (title, below);

  if (button != NULL)
    cpa_wrap_append (CPA_WRAP (row), button);
  cpa_profile_group_add_row (group, row);
}

/* A button that is about one device or session, which its description names. */
static GtkWidget *
object_button_new (CpaAccountPage *self, const char *text, const char *about, const char *id, gpointer object,
                   GCallback clicked)
{
  GtkWidget *button = button_new (text, NULL, self);

  cpa_row_focus_name (button, text, id);
  g_object_set_data (G_OBJECT (button), OBJECT, object);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about, -1);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  return button;
}

/* Asking, and doing without a form */

/* Rows are made anew, whatever came of it: the button that was pressed waits for that. */
static void
look_anew (CpaAccountPage *self)
{
  g_clear_pointer (&self->shown, g_free);
  load (self, FALSE);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CpaAccountPage *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  cpa_api_call_finish (CPA_API (source), result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  /* A session that is not there has ended, which is what was wanted. */
  if (error == NULL || g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    say (self, g_task_get_task_data (task));
  else
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));
      GtkWidget *notices = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

      /* That an earlier one went well would stand beside it. */
      if (notices != NULL)
        cpa_toast_dismiss_all (ADW_TOAST_OVERLAY (notices));
      cpa_alert_show_error (self->alert, text->text);
    }
  look_anew (self);
}

/* said is what to say then. */
static void
call_server (CpaAccountPage *self, CpRouteId route, const char *id, const char *said)
{
  CpaCall call = { .route = route, .ids = { id } };
  GTask *task = g_task_new (self, self->cancellable, NULL, NULL);

  cpa_alert_clear (self->alert);
  g_task_set_task_data (task, g_strdup (said), g_free);
  cpa_api_call_async (cpa_context_get_api (self->context), &call, self->cancellable, done_cb, task);
}

static GtkWidget *
question_new (CpaAccountPage *self, const char *heading, const char *text, const char *yes)
{
  return cpa_dialog_question_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, text, "yes", yes);
}

/* Your profile */

static void
add_inviting (CpaAccountPage *self, GtkWidget *group)
{
  GtkWidget *invite = button_new (_ ("Invite Other Users"), NULL, self);
  g_autofree char *text = cpa_fill (_ ("You are portal administrator of {client}."), "client",
                                    cpa_context_get_patient (self->context)->name, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (invite), "main.people");
  add_row (group, text, NULL, invite);
}

static GtkWidget *
profile_group (CpaAccountPage *self)
{
  const CpOwnAccount *account = self->account;
  GtkWidget *group = cpa_profile_group_new (_ ("Your Profile"));
  g_autofree char *username = cpa_fill (_ ("Your username is {username}."), "username", account->username, NULL);
  g_autofree char *waiting = cpa_fill (_ ("We have sent an e-mail to {email}. Open the link in it. Until then your old "
                                          "address counts."),
                                       "email", account->email_waiting, NULL);
  GtkWidget *password = button_new (_ ("Change Password"), NULL, self);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (password), "session.change-password");
  add_row (group, account->name, username,
           button_new (_ ("Edit Profile"), G_CALLBACK (cpa_account_edit_profile), self));
  add_row (group, account->email, account->email_waiting != NULL ? waiting : _ ("E-mail Address"),
           button_new (_ ("Change E-mail Address…"), G_CALLBACK (cpa_account_change_email), self));
  add_row (group, account->masked != NULL ? account->masked : _ ("Not known"), _ ("Mobile Number"),
           button_new (_ ("Change Mobile Number…"), G_CALLBACK (cpa_account_change_mobile), self));
  add_row (group, g_strcmp0 (account->language, "en") == 0 ? _ ("English") : _ ("Dutch"), _ ("Language"), NULL);
  add_row (group, _ ("Password"), NULL, password);
  if (cpa_context_manages_people (self->context))
    add_inviting (self, group);
  return group;
}

/* Logging in */

static GtkWidget *
second_step_group (CpaAccountPage *self)
{
  const CpOwnAccount *account = self->account;
  GtkWidget *group = cpa_profile_group_new (_ ("Logging In"));
  g_autofree char *left = cpa_fill_n (
      ngettext ("You have {n} code left on your sheet.", "You have {n} codes left on your sheet.", account->sheet_left),
      account->sheet_left, NULL);

  add_row (
      group, _ ("Code From an App"),
      account->totp
          ? _ ("You use codes from an app.")
          : _ ("Use an app that makes codes (an authenticator app) instead of text messages. It also works without a "
               "mobile signal."),
      account->totp ? button_new (_ ("Turn Off App…"), G_CALLBACK (cpa_account_turn_off_app), self)
                    : button_new (_ ("Set Up App…"), G_CALLBACK (cpa_account_set_up_app), self));
  add_row (group, _ ("Code Sheet"),
           account->sheet_made != 0
               ? left
               : _ ("A paper with 10 codes, for when you do not have your phone at hand. Each code works once. Keep it "
                    "in a safe place, not with your password."),
           button_new (account->sheet_made != 0 ? _ ("Make New Code Sheet…") : _ ("Make Code Sheet…"),
                       G_CALLBACK (cpa_account_new_sheet), self));
  return group;
}

/* Devices */

static void
end_device_cb (GtkWidget *button, CpaAccountPage *self)
{
  cpa_account_end_device (self, g_object_get_data (G_OBJECT (button), OBJECT));
}

static void
rename_device_cb (GtkWidget *button, CpaAccountPage *self)
{
  cpa_account_rename_device (self, g_object_get_data (G_OBJECT (button), OBJECT));
}

static void
add_device (CpaAccountPage *self, GtkWidget *group, CpOwnDevice *device)
{
  GTimeZone *zone = cpa_context_get_zone (self->context);
  g_autofree char *when = cpa_time_day_clock (device->last_visit, zone);
  g_autofree char *until = cpa_time_long_day (device->until, zone);
  g_autofree char *visit = cpa_fill (_ ("Last visit {when}"), "when", when, NULL);
  g_autofree char *known = cpa_fill (_ ("Known until {date} if you do not log in"), "date", until, NULL);
  g_autofree char *below = g_strjoin ("\n", visit, known, device->current ? _ ("This device") : NULL, NULL);
  const char *name = cpa_account_page_device_name (device->name);
  GtkWidget *row = cpa_account_row_new (name, below);
  GtkWidget *buttons = cpa_wrap_new ();

  cpa_wrap_append (CPA_WRAP (buttons), object_button_new (self, _ ("Change Name…"), name, device->id, device,
                                                          G_CALLBACK (rename_device_cb)));
  cpa_wrap_append (CPA_WRAP (buttons), object_button_new (self, _ ("Log Out on This Device"), name, device->id, device,
                                                          G_CALLBACK (end_device_cb)));
  cpa_wrap_append (CPA_WRAP (row), buttons);
  cpa_profile_group_add_row (group, row);
}

static GtkWidget *
devices_group (CpaAccountPage *self)
{
  GtkWidget *group = cpa_profile_group_new (_ ("Your Devices"));

  cpa_profile_group_add_row (group,
                             cpa_label_new (self->account->devices->len > 0
                                                ? _ ("On these devices we do not ask you for a code.")
                                                : _ ("There is no device on which we do not ask you for a code."),
                                            "cp-caption"));
  for (guint i = 0; i < self->account->devices->len; i++)
    add_device (self, group, g_ptr_array_index (self->account->devices, i));
  return group;
}

/* Sessions */

static void
end_session_cb (GtkWidget *button, CpaAccountPage *self)
{
  const CpOwnSession *session = g_object_get_data (G_OBJECT (button), OBJECT);
  g_autofree char *said =
      cpa_fill (_ ("Logged out on {device}"), "device", cpa_account_page_device_name (session->name), NULL);

  /* A second press would be about a session that is gone. It stays sensitive: the focus would go to what stands beside
   * it, which that press would then be about. */
  g_signal_handlers_disconnect_by_func (button, end_session_cb, self);
  call_server (self, CP_ROUTE_ACCOUNT_SESSION_END, session->id, said);
}

static void
end_others_response_cb (CpaAccountPage *self, const char *response)
{
  if (g_strcmp0 (response, "yes") == 0)
    call_server (self, CP_ROUTE_ACCOUNT_SESSIONS_END, NULL, _ ("Logged out everywhere else"));
}

/* An address that waits goes with them: it may have been asked for there. */
static void
end_others_cb (CpaAccountPage *self)
{
  const char *waiting = self->account->email_waiting;
  g_autofree char *text = cpa_fill (
      waiting != NULL ? _ ("You stay logged in here. On all other devices you have to log in again. The link in the "
                           "e-mail to {email} no longer works then.")
                      : _ ("You stay logged in here. On all other devices you have to log in again."),
      "email", waiting, NULL);
  GtkWidget *dialog = question_new (self, _ ("Log Out Everywhere Else?"), text, _ ("Log Out"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (end_others_response_cb), self, G_CONNECT_SWAPPED);
  cpa_dialog_present (dialog);
}

static void
add_session (CpaAccountPage *self, GtkWidget *group, CpOwnSession *session)
{
  g_autofree char *when = cpa_time_day_clock (session->since, cpa_context_get_zone (self->context));
  g_autofree char *text = cpa_fill (_ ("{device}, since {when}"), "device",
                                    cpa_account_page_device_name (session->name), "when", when, NULL);

  add_row (group, text,
           session->current  ? _ ("You are logged in here now")
           : session->shared ? _ ("Shared computer")
                             : NULL,
           session->current ? NULL
                            : object_button_new (self, _ ("Log Out on That Device"), text, session->id, session,
                                                 G_CALLBACK (end_session_cb)));
}

static GtkWidget *
sessions_group (CpaAccountPage *self)
{
  GtkWidget *group = cpa_profile_group_new (_ ("Where You Are Logged In"));

  for (guint i = 0; i < self->account->sessions->len; i++)
    add_session (self, group, g_ptr_array_index (self->account->sessions, i));
  if (self->account->sessions->len > 1)
    add_row (group, _ ("On all other devices at once"), NULL,
             button_new (_ ("Log Out Everywhere Else"), G_CALLBACK (end_others_cb), self));
  return group;
}

static GtkWidget *
notifications_group (CpaAccountPage *self)
{
  GtkWidget *group = cpa_profile_group_new (_ ("Notifications"));
  g_autofree char *hours = cpa_account_notifications_hours (self->account);

  add_row (group, cpa_account_notifications_text (self->account), hours,
           button_new (_ ("Change Notifications…"), G_CALLBACK (cpa_account_change_notifications), self));
  return group;
}

static GtkWidget *
stop_group (CpaAccountPage *self)
{
  GtkWidget *group = cpa_profile_group_new (_ ("Stopping"));

  add_row (group, _ ("You lose your access to all clients."), NULL,
           button_new (_ ("End My Account…"), G_CALLBACK (cpa_account_end), self));
  return group;
}

/* The page */

static void
show_account (CpaAccountPage *self)
{
  GtkWidget *child;

  cpa_row_focus_keep (&self->focus, self->groups);
  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
  gtk_box_append (GTK_BOX (self->groups), profile_group (self));
  gtk_box_append (GTK_BOX (self->groups), second_step_group (self));
  gtk_box_append (GTK_BOX (self->groups), devices_group (self));
  gtk_box_append (GTK_BOX (self->groups), sessions_group (self));
  gtk_box_append (GTK_BOX (self->groups), notifications_group (self));
  gtk_box_append (GTK_BOX (self->groups), stop_group (self));
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
  cpa_row_focus_give_back (&self->focus, self->groups);
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaAccountPage *self = owner;
  g_autoptr (CpOwnAccount) account = record;

  if (error != NULL)
    {
      cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
      return;
    }
  if (!cpa_record_text_is_news (&self->shown, &cp_own_account_record, account, cpa_context_get_zone (self->context)))
    {
      cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
      return;
    }
  g_clear_pointer (&self->account, cp_own_account_free);
  self->account = g_steal_pointer (&account);
  show_account (self);
}

static void
load (CpaAccountPage *self, gboolean refresh)
{
  cpa_loader_start_own (self->loader, CP_ROUTE_ACCOUNT, &cp_own_account_record, refresh);
}

static void
retry_cb (CpaAccountPage *self)
{
  cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  load (self, FALSE);
}

static const char *
cpa_account_page_get_title (CpaPage *page)
{
  return _ ("Profile Settings");
}

static const char *
cpa_account_page_get_icon (CpaPage *page)
{
  return "avatar-default-symbolic";
}

static void
cpa_account_page_refresh (CpaPage *page)
{
  load (CPA_ACCOUNT_PAGE (page), TRUE);
}

/* The link of a mail was opened in a browser, or a session ended elsewhere. */
static void
cpa_account_page_look_again (CpaPage *page, guint topics)
{
  if ((topics & CP_TOPIC_SESSION) != 0)
    load (CPA_ACCOUNT_PAGE (page), TRUE);
}

/* Whose users one may manage stands here. */
static void
cpa_account_page_access_changed (CpaPage *page)
{
  CpaAccountPage *self = CPA_ACCOUNT_PAGE (page);

  if (self->account != NULL)
    show_account (self);
}

static void
cpa_account_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_account_page_get_title;
  iface->get_icon = cpa_account_page_get_icon;
  iface->refresh = cpa_account_page_refresh;
  iface->look_again = cpa_account_page_look_again;
  iface->access_changed = cpa_account_page_access_changed;
}

/* Nobody is left to hear that it failed: what ends the session later must not be taken for this. */
static void
cpa_account_page_unroot (GtkWidget *widget)
{
  CpaAccountPage *self = CPA_ACCOUNT_PAGE (widget);

  if (self->leaving)
    cpa_account_page_leaving (self, NULL);
  GTK_WIDGET_CLASS (cpa_account_page_parent_class)->unroot (widget);
}

static void
cpa_account_page_dispose (GObject *object)
{
  CpaAccountPage *self = CPA_ACCOUNT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  g_clear_object (&self->loader);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->account, cp_own_account_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_account_page_parent_class)->dispose (object);
}

static void
cpa_account_page_finalize (GObject *object)
{
  g_clear_object (&CPA_ACCOUNT_PAGE (object)->cancellable);
  g_free (CPA_ACCOUNT_PAGE (object)->shown);
  cpa_row_focus_clear (&CPA_ACCOUNT_PAGE (object)->focus);
  G_OBJECT_CLASS (cpa_account_page_parent_class)->finalize (object);
}

static void
cpa_account_page_class_init (CpaAccountPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_account_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_account_page_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = cpa_account_page_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_account_page_init (CpaAccountPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *column = g_object_new (CPA_TYPE_COLUMN, "maximum-size", PAGE_WIDTH, NULL);
  GtkWidget *above = g_object_new (CPA_TYPE_COLUMN, "maximum-size", PAGE_WIDTH, NULL);

  self->cancellable = g_cancellable_new ();
  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  gtk_widget_add_css_class (self->groups, "cp-page");
  g_object_set (column, "child", self->groups, NULL);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "child", column, "vexpand", TRUE, NULL);
  self->alert = g_object_new (CPA_TYPE_ALERT, "margin-top", 12, "margin-start", 12, "margin-end", 12, NULL);
  g_object_set (above, "child", self->alert, NULL);
  g_object_bind_property (self->alert, "visible", above, "visible", G_BINDING_SYNC_CREATE);
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), cpa_above_new (above, scroller));
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  self->root = cpa_adaptive_new (NARROW_BELOW, self->view);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
cpa_account_page_new (CpaContext *context)
{
  CpaAccountPage *self = g_object_new (CPA_TYPE_ACCOUNT_PAGE, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  retry_cb (self);
  return GTK_WIDGET (self);
}

CpaContext *
cpa_account_page_get_context (CpaAccountPage *self)
{
  return self->context;
}

const CpOwnAccount *
cpa_account_page_get_account (CpaAccountPage *self)
{
  return self->account;
}

const char *
cpa_account_page_device_name (const char *name)
{
  return name != NULL ? name : _ ("Device without a name");
}

void
cpa_account_page_changed (CpaAccountPage *self, const char *said)
{
  cpa_alert_clear (self->alert);
  if (said != NULL)
    say (self, said);
  load (self, FALSE);
}

void
cpa_account_page_leaving (CpaAccountPage *self, const char *sentence)
{
  self->leaving = sentence != NULL;
  gtk_widget_activate_action (GTK_WIDGET (self), "session.leaving", "s", sentence != NULL ? sentence : "");
}

void
cpa_account_page_leave (CpaAccountPage *self, const char *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "session.leave", "s", sentence);
}
