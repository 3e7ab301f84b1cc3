/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-password-set.h"

#include "cpd-links.h"
#include "cpd-store-change.h"
#include "cpd-store-outbox.h"
#include "cpd-store-own.h"
#include "cpd-store-session.h"

/**
 * cpd_password_set:
 * @action: how it is recorded
 */
gboolean
cpd_password_set (CpdCall *call, gint64 account, gint64 keep_session, gint64 keep_device, CpdAuditAction action,
                  GError **error)
{
  const CpdServices *services = call->services;
  const CpdOutboxNew mail = { .kind = CPD_OUTBOX_MAIL, .template_name = "password-changed", .account = account };

  return cpd_store_account_set_own (call->db, account, cpd_keys_pepper (services->keys), call->work->new_hash,
                                    call->now, error) &&
         cpd_store_account_drop_temporary (call->db, account, error) &&
         cpd_store_session_end_others (call->db, account, keep_session, CPD_SESSION_END_PASSWORD, call->now, error) &&
         cpd_store_device_end_others (call->db, account, keep_device, call->now, error) &&
         cpd_links_end_passwords (call->db, account, call->now, error) &&
         cpd_store_email_change_drop (call->db, account, error) &&
         cpd_store_change_add (call->db, account, CP_TOPIC_SESSION, call->now, error) &&
         cpd_store_outbox_add_message (call->db, &mail, call->now, error) &&
         cpd_call_audit (call, action, account, 0, 0, error);
}
