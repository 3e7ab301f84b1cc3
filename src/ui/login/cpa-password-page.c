/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-password-page.h"

#include <glib/gi18n.h>

#include "cpa-alert.h"
#include "cpa-button.h"
#include "cpa-column.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-frame.h"
#include "cpa-password-field.h"
#include "cpa-password-rules.h"

struct _CpaPasswordPage
{
  CpaStep parent_instance;

  /* template widgets (borrowed) */
  CpaFrame *frame;
  GtkLabel *reason;
  CpaPasswordRules *rules;
  CpaPasswordField *old_password;
  CpaPasswordField *new_password;
  CpaAlert *alert;
  GtkButton *change;
};

G_DEFINE_FINAL_TYPE (CpaPasswordPage, cpa_password_page, CPA_TYPE_STEP)

static const char *const reasons[] = {
  [CPA_PASSWORD_WANTED] = NULL,
  [CPA_PASSWORD_FIRST] = N_ ("This is the first time that you log in. Choose a password of your own."),
  [CPA_PASSWORD_TEMPORARY] = N_ ("You logged in with a temporary password. Choose a password of your own."),
};

static void
cpa_password_page_show_busy (CpaStep *step, gboolean busy)
{
  CpaPasswordPage *self = CPA_PASSWORD_PAGE (step);

  cpa_focus_set_busy (GTK_WIDGET (self->change), busy, NULL);
  /* Whether the password is another one now must not stay unknown. */
  g_object_set (self->frame, "can-go-back", !busy, NULL);
  gtk_button_set_label (self->change, busy ? _ ("Changing your password…") : _ ("Change Password"));
}

static void
new_changed_cb (CpaPasswordPage *self)
{
  cpa_password_rules_check (self->rules, cpa_password_field_get_text (self->new_password));
}

/* The field that an error is about; NULL when it is about neither. */
static CpaPasswordField *
field_of (CpaPasswordPage *self, const GError *error)
{
  if (g_error_matches (error, CP_ERROR, CP_ERROR_PASSWORD_OLD_WRONG))
    return self->old_password;
  if (error->domain == CP_ERROR && error->code >= CP_ERROR_PASSWORD_SHORT && error->code <= CP_ERROR_PASSWORD_SAME)
    return self->new_password;
  return NULL;
}

static void
cpa_password_page_show_failure (CpaStep *step, const GError *error)
{
  CpaPasswordPage *self = CPA_PASSWORD_PAGE (step);
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_step_get_organisation (step));
  CpaPasswordField *field = field_of (self, error);

  if (field == NULL)
    {
      cpa_alert_show_error (self->alert, text->text);
      return;
    }
  if (field == self->old_password)
    cpa_password_field_reset (field);
  cpa_password_field_set_error (field, text->text);
  gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaStep) step = user_data;
  g_autoptr (CpLoginAnswer) answer = cpa_step_finish (step, CPA_ACCOUNT (source), result);

  if (answer != NULL)
    cpa_step_next (step, answer);
}

static gboolean
check_field (CpaPasswordField *field, const char *sentence)
{
  if (*cpa_password_field_get_text (field) != '\0')
    return TRUE;
  cpa_password_field_set_error (field, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (field));
  return FALSE;
}

static void
change_cb (CpaPasswordPage *self)
{
  CpaStep *step = CPA_STEP (self);
  const char *old_password = cpa_password_field_get_text (self->old_password);
  const char *new_password = cpa_password_field_get_text (self->new_password);
  g_autoptr (GError) error = NULL;

  cpa_alert_clear (self->alert);
  if (cpa_step_is_busy (step) || !check_field (self->old_password, _ ("Fill in your old password.")) ||
      !check_field (self->new_password, _ ("Fill in a new password.")))
    return;
  if (!cpa_password_rules_accept (self->rules, new_password, &error))
    {
      cpa_password_page_show_failure (step, error);
      return;
    }
  cpa_account_password_async (cpa_step_get_account (step), old_password, new_password, cpa_step_begin (step),
                              changed_cb, g_object_ref (self));
}

static void
old_activate_cb (CpaPasswordPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->new_password));
}

static void
focus_first (GtkWidget *widget)
{
  gtk_widget_grab_focus (GTK_WIDGET (CPA_PASSWORD_PAGE (widget)->old_password));
}

static void
cpa_password_page_class_init (CpaPasswordPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  CPA_STEP_CLASS (klass)->show_busy = cpa_password_page_show_busy;
  CPA_STEP_CLASS (klass)->show_failure = cpa_password_page_show_failure;
  cpa_focus_install (widget_class, focus_first);
  g_type_ensure (CPA_TYPE_FRAME);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_PASSWORD_FIELD);
  g_type_ensure (CPA_TYPE_PASSWORD_RULES);
  g_type_ensure (CPA_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-password-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordPage, frame);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordPage, reason);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordPage, rules);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordPage, old_password);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordPage, new_password);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordPage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaPasswordPage, change);
  gtk_widget_class_bind_template_callback (widget_class, new_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_bind_template_callback (widget_class, old_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, cpa_step_back);
}

static void
cpa_password_page_init (CpaPasswordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
}

GtkWidget *
cpa_password_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                       CpaPasswordReason reason)
{
  CpaPasswordPage *self = g_object_new (CPA_TYPE_PASSWORD_PAGE, NULL);

  cpa_step_setup (CPA_STEP (self), account, organisation);
  cpa_frame_set_organisation (self->frame, organisation, logo);
  gtk_label_set_label (self->reason, reasons[reason] != NULL ? _ (reasons[reason]) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reasons[reason] != NULL);
  if (reason != CPA_PASSWORD_WANTED)
    g_object_set (self->old_password, "hint", _ ("This is the password from the e-mail."), NULL);
  cpa_password_rules_setup (self->rules, organisation, cpa_account_get_username (account));
  return GTK_WIDGET (self);
}

gboolean
cpa_password_page_has_typed (CpaPasswordPage *self)
{
  return *cpa_password_field_get_text (self->old_password) != '\0' ||
         *cpa_password_field_get_text (self->new_password) != '\0';
}
