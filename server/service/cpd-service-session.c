/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-session.h"

#include "cp-session.h"
#include "cpd-session.h"
#include "cpd-store-invitation.h"
#include "cpd-store-membership.h"

/* Whose portals, the one that was accepted first in front. Names and birth dates: a reading like any other. */
static gboolean
add_patients (CpdCall *call, CpSession *session, GError **error)
{
  g_autoptr (GPtrArray) rows = cpd_store_membership_list (call->db, call->actor.account, call->now, error);
  CpTime first = 0;
  CpTime last = 0;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      CpdMembershipRow *row = rows->pdata[i];
      gboolean open;
      row->access->parts = call->judge (&row->facts, call->now, &open);
      if (!open)
        continue;
      first = session->patients->len == 0 ? row->facts.accepted : first;
      last = row->facts.accepted;
      if (row->facts.until != 0)
        row->access->until = cp_time_date (row->facts.until, call->services->config->zone);
      g_ptr_array_add (session->patients, g_steal_pointer (&row->access));
    }
  cpd_call_list (call, CPD_AUDIT_LISTED_PATIENTS, first, last, session->patients->len);
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
  session->seconds_left = MAX (call->actor.expires - call->now, 0) / CP_TIME_SECOND;
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
 * Ends the session at once; the device stays trusted. Dispatch has it written.
 */
gboolean
cpd_service_log_out (CpdCall *call, GError **error)
{
  cpd_log_outs_add (call->services->log_outs, &call->actor, call->now);
  return TRUE;
}
