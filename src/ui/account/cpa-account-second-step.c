/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "cp-validate.h"
#include "cpa-account-forms.h"
#include "cpa-fill.h"
#include "cpa-ask.h"
#include "cpa-copying.h"
#include "cpa-dialog.h"
#include "cpa-label.h"
#include "cpa-print-dialog.h"
#include "cpa-qr.h"
#include "cpa-toast.h"

#define PASSWORD "password"
#define CODE "code"
#define SHEET "sheet"

static void
ask_password (CpaAsk *form, const char *text, const char *button, CpaAskFunc func, CpaAccountPage *page)
{
  cpa_ask_begin (form, text, button, func, page);
  g_object_set_data (G_OBJECT (form), PASSWORD, cpa_ask_add_password (form));
  cpa_ask_present (form);
}

static void
send_password (CpaAsk *form, CpRouteId route, const CpRecordType *answer_type, CpaAskDone done, gpointer data)
{
  CpaPasswordField *password = g_object_get_data (G_OBJECT (form), PASSWORD);
  CpConfirmRequest request = { .password = (char *) cpa_password_field_get_text (password) };
  CpaCall call = {
    .route = route, .body_type = &cp_confirm_request_record, .body = &request, .answer_type = answer_type
  };

  if (cpa_ask_has_password (form))
    cpa_ask_send (form, &call, done, data);
}

/* Codes from an app */

static void
app_on_cb (CpaAsk *form, gpointer record, gpointer data)
{
  gtk_window_close (GTK_WINDOW (form));
  cpa_account_page_changed (data, _ ("From now on you can use the code from your app."));
}

static void
confirm_app (CpaAsk *form, gpointer data)
{
  CpaCodeEntry *entry = g_object_get_data (G_OBJECT (form), CODE);
  g_autofree char *code = cp_validate_code (cpa_code_entry_get_text (entry), CP_CODE_DIGITS, NULL);
  CpTypedCode request = { .code = code };
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_TOTP_CODE, .body_type = &cp_typed_code_record, .body = &request };

  if (code == NULL)
    cpa_ask_show_error (form, _ ("Fill in the 6 digits of the code."));
  else
    cpa_ask_send (form, &call, app_on_cb, data);
}

/* (transfer full): in groups of four, as one types it. */
static char *
in_fours (const char *key)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; key[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, key[i]);
    }
  return g_string_free (text, FALSE);
}

static void
show_app (CpaAsk *form, gpointer record, gpointer data)
{
  g_autoptr (CpTotpSetup) setup = record;
  g_autofree char *key = in_fours (setup->key);
  g_autofree char *typed = cpa_fill (_ ("Can you not scan? Type this key into the app: {code}"), "code", key, NULL);
  g_autoptr (GString) steps = g_string_new (_ ("1. Open the authenticator app on your phone. 2. Scan this picture. "
                                               "3. Fill in the code that the app shows."));
  GtkWidget *by_hand = cpa_label_new (typed, NULL);

  g_string_replace (steps, " 2. ", "\n2. ", 0); /* a line for each */
  g_string_replace (steps, " 3. ", "\n3. ", 0);
  cpa_ask_begin (form, steps->str, _ ("Check Code"), confirm_app, data);
  cpa_copying_let (by_hand, cpa_account_page_get_context (data));
  cpa_ask_append (form, cpa_qr_new (setup->modules, _ ("Picture to scan with your authenticator app")));
  cpa_ask_append (form, by_hand);
  g_object_set_data (G_OBJECT (form), CODE, cpa_ask_add_code (form, CP_STEP_TOTP));
  gtk_widget_grab_focus (g_object_get_data (G_OBJECT (form), CODE));
}

static void
send_set_up (CpaAsk *form, gpointer data)
{
  send_password (form, CP_ROUTE_ACCOUNT_TOTP, &cp_totp_setup_record, show_app, data);
}

void
cpa_account_set_up_app (CpaAccountPage *page)
{
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), _ ("Code From an App"));

  ask_password (
      form,
      _ ("An authenticator app on your phone makes a new code every 30 seconds. Do you not have such an app yet? "
         "First look in the app store of your phone for “authenticator”."),
      _ ("Next"), send_set_up, page);
}

static void
app_off_cb (CpaAsk *form, gpointer record, gpointer data)
{
  gtk_window_close (GTK_WINDOW (form));
  cpa_account_page_changed (data, _ ("From now on you get a code by text message."));
}

static void
send_turn_off (CpaAsk *form, gpointer data)
{
  send_password (form, CP_ROUTE_ACCOUNT_TOTP_OFF, NULL, app_off_cb, data);
}

void
cpa_account_turn_off_app (CpaAccountPage *page)
{
  const CpOwnAccount *account = cpa_account_page_get_account (page);
  CpaAsk *form =
      cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), _ ("Stop Using Codes From the App?"));
  g_autofree char *text =
      cpa_fill (_ ("From now on you get a code by text message, to {masked}."), "masked", account->masked, NULL);

  ask_password (form, account->masked != NULL ? text : NULL, _ ("Turn Off App"), send_turn_off, page);
}

/* The sheet */

static void
print_sheet (CpaAsk *form, gpointer data)
{
  CpaContext *context = cpa_account_page_get_context (data);
  const CpCodeSheet *sheet = g_object_get_data (G_OBJECT (form), SHEET);

  cpa_print_dialog_present (GTK_WIDGET (form), context, cpa_print_job_new_sheet (context, sheet));
}

/* The old sheet works no more, and these codes are seen once. */
static GtkWidget *
ask_kept (CpaAsk *form)
{
  GtkWidget *dialog;

  if (cpa_print_dialog_came_out (GTK_WIDGET (form)))
    return NULL;
  dialog = cpa_dialog_question_new (GTK_WINDOW (form), _ ("Have You Printed or Written Down the Codes?"),
                                    _ ("After this you do not see them any more."), "leave", _ ("Yes, Close"));
  cpa_dialog_present (dialog);
  return dialog;
}

static void
sheet_made_cb (CpaAsk *form, gpointer record, gpointer data)
{
  CpCodeSheet *sheet = record;
  GtkWidget *codes = gtk_flow_box_new ();
  gboolean first = cpa_account_page_get_account (data)->sheet_made == 0;

  g_object_set_data_full (G_OBJECT (form), SHEET, sheet, (GDestroyNotify) cp_code_sheet_free);
  cpa_ask_begin (form,
                 _ ("Print these codes now, or write them down. You see them this once. Keep them in a safe place, not "
                    "with your password."),
                 _ ("Print…"), print_sheet, data);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (codes), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (codes), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (codes), 2);
  for (int i = 0; sheet->codes[i] != NULL; i++)
    {
      g_autofree char *text = g_strdup_printf ("%.4s %s", sheet->codes[i], sheet->codes[i] + 4);
      GtkWidget *label = cpa_label_new (text, "cp-heading");
      cpa_copying_let (label, cpa_account_page_get_context (data));
      gtk_flow_box_insert (GTK_FLOW_BOX (codes), label, -1);
    }
  cpa_ask_append (form, codes);
  cpa_ask_set_guard (form, ask_kept);
  cpa_ask_focus_button (form);
  cpa_account_page_changed (data,
                            first ? _ ("Code sheet made.") : _ ("New code sheet made. The old one no longer works."));
}

static void
send_new_sheet (CpaAsk *form, gpointer data)
{
  send_password (form, CP_ROUTE_ACCOUNT_SHEET, &cp_code_sheet_record, sheet_made_cb, data);
}

void
cpa_account_new_sheet (CpaAccountPage *page)
{
  const CpOwnAccount *account = cpa_account_page_get_account (page);
  gboolean first = account->sheet_made == 0;
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page),
                              first ? _ ("Code Sheet") : _ ("Make a New Code Sheet?"));

  ask_password (form,
                first ? _ ("A paper with 10 codes, for when you do not have your phone at hand. Each code works once. "
                           "Keep it in a safe place, not with your password.")
                      : _ ("The old sheet no longer works. Throw it away."),
                _ ("Make Code Sheet"), send_new_sheet, page);
}

void
cpa_account_say_sheet (AdwToastOverlay *toasts, int left)
{
  g_autofree char *text =
      cpa_fill_n (ngettext ("You have {n} code left on your sheet. Print a new sheet in Profile Settings.",
                            "You have {n} codes left on your sheet.", left),
                  left, NULL);

  if (left >= 0)
    cpa_toast_say (GTK_WIDGET (toasts), left > 0
                                            ? text
                                            : _ ("That was the last code of your sheet. Print a new sheet in Profile "
                                                 "Settings."));
}
