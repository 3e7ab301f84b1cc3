/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-account-forms.h"

#include <glib/gi18n.h>

#include "cp-validate.h"
#include "cpa-ask.h"
#include "cpa-code-text.h"
#include "cpa-drafts.h"
#include "cpa-field-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"

#define NAME "name"
#define EMAIL "email"
#define MOBILE "mobile"
#define FIELD(form, name) CPA_FIELD (g_object_get_data (G_OBJECT (form), name))
#define KEEP(form, name, widget) g_object_set_data (G_OBJECT (form), name, widget)

/* (transfer full) (nullable): what is in a field that is right as far as can be told here; otherwise the field says
 * what is not, by the rule of that name. */
static char *
take_text (CpaAsk *form, const char *name, const char *rule)
{
  CpaField *field = FIELD (form, name);
  g_autofree char *text = cpa_field_get_text (field);
  g_autofree char *wrong = cpa_field_check (rule, text);

  if (wrong == NULL)
    return g_steal_pointer (&text);
  cpa_field_set_error (field, wrong);
  gtk_widget_grab_focus (GTK_WIDGET (field));
  return NULL;
}

/* What is typed in it is kept when the session ends by itself. */
static void
add_text (CpaAsk *form, const char *name, const char *label, const char *hint, const char *text)
{
  CpaField *field = cpa_ask_add_text (form, name, label, hint, text);

  KEEP (form, name, field);
  cpa_drafts_add (GTK_WINDOW (form), name, GTK_WIDGET (field));
}

/* Name and language */

static void
profile_saved_cb (CpaAsk *form, gpointer record, gpointer data)
{
  cp_own_account_free (record);
  gtk_window_close (GTK_WINDOW (form));
  cpa_account_page_changed (data, _ ("Saved"));
  gtk_widget_activate_action (GTK_WIDGET (data), "main.look-again", NULL);
}

static void
save_profile (CpaAsk *form, gpointer data)
{
  g_autofree char *name = take_text (form, NAME, "own-name");
  gboolean english = gtk_check_button_get_active (g_object_get_data (G_OBJECT (form), "english"));
  CpAccountRequest request = { .name = name, .language = (char *) (english ? "en" : "nl") };
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_CHANGE,
                   .body_type = &cp_account_request_record,
                   .body = &request,
                   .answer_type = &cp_own_account_record };

  if (name != NULL)
    cpa_ask_send (form, &call, profile_saved_cb, data);
}

static void
add_languages (CpaAsk *form, const char *language)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *dutch = gtk_check_button_new_with_label (_ ("Dutch"));
  GtkWidget *english = gtk_check_button_new_with_label (_ ("English"));
  gboolean is_english = g_strcmp0 (language, "en") == 0;

  gtk_check_button_set_group (GTK_CHECK_BUTTON (english), GTK_CHECK_BUTTON (dutch));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (is_english ? english : dutch), TRUE);
  gtk_widget_add_css_class (dutch, "cp-check");
  gtk_widget_add_css_class (english, "cp-check");
  gtk_box_append (GTK_BOX (group), cpa_label_new (_ ("Language"), "cp-label"));
  gtk_box_append (GTK_BOX (group), dutch);
  gtk_box_append (GTK_BOX (group), english);
  gtk_box_append (GTK_BOX (group),
                  cpa_label_new (_ ("E-mails and text messages to you are in this language."), "cp-caption"));
  cpa_ask_watch (form, english);
  /* Both: a choice is made by ticking it, not by unticking the other. */
  cpa_drafts_add (GTK_WINDOW (form), "english", english);
  cpa_drafts_add (GTK_WINDOW (form), "dutch", dutch);
  KEEP (form, "english", english);
  cpa_ask_append (form, group);
}

void
cpa_account_edit_profile (CpaAccountPage *page)
{
  const CpOwnAccount *account = cpa_account_page_get_account (page);
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), _ ("Edit Profile"));

  cpa_ask_begin (form, NULL, _ ("Save"), save_profile, page);
  cpa_drafts_declare (GTK_WINDOW (form), "profile", NULL);
  add_text (form, NAME, _ ("Your Name"), _ ("Others with access see this name."), account->name);
  add_languages (form, account->language);
  cpa_ask_present (form);
}

/* E-mail address */

static void
email_asked_cb (CpaAsk *form, gpointer record, gpointer data)
{
  g_autofree char *email = cpa_field_get_text (FIELD (form, EMAIL));
  g_autofree char *said = cpa_fill (_ ("We have sent an e-mail to {email}. Open the link in it. Until then your old "
                                       "address counts."),
                                    "email", email, NULL);

  gtk_window_close (GTK_WINDOW (form));
  cpa_account_page_changed (data, said);
}

static void
ask_email (CpaAsk *form, gpointer data)
{
  g_autofree char *email = take_text (form, EMAIL, "own-email");
  CpaPasswordField *password = g_object_get_data (G_OBJECT (form), "password");
  CpEmailRequest request = { .email = email, .password = (char *) cpa_password_field_get_text (password) };
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_EMAIL, .body_type = &cp_email_request_record, .body = &request };

  if (email != NULL && cpa_ask_has_password (form))
    cpa_ask_send (form, &call, email_asked_cb, data);
}

void
cpa_account_change_email (CpaAccountPage *page)
{
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), _ ("Change E-mail Address"));

  cpa_ask_begin (form, NULL, _ ("Change"), ask_email, page);
  cpa_drafts_declare (GTK_WINDOW (form), "own-email", NULL);
  add_text (form, EMAIL, _ ("E-mail Address"), NULL, NULL);
  cpa_field_set_purpose (FIELD (form, EMAIL), GTK_INPUT_PURPOSE_EMAIL);
  KEEP (form, "password", cpa_ask_add_password (form));
  cpa_ask_present (form);
}

/* Mobile number */

static void
mobile_changed_cb (CpaAsk *form, gpointer record, gpointer data)
{
  gtk_window_close (GTK_WINDOW (form));
  cpa_account_page_changed (data, _ ("Your mobile number has been changed."));
}

static void
confirm_mobile (CpaAsk *form, gpointer data)
{
  CpaCodeEntry *entry = g_object_get_data (G_OBJECT (form), "code");
  g_autofree char *code = cp_validate_code (cpa_code_entry_get_text (entry), CP_CODE_DIGITS, NULL);
  CpTypedCode request = { .code = code };
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_MOBILE_CODE, .body_type = &cp_typed_code_record, .body = &request };

  if (code == NULL)
    cpa_ask_show_error (form, _ ("Fill in the 6 digits of the code."));
  else
    cpa_ask_send (form, &call, mobile_changed_cb, data);
}

static void ask_mobile_again (CpaAsk *form, gpointer data);

static void
show_code_step (CpaAsk *form, const CpNumberChallenge *challenge, const char *template, gpointer data)
{
  g_autofree char *number = cpa_code_text_number (challenge->masked);
  g_autofree char *text = cpa_fill (template, "masked", number, NULL);

  cpa_ask_begin (form, text, _ ("Check Code"), confirm_mobile, data);
  KEEP (form, "code", cpa_ask_add_code (form, CP_STEP_SMS));
  cpa_ask_add_resend (form, challenge, ask_mobile_again);
  cpa_ask_present (form);
}

static void
mobile_asked_cb (CpaAsk *form, gpointer record, gpointer data)
{
  g_autoptr (CpNumberChallenge) challenge = record;

  /* Whoever closed the window and comes back types the code that went then. */
  show_code_step (form, challenge,
                  challenge->refused == NULL
                      ? _ ("We have sent a text message with a code to {masked}. Until you fill it in your old number "
                           "counts.")
                      : _ ("We sent a text message with a code to {masked} before. You can still fill in that code. "
                           "Until then your old number counts."),
                  data);
}

static void
mobile_again_cb (CpaAsk *form, gpointer record, gpointer data)
{
  g_autoptr (CpNumberChallenge) challenge = record;

  show_code_step (form, challenge, cpa_code_text_again (), data);
}

static void
ask_mobile_again (CpaAsk *form, gpointer data)
{
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_MOBILE_AGAIN, .answer_type = &cp_number_challenge_record };

  cpa_ask_send (form, &call, mobile_again_cb, data);
}

static void
ask_mobile (CpaAsk *form, gpointer data)
{
  g_autofree char *mobile = take_text (form, MOBILE, "mobile");
  CpaPasswordField *password = g_object_get_data (G_OBJECT (form), "password");
  CpMobileRequest request = { .mobile = mobile, .password = (char *) cpa_password_field_get_text (password) };
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_MOBILE,
                   .body_type = &cp_mobile_request_record,
                   .body = &request,
                   .answer_type = &cp_number_challenge_record };

  if (mobile != NULL && cpa_ask_has_password (form))
    cpa_ask_send (form, &call, mobile_asked_cb, data);
}

void
cpa_account_change_mobile (CpaAccountPage *page)
{
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), _ ("Change Mobile Number"));

  cpa_ask_begin (form, NULL, _ ("Change"), ask_mobile, page);
  cpa_drafts_declare (GTK_WINDOW (form), "own-mobile", NULL);
  add_text (form, MOBILE, _ ("Mobile Number"),
            _ ("For a foreign number first type + and the country code, for example +32."), NULL);
  cpa_field_set_purpose (FIELD (form, MOBILE), GTK_INPUT_PURPOSE_PHONE);
  KEEP (form, "password", cpa_ask_add_password (form));
  cpa_ask_present (form);
}

/* The name of a device */

static void
renamed_cb (CpaAsk *form, gpointer record, gpointer data)
{
  gtk_window_close (GTK_WINDOW (form));
  cpa_account_page_changed (data, _ ("Name changed"));
}

static void
rename_device (CpaAsk *form, gpointer data)
{
  g_autofree char *name = take_text (form, NAME, "device-name");
  CpDeviceRequest request = { .name = name };
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_DEVICE_RENAME,
                   .ids = { g_object_get_data (G_OBJECT (form), "device") },
                   .body_type = &cp_device_request_record,
                   .body = &request };

  if (name != NULL)
    cpa_ask_send (form, &call, renamed_cb, data);
}

void
cpa_account_rename_device (CpaAccountPage *page, const CpOwnDevice *device)
{
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), _ ("Change Name"));

  cpa_ask_begin (form, NULL, _ ("Save"), rename_device, page);
  cpa_drafts_declare (GTK_WINDOW (form), "device", device->id, NULL);
  add_text (form, NAME, _ ("Name of This Device"), NULL, device->name);
  g_object_set_data_full (G_OBJECT (form), "device", g_strdup (device->id), g_free);
  cpa_ask_present (form);
}

/* Logging out on a device. On this one it ends the session: the window stays until it is known whether it did. */

static void
device_ended_cb (CpaAsk *form, gpointer record, gpointer data)
{
  g_autofree char *said = g_strdup (g_object_get_data (G_OBJECT (form), "said"));
  gboolean current = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (form), "current"));

  gtk_window_close (GTK_WINDOW (form));
  if (current)
    cpa_account_page_leave (data, said);
  else
    cpa_account_page_changed (data, said);
}

static void
device_not_ended_cb (CpaAccountPage *page)
{
  cpa_account_page_leaving (page, NULL);
  /* It may have ended already. */
  if (gtk_widget_get_root (GTK_WIDGET (page)) != NULL)
    cpa_account_page_changed (page, NULL);
}

static void
end_device (CpaAsk *form, gpointer data)
{
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_DEVICE_END, .ids = { g_object_get_data (G_OBJECT (form), "device") } };

  if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (form), "current")))
    cpa_account_page_leaving (data, g_object_get_data (G_OBJECT (form), "said"));
  cpa_ask_send (form, &call, device_ended_cb, data);
}

void
cpa_account_end_device (CpaAccountPage *page, const CpOwnDevice *device)
{
  const char *name = cpa_account_page_device_name (device->name);
  g_autofree char *title = cpa_fill (_ ("Log Out on {device}?"), "device", name, NULL);
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), title);
  char *said = device->current ? g_strdup (_ ("You are logged out."))
                               : cpa_fill (_ ("Logged out on {device}"), "device", name, NULL);

  cpa_ask_begin (form, _ ("Next time that device asks for a code again."), _ ("Log Out on This Device"), end_device,
                 page);
  g_object_set_data_full (G_OBJECT (form), "device", g_strdup (device->id), g_free);
  g_object_set_data_full (G_OBJECT (form), "said", said, g_free);
  g_object_set_data (G_OBJECT (form), "current", GINT_TO_POINTER (device->current));
  g_signal_connect_object (form, "failed", G_CALLBACK (device_not_ended_cb), page, G_CONNECT_SWAPPED);
  cpa_ask_present (form);
}

/* The end */

#define ENDED N_ ("Your account has been ended.")

static void
ended_cb (CpaAsk *form, gpointer record, gpointer data)
{
  gtk_window_close (GTK_WINDOW (form));
  cpa_account_page_leave (data, _ (ENDED));
}

static void
not_ended_cb (CpaAccountPage *page)
{
  cpa_account_page_leaving (page, NULL);
}

static void
end (CpaAsk *form, gpointer data)
{
  CpaPasswordField *password = g_object_get_data (G_OBJECT (form), "password");
  CpConfirmRequest request = { .password = (char *) cpa_password_field_get_text (password) };
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_END, .body_type = &cp_confirm_request_record, .body = &request };

  if (!cpa_ask_has_password (form))
    return;
  cpa_account_page_leaving (data, _ (ENDED));
  cpa_ask_send (form, &call, ended_cb, data);
}

void
cpa_account_end (CpaAccountPage *page)
{
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), _ ("End Your Account?"));

  cpa_ask_begin (form, _ ("You lose your access to all clients. You cannot undo this."), _ ("End My Account"), end,
                 page);
  cpa_ask_set_destructive (form);
  g_signal_connect_object (form, "failed", G_CALLBACK (not_ended_cb), page, G_CONNECT_SWAPPED);
  KEEP (form, "password", cpa_ask_add_password (form));
  cpa_ask_present (form);
}
