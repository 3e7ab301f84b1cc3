/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-invite.h"

#include "cpd-store-invitation.h"
#include "cpd-store-link.h"
#include "cpd-store-outbox.h"

/* Somebody with a password of their own gets neither link nor password. */
static gboolean
choose_template (CpdCall *call, gint64 account, CpdOutboxNew *message, GError **error)
{
  g_auto (CpdCredentials) credentials = { 0 };

  if (!cpd_store_account_credentials (call->db, account, &credentials, error))
    return FALSE;
  if (credentials.own_hash != NULL)
    message->template_name = "invitation-known";
  else if (call->services->config->invitation_with == CP_INVITE_WITH_CREDENTIALS)
    message->template_name = "invitation-credentials";
  else
    {
      message->template_name = "invitation-link";
      message->link_kind = CPD_LINK_INVITATION;
    }
  return TRUE;
}

static gboolean
begin (CpdCall *call, gint64 membership, gint64 open, CpTime when, gint64 *invitation, GError **error)
{
  CpTime expires = when + call->services->config->invitation_days * CP_TIME_DAY;

  if (open == 0)
    return cpd_store_invitation_add (call->db, membership, call->actor.account, when, expires, invitation, error);
  *invitation = open;
  return cpd_store_invitation_stop (call->db, open, error) &&
         cpd_store_invitation_again (call->db, open, call->actor.account, when, expires, error);
}

/**
 * cpd_invite:
 * @open: an invitation of this membership that begins again, or 0
 * @when: now, or later: until then it can be stopped or forgotten
 */
gboolean
cpd_invite (CpdCall *call, gint64 membership, gint64 account, gint64 open, CpTime when, GError **error)
{
  CpdOutboxNew message = { CPD_OUTBOX_MAIL, .account = account, .membership = membership };
  gint64 outbox;

  return choose_template (call, account, &message, error) &&
         begin (call, membership, open, when, &message.invitation, error) &&
         cpd_store_outbox_add_message (call->db, &message, when, error) &&
         cpd_store_outbox_newest (call->db, &outbox, error) &&
         cpd_store_invitation_carry (call->db, message.invitation, outbox, error) &&
         cpd_call_audit (call, CPD_AUDIT_INVITED, call->actor.account, call->grant.patient, membership, error);
}
