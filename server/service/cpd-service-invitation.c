/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-session.h"

#include "cpd-store-change.h"
#include "cpd-store-invitation.h"

/* Invitations that ended are told for as long as somebody may still wonder. */
#define REMEMBERED (30 * CP_TIME_DAY)

static void
record_list (CpdCall *call, GPtrArray *invitations)
{
  guint n = invitations->len;
  CpTime first = n > 0 ? ((const CpInvitation *) invitations->pdata[0])->accept_until : 0;
  CpTime last = n > 0 ? ((const CpInvitation *) invitations->pdata[n - 1])->accept_until : 0;

  cpd_call_list (call, CPD_AUDIT_LISTED_INVITATIONS, first, last, n);
}

/**
 * cpd_service_invitations:
 */
gboolean
cpd_service_invitations (CpdCall *call, GError **error)
{
  const CpdConfig *config = call->services->config;
  CpInvitationList list = { cpd_store_invitation_list (call->db, call->actor.account, call->now, call->now - REMEMBERED,
                                                       config->zone, cpd_config_shares (config, CP_FRESH_CONTACTS),
                                                       error) };

  if (list.invitations == NULL)
    return FALSE;
  record_list (call, list.invitations);
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
                         call->actor.account, facts.patient, facts.membership, error) &&
         cpd_store_change_add (call->db, call->actor.account, CP_TOPIC_INVITATIONS, call->now, error) &&
         (!accept || cpd_store_change_add (call->db, call->actor.account, CP_TOPIC_RIGHTS, call->now, error)) &&
         cpd_store_change_add_managers (call->db, facts.patient, call->now, error);
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
