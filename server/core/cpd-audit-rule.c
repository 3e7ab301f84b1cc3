/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-audit-rule.h"

#include "cpd-store-audit.h"

/* That the app asks by itself is the caller's word. It counts for the beginning of what the same session has looked at
 * openly, and for nothing else: or somebody who always says so would never be seen looking. */
static gboolean
judge_refresh (CpdCall *call, GError **error)
{
  gboolean opened = FALSE;

  if (!call->audit.refresh)
    return TRUE;
  if (cpd_request_query (call->request, "cursor") == NULL &&
      !cpd_store_audit_opened (call->db, &call->audit, &opened, error))
    return FALSE;
  call->audit.refresh = opened;
  return TRUE;
}

/* The same range in the same session is not recorded again for a while. */
static gboolean
drop_repeated (CpdCall *call, GError **error)
{
  CpTime within = call->services->config->audit_minutes * CP_TIME_MINUTE;
  gboolean has = FALSE;

  if (within == 0)
    return TRUE;
  if (!cpd_store_audit_has (call->db, &call->audit, call->now - within, &has, error))
    return FALSE;
  if (has)
    call->audit.action = 0;
  return TRUE;
}

/**
 * cpd_audit_rule:
 *
 * Nothing to do for an answer without data of a patient.
 */
gboolean
cpd_audit_rule (CpdCall *call, GError **error)
{
  return call->audit.action == 0 || (judge_refresh (call, error) && drop_repeated (call, error));
}
