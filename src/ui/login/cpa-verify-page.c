/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-verify-page.h"

#include <glib/gi18n.h>

#include "cp-validate.h"
#include "cpa-alert.h"
#include "cpa-button.h"
#include "cpa-code-entry.h"
#include "cpa-code-text.h"
#include "cpa-column.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-frame.h"
#include "cpa-label.h"
#include "cpa-language.h"
#include "cpa-resend.h"
#include "cpa-time-text.h"

struct _CpaVerifyPage
{
  CpaStep parent_instance;

  /* template widgets (borrowed) */
  CpaFrame *frame;
  GtkLabel *title;
  GtkLabel *reason;
  GtkLabel *sent;
  GtkWidget *steps;
  GtkWidget *more; /* with steps: other ways stand between, so that one sees them without scrolling */
  CpaCodeEntry *code;
  GtkLabel *hint;
  CpaAlert *alert;
  GtkButton *check;
  CpaResend *resend;
  GtkWidget *wrong_number;
  GtkWidget *of_message; /* what is only of use with a text message */
  GtkWidget *late;       /* and with one that is under way */
  GtkLabel *afterwards;
  GtkWidget *other_way;
  GtkBox *ways;

  GTimeZone *zone;        /* (owned) */
  char *masked;           /* (owned) (nullable) */
  CpChallenge *challenge; /* (owned): the newest one */
  CpStepMethod method;
};

G_DEFINE_FINAL_TYPE (CpaVerifyPage, cpa_verify_page, CPA_TYPE_STEP)

/* But that of CP_CHALLENGE_LONG_AGO, which has a number in it, and that of a locked keyring. */
static const char *const reasons[] = {
  [CP_CHALLENGE_FIRST_LOGIN] = N_ ("This is the first time that you log in. For safety we check your device."),
  [CP_CHALLENGE_NEW_DEVICE] = N_ ("This device is not known here (any more). For safety we check it."),
  [CP_CHALLENGE_SHARED] = N_ ("On a shared computer we ask for a code every time."),
  [CP_CHALLENGE_NO_KEYRING] =
      N_ ("This computer cannot keep safely who you are. That is why we ask for a code every time."),
};

/* Which code is asked, for each way but the text message, whose sentence has the number in it. */
static const struct
{
  const char *sent;
  const char *hint;
} ways[CP_N_STEP_METHODS] = {
  [CP_STEP_TOTP] = { N_ ("Code From Your App"), N_ ("The app shows a new code every 30 seconds.") },
  [CP_STEP_SHEET] = { N_ ("Code From Your Code Sheet"),
                      N_ ("Use a code that you have not crossed out yet. Each code works once.") },
  [CP_STEP_DESK] = { N_ ("Code That You Got From {desk}"), N_ ("The code has 8 digits and works for 15 minutes.") },
};

static void
cpa_verify_page_show_busy (CpaStep *step, gboolean busy)
{
  CpaVerifyPage *self = CPA_VERIFY_PAGE (step);

  cpa_focus_set_busy (GTK_WIDGET (self->check), busy, NULL);
  cpa_resend_set_busy (self->resend, busy);
  gtk_button_set_label (self->check, busy ? _ ("Checking your code…") : _ ("Check Code"));
}

/* Puts text with the masked number in bold; the number comes from the server and is no markup. */
static void
set_with_number (GtkLabel *label, const char *template, const char *masked)
{
  g_autofree char *number = cpa_code_text_number (masked);
  g_autofree char *bold = g_markup_printf_escaped ("<b>%s</b>", number);
  g_autofree char *markup = cpa_fill (template, "masked", bold, NULL);

  gtk_label_set_markup (label, markup);
}

static void
show_no_number (CpaVerifyPage *self)
{
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, CP_ERROR_NO_MOBILE_NUMBER, "no number");
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_step_get_organisation (CPA_STEP (self)));

  gtk_label_set_label (self->title, text->title);
  gtk_label_set_label (self->sent, text->text);
}

/* (nullable) (transfer full): why no code was sent, when it was not because one was sent just before. */
static GError *
limit_of (const CpChallenge *challenge)
{
  GError *error = NULL;
  CpErrorCode code;

  if (challenge->code_until != 0 || challenge->refused == NULL ||
      !cp_error_code_from_name (challenge->refused, &code) ||
      (code == CP_ERROR_CODES_LATER && !cpa_resend_is_limit (challenge->resend_seconds)))
    return NULL;
  error = g_error_new_literal (CP_ERROR, (int) code, "not sent");
  cp_error_details (error)->until = challenge->resend_at;
  return error;
}

/* The server sends no code when it sent one just before, or several, or none to anybody: this says which. */
static void
show_not_sent (CpaVerifyPage *self, const GError *limit)
{
  g_autoptr (CpaErrorText) text =
      limit != NULL ? cpa_error_text_new (limit, cpa_step_get_organisation (CPA_STEP (self))) : NULL;

  gtk_label_set_label (self->sent, text != NULL ? text->text
                                                : _ ("You logged in a moment ago too. That is why no new code has been "
                                                     "sent yet. In a moment you can choose “Send New Code”."));
}

/* At a limit the sentence above says why, and when. */
static void
start_resend (CpaVerifyPage *self, const CpChallenge *challenge)
{
  g_autoptr (GError) limit = limit_of (challenge);

  cpa_resend_start (self->resend, challenge->resend_seconds, limit != NULL ? 0 : challenge->resend_at, self->zone);
}

static char *
with_desk (CpaVerifyPage *self, const char *template)
{
  const CpOrganisation *organisation = cpa_step_get_organisation (CPA_STEP (self));

  return cpa_fill (template, "desk", cpa_language_text (organisation->desk), NULL);
}

/* Which code the person has; where none went out now, one of a login before may count. */
static const char *
sent_text (const CpChallenge *challenge, gboolean again)
{
  if (challenge->refused != NULL)
    return _ ("You logged in a moment ago too. The code that we sent to {masked} then still works. Fill it in below.");
  return again ? cpa_code_text_again ()
               : _ ("We have sent a text message with a code of six digits to {masked}. Fill in the code below.");
}

static void
show_message (CpaVerifyPage *self, const CpChallenge *challenge, gboolean again)
{
  g_autofree char *until = cpa_time_clock (challenge->code_until, self->zone);
  g_autofree char *hint = cpa_fill (_ ("The code has 6 digits and works until {time}."), "time", until, NULL);
  g_autoptr (GError) limit = limit_of (challenge);

  if (challenge->code_until == 0)
    show_not_sent (self, limit);
  else
    set_with_number (self->sent, sent_text (challenge, again), challenge->masked);
  gtk_label_set_label (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), challenge->code_until != 0);
}

static void
show_way (CpaVerifyPage *self)
{
  g_autofree char *sent = with_desk (self, _ (ways[self->method].sent));

  gtk_label_set_label (self->sent, sent);
  gtk_label_set_label (self->hint, _ (ways[self->method].hint));
  gtk_widget_set_visible (GTK_WIDGET (self->hint), TRUE);
}

/* (transfer full) */
static char *
reason_text (CpaVerifyPage *self, int reason)
{
  gint64 days = cpa_step_get_organisation (CPA_STEP (self))->device_days;

  if (reason == CP_CHALLENGE_NO_KEYRING &&
      cpa_account_get_keyring (cpa_step_get_account (CPA_STEP (self))) == CPA_KEYRING_LOCKED)
    return g_strdup (_ ("The keyring of this computer is locked. That is why we ask for a code. Unlock the keyring if "
                        "you do not want that next time."));
  if (reason != CP_CHALLENGE_LONG_AGO)
    return g_strdup (_ (reasons[reason]));
  return cpa_fill_n (
      ngettext ("Your last visit with this device was more than {n} day ago. For safety we check it again.",
                "Your last visit with this device was more than {n} days ago. For safety we check it again.",
                (gulong) days),
      days, NULL);
}

/* The page for one way; what only a text message needs is there for that one alone. */
static void
show_method (CpaVerifyPage *self, CpStepMethod method)
{
  gboolean message = method == CP_STEP_SMS;
  g_autofree char *reason = NULL;

  self->method = method;
  reason = reason_text (self, self->challenge->reason);
  gtk_label_set_label (self->reason, reason);
  cpa_alert_clear (self->alert);
  cpa_code_entry_set_digits (self->code, cp_step_digits (method));
  gtk_label_set_label (self->title, _ ("Device Verification"));
  gtk_widget_set_visible (self->of_message, message);
  gtk_widget_set_visible (self->late, self->challenge->code_until != 0);
  gtk_widget_set_visible (self->steps, !message || self->masked != NULL);
  gtk_widget_set_visible (self->more, !message || self->masked != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->ways), FALSE);
  gtk_widget_set_visible (self->other_way, TRUE);
  if (!message)
    show_way (self);
  else if (self->masked == NULL)
    show_no_number (self);
}

static void
show_afterwards (CpaVerifyPage *self, int reason)
{
  gint64 days = cpa_step_get_organisation (CPA_STEP (self))->device_days;
  g_autofree char *text =
      cpa_fill_n (ngettext ("After this we only ask again after {n} day without a visit.",
                            "After this we only ask again after {n} days without a visit.", (gulong) days),
                  days, NULL);

  gtk_label_set_label (self->afterwards, text);
  gtk_widget_set_visible (GTK_WIDGET (self->afterwards),
                          reason != CP_CHALLENGE_SHARED && reason != CP_CHALLENGE_NO_KEYRING);
}

static void
show_challenge (CpaVerifyPage *self, const CpChallenge *challenge, gboolean again)
{
  show_afterwards (self, challenge->reason);
  g_free (self->masked);
  self->masked = g_strdup (challenge->masked);
  if (challenge != self->challenge)
    {
      g_clear_pointer (&self->challenge, cp_challenge_free);
      self->challenge = cp_record_copy (&cp_challenge_record, challenge);
    }
  /* Whichever way is shown: the seconds go on. */
  start_resend (self, challenge);
  show_method (self, again ? CP_STEP_SMS : (CpStepMethod) challenge->method);
  if (self->method != CP_STEP_SMS || self->masked == NULL)
    return;
  show_message (self, challenge, again);
}

static char *
failure_text (CpaVerifyPage *self, const GError *error)
{
  const CpOrganisation *organisation = cpa_step_get_organisation (CPA_STEP (self));

  if (self->method == CP_STEP_SMS && cpa_resend_is_at_limit (self->resend))
    return cpa_code_text_at_limit (error, TRUE, organisation);
  return cpa_code_text_failure (self->method, error, organisation);
}

/* What the server did not judge need not be typed again. */
static void
cpa_verify_page_show_failure (CpaStep *step, const GError *error)
{
  CpaVerifyPage *self = CPA_VERIFY_PAGE (step);
  g_autofree char *text = failure_text (self, error);
  gboolean wrong = g_error_matches (error, CP_ERROR, CP_ERROR_CODE_WRONG);
  gboolean over = g_error_matches (error, CP_ERROR, CP_ERROR_CODE_USED_UP) ||
                  g_error_matches (error, CP_ERROR, CP_ERROR_CODE_EXPIRED);

  cpa_alert_show_error (self->alert, text);
  /* Until when it works is no use any more, nor that one may still come: both would say the contrary. */
  if (over)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);
      gtk_widget_set_visible (self->late, FALSE);
    }
  if (wrong || over)
    cpa_code_entry_reset (self->code);
}

static void
code_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaStep) step = user_data;
  g_autoptr (CpLoginAnswer) answer = cpa_step_finish (step, CPA_ACCOUNT (source), result);

  if (answer != NULL)
    cpa_step_next (step, answer);
}

static void
challenge_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaVerifyPage) self = user_data;
  g_autoptr (CpLoginAnswer) answer = cpa_step_finish (CPA_STEP (self), CPA_ACCOUNT (source), result);

  if (answer == NULL || answer->challenge == NULL)
    return;
  show_challenge (self, answer->challenge, TRUE);
  cpa_code_entry_reset (self->code);
}

static void
show_incomplete (CpaVerifyPage *self, const char *typed)
{
  gboolean six = cp_step_digits (self->method) == CP_CODE_DIGITS;
  g_autofree char *text = NULL;

  if (*typed == '\0')
    text = g_strdup (six ? _ ("Fill in the 6 digits of the code.") : _ ("Fill in the 8 digits of the code."));
  else
    text = cpa_fill_n (six ? _ ("The code has 6 digits. You have filled in {n}.")
                           : _ ("The code has 8 digits. You have filled in {n}."),
                       (gint64) strlen (typed), NULL);
  cpa_alert_show_error (self->alert, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
check_cb (CpaVerifyPage *self)
{
  const char *typed = cpa_code_entry_get_text (self->code);
  g_autofree char *code = cp_validate_code (typed, cp_step_digits (self->method), NULL);

  if (cpa_step_is_busy (CPA_STEP (self)))
    return;
  if (code == NULL)
    {
      show_incomplete (self, typed);
      return;
    }
  cpa_alert_clear (self->alert);
  cpa_account_code_async (cpa_step_get_account (CPA_STEP (self)), code, self->method, cpa_step_begin (CPA_STEP (self)),
                          code_cb, g_object_ref (self));
}

static void
resend_cb (CpaVerifyPage *self)
{
  cpa_alert_clear (self->alert);
  cpa_account_challenge_async (cpa_step_get_account (CPA_STEP (self)), cpa_step_begin (CPA_STEP (self)), challenge_cb,
                               g_object_ref (self));
}

/* Other ways */

static char *
way_text (CpaVerifyPage *self, CpStepMethod method)
{
  switch (method)
    {
    case CP_STEP_SMS:
      return cpa_fill (_ ("Text message to {masked}"), "masked", self->masked, NULL);
    case CP_STEP_TOTP:
      return g_strdup (_ ("Code from your authenticator app"));
    case CP_STEP_SHEET:
      return g_strdup (_ ("Code from your code sheet"));
    case CP_STEP_DESK:
    default:
      return with_desk (self, _ ("Code that you got from {desk}"));
    }
}

/* A message that was not sent yet goes out when it is chosen. */
static void
way_cb (GtkWidget *button, CpaVerifyPage *self)
{
  CpStepMethod method = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "method"));

  if (cpa_step_is_busy (CPA_STEP (self)))
    return;
  if (method == CP_STEP_SMS && self->challenge->code_until == 0)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->ways), FALSE);
      gtk_widget_set_visible (self->other_way, TRUE);
      resend_cb (self);
      return;
    }
  show_method (self, method);
  if (method == CP_STEP_SMS)
    show_message (self, self->challenge, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
other_way_cb (CpaVerifyPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->ways))) != NULL)
    gtk_box_remove (self->ways, child);
  for (int method = 0; method < CP_N_STEP_METHODS; method++)
    {
      g_autofree char *text = NULL;
      GtkWidget *button;

      if ((self->challenge->methods & (1u << method)) == 0 || method == (int) self->method)
        continue;
      text = way_text (self, method);
      button = cpa_button_new (text);
      gtk_widget_add_css_class (button, "cp-outline");
      g_object_set_data (G_OBJECT (button), "method", GINT_TO_POINTER (method));
      g_signal_connect_object (button, "clicked", G_CALLBACK (way_cb), self, 0);
      gtk_box_append (self->ways, button);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->ways), TRUE);
  gtk_widget_set_visible (self->other_way, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->ways), GTK_DIR_TAB_FORWARD);
}

static void
wrong_number_cb (CpaVerifyPage *self)
{
  const CpOrganisation *organisation = cpa_step_get_organisation (CPA_STEP (self));
  g_autofree char *text = cpa_fill (_ ("For safety you cannot change the number here. Ask your portal administrator or "
                                       "call {desk}: {phone}."),
                                    "desk", cpa_language_text (organisation->desk), "phone", organisation->phone, NULL);

  cpa_alert_show_info (self->alert, text);
}

static void
focus_first (GtkWidget *widget)
{
  CpaVerifyPage *self = CPA_VERIFY_PAGE (widget);

  if (self->masked != NULL || self->method != CP_STEP_SMS)
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
  else
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
cpa_verify_page_dispose (GObject *object)
{
  CpaVerifyPage *self = CPA_VERIFY_PAGE (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->masked, g_free);
  g_clear_pointer (&self->challenge, cp_challenge_free);
  G_OBJECT_CLASS (cpa_verify_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CPA_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-verify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, frame);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, title);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, reason);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, sent);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, steps);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, more);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, code);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, hint);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, check);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, resend);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, wrong_number);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, afterwards);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, of_message);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, late);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, other_way);
  gtk_widget_class_bind_template_child (widget_class, CpaVerifyPage, ways);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, resend_cb);
  gtk_widget_class_bind_template_callback (widget_class, wrong_number_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_way_cb);
  gtk_widget_class_bind_template_callback (widget_class, cpa_step_back);
}

static void
cpa_verify_page_class_init (CpaVerifyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_verify_page_dispose;
  CPA_STEP_CLASS (klass)->show_busy = cpa_verify_page_show_busy;
  CPA_STEP_CLASS (klass)->show_failure = cpa_verify_page_show_failure;
  cpa_focus_install (widget_class, focus_first);
  g_type_ensure (CPA_TYPE_FRAME);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_CODE_ENTRY);
  g_type_ensure (CPA_TYPE_RESEND);
  bind_template (widget_class);
}

static void
cpa_verify_page_init (CpaVerifyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
}

GtkWidget *
cpa_verify_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                     const CpChallenge *challenge)
{
  CpaVerifyPage *self = g_object_new (CPA_TYPE_VERIFY_PAGE, NULL);

  cpa_step_setup (CPA_STEP (self), account, organisation);
  self->zone = g_time_zone_new_identifier (organisation->time_zone);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
  cpa_frame_set_organisation (self->frame, organisation, logo);
  show_challenge (self, challenge, FALSE);
  return GTK_WIDGET (self);
}
