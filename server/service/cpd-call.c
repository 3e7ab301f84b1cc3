/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-call.h"

#include "cpd-store-audit.h"

/**
 * cpd_call_answer:
 */
void
cpd_call_answer (CpdCall *call, const CpRecordType *type, gconstpointer record)
{
  g_clear_pointer (&call->reply, cpd_reply_free);
  call->reply = cpd_reply_new_record (type, record, call->services->config->zone);
}

/**
 * cpd_call_answer_later:
 * @record: (transfer full)
 */
void
cpd_call_answer_later (CpdCall *call, const CpRecordType *type, gpointer record)
{
  g_clear_pointer (&call->reply, cpd_reply_free);
  call->reply = cpd_reply_new_later (type, record, call->services->config->zone);
}

/**
 * cpd_call_read:
 * @part: what was looked at
 * @object: row id of one item, or 0
 * @first: time of the oldest row in the answer, 0 when that does not apply
 * @last: of the newest
 * @count: how many rows
 *
 * Dispatch writes the audit row before the answer leaves.
 */
void
cpd_call_read (CpdCall *call, CpPart part, gint64 object, CpTime first, CpTime last, gint64 count)
{
  call->audit = (CpdAudit){
    .at = call->now,
    .action = call->grant.viewed ? CPD_AUDIT_VIEWED_AS : CPD_AUDIT_READ,
    .account = call->actor.account,
    .session = call->actor.session,
    .patient = call->grant.patient,
    .membership = call->grant.contact != 0 ? -call->grant.contact : call->grant.membership,
    .part = part,
    .object = object,
    .first = first,
    .last = last,
    .count = count,
    .refresh = call->request->refresh,
  };
}

/**
 * cpd_call_read_version:
 * @at: time of the row
 * @version: 0 as it stands now; else which version of before
 *
 * What it says and what it said are two readings: other words.
 */
void
cpd_call_read_version (CpdCall *call, CpPart part, gint64 object, CpTime at, gint64 version)
{
  cpd_call_read (call, part, object, at, at, version == 0 ? 1 : -version);
}

/**
 * cpd_call_list:
 *
 * One row for the answer. Whom the list held is told by the account's memberships and invitations, which are never
 * deleted.
 */
void
cpd_call_list (CpdCall *call, CpdAuditAction action, CpTime first, CpTime last, gint64 count)
{
  if (count == 0)
    return;
  cpd_call_read (call, 0, 0, first, last, count);
  call->audit.action = action;
}

/**
 * cpd_call_audit:
 */
gboolean
cpd_call_audit (CpdCall *call, CpdAuditAction action, gint64 account, gint64 patient, gint64 membership, GError **error)
{
  CpdAudit audit = {
    .at = call->now,
    .action = action,
    .account = account,
    .session = call->actor.session,
    .patient = patient,
    .membership = membership,
  };

  return cpd_store_audit_add (call->db, &audit, error);
}

/**
 * cpd_call_go_on:
 */
gboolean
cpd_call_go_on (CpdCall *call, CpdServiceFunc rest, GError **error)
{
  GError *refused = NULL;

  if (!cpd_db_mark (call->db, error))
    return FALSE;
  if (rest (call, &refused))
    return cpd_db_keep (call->db, error);
  if (!cpd_db_undo (call->db))
    {
      g_propagate_error (error, refused);
      return FALSE;
    }
  call->failed = refused;
  return TRUE;
}
