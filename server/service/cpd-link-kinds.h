/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-store-link.h"

G_BEGIN_DECLS

/* What confirming does, in the transaction in which the link is used up. */
typedef gboolean (*CpdLinkConfirmFunc) (CpdCall *call, const CpdLink *link, GError **error);

/* What a link of a kind can be used for: the rest is as if it were not there. */
typedef struct
{
  CpdAuditAction password;    /* choosing a password is recorded so; 0: not with this one */
  CpdLinkConfirmFunc confirm; /* (nullable) */
} CpdLinkUse;

const CpdLinkUse *cpd_link_use (CpdLinkKind kind);

G_END_DECLS
