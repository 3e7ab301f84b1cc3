/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-account.h"

#include "cp-own-account.h"
#include "cp-validate.h"
#include "cpd-confirm.h"
#include "cpd-notify.h"
#include "cpd-qr.h"
#include "cpd-second-step.h"
#include "cpd-store-second-step.h"
#include "cpd-token.h"

static CpdSecondStep
step_of (const CpdCall *call, const CpdAccount *account)
{
  return (CpdSecondStep){
    .db = call->db,
    .keys = call->services->keys,
    .config = call->services->config,
    .account = account,
    .now = call->now,
  };
}

/* What changes the way in is recorded, and told to the person, in case it was somebody else. */
static gboolean
record (CpdCall *call, CpdAuditAction action, GError **error)
{
  return cpd_call_audit (call, action, call->actor.account, 0, 0, error) &&
         cpd_notify_mail (call->db, "second-step-changed", call->actor.account, call->now, error);
}

/**
 * cpd_service_confirm_begin:
 *
 * For every route whose body is the password alone.
 */
gboolean
cpd_service_confirm_begin (CpdCall *call, GError **error)
{
  const CpConfirmRequest *request = call->body;

  return cpd_confirm_begin (call, request->password, error);
}

static gboolean
new_totp (CpdCall *call, GError **error)
{
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);
  g_autoptr (CpTotpSetup) setup = cp_totp_setup_new ();
  CpdSecondStep step;

  if (account == NULL)
    return FALSE;
  step = step_of (call, account);
  if (!cpd_second_step_new_totp (&step, &setup->key, &setup->uri, error))
    return FALSE;
  setup->modules = cpd_qr_modules (setup->uri);
  if (setup->modules == NULL)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_INTERNAL, "no QR code could be made");
      return FALSE;
    }
  cpd_call_answer (call, &cp_totp_setup_record, setup);
  return TRUE;
}

/**
 * cpd_service_totp_finish:
 *
 * A new seed, told this once. It opens nothing until a code of it was typed.
 */
gboolean
cpd_service_totp_finish (CpdCall *call, GError **error)
{
  return cpd_confirm_finish (call, new_totp, error);
}

/**
 * cpd_service_totp_code:
 *
 * The first code of the app: from now on codes come from it.
 */
gboolean
cpd_service_totp_code (CpdCall *call, GError **error)
{
  const CpTypedCode *request = call->body;
  g_autofree char *code = cp_validate_code (request->code, cp_step_digits (CP_STEP_TOTP), error);
  g_autoptr (CpdAccount) account = code != NULL ? cpd_store_account_get (call->db, call->actor.account, error) : NULL;
  CpdSecondStep step;

  if (account == NULL)
    return FALSE;
  step = step_of (call, account);
  if (!cpd_second_step_confirm_totp (&step, code, &call->failed, error))
    return FALSE;
  return call->failed != NULL ? cpd_call_audit (call, CPD_AUDIT_CODE_WRONG, account->id, 0, 0, error)
                              : record (call, CPD_AUDIT_TOTP_ON, error);
}

static gboolean
drop_totp (CpdCall *call, GError **error)
{
  gboolean dropped;

  return cpd_store_totp_drop (call->db, call->actor.account, &dropped, error) &&
         (!dropped || record (call, CPD_AUDIT_TOTP_OFF, error));
}

/**
 * cpd_service_totp_off_finish:
 *
 * Codes come by text message again. What was never on, or is off already, is no error: it is off.
 */
gboolean
cpd_service_totp_off_finish (CpdCall *call, GError **error)
{
  return cpd_confirm_finish (call, drop_totp, error);
}

static gboolean
new_sheet (CpdCall *call, GError **error)
{
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);
  g_autoptr (CpCodeSheet) sheet = cp_code_sheet_new ();
  CpdSecondStep step;
  GStrv codes;

  if (account == NULL)
    return FALSE;
  step = step_of (call, account);
  codes = cpd_second_step_new_sheet (&step, error);
  if (codes == NULL || !record (call, CPD_AUDIT_SHEET_MADE, error))
    {
      g_strfreev (codes);
      return FALSE;
    }
  g_strfreev (sheet->codes);
  sheet->codes = codes;
  sheet->username = g_strdup (account->username);
  sheet->made = call->now;
  cpd_call_answer (call, &cp_code_sheet_record, sheet);
  return TRUE;
}

/**
 * cpd_service_sheet_finish:
 *
 * A new sheet of codes, told this once; the one before works no more.
 */
gboolean
cpd_service_sheet_finish (CpdCall *call, GError **error)
{
  return cpd_confirm_finish (call, new_sheet, error);
}
