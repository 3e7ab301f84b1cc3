/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-invite.h"

#include "cpd-store-invitation.h"
#include "cpd-store-link.h"
#include "cpd-store-membership.h"
#include "cpd-store-outbox.h"

/**
 * cpd_invite_may:
 * @patient: row id
 */
gboolean
cpd_invite_may (CpdDb *db, gint64 patient, GError **error)
{
  gboolean deceased;

  if (!cpd_store_patient_deceased (db, patient, &deceased, error))
    return FALSE;
  if (deceased)
    g_set_error_literal (error, CP_ERROR, CP_ERROR_DECEASED,
                         "the client has died: no invitation is mailed, so nobody new can be invited");
  return !deceased;
}

/* Who has a password of their own when it is handed over gets neither: the words then are others (cpd-templates.c). */
static void
choose_template (const CpdConfig *config, CpdOutboxNew *message)
{
  if (config->invitation_with == CP_INVITE_WITH_CREDENTIALS)
    {
      message->template_name = "invitation-credentials";
      return;
    }
  message->template_name = "invitation-link";
  message->link_kind = CPD_LINK_INVITATION;
}

static gboolean
begin (CpdDb *db, const CpdConfig *config, const CpdInvited *invited, gint64 *invitation, GError **error)
{
  CpTime expires = cpd_config_invitation_ends (config, invited->when);

  if (invited->open == 0)
    return cpd_store_invitation_add (db, invited->membership, invited->inviter, invited->when, expires, invitation,
                                     error);
  *invitation = invited->open;
  return cpd_store_invitation_stop (db, invited->open, error) &&
         cpd_store_invitation_again (db, invited->open, invited->inviter, invited->when, expires, error);
}

/**
 * cpd_invite_person:
 */
gboolean
cpd_invite_person (CpdDb *db, const CpdConfig *config, const CpdInvited *invited, GError **error)
{
  CpdOutboxNew message = { CPD_OUTBOX_MAIL, .account = invited->account, .membership = invited->membership };
  gint64 outbox;

  choose_template (config, &message);
  return cpd_invite_may (db, invited->patient, error) && begin (db, config, invited, &message.invitation, error) &&
         cpd_store_outbox_add_message (db, &message, invited->when, error) &&
         cpd_store_outbox_newest (db, &outbox, error) &&
         cpd_store_invitation_carry (db, message.invitation, outbox, error);
}

/**
 * cpd_invite:
 * @open: an invitation of this membership that begins again, or 0
 * @when: now, or later: until then it can be stopped or forgotten
 */
gboolean
cpd_invite (CpdCall *call, gint64 membership, gint64 account, gint64 open, CpTime when, GError **error)
{
  const CpdInvited invited = { call->grant.patient, membership, account, call->actor.account, open, when };

  return cpd_invite_person (call->db, call->services->config, &invited, error) &&
         cpd_call_audit (call, CPD_AUDIT_INVITED, call->actor.account, call->grant.patient, membership, error);
}
