/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-login.h"

#include <string.h>

#include "cp-session.h"
#include "cpd-confirm.h"
#include "cpd-login-step.h"
#include "cpd-password-rules.h"
#include "cpd-password-set.h"
#include "cpd-session.h"
#include "cpd-store-session.h"
#include "cpd-token.h"

/**
 * cpd_service_password_begin:
 *
 * The rules first: they cost nothing. Then the old password is counted and tested like a login.
 */
gboolean
cpd_service_password_begin (CpdCall *call, GError **error)
{
  const CpPasswordRequest *request = call->body;
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);

  if (account == NULL ||
      !cpd_password_rules_check (call->services->config, account, request->old_password, request->new_password, error))
    return FALSE;
  call->work->new_password = g_strdup (request->new_password);
  return cpd_confirm_begin (call, request->old_password, error);
}

/* In a session that began with a temporary password only such a one is the old password, that one or another that is
 * not over; in a full session one's own. */
static gboolean
old_is_right (const CpdCall *call)
{
  const CpdTemporary *temporary = call->work->temporary;

  if (call->actor.kind != CPD_SESSION_MUST_CHANGE)
    return call->work->own_right;
  return temporary != NULL && cpd_temporary_counts (temporary, call->now);
}

/* This device stays trusted, under a new token: the one before is gone at once, not kept as at a login. */
static gboolean
renew_trust (CpdCall *call, CpLoginAnswer *answer, GError **error)
{
  guchar hash[CPD_HASH_SIZE];
  guchar gone[CPD_HASH_SIZE];
  g_autofree char *nobody = NULL;

  if (call->actor.device == 0)
    return TRUE;
  nobody = cpd_token_new ();
  answer->device_token = cpd_token_new ();
  cpd_keys_hash (call->services->keys, "device", answer->device_token, strlen (answer->device_token), hash);
  cpd_keys_hash (call->services->keys, "device", nobody, strlen (nobody), gone);
  return cpd_store_device_rotate (call->db, call->actor.device, gone, hash, call->now, error);
}

static gboolean
go_on (CpdCall *call, CpLoginAnswer *answer, GError **error)
{
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);
  CpdAttempt attempt;

  if (account == NULL)
    return FALSE;
  if (call->actor.kind == CPD_SESSION_FULL)
    {
      answer->next = CP_NEXT_IN;
      answer->token = cpd_session_begin (call->db, call->services->keys, call->services->config, &call->actor,
                                         CPD_SESSION_FULL, call->now, error);
      return answer->token != NULL;
    }
  if (!cpd_store_attempt_clear_temporary (call->db, call->actor.attempt, error) ||
      !cpd_store_attempt_get (call->db, call->actor.attempt, &attempt, error))
    return FALSE;
  if (attempt.id == 0 || attempt.expires <= call->now)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_ATTEMPT_ENDED, "the login attempt is over");
      return FALSE;
    }
  return cpd_login_step (call, account, &attempt, answer, error);
}

static gboolean
change (CpdCall *call, GError **error)
{
  g_autoptr (CpLoginAnswer) answer = cp_login_answer_new ();

  if (!cpd_password_set (call, call->actor.account, call->actor.session, call->actor.device, CPD_AUDIT_PASSWORD_CHANGED,
                         error) ||
      !renew_trust (call, answer, error) || !go_on (call, answer, error))
    return FALSE;
  cpd_call_answer (call, &cp_login_answer_record, answer);
  return TRUE;
}

/**
 * cpd_service_password_finish:
 *
 * Keeps this session and this device's trust under new tokens, and ends all others.
 */
gboolean
cpd_service_password_finish (CpdCall *call, GError **error)
{
  if (call->work->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&call->work->error));
      return FALSE;
    }
  if (!old_is_right (call) || call->work->new_hash == NULL)
    {
      call->failed = g_error_new_literal (CP_ERROR, CP_ERROR_PASSWORD_OLD_WRONG, "the old password is not right");
      return cpd_confirm_wrong (call, error);
    }
  return cpd_confirm_right (call, change, error);
}
