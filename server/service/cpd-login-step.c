/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-login-step.h"

#include "cpd-challenge.h"
#include "cpd-second-step.h"
#include "cpd-session.h"
#include "cpd-store-invitation.h"
#include "cpd-store-membership.h"
#include "cpd-store-session.h"

/**
 * cpd_login_next:
 * @password_first: the organisation asks for the new password before the code (SZR); otherwise after it (Careyn)
 * @verified: the code was right, or the device is trusted
 * @temporary: the password that was used is a temporary one
 *
 * Returns: the step that comes now; CP_NEXT_IN when all are done.
 */
CpNext
cpd_login_next (gboolean password_first, gboolean verified, gboolean temporary)
{
  if (temporary && (password_first || verified))
    return CP_NEXT_CHANGE_PASSWORD;
  return verified ? CP_NEXT_IN : CP_NEXT_VERIFY_DEVICE;
}

/* No number and used-up codes are told on the screen that asks for the code, not as a failed login. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_NO_MOBILE_NUMBER) || cpd_challenge_is_limit (error);
}

/**
 * cpd_login_send_code:
 * @refused: (out)
 *
 * A number that is known and gets no message is of a country that was taken out of the configuration.
 *
 * Returns: FALSE with @error when not even a refusal can be told.
 */
gboolean
cpd_login_send_code (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, GError **refused,
                     GError **error)
{
  const CpdServices *services = call->services;
  GError *local = NULL;

  if (cpd_challenge_send (call->db, services->keys, services->config, account, attempt, call->now, &local))
    return cpd_call_audit (call, CPD_AUDIT_CODE_SENT, account->id, 0, 0, error);
  if (!is_refusal (local))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  *refused = local;
  return local->code != CP_ERROR_NO_MOBILE_NUMBER || account->mobile == NULL ||
         cpd_call_audit (call, CPD_AUDIT_CODE_NOT_SENT, account->id, 0, 0, error);
}

static gboolean
ask_code (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, CpLoginAnswer *answer, GError **error)
{
  const CpdServices *services = call->services;
  const CpdSecondStep step = { call->db, services->keys, services->config, account, attempt->id, call->now };
  g_autoptr (GError) refused = NULL;
  CpStepMethod first;
  guint methods;

  /* Who has codes from an app asks for a message, or there is none. */
  if (!cpd_second_step_methods (&step, &methods, &first, error) ||
      (first == CP_STEP_SMS && !cpd_login_send_code (call, account, attempt, &refused, error)))
    return FALSE;
  answer->challenge =
      cpd_challenge_describe (call->db, services->keys, services->config, account, attempt, call->now, error);
  if (answer->challenge == NULL)
    return FALSE;
  if (refused != NULL)
    answer->challenge->refused = g_strdup (cp_error_code_name (refused->code));
  return TRUE;
}

static gboolean
has_open_membership (CpdCall *call, gint64 account, gboolean *open, GError **error)
{
  g_autoptr (GPtrArray) rows = cpd_store_membership_list (call->db, account, call->now, error);

  if (rows == NULL)
    return FALSE;
  *open = FALSE;
  for (guint i = 0; i < rows->len && !*open; i++)
    call->judge (&((const CpdMembershipRow *) rows->pdata[i])->facts, call->now, open);
  return TRUE;
}

static gboolean
let_in (CpdCall *call, const CpdAccount *account, CpLoginAnswer *answer, GError **error)
{
  gboolean open;
  gint64 invitations;

  if (!cpd_store_account_visited (call->db, account->id, call->now, error) ||
      !cpd_call_audit (call, CPD_AUDIT_SESSION, account->id, 0, 0, error) ||
      !has_open_membership (call, account->id, &open, error) ||
      !cpd_store_invitation_count (call->db, account->id, call->now, &invitations, error))
    return FALSE;
  answer->next = open || invitations == 0 ? CP_NEXT_IN : CP_NEXT_INVITATIONS;
  return TRUE;
}

/**
 * cpd_login_step:
 *
 * A new session token at every step.
 */
gboolean
cpd_login_step (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, CpLoginAnswer *answer,
                GError **error)
{
  static const CpdSessionKind kinds[] = {
    [CP_NEXT_VERIFY_DEVICE] = CPD_SESSION_PENDING_SMS,
    [CP_NEXT_CHANGE_PASSWORD] = CPD_SESSION_MUST_CHANGE,
    [CP_NEXT_IN] = CPD_SESSION_FULL,
  };
  CpNext next = cpd_login_next (call->services->config->password_before_sms, attempt->verified, attempt->temporary);

  answer->next = next;
  answer->first_change = account->last_login == 0;
  call->actor.account = account->id;
  call->actor.attempt = attempt->id;
  call->actor.shared = attempt->shared;
  answer->token = cpd_session_begin (call->db, call->services->keys, call->services->config, &call->actor, kinds[next],
                                     call->now, error);
  if (answer->token == NULL)
    return FALSE;
  if (next == CP_NEXT_VERIFY_DEVICE)
    return ask_code (call, account, attempt, answer, error);
  return next == CP_NEXT_IN ? let_in (call, account, answer, error) : TRUE;
}
