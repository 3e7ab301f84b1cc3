/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-link-page.h"

#include <glib/gi18n.h>

#include "cpa-alert.h"
#include "cpa-boot-clock.h"
#include "cpa-button.h"
#include "cpa-column.h"
#include "cpa-content-view.h"
#include "cpa-error-text.h"
#include "cpa-entry.h"
#include "cpa-field-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-frame.h"
#include "cpa-password-field.h"
#include "cpa-password-rules.h"
#include "cpa-time-text.h"
#include "cpa-wipe.h"

#define TICK_SECONDS 5

struct _CpaLinkPage
{
  CpaStep parent_instance;

  /* template widgets (borrowed) */
  CpaFrame *frame;
  GtkStack *stack;
  CpaContentView *view;
  GtkLabel *heading;
  GtkLabel *explanation;
  GtkLabel *time_left;
  GtkWidget *password_fields;
  GtkEditable *username;
  GtkLabel *username_error;
  CpaPasswordRules *rules;
  CpaPasswordField *new_password;
  CpaAlert *alert;
  GtkButton *go;
  GtkLabel *ended_heading;
  GtkLabel *ended_text;
  GtkWidget *ask_again;
  GtkWidget *to_login;

  CpLinkKind kind;
  char *token;  /* (owned) */
  gint64 until; /* by cpa_boot_clock(), for the clock of the computer may be wrong; 0: not known yet */
  guint tick;
};

enum
{
  SIGNAL_DONE,
  SIGNAL_ASK_AGAIN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaLinkPage, cpa_link_page, CPA_TYPE_STEP)

/* The words of each kind of link. {organization}, {wait} and {days} are filled in. */
static const struct
{
  const char *heading;
  const char *explanation;
  const char *button;
  const char *busy;
  const char *done;
  const char *ended_heading;
  const char *ended;
} words[CP_LINK_N_KINDS] = {
  [CP_LINK_RESET] = { N_ ("Reset Password"), N_ ("Fill in your username and choose a new password."),
                      N_ ("Change Password"), N_ ("Changing your password…"),
                      N_ ("Your new password has been saved. You can now log in with it. You are then asked for a "
                          "code."),
                      N_ ("This Link No Longer Works"),
                      N_ ("A link works for {wait} and once. Have you not changed your password with it? Then your old "
                          "password still works. Ask for a new link if you need one.") },
  [CP_LINK_INVITATION] = { N_ ("You Are Invited"),
                           N_ ("Fill in the username from your e-mail and choose a password. After that you can log "
                               "in."),
                           N_ ("Save Password"), N_ ("Saving your password…"),
                           N_ ("Your password has been saved. You can now log in with it. You also get a text message "
                               "with a code."),
                           N_ ("This Invitation No Longer Works"),
                           N_ ("An invitation works for {days}. Ask the person who invited you to send it again. "
                               "Have you chosen a password already? Then you can just log in.") },
  [CP_LINK_CONFIRM] = { N_ ("Is This Your E-mail Address?"),
                        N_ ("Someone asked to use this address for the client portal of {organization}. Was it you? "
                            "Then choose “Confirm”."),
                        N_ ("Confirm"), N_ ("Confirming…"), N_ ("Your e-mail address has been confirmed."),
                        N_ ("This Link No Longer Works"),
                        N_ ("Your old e-mail address still counts, unless you confirmed the new one already. Change it "
                            "again in Profile Settings.") },
};

/* (transfer full) */
static char *
fill (CpaLinkPage *self, const char *template)
{
  const CpOrganisation *organisation = cpa_step_get_organisation (CPA_STEP (self));
  g_autofree char *wait = cpa_time_wait (organisation->forgotten_minutes * 60);
  gint64 n = organisation->invitation_days;
  g_autofree char *days = cpa_fill_n (ngettext ("{n} day", "{n} days", n), n, NULL);

  return cpa_fill (_ (template), "organization", organisation->name, "wait", wait, "days", days, NULL);
}

static void
set_words (CpaLinkPage *self, GtkLabel *label, const char *template)
{
  g_autofree char *text = fill (self, template);

  gtk_label_set_label (label, text);
}

static void
cpa_link_page_show_busy (CpaStep *step, gboolean busy)
{
  CpaLinkPage *self = CPA_LINK_PAGE (step);

  cpa_focus_set_busy (GTK_WIDGET (self->go), busy, NULL);
  gtk_button_set_label (self->go, busy ? _ (words[self->kind].busy) : _ (words[self->kind].button));
}

static void
show_ended (CpaLinkPage *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, "ended");
  cpa_frame_go_to_top (self->frame);
  gtk_widget_grab_focus (self->kind == CP_LINK_RESET ? self->ask_again : self->to_login);
}

static void
cpa_link_page_show_failure (CpaStep *step, const GError *error)
{
  CpaLinkPage *self = CPA_LINK_PAGE (step);
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_step_get_organisation (step));

  if (g_error_matches (error, CP_ERROR, CP_ERROR_LINK_ENDED))
    show_ended (self);
  else if (self->until == 0)
    cpa_content_view_show_error (self->view, error, cpa_step_get_organisation (step));
  else if (g_error_matches (error, CP_ERROR, CP_ERROR_LINK_USER))
    {
      cpa_entry_set_error (self->username_error, self->username, text->text);
      gtk_widget_grab_focus (GTK_WIDGET (self->username));
    }
  else if (error->domain == CP_ERROR && error->code >= CP_ERROR_PASSWORD_SHORT && error->code <= CP_ERROR_PASSWORD_SAME)
    {
      cpa_password_field_set_error (self->new_password, text->text);
      gtk_widget_grab_focus (GTK_WIDGET (self->new_password));
    }
  else
    cpa_alert_show_error (self->alert, text->text);
}

/* Only a link of minutes is counted down; TRUE while it works. */
static gboolean
show_time_left (CpaLinkPage *self)
{
  CpTime left = self->until - cpa_boot_clock ();
  int minutes = (int) MIN ((left + CP_TIME_MINUTE - 1) / CP_TIME_MINUTE, 60);
  g_autofree char *text = NULL;

  if (left <= 0)
    return FALSE;
  text =
      cpa_fill_n (ngettext ("This link works for {n} more minute.", "This link works for {n} more minutes.", minutes),
                  minutes, NULL);
  gtk_label_set_label (self->time_left, text);
  return TRUE;
}

/* What is being sent is judged by the server. */
static gboolean
tick_cb (gpointer user_data)
{
  CpaLinkPage *self = user_data;

  if (cpa_step_is_busy (CPA_STEP (self)) || show_time_left (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  show_ended (self);
  return G_SOURCE_REMOVE;
}

static void
show_form (CpaLinkPage *self)
{
  gboolean known = *gtk_editable_get_text (self->username) != '\0';

  gtk_widget_set_visible (self->password_fields, self->kind != CP_LINK_CONFIRM);
  gtk_widget_set_visible (GTK_WIDGET (self->time_left), self->kind == CP_LINK_RESET);
  if (self->kind == CP_LINK_RESET)
    {
      show_time_left (self);
      self->tick = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
    }
  gtk_stack_set_visible_child_name (self->stack, "form");
  cpa_frame_go_to_top (self->frame);
  if (self->kind == CP_LINK_CONFIRM)
    gtk_widget_grab_focus (GTK_WIDGET (self->go));
  else
    gtk_widget_grab_focus (known ? GTK_WIDGET (self->new_password) : GTK_WIDGET (self->username));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaLinkPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpLink) link = cpa_api_call_finish (CPA_API (source), result, &error);

  if (!cpa_step_settle (CPA_STEP (self), error))
    return;
  if (link == NULL || link->kind != (int) self->kind)
    {
      show_ended (self);
      return;
    }
  self->until = cpa_boot_clock () + link->seconds_left * G_TIME_SPAN_SECOND;
  show_form (self);
}

static void
look (CpaLinkPage *self)
{
  CpaStep *step = CPA_STEP (self);
  CpLinkRequest request = { self->token };
  CpaCall call = {
    .route = CP_ROUTE_LINK_LOOK, .body_type = &cp_link_request_record, .body = &request, .answer_type = &cp_link_record
  };

  cpa_content_view_show_opening (self->view);
  cpa_api_call_async (cpa_account_get_api (cpa_step_get_account (step)), &call, cpa_step_begin (step), looked_cb,
                      g_object_ref (self));
}

static void
used_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaLinkPage) self = user_data;
  g_autoptr (GError) error = NULL;

  cpa_api_call_finish (CPA_API (source), result, &error);
  if (cpa_step_settle (CPA_STEP (self), error))
    g_signal_emit (self, signals[SIGNAL_DONE], 0, _ (words[self->kind].done));
}

/* Takes nothing: the call is copied. */
static void
use (CpaLinkPage *self, const CpaCall *call)
{
  CpaStep *step = CPA_STEP (self);

  cpa_alert_clear (self->alert);
  cpa_api_call_async (cpa_account_get_api (cpa_step_get_account (step)), call, cpa_step_begin (step), used_cb,
                      g_object_ref (self));
}

static void
confirm (CpaLinkPage *self)
{
  CpLinkRequest request = { self->token };
  CpaCall call = { .route = CP_ROUTE_LINK_CONFIRM, .body_type = &cp_link_request_record, .body = &request };

  use (self, &call);
}

static void
choose_password (CpaLinkPage *self)
{
  g_autofree char *username = cpa_entry_dup_text (self->username);
  g_autofree char *wrong = cpa_field_check ("own-username", username);
  const char *password = cpa_password_field_get_text (self->new_password);
  CpLinkPasswordRequest request = { self->token, username, (char *) password };
  CpaCall call = { .route = CP_ROUTE_LINK_PASSWORD, .body_type = &cp_link_password_request_record, .body = &request };
  g_autoptr (GError) error = NULL;

  cpa_entry_set_error (self->username_error, self->username, wrong);
  cpa_password_field_set_error (self->new_password, *password == '\0' ? _ ("Fill in a new password.") : NULL);
  if (wrong != NULL || *password == '\0')
    gtk_widget_grab_focus (wrong != NULL ? GTK_WIDGET (self->username) : GTK_WIDGET (self->new_password));
  else if (!cpa_password_rules_accept (self->rules, password, &error))
    cpa_link_page_show_failure (CPA_STEP (self), error);
  else
    use (self, &call);
}

static void
go_cb (CpaLinkPage *self)
{
  if (cpa_step_is_busy (CPA_STEP (self)))
    return;
  if (self->kind == CP_LINK_CONFIRM)
    confirm (self);
  else
    choose_password (self);
}

static void
retry_cb (CpaLinkPage *self)
{
  if (!cpa_step_is_busy (CPA_STEP (self)))
    look (self);
}

static void
ask_again_cb (CpaLinkPage *self)
{
  g_signal_emit (self, signals[SIGNAL_ASK_AGAIN], 0);
}

static void
new_changed_cb (CpaLinkPage *self)
{
  cpa_password_rules_check (self->rules, cpa_password_field_get_text (self->new_password));
}

static void
username_changed_cb (CpaLinkPage *self)
{
  g_autofree char *username = cpa_entry_dup_text (self->username);

  cpa_entry_set_error (self->username_error, self->username, NULL);
  cpa_password_rules_setup (self->rules, cpa_step_get_organisation (CPA_STEP (self)), username);
  new_changed_cb (self);
}

static void
username_activate_cb (CpaLinkPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->new_password));
}

static void
cpa_link_page_dispose (GObject *object)
{
  g_clear_handle_id (&CPA_LINK_PAGE (object)->tick, g_source_remove);
  G_OBJECT_CLASS (cpa_link_page_parent_class)->dispose (object);
}

static void
cpa_link_page_finalize (GObject *object)
{
  CpaLinkPage *self = CPA_LINK_PAGE (object);

  cpa_wipe_free (self->token);
  G_OBJECT_CLASS (cpa_link_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-link-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, frame);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, view);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, heading);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, time_left);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, password_fields);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, username);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, username_error);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, rules);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, new_password);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, go);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, ended_heading);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, ended_text);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, ask_again);
  gtk_widget_class_bind_template_child (widget_class, CpaLinkPage, to_login);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, username_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, username_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, cpa_step_back);
}

static void
cpa_link_page_class_init (CpaLinkPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_link_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_link_page_finalize;
  CPA_STEP_CLASS (klass)->show_busy = cpa_link_page_show_busy;
  CPA_STEP_CLASS (klass)->show_failure = cpa_link_page_show_failure;
  signals[SIGNAL_DONE] =
      g_signal_new ("done", CPA_TYPE_LINK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_ASK_AGAIN] =
      g_signal_new ("ask-again", CPA_TYPE_LINK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CPA_TYPE_FRAME);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_COLUMN);
  g_type_ensure (CPA_TYPE_CONTENT_VIEW);
  g_type_ensure (CPA_TYPE_PASSWORD_FIELD);
  g_type_ensure (CPA_TYPE_PASSWORD_RULES);
  bind_template (widget_class);
}

static void
cpa_link_page_init (CpaLinkPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
  /* There is no attempt to log in here that could be over: for the person it is the link. */
  g_signal_connect (self, "ended", G_CALLBACK (show_ended), NULL);
}

GtkWidget *
cpa_link_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo, const CpaLinkUri *link,
                   const char *username)
{
  CpaLinkPage *self = g_object_new (CPA_TYPE_LINK_PAGE, NULL);

  self->kind = link->kind;
  self->token = g_strdup (link->token);
  cpa_step_setup (CPA_STEP (self), account, organisation);
  cpa_frame_set_organisation (self->frame, organisation, logo);
  set_words (self, self->heading, words[self->kind].heading);
  set_words (self, self->explanation, words[self->kind].explanation);
  set_words (self, self->ended_heading, words[self->kind].ended_heading);
  set_words (self, self->ended_text, words[self->kind].ended);
  gtk_widget_set_visible (self->ask_again, self->kind == CP_LINK_RESET);
  gtk_editable_set_text (self->username, username != NULL ? username : "");
  cpa_password_rules_setup (self->rules, organisation, username);
  look (self);
  return GTK_WIDGET (self);
}

char *
cpa_link_page_dup_username (CpaLinkPage *self)
{
  return cpa_entry_dup_text (self->username);
}

char *
cpa_link_page_dup_leaving (CpaLinkPage *self)
{
  return self->kind == CP_LINK_INVITATION
             ? fill (self, N_ ("You opened an invitation of {organization}. Log in to see it."))
             : NULL;
}
