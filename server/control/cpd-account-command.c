/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-account-command.h"

#include <string.h>

#include "cpd-challenge.h"
#include "cpd-login-throttle.h"
#include "cpd-notify.h"
#include "cpd-phone.h"
#include "cpd-second-step.h"
#include "cpd-store-account.h"
#include "cpd-store-audit.h"
#include "cpd-store-change.h"
#include "cpd-store-invitation.h"
#include "cpd-store-own.h"
#include "cpd-store-second-step.h"
#include "cpd-store-session.h"
#include "cpd-token.h"

const char *const cpd_account_options[] = { "username!=NAME: whose account", NULL };
const char *const cpd_account_show_options[] = {
  "username=NAME: whose account",
  "email=ADDRESS: or that of whom, for who forgot the user name",
  NULL,
};
const char *const cpd_account_number_options[] = {
  "username!=NAME: whose account",
  "mobile!=NUMBER: codes go to it from now on",
  NULL,
};

typedef struct _Work Work;

/* One subcommand at work in the writer. */
struct _Work
{
  const CpdCommandContext *context;
  GHashTable *arguments;
  GString *out;
  const char *mobile; /* (nullable): E.164 */
  CpdAuditAction action;
  const char *mail; /* (nullable): template of what the person is told */
  gboolean (*act) (CpdDb *db, Work *work, const CpdAccount *account, const CpdSecondStep *step, GError **error);
};

static CpdAccount *
find_account (CpdDb *db, const Work *work, GError **error)
{
  const char *typed = g_hash_table_lookup (work->arguments, "username");
  const char *email = g_hash_table_lookup (work->arguments, "email");
  g_autofree char *username = cpd_account_fold_username (typed != NULL ? typed : "");
  CpdAccount *account = NULL;

  if (typed != NULL && email != NULL)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "either --username or --email, not both");
      return NULL;
    }
  account =
      email != NULL ? cpd_store_account_find_email (db, email, error) : cpd_store_account_find (db, username, error);
  if (account == NULL && error != NULL && *error == NULL)
    g_set_error (error, CP_ERROR, CP_ERROR_NOT_FOUND, "there is no account of this --%s",
                 email != NULL ? "email" : "username");
  return account;
}

static gboolean
act_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (CpdAccount) account = find_account (db, work, error);
  CpdSecondStep step = {
    .db = db,
    .keys = work->context->keys,
    .config = work->context->config,
    .account = account,
    .now = cp_time_now (),
  };
  CpdAudit audit = { .at = step.now, .action = work->action };

  if (account == NULL || !work->act (db, work, account, &step, error))
    return FALSE;
  audit.account = account->id;
  return cpd_store_audit_add (db, &audit, error) &&
         (work->mail == NULL || cpd_notify_mail (db, work->mail, account->id, step.now, error));
}

static gboolean
run (Work *work, GError **error)
{
  g_autoptr (GString) said = g_string_new (NULL);
  GString *out = work->out;

  work->out = said;
  if (!cpd_writer_run (work->context->writer, act_in_writer, work, error))
    return FALSE;
  g_string_append_len (out, said->str, said->len);
  if (work->context->wake != NULL)
    work->context->wake (work->context->wake_data);
  return TRUE;
}

static gboolean
give_code (CpdDb *db, Work *work, const CpdAccount *account, const CpdSecondStep *step, GError **error)
{
  char *code = cpd_second_step_new_desk_code (step, error);

  if (code == NULL)
    return FALSE;
  g_string_append_printf (work->out,
                          "%.4s %s\nFor %s, once, within 15 minutes: in the app under “Other Way…”. Be sure who "
                          "calls before you tell it.\n",
                          code, code + 4, account->name);
  cpd_secret_free (code);
  return TRUE;
}

/**
 * cpd_account_code_command:
 *
 * For whose telephone is lost or whose codes are used up.
 */
gboolean
cpd_account_code_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  Work work = { context, arguments, out, NULL, CPD_AUDIT_DESK_CODE_GIVEN, "desk-code-given", give_code };

  return run (&work, error);
}

static gboolean
set_number (CpdDb *db, Work *work, const CpdAccount *account, const CpdSecondStep *step, GError **error)
{
  g_autofree char *masked = cpd_challenge_mask (work->mobile);

  g_string_append_printf (work->out, "Codes for %s go to %s from now on.\n", account->name, masked);
  return cpd_store_account_set_mobile (db, account->id, work->mobile, error) &&
         cpd_notify_number (db, step->keys, account, step->now, error);
}

/**
 * cpd_account_number_command:
 *
 * For who cannot get in to change it.
 */
gboolean
cpd_account_number_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  const char *typed = g_hash_table_lookup (arguments, "mobile");
  g_autofree char *mobile = NULL;
  Work work = { context, arguments, out, NULL, CPD_AUDIT_NUMBER_CHANGED, NULL, set_number };

  if (!cpd_phone_check (typed != NULL ? typed : "", (const char *const *) context->config->sms_countries, &mobile,
                        error))
    {
      g_prefix_error (error, "--mobile: ");
      return FALSE;
    }
  work.mobile = mobile;
  return run (&work, error);
}

static gboolean
unlock (CpdDb *db, Work *work, const CpdAccount *account, const CpdSecondStep *step, GError **error)
{
  g_string_append_printf (work->out, "Wrong tries of %s are forgotten. The limits of text messages stay.\n",
                          account->name);
  return cpd_login_throttle_forgive_account (db, step->keys, account, error) && cpd_second_step_forgive (step, error);
}

/**
 * cpd_account_unlock_command:
 *
 * Nothing was closed, it only had to be waited for: so there is no mail about it.
 */
gboolean
cpd_account_unlock_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  Work work = { context, arguments, out, NULL, CPD_AUDIT_UNLOCKED, NULL, unlock };

  return run (&work, error);
}

static gboolean
end_sessions (CpdDb *db, Work *work, const CpdAccount *account, const CpdSecondStep *step, GError **error)
{
  g_string_append_printf (work->out, "%s is logged out everywhere, and no device is trusted any more.\n",
                          account->name);
  return cpd_store_session_end_others (db, account->id, 0, CPD_SESSION_END_ELSEWHERE, step->now, error) &&
         cpd_store_device_end_others (db, account->id, 0, step->now, error) &&
         cpd_store_change_add (db, account->id, CP_TOPIC_SESSION, step->now, error);
}

/**
 * cpd_account_end_sessions_command:
 *
 * For a stolen computer. Whoever was logged in sees it; nothing else has changed, so there is no mail.
 */
gboolean
cpd_account_end_sessions_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  Work work = { context, arguments, out, NULL, CPD_AUDIT_SESSIONS_ENDED, NULL, end_sessions };

  return run (&work, error);
}

static const char *
where_codes_go (const CpdConfig *config, const CpdAccount *account)
{
  if (account->mobile == NULL)
    return "No mobile number is known: account number sets one.";
  return cpd_challenge_has_number (config, account)
             ? "Codes come by text message."
             : "No text messages go to the country of the mobile number: see [sms] countries.";
}

static gboolean
reset_second_step (CpdDb *db, Work *work, const CpdAccount *account, const CpdSecondStep *step, GError **error)
{
  g_string_append_printf (work->out, "Codes from an app, the code sheet and codes of the desk of %s work no more. %s\n",
                          account->name, where_codes_go (work->context->config, account));
  return cpd_second_step_reset (step, error);
}

/**
 * cpd_account_reset_second_step_command:
 *
 * Back to text messages.
 */
gboolean
cpd_account_reset_second_step_command (const CpdCommandContext *context, GHashTable *arguments, GString *out,
                                       GError **error)
{
  Work work = { context, arguments, out, NULL, CPD_AUDIT_SECOND_STEP_RESET, "second-step-changed", reset_second_step };

  return run (&work, error);
}

static void
append_time (GString *out, const char *what, CpTime time, GTimeZone *zone)
{
  g_autofree char *text = time != 0 ? cp_time_format (time, zone) : g_strdup ("never");

  g_string_append_printf (out, "%-24s %s\n", what, text);
}

/* When the organisation itself invites, this is where it sees what came of it. */
static gboolean
append_declined (CpdDb *db, Work *work, const CpdAccount *account, GError **error)
{
  gint64 n;
  CpTime last;

  if (!cpd_store_invitation_declined (db, account->id, &n, &last, error))
    return FALSE;
  g_string_append_printf (work->out, "%-24s %" G_GINT64_FORMAT "\n", "Declined invitations", n);
  append_time (work->out, "Last declined", last, work->context->config->zone);
  return TRUE;
}

static gboolean
append_second_step (CpdDb *db, Work *work, const CpdAccount *account, const CpdSecondStep *step, GError **error)
{
  g_auto (CpdTotp) totp = { 0 };
  int left;
  CpTime made;

  if (!cpd_store_totp_get (db, account->id, &totp, error) ||
      !cpd_store_given_code_count (db, account->id, CP_STEP_SHEET, step->now, &left, &made, error))
    return FALSE;
  append_time (work->out, "Codes from an app since", totp.confirmed, work->context->config->zone);
  append_time (work->out, "Code sheet made", made, work->context->config->zone);
  g_string_append_printf (work->out, "%-24s %d\n", "Codes left on it", left);
  return TRUE;
}

/* No secret, and no word of whose portals these are. */
static gboolean
show (CpdDb *db, Work *work, const CpdAccount *account, const CpdSecondStep *step, GError **error)
{
  CpTime life = work->context->config->device_days * CP_TIME_DAY;
  g_autofree char *masked = account->mobile != NULL ? cpd_challenge_mask (account->mobile) : g_strdup ("none");
  g_autoptr (GPtrArray) devices = cpd_store_own_devices (db, account->id, 0, life, step->now, error);
  g_autoptr (GPtrArray) sessions =
      devices != NULL ? cpd_store_own_sessions (db, account->id, 0, step->now, error) : NULL;

  if (sessions == NULL)
    return FALSE;
  g_string_append_printf (work->out, "%-24s %s\n%-24s %s\n%-24s %s\n%-24s %s\n%-24s %s\n", "User name",
                          account->username, "Name", account->name, "E-mail address", account->email, "Mobile number",
                          masked, "Language", account->language);
  append_time (work->out, "Last login", account->last_login, work->context->config->zone);
  g_string_append_printf (work->out, "%-24s %u\n%-24s %u\n", "Trusted devices", devices->len, "Sessions",
                          sessions->len);
  return append_second_step (db, work, account, step, error) && append_declined (db, work, account, error);
}

/**
 * cpd_account_show_command:
 *
 * To be sure who calls.
 */
gboolean
cpd_account_show_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error)
{
  Work work = { context, arguments, out, NULL, CPD_AUDIT_ACCOUNT_SHOWN, NULL, show };

  return run (&work, error);
}
