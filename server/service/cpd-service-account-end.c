/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-account.h"

#include "cpd-confirm.h"
#include "cpd-links.h"
#include "cpd-notify.h"
#include "cpd-store-change.h"
#include "cpd-store-manager.h"
#include "cpd-store-member-put.h"
#include "cpd-store-membership.h"
#include "cpd-store-own.h"
#include "cpd-store-session.h"

/* Whether somebody else manages this portal for good, or this person does not. */
static gboolean
may_leave (CpdCall *call, const CpdMembershipRow *row, GError **error)
{
  gboolean open;
  g_autoptr (GArray) managers = NULL;
  GError *refused;

  if ((call->judge (&row->facts, call->now, &open) & CP_PART_SETTINGS) == 0)
    return TRUE;
  managers = cpd_store_managers (call->db, row->facts.patient, call->now, error);
  if (managers == NULL)
    return FALSE;
  if (cpd_managers_stay_without (managers, row->facts.membership))
    return TRUE;
  refused = g_error_new_literal (CP_ERROR, CP_ERROR_LAST_SETTINGS, "nobody else manages this portal");
  cp_error_details (refused)->field = g_strdup (row->access->id);
  g_propagate_error (error, refused);
  return FALSE;
}

/* Whoever manages a portal alone hands that over first, or nobody could any more. */
static gboolean
may_go (CpdCall *call, GError **error)
{
  g_autoptr (GPtrArray) rows = cpd_store_membership_list (call->db, call->actor.account, call->now, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!may_leave (call, rows->pdata[i], error))
      return FALSE;
  return rows != NULL;
}

static gboolean
end_memberships (CpdCall *call, GError **error)
{
  g_autoptr (GPtrArray) rows = cpd_store_membership_list (call->db, call->actor.account, call->now, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const CpdMembershipFacts *facts = &((const CpdMembershipRow *) rows->pdata[i])->facts;
      if (facts->ended == 0 && (!cpd_store_member_end (call->db, facts->membership, call->now, error) ||
                                !cpd_store_change_add_member (call->db, facts->membership, call->now, error) ||
                                !cpd_call_audit (call, CPD_AUDIT_ACCOUNT_ENDED, call->actor.account, facts->patient,
                                                 facts->membership, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
end_account (CpdCall *call, GError **error)
{
  g_autoptr (CpdAccount) account = cpd_store_account_get (call->db, call->actor.account, error);

  return account != NULL && may_go (call, error) && end_memberships (call, error) &&
         cpd_store_session_end (call->db, call->actor.session, CPD_SESSION_END_ACCOUNT, call->now, NULL, error) &&
         cpd_store_session_end_others (call->db, account->id, 0, CPD_SESSION_END_ACCOUNT, call->now, error) &&
         cpd_store_device_end_others (call->db, account->id, 0, call->now, error) &&
         cpd_links_end_passwords (call->db, account->id, call->now, error) &&
         cpd_notify_mail_to (call->db, call->services->keys, "account-ended", account->id, account->email, call->now,
                             error) &&
         cpd_call_audit (call, CPD_AUDIT_ACCOUNT_ENDED, account->id, 0, 0, error) &&
         cpd_store_change_add (call->db, account->id, CP_TOPIC_SESSION, call->now, error) &&
         cpd_store_own_end (call->db, account->id, call->now, error);
}

/**
 * cpd_service_account_end_finish:
 *
 * The rows stay, since the log and what others see name them; nobody gets in with them any more.
 */
gboolean
cpd_service_account_end_finish (CpdCall *call, GError **error)
{
  return cpd_confirm_finish (call, end_account, error);
}
