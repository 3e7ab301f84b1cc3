/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-session.h"

#include "cpd-store-membership.h"

/* Invitations that ended are told for as long as somebody may still wonder. */
#define REMEMBERED (30 * CP_TIME_DAY)

/**
 * cpd_service_invitations:
 */
gboolean
cpd_service_invitations (CpdCall *call, GError **error)
{
  CpInvitationList list = { cpd_store_invitation_list (call->db, call->actor.account, call->now, call->now - REMEMBERED,
                                                       call->services->config->zone, error) };

  if (list.invitations == NULL)
    return FALSE;
  cpd_call_answer (call, &cp_invitation_list_record, &list);
  g_ptr_array_unref (list.invitations);
  return TRUE;
}

static gboolean
answer (CpdCall *call, gboolean accept, GError **error)
{
  CpdMembershipFacts facts;

  return cpd_store_invitation_answer (call->db, call->actor.account, call->request->ids[0], accept, call->now, &facts,
                                      error) &&
         cpd_call_audit (call, accept ? CPD_AUDIT_INVITATION_ACCEPTED : CPD_AUDIT_INVITATION_DECLINED,
                         call->actor.account, facts.patient, facts.membership, error);
}

/**
 * cpd_service_invitation_accept:
 */
gboolean
cpd_service_invitation_accept (CpdCall *call, GError **error)
{
  return answer (call, TRUE, error);
}

/**
 * cpd_service_invitation_decline:
 */
gboolean
cpd_service_invitation_decline (CpdCall *call, GError **error)
{
  return answer (call, FALSE, error);
}
