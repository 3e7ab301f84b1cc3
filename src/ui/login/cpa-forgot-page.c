/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-forgot-page.h"

#include <glib/gi18n.h>

#include "cp-link.h"
#include "cpa-alert.h"
#include "cpa-button.h"
#include "cpa-column.h"
#include "cpa-error-text.h"
#include "cpa-entry.h"
#include "cpa-field-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-frame.h"
#include "cpa-language.h"
#include "cpa-time-text.h"

struct _CpaForgotPage
{
  CpaStep parent_instance;

  /* template widgets (borrowed) */
  CpaFrame *frame;
  GtkStack *stack;
  GtkLabel *explanation;
  GtkEditable *username;
  GtkLabel *username_error;
  GtkEditable *email;
  GtkLabel *email_hint;
  GtkLabel *email_error;
  CpaAlert *alert;
  GtkButton *send;
  GtkLabel *sent_text;
  GtkWidget *other_device;
  GtkLabel *username_help;
  GtkWidget *to_login;
};

G_DEFINE_FINAL_TYPE (CpaForgotPage, cpa_forgot_page, CPA_TYPE_STEP)

static void
cpa_forgot_page_show_busy (CpaStep *step, gboolean busy)
{
  CpaForgotPage *self = CPA_FORGOT_PAGE (step);

  cpa_focus_set_busy (GTK_WIDGET (self->send), busy, NULL);
  gtk_button_set_label (self->send, busy ? _ ("Sending your request…") : _ ("Send E-mail"));
}

/* (transfer full) */
static char *
sentence_of (CpaForgotPage *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_step_get_organisation (CPA_STEP (self)));
  int seconds =
      g_error_matches (error, CP_ERROR, CP_ERROR_THROTTLED) ? cp_error_details ((GError *) error)->wait_seconds : 0;
  g_autofree char *wait = cpa_time_wait (seconds);

  if (seconds == 0)
    return g_steal_pointer (&text->text);
  return cpa_fill (_ ("This has been asked several times. An e-mail that you got already still counts. You can ask "
                      "again in {wait}."),
                   "wait", wait, NULL);
}

/* FALSE when the error is about another field than that one. */
static gboolean
show_at (GtkEditable *entry, GtkLabel *label, const char *field, const GError *error, const char *wrong)
{
  if (wrong == NULL || g_strcmp0 (cp_error_details ((GError *) error)->field, field) != 0)
    return FALSE;
  cpa_entry_set_error (label, entry, wrong);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  return TRUE;
}

static void
cpa_forgot_page_show_failure (CpaStep *step, const GError *error)
{
  CpaForgotPage *self = CPA_FORGOT_PAGE (step);
  g_autofree char *wrong = cpa_field_error (error, cpa_step_get_organisation (step));
  g_autofree char *sentence = sentence_of (self, error);

  if (!show_at (self->username, self->username_error, "username", error, wrong) &&
      !show_at (self->email, self->email_error, "email", error, wrong))
    cpa_alert_show_error (self->alert, sentence);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaForgotPage) self = user_data;
  g_autoptr (GError) error = NULL;

  cpa_api_call_finish (CPA_API (source), result, &error);
  if (!cpa_step_settle (CPA_STEP (self), error))
    return;
  gtk_stack_set_visible_child_name (self->stack, "sent");
  cpa_frame_go_to_top (self->frame);
  gtk_widget_grab_focus (self->to_login);
}

/* FALSE when there is something to fill in first. */
static gboolean
check (CpaForgotPage *self, const char *username, const char *email)
{
  g_autofree char *username_wrong = cpa_field_check ("own-username", username);
  g_autofree char *email_wrong = cpa_field_check ("own-email", email);

  cpa_alert_clear (self->alert);
  cpa_entry_set_error (self->username_error, self->username, username_wrong);
  cpa_entry_set_error (self->email_error, self->email, email_wrong);
  if (username_wrong != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->username));
  else if (email_wrong != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->email));
  return username_wrong == NULL && email_wrong == NULL;
}

static void
send_cb (CpaForgotPage *self)
{
  CpaStep *step = CPA_STEP (self);
  g_autofree char *username = cpa_entry_dup_text (self->username);
  g_autofree char *email = cpa_entry_dup_text (self->email);
  CpForgotRequest request = { username, email, (char *) cpa_language_get () };
  CpaCall call = { .route = CP_ROUTE_FORGOT, .body_type = &cp_forgot_request_record, .body = &request };

  if (cpa_step_is_busy (step) || !check (self, username, email))
    return;
  cpa_api_call_async (cpa_account_get_api (cpa_step_get_account (step)), &call, cpa_step_begin (step), sent_cb,
                      g_object_ref (self));
}

static void
username_activate_cb (CpaForgotPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->email));
}

static void
focus_first (GtkWidget *widget)
{
  CpaForgotPage *self = CPA_FORGOT_PAGE (widget);
  gboolean known = *gtk_editable_get_text (self->username) != '\0';

  gtk_widget_grab_focus (GTK_WIDGET (known ? self->email : self->username));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-forgot-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, frame);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, username);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, username_error);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, email);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, email_hint);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, email_error);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, send);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, sent_text);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, other_device);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, username_help);
  gtk_widget_class_bind_template_child (widget_class, CpaForgotPage, to_login);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, username_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, cpa_step_back);
}

static void
cpa_forgot_page_class_init (CpaForgotPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  CPA_STEP_CLASS (klass)->show_busy = cpa_forgot_page_show_busy;
  CPA_STEP_CLASS (klass)->show_failure = cpa_forgot_page_show_failure;
  cpa_focus_install (widget_class, focus_first);
  g_type_ensure (CPA_TYPE_FRAME);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_COLUMN);
  bind_template (widget_class);
}

static void
cpa_forgot_page_init (CpaForgotPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
  /* A relation of a template can name one object only. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->email), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->email_hint,
                                  self->email_error, NULL, -1);
}

/* What the organisation chose decides on the words. */
static void
fill_in (CpaForgotPage *self, const CpOrganisation *organisation)
{
  gboolean link = organisation->forgotten == CP_FORGOTTEN_LINK;
  g_autofree char *wait = cpa_time_wait (organisation->forgotten_minutes * 60);
  g_autofree char *sent = cpa_fill (
      link ? _ ("If this username and e-mail address belong together, you will get an e-mail within a few minutes. The "
                "link works for {wait} and once.")
           : _ ("If this username and e-mail address belong together, you will get an e-mail within a few minutes. The "
                "temporary password works for {wait} and once."),
      "wait", wait, NULL);
  g_autofree char *help = cpa_fill (_ ("It is in the e-mail with your invitation. Do you not have it any more? Ask "
                                       "{desk}."),
                                    "desk", cpa_language_text (organisation->desk), NULL);

  gtk_label_set_label (self->explanation,
                       link ? _ ("Fill in your username and e-mail address. You will get an e-mail with a link. With "
                                 "that link you choose a new password.")
                            : _ ("Fill in your username and e-mail address. You will get an e-mail with a temporary "
                                 "password. After logging in you choose a new password."));
  gtk_label_set_label (self->sent_text, sent);
  gtk_label_set_label (self->username_help, help);
  gtk_widget_set_visible (self->other_device, link);
}

GtkWidget *
cpa_forgot_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo, const char *username)
{
  CpaForgotPage *self = g_object_new (CPA_TYPE_FORGOT_PAGE, NULL);

  cpa_step_setup (CPA_STEP (self), account, organisation);
  cpa_frame_set_organisation (self->frame, organisation, logo);
  gtk_editable_set_text (self->username, username != NULL ? username : "");
  fill_in (self, organisation);
  return GTK_WIDGET (self);
}

char *
cpa_forgot_page_dup_username (CpaForgotPage *self)
{
  return cpa_entry_dup_text (self->username);
}
