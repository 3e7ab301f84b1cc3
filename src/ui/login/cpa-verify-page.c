/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-verify-page.h"

#include <glib/gi18n.h>

#include "cp-validate.h"
#include "cpa-alert.h"
#include "cpa-code-entry.h"
#include "cpa-column.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-frame.h"
#include "cpa-label.h"
#include "cpa-language.h"
#include "cpa-time-text.h"
#include "cpa-wrap.h"

/* The server says when a new code may be asked by its own clock; this one may be minutes off. */
#define RESEND_SECONDS_MAX 30
/* Beyond this the limit of a day has been reached. */
#define LATER_SECONDS_MAX (15 * 60)

struct _CpaVerifyPage
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  CpaFrame *frame;
  GtkLabel *title;
  GtkLabel *reason;
  GtkLabel *sent;
  GtkWidget *steps;
  CpaCodeEntry *code;
  GtkLabel *hint;
  CpaAlert *alert;
  GtkButton *check;
  GtkLabel *count_down;
  GtkWidget *resend;
  GtkWidget *wrong_number;
  GtkLabel *afterwards;

  CpaAccount *account;          /* (owned) */
  CpOrganisation *organisation; /* (owned) */
  GTimeZone *zone;              /* (owned) */
  char *masked;                 /* (owned) (nullable) */
  GCancellable *cancellable;    /* (owned) */
  int seconds_left;             /* until a new code may be asked */
  guint timer;
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

G_DEFINE_FINAL_TYPE (CpaVerifyPage, cpa_verify_page, ADW_TYPE_BIN)

static const char *const reasons[] = {
  [CP_CHALLENGE_FIRST_LOGIN] = N_ ("This is the first time that you log in. For safety we check your device."),
  [CP_CHALLENGE_NEW_DEVICE] = N_ ("You have not used this device here before. For safety we check it."),
  [CP_CHALLENGE_LONG_AGO] =
      N_ ("Your last visit with this device was more than 90 days ago. For safety we check it again."),
  [CP_CHALLENGE_SHARED] = N_ ("On a shared computer we ask for a code every time."),
};

static void
set_busy (CpaVerifyPage *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), !busy);
  gtk_widget_set_sensitive (self->resend, !busy && self->seconds_left == 0);
  gtk_button_set_label (self->check, busy ? _ ("Checking your code…") : _ ("Check Code"));
}

static void
show_count_down (CpaVerifyPage *self)
{
  g_autofree char *text = cpa_fill_n (ngettext ("You can ask for a new code in {n} second.",
                                                "You can ask for a new code in {n} seconds.", self->seconds_left),
                                      self->seconds_left, NULL);

  gtk_label_set_label (self->count_down, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count_down), self->seconds_left > 0);
  gtk_widget_set_visible (self->resend, self->seconds_left == 0);
  gtk_widget_set_sensitive (self->resend, !self->busy);
}

static gboolean
second_cb (gpointer user_data)
{
  CpaVerifyPage *self = user_data;

  if (self->seconds_left > 0)
    self->seconds_left--;
  show_count_down (self);
  if (self->seconds_left > 0)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
start_count_down (CpaVerifyPage *self, CpTime resend_at)
{
  self->seconds_left =
      (int) CLAMP ((resend_at - cp_time_now () + CP_TIME_SECOND - 1) / CP_TIME_SECOND, 0, RESEND_SECONDS_MAX);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->seconds_left > 0)
    self->timer = g_timeout_add_seconds (1, second_cb, self);
  show_count_down (self);
}

/* Puts text with the masked number in bold; the number comes from the server and is no markup. */
static void
set_with_number (GtkLabel *label, const char *template, const char *masked)
{
  g_autoptr (GString) unbroken = g_string_new (masked);
  g_autofree char *bold = NULL;
  g_autofree char *markup = NULL;

  g_string_replace (unbroken, "-", "\u2011", 0); /* a line may not end inside the number */
  bold = g_markup_printf_escaped ("<b>%s</b>", unbroken->str);
  markup = cpa_fill (template, "masked", bold, NULL);
  gtk_label_set_markup (label, markup);
}

static void
show_no_number (CpaVerifyPage *self)
{
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, CP_ERROR_NO_MOBILE_NUMBER, "no number");
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, self->organisation);

  gtk_label_set_label (self->title, text->title);
  gtk_label_set_label (self->sent, text->text);
  gtk_widget_set_visible (self->steps, FALSE);
}

/* The server sends no code when it sent one just before, or several: this says so, and from when it does. */
static void
show_not_sent (CpaVerifyPage *self, const CpChallenge *challenge)
{
  CpTime wait = challenge->resend_at - cp_time_now ();
  g_autoptr (GError) error = g_error_new_literal (
      CP_ERROR, wait <= LATER_SECONDS_MAX * CP_TIME_SECOND ? CP_ERROR_CODES_LATER : CP_ERROR_CODES_TODAY, "not sent");
  g_autoptr (CpaErrorText) text = NULL;

  cp_error_details (error)->until = challenge->resend_at;
  text = cpa_error_text_new (error, self->organisation);
  gtk_label_set_label (self->sent, wait <= RESEND_SECONDS_MAX * CP_TIME_SECOND
                                       ? _ ("You logged in a moment ago too. That is why no new code has been sent "
                                            "yet. In a moment you can choose “Send New Code”.")
                                       : text->text);
}

static void
show_challenge (CpaVerifyPage *self, const CpChallenge *challenge, gboolean again)
{
  g_autofree char *until = cpa_time_clock (challenge->code_until, self->zone);
  g_autofree char *hint = cpa_fill (_ ("The code has 6 digits and works until {time}."), "time", until, NULL);

  gtk_label_set_label (self->reason, _ (reasons[challenge->reason]));
  gtk_widget_set_visible (GTK_WIDGET (self->afterwards), challenge->reason != CP_CHALLENGE_SHARED);
  g_free (self->masked);
  self->masked = g_strdup (challenge->masked);
  if (challenge->masked == NULL)
    {
      show_no_number (self);
      return;
    }
  if (challenge->code_until == 0)
    show_not_sent (self, challenge);
  else
    set_with_number (self->sent,
                     again ? _ ("A new code is on its way to {masked}. Your earlier code also works, until its time is "
                                "over.")
                           : _ ("We have sent a text message with a code of six digits to {masked}. Fill in the code "
                                "below."),
                     challenge->masked);
  gtk_label_set_label (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), challenge->code_until != 0);
  start_count_down (self, challenge->resend_at);
}

static gboolean
ends_attempt (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_ATTEMPT_ENDED) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_UNAUTHENTICATED);
}

static void
show_failure (CpaVerifyPage *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, self->organisation);

  if (ends_attempt (error))
    {
      g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
      return;
    }
  cpa_alert_show_error (self->alert, text->text);
}

static void
code_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaVerifyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpLoginAnswer) answer = cpa_account_next_finish (CPA_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (answer != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_NEXT], 0, answer);
      return;
    }
  show_failure (self, error);
  /* What did not reach the server need not be typed again. */
  if (error->domain == CP_ERROR && error->code < CP_ERROR_CONFLICT)
    cpa_code_entry_reset (self->code);
}

static void
challenge_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaVerifyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpLoginAnswer) answer = cpa_account_next_finish (CPA_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    show_failure (self, error);
  else if (answer->challenge != NULL)
    {
      show_challenge (self, answer->challenge, TRUE);
      cpa_code_entry_reset (self->code);
    }
}

static void
check_cb (CpaVerifyPage *self)
{
  const char *typed = cpa_code_entry_get_text (self->code);
  g_autofree char *code = cp_validate_code (typed, NULL);

  if (self->busy)
    return;
  if (code == NULL)
    {
      g_autofree char *text = *typed == '\0' ? g_strdup (_ ("Fill in the 6 digits of the code."))
                                             : cpa_fill_n (_ ("The code has 6 digits. You have filled in {n}."),
                                                           (gint64) strlen (typed), NULL);
      cpa_alert_show_error (self->alert, text);
      gtk_widget_grab_focus (GTK_WIDGET (self->code));
      return;
    }
  cpa_alert_clear (self->alert);
  set_busy (self, TRUE);
  cpa_account_code_async (self->account, code, self->cancellable, code_cb, g_object_ref (self));
}

static void
resend_cb (CpaVerifyPage *self)
{
  cpa_alert_clear (self->alert);
  set_busy (self, TRUE);
  cpa_account_challenge_async (self->account, self->cancellable, challenge_cb, g_object_ref (self));
}

static void
wrong_number_cb (CpaVerifyPage *self)
{
  g_autofree char *text =
      cpa_fill (_ ("For safety you cannot change the number here. Ask your portal administrator or "
                   "call {desk}: {phone}."),
                "desk", cpa_language_text (self->organisation->desk), "phone", self->organisation->phone, NULL);

  cpa_alert_show_info (self->alert, text);
}

static void
back_cb (CpaVerifyPage *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
focus_first (GtkWidget *widget)
{
  CpaVerifyPage *self = CPA_VERIFY_PAGE (widget);

  if (self->masked != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
  else
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
cpa_verify_page_dispose (GObject *object)
{
  CpaVerifyPage *self = CPA_VERIFY_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);
  g_clear_pointer (&self->organisation, cp_organisation_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->masked, g_free);
  G_OBJECT_CLASS (cpa_verify_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CPA_TYPE_COLUMN);
  g_type_ensure (CPA_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-verify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, frame);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, title);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, reason);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, sent);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, steps);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, code);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, hint);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, check);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, count_down);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, resend);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, wrong_number);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, afterwards);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, resend_cb);
  gtk_widget_class_bind_template_callback (widget_class, wrong_number_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
cpa_verify_page_class_init (CpaVerifyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_verify_page_dispose;
  cpa_focus_install (widget_class, focus_first);
  signals[SIGNAL_NEXT] = g_signal_new ("next", CPA_TYPE_VERIFY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_BACK] =
      g_signal_new ("back", CPA_TYPE_VERIFY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", CPA_TYPE_VERIFY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  g_type_ensure (CPA_TYPE_FRAME);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_CODE_ENTRY);
  bind_template (widget_class);
}

static void
cpa_verify_page_init (CpaVerifyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
cpa_verify_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                     const CpChallenge *challenge)
{
  CpaVerifyPage *self = g_object_new (CPA_TYPE_VERIFY_PAGE, NULL);

  self->account = g_object_ref (account);
  self->organisation = cp_record_copy (&cp_organisation_record, organisation);
  self->zone = g_time_zone_new_identifier (organisation->time_zone);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
  cpa_frame_set_organisation (self->frame, organisation, logo);
  show_challenge (self, challenge, FALSE);
  return GTK_WIDGET (self);
}
