/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-password-page.h"

#include <glib/gi18n.h>

#include "cpa-alert.h"
#include "cpa-column.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-frame.h"
#include "cpa-password-field.h"
#include "cpa-password-rules.h"

struct _CpaPasswordPage
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  CpaFrame *frame;
  GtkLabel *reason;
  CpaPasswordRules *rules;
  CpaPasswordField *old_password;
  CpaPasswordField *new_password;
  CpaAlert *alert;
  GtkButton *change;

  CpaAccount *account;          /* (owned) */
  CpOrganisation *organisation; /* (owned) */
  GCancellable *cancellable;    /* (owned) */
  gboolean busy;
};

enum
{
  SIGNAL_NEXT,
  SIGNAL_BACK,
  SIGNAL_ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPasswordPage, cpa_password_page, ADW_TYPE_BIN)

static const char *const reasons[] = {
  [CPA_PASSWORD_WANTED] = NULL,
  [CPA_PASSWORD_FIRST] = N_ ("This is the first time that you log in. Choose a password of your own."),
  [CPA_PASSWORD_TEMPORARY] = N_ ("You logged in with a temporary password. Choose a password of your own."),
};

static void
set_busy (CpaPasswordPage *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->change), !busy);
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
show_failure (CpaPasswordPage *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, self->organisation);
  CpaPasswordField *field = field_of (self, error);

  if (g_error_matches (error, CP_ERROR, CP_ERROR_UNAUTHENTICATED) ||
      g_error_matches (error, CP_ERROR, CP_ERROR_ATTEMPT_ENDED))
    {
      g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
      return;
    }
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
  g_autoptr (CpaPasswordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpLoginAnswer) answer = cpa_account_next_finish (CPA_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    show_failure (self, error);
  else
    g_signal_emit (self, signals[SIGNAL_NEXT], 0, answer);
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
  const char *old_password = cpa_password_field_get_text (self->old_password);
  const char *new_password = cpa_password_field_get_text (self->new_password);
  g_autoptr (GError) error = NULL;

  cpa_alert_clear (self->alert);
  if (self->busy || !check_field (self->old_password, _ ("Fill in your old password.")) ||
      !check_field (self->new_password, _ ("Fill in a new password.")))
    return;
  if (!cpa_password_rules_accept (self->rules, new_password, &error))
    {
      show_failure (self, error);
      return;
    }
  set_busy (self, TRUE);
  cpa_account_password_async (self->account, old_password, new_password, self->cancellable, changed_cb,
                              g_object_ref (self));
}

static void
old_activate_cb (CpaPasswordPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->new_password));
}

static void
back_cb (CpaPasswordPage *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
focus_first (GtkWidget *widget)
{
  gtk_widget_grab_focus (GTK_WIDGET (CPA_PASSWORD_PAGE (widget)->old_password));
}

static void
cpa_password_page_dispose (GObject *object)
{
  CpaPasswordPage *self = CPA_PASSWORD_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);
  g_clear_pointer (&self->organisation, cp_organisation_free);
  G_OBJECT_CLASS (cpa_password_page_parent_class)->dispose (object);
}

static void
cpa_password_page_class_init (CpaPasswordPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_password_page_dispose;
  cpa_focus_install (widget_class, focus_first);
  signals[SIGNAL_NEXT] = g_signal_new ("next", CPA_TYPE_PASSWORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_BACK] =
      g_signal_new ("back", CPA_TYPE_PASSWORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", CPA_TYPE_PASSWORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
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
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
cpa_password_page_init (CpaPasswordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
cpa_password_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                       CpaPasswordReason reason)
{
  CpaPasswordPage *self = g_object_new (CPA_TYPE_PASSWORD_PAGE, NULL);

  self->account = g_object_ref (account);
  self->organisation = cp_record_copy (&cp_organisation_record, organisation);
  cpa_frame_set_organisation (self->frame, organisation, logo);
  gtk_label_set_label (self->reason, reasons[reason] != NULL ? _ (reasons[reason]) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reasons[reason] != NULL);
  if (reason != CPA_PASSWORD_WANTED)
    g_object_set (self->old_password, "hint", _ ("This is the password from the e-mail."), NULL);
  cpa_password_rules_setup (self->rules, organisation, cpa_account_get_username (account));
  return GTK_WIDGET (self);
}
