/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-session.h"

#include "cp-session.h"
#include "cpd-session.h"
#include "cpd-store-membership.h"
#include "cpd-store-session.h"

static gboolean
add_patients (CpdCall *call, CpSession *session, GError **error)
{
  g_autoptr (GPtrArray) rows = cpd_store_membership_list (call->db, call->actor.account, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      CpdMembershipRow *row = rows->pdata[i];
      gboolean open;
      row->access->parts = call->judge (&row->facts, call->now, &open);
      if (open)
        g_ptr_array_add (session->patients, g_steal_pointer (&row->access));
    }
  return TRUE;
}

/**
 * cpd_service_session:
 *
 * Who one is, and whose portals one may open.
 */
gboolean
cpd_service_session (CpdCall *call, GError **error)
{
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);
  g_autoptr (CpSession) session = cp_session_new ();

  if (account == NULL)
    return FALSE;
  session->name = g_strdup (account->name);
  session->given_name = g_strdup (account->given_name);
  session->username = g_strdup (account->username);
  session->language = g_strdup (account->language);
  session->shared = call->actor.shared;
  session->idle_seconds = cpd_session_idle (call->services->config, call->actor.shared) / CP_TIME_SECOND;
  session->ends_at = call->actor.expires;
  session->previous_visit = account->previous_login;
  if (!cpd_store_invitation_count (call->db, account->id, call->now, &session->open_invitations, error) ||
      !add_patients (call, session, error))
    return FALSE;
  cpd_call_answer (call, &cp_session_record, session);
  return TRUE;
}

/**
 * cpd_service_log_out:
 *
 * Ends the session; the device stays trusted.
 */
gboolean
cpd_service_log_out (CpdCall *call, GError **error)
{
  return cpd_store_session_end (call->db, call->actor.session, CPD_SESSION_END_LOG_OUT, call->now, error) &&
         cpd_call_audit (call, CPD_AUDIT_LOG_OUT, call->actor.account, 0, 0, error);
}
