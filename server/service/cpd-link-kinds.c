/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-link-kinds.h"

#include "cpd-email-change.h"

static gboolean
confirm_email (CpdCall *call, const CpdLink *link, GError **error)
{
  return cpd_email_change_confirm (call->db, call->services->keys, link->account, link->object, call->now, error);
}

static const CpdLinkUse uses[] = {
  [CPD_LINK_RESET] = { .password = CPD_AUDIT_PASSWORD_RESET },
  [CPD_LINK_INVITATION] = { .password = CPD_AUDIT_PASSWORD_CHOSEN },
  [CPD_LINK_CONFIRM] = { .confirm = confirm_email },
};

/**
 * cpd_link_use:
 *
 * Returns: (transfer none): what can be done with a link of @kind.
 */
const CpdLinkUse *
cpd_link_use (CpdLinkKind kind)
{
  return &uses[kind];
}
