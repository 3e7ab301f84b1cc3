/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-member-rule.h"

G_BEGIN_DECLS

/* What of a member must be as the asker saw it, so that nobody overwrites what somebody else did meanwhile. */
typedef enum
{
  CPD_SEEN_ANYHOW,    /* nothing: what takes away is never kept waiting */
  CPD_SEEN_BUT_BOXES, /* state, end, ground, number and address: each box is a small fact of its own */
  CPD_SEEN_WHOLE      /* the boxes too: they are all given anew */
} CpdMemberSeen;

/* (transfer full): of what an editor sees of a member and can change; opaque, and the same as long as that is. */
char *cpd_member_version (const CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule);

/* In the transaction of the change. *seen: whether If-Match is the version of now, as far as what goes.
 * CP_ERROR_VERSION_REQUIRED when it must be there and is not. */
gboolean cpd_member_was_seen (const CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule,
                              CpdMemberSeen what, gboolean *seen, GError **error);

G_END_DECLS
