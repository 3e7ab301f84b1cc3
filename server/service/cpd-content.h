/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpd-call.h"

G_BEGIN_DECLS

/* Why a list of this kind is as it is: filled, nothing recorded, not shared by the organisation, not yet fetched. */
CpContentState cpd_content_state (const CpdCall *call, const CpFreshness *freshness, CpFreshKind kind, gboolean filled);

/* (transfer full): how old the kinds of a part are; NULL with error. parts decides which kinds are in it. */
CpFreshness *cpd_content_freshness (CpdCall *call, guint parts, GError **error);

/* (transfer full): names of the actions that the grant allows, for the answer's "allowed". */
GStrv cpd_content_allowed (const CpdCall *call);

G_END_DECLS
