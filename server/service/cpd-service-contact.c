/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-account.h"

#include <string.h>

#include "cp-own-account.h"
#include "cp-validate.h"
#include "cpd-challenge.h"
#include "cpd-confirm.h"
#include "cpd-notify.h"
#include "cpd-phone.h"
#include "cpd-result.h"
#include "cpd-second-step.h"
#include "cpd-store-attempt.h"
#include "cpd-store-own.h"
#include "cpd-throttle.h"

#define NUMBER_LIFE (15 * CP_TIME_MINUTE) /* to type the code in, with as many new ones as the limits allow */

/* Each address that is tried gets a mail, whoever it belongs to. */
static gboolean
take_address (CpdCall *call, GError **error)
{
  CpdThrottleKey key;

  cpd_throttle_key_of (call->services->keys, CPD_THROTTLE_EMAIL, call->actor.account, &key);
  return cpd_throttle_take (call->db, &key, 1, call->now, error);
}

/**
 * cpd_service_email_begin:
 *
 * The rule of the field first: it costs nothing.
 */
gboolean
cpd_service_email_begin (CpdCall *call, GError **error)
{
  const CpEmailRequest *request = call->body;
  g_autofree char *email = g_strstrip (g_strdup (request->email));

  return cp_validate_email (email, error) && cpd_confirm_begin (call, request->password, error);
}

/* Whose address it is already hears that it was asked for, without a link: nobody else can tell by the answer. */
static gboolean
tell_address (CpdCall *call, const char *email, gint64 change, GError **error)
{
  gint64 owner;

  if (!cpd_store_email_owner (call->db, call->actor.account, email, &owner, error))
    return FALSE;
  if (owner != 0)
    return cpd_notify_mail_to (call->db, call->services->keys, "email-in-use", owner, email, call->now, error);
  return cpd_notify_confirm_email (call->db, call->services->keys, call->actor.account, change, email, call->now,
                                   error);
}

static gboolean
ask_address (CpdCall *call, GError **error)
{
  const CpEmailRequest *request = call->body;
  g_autofree char *email = g_strstrip (g_strdup (request->email));
  gint64 change;

  return cpd_store_email_change_add (call->db, call->actor.account, email, call->now, call->now + CP_TIME_DAY, &change,
                                     error) &&
         tell_address (call, email, change, error) &&
         cpd_call_audit (call, CPD_AUDIT_EMAIL_ASKED, call->actor.account, 0, 0, error);
}

/* A try is counted, whatever comes of it. */
static gboolean
count_address (CpdCall *call, GError **error)
{
  return take_address (call, error) && cpd_call_go_on (call, ask_address, error);
}

/**
 * cpd_service_email_finish:
 *
 * The new address waits; a mail with a link goes to it. Until that is opened the old one counts.
 */
gboolean
cpd_service_email_finish (CpdCall *call, GError **error)
{
  return cpd_confirm_finish (call, count_address, error);
}

static gboolean
check_number (CpdCall *call, const char *text, char **mobile, GError **error)
{
  return cpd_phone_check (text, (const char *const *) call->services->config->sms_countries, mobile, error);
}

/**
 * cpd_service_mobile_begin:
 *
 * The rule of the field first: it costs nothing.
 */
gboolean
cpd_service_mobile_begin (CpdCall *call, GError **error)
{
  const CpMobileRequest *request = call->body;
  g_autofree char *mobile = NULL;

  return check_number (call, request->mobile, &mobile, error) && cpd_confirm_begin (call, request->password, error);
}

/* *mobile (transfer full) is NULL when no number waits for a code. */
static gboolean
find_waiting (CpdCall *call, CpdAttempt *attempt, char **mobile, GError **error)
{
  g_autoptr (GError) local = NULL;

  *mobile = NULL;
  if (cpd_store_attempt_find_number (call->db, call->actor.account, attempt, &local) && attempt->id != 0 &&
      !attempt->verified && attempt->expires > call->now)
    *mobile = cpd_store_attempt_mobile (call->db, attempt->id, &local);
  return cpd_result (&local, error);
}

/* The same number asked again goes on with its attempt: a code that comes late still works. */
static gboolean
go_on_with (CpdCall *call, const char *waiting, const char *mobile, CpdAttempt *attempt, GError **error)
{
  if (g_strcmp0 (waiting, mobile) == 0 && attempt->expires > call->now + CPD_CODE_LIFE)
    return TRUE;
  *attempt = (CpdAttempt){
    .account = call->actor.account,
    .purpose = CPD_ATTEMPT_NUMBER,
    .created = call->now,
    .expires = call->now + NUMBER_LIFE,
  };
  return cpd_store_attempt_add (call->db, attempt, NULL, mobile, error);
}

/* Codes for the new number are those of an attempt of its own, with the limits of any other code. */
static gboolean
send_code (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, const char *mobile, GError **error)
{
  const CpdServices *services = call->services;
  g_autoptr (CpNumberChallenge) challenge = NULL;

  if (!cpd_challenge_send_number (call->db, services->keys, services->config, account, attempt, mobile, call->now,
                                  error) ||
      !cpd_call_audit (call, CPD_AUDIT_NUMBER_ASKED, account->id, 0, 0, error))
    return FALSE;
  challenge = cpd_challenge_describe_number (call->db, services->keys, services->config, account, attempt, mobile,
                                             call->now, error);
  if (challenge == NULL)
    return FALSE;
  cpd_call_answer (call, &cp_number_challenge_record, challenge);
  return TRUE;
}

/* Whose window was closed has no other way back to the code that went to that number. */
static gboolean
tell_waiting (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, const char *mobile, gboolean *told,
              GError **error)
{
  const CpdServices *services = call->services;
  g_autoptr (CpNumberChallenge) challenge = NULL;

  if (!cpd_challenge_describe_waiting (call->db, services->keys, services->config, account, attempt, mobile, call->now,
                                       &challenge, error))
    return FALSE;
  *told = challenge != NULL;
  if (*told)
    cpd_call_answer (call, &cp_number_challenge_record, challenge);
  return TRUE;
}

static gboolean
ask_number (CpdCall *call, GError **error)
{
  const CpMobileRequest *request = call->body;
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);
  g_autofree char *mobile = NULL;
  g_autofree char *waiting = NULL;
  gboolean told = FALSE;
  CpdAttempt attempt;

  if (account == NULL || !check_number (call, request->mobile, &mobile, error) ||
      !find_waiting (call, &attempt, &waiting, error) ||
      (g_strcmp0 (waiting, mobile) == 0 && !tell_waiting (call, account, &attempt, mobile, &told, error)))
    return FALSE;
  return told ||
         (go_on_with (call, waiting, mobile, &attempt, error) && send_code (call, account, &attempt, mobile, error));
}

/**
 * cpd_service_mobile_finish:
 *
 * A code goes to the new number, or one did and counts still; until it was typed the old number counts.
 */
gboolean
cpd_service_mobile_finish (CpdCall *call, GError **error)
{
  return cpd_confirm_finish (call, ask_number, error);
}

static gboolean
load_waiting (CpdCall *call, CpdAttempt *attempt, char **mobile, GError **error)
{
  if (!find_waiting (call, attempt, mobile, error))
    return FALSE;
  if (*mobile == NULL)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_CONFLICT, "no number waits for a code");
  return *mobile != NULL;
}

/**
 * cpd_service_mobile_again:
 *
 * Another code to the number that waits: who asked for it gave the password then.
 */
gboolean
cpd_service_mobile_again (CpdCall *call, GError **error)
{
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);
  g_autofree char *mobile = NULL;
  CpdAttempt attempt;

  return account != NULL && load_waiting (call, &attempt, &mobile, error) &&
         send_code (call, account, &attempt, mobile, error);
}

static gboolean
change_number (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, const char *mobile, GError **error)
{
  return cpd_store_attempt_set_verified (call->db, attempt->id, call->now, error) &&
         cpd_store_account_set_mobile (call->db, account->id, mobile, error) &&
         cpd_call_audit (call, CPD_AUDIT_NUMBER_CHANGED, account->id, 0, 0, error) &&
         cpd_notify_number (call->db, call->services->keys, account, call->now, error);
}

/**
 * cpd_service_mobile_code:
 *
 * The code of the new number. A wrong one is counted and kept, whatever else happens.
 */
gboolean
cpd_service_mobile_code (CpdCall *call, GError **error)
{
  const CpTypedCode *request = call->body;
  g_autofree char *code = cp_validate_code (request->code, cp_step_digits (CP_STEP_SMS), error);
  g_autoptr (CpdAccount) account = code != NULL ? cpd_store_account_get (call->db, call->actor.account, error) : NULL;
  g_autofree char *mobile = NULL;
  CpdAttempt attempt;
  CpdSecondStep step;

  if (account == NULL || !load_waiting (call, &attempt, &mobile, error))
    return FALSE;
  step = (CpdSecondStep){ call->db, call->services->keys, call->services->config, account, attempt.id, call->now };
  if (!cpd_second_step_try (&step, CP_STEP_SMS, code, &call->failed, error))
    return FALSE;
  return call->failed != NULL ? cpd_call_audit (call, CPD_AUDIT_CODE_WRONG, account->id, 0, 0, error)
                              : change_number (call, account, &attempt, mobile, error);
}
