/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-account.h"

#include "cp-own-account.h"
#include "cp-validate.h"
#include "cpd-store-audit.h"
#include "cpd-store-change.h"
#include "cpd-store-own.h"
#include "cpd-store-session.h"

/* The row of a change; and the screens of this account are told. */
static gboolean
record (CpdCall *call, CpdAuditAction action, gint64 object, GError **error)
{
  CpdAudit row = {
    .at = call->now,
    .action = action,
    .account = call->actor.account,
    .session = call->actor.session,
    .object = object,
  };

  return cpd_store_audit_add (call->db, &row, error) &&
         cpd_store_change_add (call->db, call->actor.account, CP_TOPIC_SESSION, call->now, error);
}

/**
 * cpd_service_device_rename:
 *
 * As the person calls it.
 */
gboolean
cpd_service_device_rename (CpdCall *call, GError **error)
{
  const CpDeviceRequest *request = call->body;
  g_autofree char *name = g_strstrip (g_strdup (request->name));
  gint64 device;

  return cp_validate_device_name (name, error) &&
         cpd_store_own_device_find (call->db, call->actor.account, call->request->ids[0], &device, error) &&
         cpd_store_own_device_rename (call->db, device, name, error) &&
         record (call, CPD_AUDIT_DEVICE_RENAMED, device, error);
}

/**
 * cpd_service_device_end:
 *
 * "Uitloggen op dit apparaat": its trust and every session on it. On the one that asks, this session too.
 */
gboolean
cpd_service_device_end (CpdCall *call, GError **error)
{
  gint64 device;

  if (!cpd_store_own_device_find (call->db, call->actor.account, call->request->ids[0], &device, error) ||
      !record (call, CPD_AUDIT_DEVICE_ENDED, device, error) ||
      !cpd_store_device_end (call->db, device, call->now, error))
    return FALSE;
  if (device == call->actor.device &&
      !cpd_store_session_end (call->db, call->actor.session, CPD_SESSION_END_LOG_OUT, call->now, NULL, error))
    return FALSE;
  return cpd_store_own_device_end_sessions (call->db, device, CPD_SESSION_END_ELSEWHERE, call->now, error);
}

/**
 * cpd_service_session_end:
 *
 * One session; the device that it is on stays trusted.
 */
gboolean
cpd_service_session_end (CpdCall *call, GError **error)
{
  gint64 session;
  CpdSessionEnd reason;

  if (!cpd_store_own_session_find (call->db, call->actor.account, call->request->ids[0], &session, error))
    return FALSE;
  reason = session == call->actor.session ? CPD_SESSION_END_LOG_OUT : CPD_SESSION_END_ELSEWHERE;
  return cpd_store_session_end (call->db, session, reason, call->now, NULL, error) &&
         record (call, CPD_AUDIT_SESSION_ENDED, session, error);
}

/**
 * cpd_service_sessions_end_others:
 *
 * "Overal elders uitloggen": every session but this one, also those that are still on their way in. An address that
 * waits may have been asked for in one of those, and would move the account's mail after it.
 */
gboolean
cpd_service_sessions_end_others (CpdCall *call, GError **error)
{
  return cpd_store_session_end_others (call->db, call->actor.account, call->actor.session, CPD_SESSION_END_ELSEWHERE,
                                       call->now, error) &&
         cpd_store_email_change_drop (call->db, call->actor.account, error) &&
         record (call, CPD_AUDIT_SESSIONS_ENDED, 0, error);
}
