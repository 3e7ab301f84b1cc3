/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-login.h"

#include <string.h>

#include "cp-session.h"
#include "cp-validate.h"
#include "cpd-challenge.h"
#include "cpd-clock.h"
#include "cpd-login-step.h"
#include "cpd-login-throttle.h"
#include "cpd-notify.h"
#include "cpd-second-step.h"
#include "cpd-store-second-step.h"
#include "cpd-store-session.h"
#include "cpd-token.h"

#define ATTEMPT_LIFE (15 * CP_TIME_MINUTE)

static void
hash_token (const CpdCall *call, const char *purpose, const char *token, guchar out[CPD_HASH_SIZE])
{
  cpd_keys_hash (call->services->keys, purpose, token, strlen (token), out);
}

static gboolean
is_trusted (const CpdCall *call, CpTime last_visit)
{
  /* 90 days to the minute is still trusted. */
  return call->now - last_visit < call->services->config->device_days * CP_TIME_DAY + CP_TIME_MINUTE &&
         !cpd_clock_was_fast (last_visit, call->now);
}

static gboolean
find_device (CpdCall *call, GError **error)
{
  const CpLoginRequest *login = call->body;
  guchar hash[CPD_HASH_SIZE] = { 0 };
  CpdDevice device;

  /* The same look-up with and without a token, with and without an account. */
  if (!login->shared && !login->no_keyring && login->device_token != NULL && cp_validate_is_token (login->device_token))
    hash_token (call, "device", login->device_token, hash);
  if (!cpd_store_device_find (call->db, call->work->account, hash, &device, error))
    return FALSE;
  call->work->device = device.id;
  call->work->device_visit = device.last_visit;
  return TRUE;
}

/* 0: none that is trusted still. */
static gint64
trusted_device (const CpdCall *call)
{
  return call->work->device != 0 && is_trusted (call, call->work->device_visit) ? call->work->device : 0;
}

/* Nobody of this name costs what one of the others does, each time the same one: or the time would tell who there is,
 * as long as most passwords were hashed before the cost was changed. */
static gboolean
choose_cost (CpdCall *call, const char *username, GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  guint64 number;

  hash_token (call, "cost-for-nobody", username, hash);
  memcpy (&number, hash, sizeof number);
  return cpd_store_account_any_hash (call->db, number, &call->work->like, error);
}

/**
 * cpd_service_login_begin:
 *
 * Counts the try and copies out what the pool needs; the same steps whether the account exists or not.
 */
gboolean
cpd_service_login_begin (CpdCall *call, GError **error)
{
  const CpLoginRequest *login = call->body;
  CpdHashWork *work = call->work;
  g_autofree char *username = cpd_account_fold_username (login->username);
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdAccount) account = cpd_store_account_find (call->db, username, &local);
  CpdThrottleKey buckets[CPD_LOGIN_BUCKETS];
  gsize n;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  work->account = account != NULL ? account->id : 0;
  work->password = g_strdup (login->password);
  if (!cpd_store_account_credentials (call->db, work->account, &work->credentials, error) ||
      !choose_cost (call, username, error) || !find_device (call, error))
    return FALSE;
  work->stranger = trusted_device (call) == 0;
  n = cpd_login_throttle_buckets (call->services->keys, username, trusted_device (call), call->request->address,
                                  buckets);
  return cpd_throttle_take (call->db, buckets, n, call->now, error);
}

/* Everything about a password that was not right. The failed try has been counted; the audit row is kept. */
static gboolean
fail_login (CpdCall *call, CpErrorCode code, GError **error)
{
  call->failed = g_error_new_literal (CP_ERROR, code, "login failed");
  return cpd_call_audit (call, CPD_AUDIT_LOGIN_FAILED, call->work->account, 0, 0, error);
}

static CpChallengeReason
challenge_reason (const CpdAccount *account, const CpLoginRequest *login, gint64 device)
{
  if (login->shared)
    return CP_CHALLENGE_SHARED;
  if (login->no_keyring)
    return CP_CHALLENGE_NO_KEYRING;
  if (account->last_login == 0)
    return CP_CHALLENGE_FIRST_LOGIN;
  return device != 0 ? CP_CHALLENGE_LONG_AGO : CP_CHALLENGE_NEW_DEVICE;
}

/* (nullable): how the app calls the computer, when that is a name. Nobody is kept out by it. */
static const char *
device_name (const CpLoginRequest *login)
{
  return cp_validate_device_name (login->device_name, NULL) ? login->device_name : NULL;
}

static gboolean
renew_device (CpdCall *call, const CpLoginRequest *login, CpLoginAnswer *answer, GError **error)
{
  guchar used[CPD_HASH_SIZE];
  guchar fresh[CPD_HASH_SIZE];

  answer->device_token = cpd_token_new ();
  hash_token (call, "device", login->device_token, used);
  hash_token (call, "device", answer->device_token, fresh);
  call->actor.device = call->work->device;
  return cpd_store_device_rotate (call->db, call->work->device, used, fresh, call->now, error) &&
         cpd_store_device_name (call->db, call->work->device, device_name (login), error);
}

/* Of two logins at once the first has kept it already. */
static gboolean
keep_rehashed (CpdCall *call, GError **error)
{
  const CpdHashWork *work = call->work;

  return work->new_hash == NULL ||
         cpd_store_account_rehash (call->db, work->account, work->credentials.own_hash,
                                   cpd_keys_pepper (call->services->keys), work->new_hash, error);
}

static gboolean
start_attempt (CpdCall *call, const CpdAccount *account, gboolean temporary, GError **error)
{
  const CpLoginRequest *login = call->body;
  CpdHashWork *work = call->work;
  gboolean trusted = trusted_device (call) != 0;
  g_autoptr (CpLoginAnswer) answer = cp_login_answer_new ();
  CpdAttempt attempt = {
    .account = account->id,
    .created = call->now,
    .expires = call->now + ATTEMPT_LIFE,
    .reason = challenge_reason (account, login, work->device),
    .shared = login->shared,
    .temporary = temporary,
    .device = trusted ? 0 : work->device,
    .verified = trusted,
  };

  if (login->language != NULL && !cpd_store_account_set_language (call->db, account->id, login->language, error))
    return FALSE;
  if ((trusted && !renew_device (call, login, answer, error)) ||
      !cpd_store_attempt_add (call->db, &attempt, device_name (login), NULL, error) ||
      !cpd_call_audit (call, CPD_AUDIT_LOGIN, account->id, 0, 0, error) ||
      !cpd_login_step (call, account, &attempt, answer, error))
    return FALSE;
  cpd_call_answer (call, &cp_login_answer_record, answer);
  return TRUE;
}

static gboolean
forgive (CpdCall *call, const CpdAccount *account, GError **error)
{
  CpdThrottleKey buckets[CPD_LOGIN_BUCKETS];
  gsize n = cpd_login_throttle_buckets (call->services->keys, account->username, trusted_device (call),
                                        call->request->address, buckets);

  return cpd_throttle_forgive (call->db, buckets, n, error);
}

/* Whom to ask for another one. */
static gboolean
fail_late (CpdCall *call, GError **error)
{
  if (!fail_login (call, CP_ERROR_TEMPORARY_PASSWORD_EXPIRED, error))
    return FALSE;
  if (call->work->temporary->invited)
    cp_error_details (call->failed)->reason = g_strdup ("invitation");
  return TRUE;
}

/* The password may have been changed while the pool was busy: one that was right then must not let anybody in now, nor
 * be written back. Another hash alone is no other password. The trust of the device may have ended too. */
static gboolean
forget_stale (CpdCall *call, GError **error)
{
  CpdHashWork *work = call->work;
  g_auto (CpdCredentials) now = { 0 };

  if (!cpd_store_account_credentials (call->db, work->account, &now, error))
    return FALSE;
  work->own_right = work->own_right && now.own_hash != NULL && now.own_since == work->credentials.own_since;
  if (work->temporary != NULL && cpd_credentials_find_temporary (&now, work->temporary->hash) == NULL)
    work->temporary = NULL;
  return find_device (call, error);
}

/**
 * cpd_service_login_finish:
 *
 * Decides on what the pool found. A temporary password that is over says so only when it was right itself.
 */
gboolean
cpd_service_login_finish (CpdCall *call, GError **error)
{
  const CpdHashWork *work = call->work;
  g_autoptr (CpdAccount) account = NULL;
  gboolean temporary;

  if (!forget_stale (call, error))
    return FALSE;
  temporary = work->temporary != NULL && !work->own_right;
  if (work->account == 0 || !(work->own_right || work->temporary != NULL))
    return fail_login (call, CP_ERROR_LOGIN_FAILED, error);
  if (temporary && !cpd_temporary_counts (work->temporary, call->now))
    return fail_late (call, error);
  account = cpd_store_account_get (call->db, work->account, error);
  if (account == NULL)
    return *error == NULL ? fail_login (call, CP_ERROR_LOGIN_FAILED, error) : FALSE;
  return forgive (call, account, error) && keep_rehashed (call, error) &&
         start_attempt (call, account, temporary, error);
}

static gboolean
load_attempt (CpdCall *call, CpdAttempt *attempt, CpdAccount **account, GError **error)
{
  if (!cpd_store_attempt_get (call->db, call->actor.attempt, attempt, error))
    return FALSE;
  if (attempt->id == 0 || attempt->expires <= call->now)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_ATTEMPT_ENDED, "the login attempt is over");
      return FALSE;
    }
  *account = cpd_store_account_get (call->db, attempt->account, error);
  return *account != NULL;
}

/* The device is verified: it gets a token, unless the computer is shared or cannot keep one; an expired one is
 * replaced. */
static gboolean
trust_device (CpdCall *call, const CpdAttempt *attempt, CpLoginAnswer *answer, GError **error)
{
  guchar hash[CPD_HASH_SIZE];

  if (attempt->shared || attempt->reason == CP_CHALLENGE_NO_KEYRING)
    return TRUE;
  if (attempt->device != 0 && !cpd_store_device_end (call->db, attempt->device, call->now, error))
    return FALSE;
  answer->device_token = cpd_token_new ();
  hash_token (call, "device", answer->device_token, hash);
  return cpd_store_device_add (call->db, attempt->account, hash, attempt->id, call->now, &call->actor.device, error);
}

/* By mail, when somebody who has been here before comes in on a device that was never theirs. A computer that is shared
 * or keeps no token is never known, and that it is one is only what it says itself: not to tell of it would leave a way
 * in of which nobody hears. */
static gboolean
tell_owner (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, GError **error)
{
  gboolean known = attempt->device != 0 || account->last_login == 0;

  if (known)
    return TRUE;
  if (attempt->reason == CP_CHALLENGE_NO_KEYRING)
    return cpd_notify_mail (call->db, "login-not-kept", account->id, call->now, error);
  return cpd_notify_new_device (call->db, account->id, call->actor.device, call->now, error);
}

static gboolean
tell_sheet (CpdCall *call, const CpdAccount *account, CpStepMethod method, CpLoginAnswer *answer, GError **error)
{
  CpTime made;
  int left;

  if (method != CP_STEP_SHEET)
    return TRUE;
  if (!cpd_store_given_code_count (call->db, account->id, CP_STEP_SHEET, call->now, &left, &made, error))
    return FALSE;
  answer->sheet_used = TRUE;
  answer->sheet_left = left;
  return TRUE;
}

static gboolean
go_on (CpdCall *call, const CpdAccount *account, CpdAttempt *attempt, CpStepMethod method, GError **error)
{
  g_autoptr (CpLoginAnswer) answer = cp_login_answer_new ();

  attempt->verified = TRUE;
  if (!cpd_store_attempt_set_verified (call->db, attempt->id, call->now, error) ||
      !trust_device (call, attempt, answer, error) || !tell_owner (call, account, attempt, error) ||
      !tell_sheet (call, account, method, answer, error) ||
      !cpd_call_audit (call, CPD_AUDIT_CODE_RIGHT, account->id, 0, 0, error) ||
      !cpd_login_step (call, account, attempt, answer, error))
    return FALSE;
  cpd_call_answer (call, &cp_login_answer_record, answer);
  return TRUE;
}

/**
 * cpd_service_login_code:
 *
 * Apparaat verificatie. A wrong code is counted and kept, whatever else happens.
 */
gboolean
cpd_service_login_code (CpdCall *call, GError **error)
{
  const CpdServices *services = call->services;
  const CpCodeRequest *request = call->body;
  g_autofree char *code = cp_validate_code (request->code, cp_step_digits (request->method), error);
  g_autoptr (CpdAccount) account = NULL;
  CpdAttempt attempt;
  CpdSecondStep step;

  if (code == NULL || !load_attempt (call, &attempt, &account, error))
    return FALSE;
  step = (CpdSecondStep){ call->db, services->keys, services->config, account, attempt.id, call->now };
  if (!cpd_second_step_try (&step, request->method, code, &call->failed, error))
    return FALSE;
  return call->failed != NULL ? cpd_call_audit (call, CPD_AUDIT_CODE_WRONG, account->id, 0, 0, error)
                              : go_on (call, account, &attempt, request->method, error);
}

/**
 * cpd_service_login_challenge:
 *
 * A new code for the same attempt; earlier ones stay valid until their own end.
 */
gboolean
cpd_service_login_challenge (CpdCall *call, GError **error)
{
  const CpdServices *services = call->services;
  g_autoptr (CpdAccount) account = NULL;
  g_autoptr (CpLoginAnswer) answer = cp_login_answer_new ();
  CpdAttempt attempt;

  if (!load_attempt (call, &attempt, &account, error) ||
      !cpd_login_send_code (call, account, &attempt, &call->failed, error))
    return FALSE;
  if (call->failed != NULL)
    return TRUE;
  attempt.tries = 0;
  answer->next = CP_NEXT_VERIFY_DEVICE;
  answer->challenge =
      cpd_challenge_describe (call->db, services->keys, services->config, account, &attempt, call->now, error);
  if (answer->challenge == NULL)
    return FALSE;
  cpd_call_answer (call, &cp_login_answer_record, answer);
  return TRUE;
}
