/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-confirm.h"

#include "cpd-service-login.h"
#include "cpd-throttle.h"

/**
 * cpd_confirm_begin:
 *
 * Tries count in the same bucket as those for a new password.
 */
gboolean
cpd_confirm_begin (CpdCall *call, const char *password, GError **error)
{
  CpdThrottleKey bucket;

  call->work->account = call->actor.account;
  call->work->password = g_strdup (password);
  cpd_throttle_key_of (call->services->keys, CPD_THROTTLE_PASSWORD, call->actor.account, &bucket);
  return cpd_store_account_credentials (call->db, call->actor.account, &call->work->credentials, error) &&
         cpd_throttle_take (call->db, &bucket, 1, call->now, error);
}

/**
 * cpd_confirm_right:
 */
gboolean
cpd_confirm_right (CpdCall *call, CpdServiceFunc rest, GError **error)
{
  CpdThrottleKey bucket;

  cpd_throttle_key_of (call->services->keys, CPD_THROTTLE_PASSWORD, call->actor.account, &bucket);
  return cpd_throttle_forgive (call->db, &bucket, 1, error) && cpd_call_go_on (call, rest, error);
}

/**
 * cpd_confirm_wrong:
 */
gboolean
cpd_confirm_wrong (CpdCall *call, GError **error)
{
  return cpd_call_audit (call, CPD_AUDIT_OWN_PASSWORD_WRONG, call->actor.account, 0, 0, error);
}

/**
 * cpd_confirm_finish:
 *
 * A password that was changed while the pool was busy is not right any more: its session has ended, and the gate says
 * so.
 */
gboolean
cpd_confirm_finish (CpdCall *call, CpdServiceFunc rest, GError **error)
{
  if (call->work->own_right)
    return cpd_confirm_right (call, rest, error);
  call->failed = g_error_new_literal (CP_ERROR, CP_ERROR_PASSWORD_WRONG, "the password is not right");
  cp_error_details (call->failed)->field = g_strdup ("password");
  return cpd_confirm_wrong (call, error);
}
