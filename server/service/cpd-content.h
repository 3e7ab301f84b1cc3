/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpd-call.h"

G_BEGIN_DECLS

/* Whether what the EHR says of this kind is shown: the organisation shares it, and it was read since a backup was put
 * back. */
gboolean cpd_content_is_shown (const CpdCall *call, CpFreshKind kind);
/* Bits of CpDossierKind: the cards that are shown. Which cards are of which kind stands here alone. */
guint cpd_content_cards (const CpdCall *call);

/* Why a list of this kind is as it is: filled, nothing recorded, not shared by the organisation, not yet fetched. */
CpContentState cpd_content_state (const CpdCall *call, const CpFreshness *freshness, CpFreshKind kind, gboolean filled);

/* The same of cards (bits of CpDossierKind, of those that are shown): not shared only when none of them is. */
CpContentState cpd_content_state_of_cards (const CpdCall *call, const CpFreshness *freshness, guint cards,
                                           gboolean filled);

/* (transfer full): how old the kinds of a part are; NULL with error. parts decides which kinds are in it. */
CpFreshness *cpd_content_freshness (CpdCall *call, guint parts, GError **error);

/* The same by kinds: bits of CpFreshKind. */
CpFreshness *cpd_content_freshness_of (CpdCall *call, guint kinds, GError **error);

/* (transfer full): names of the actions that the grant allows, for the answer's "allowed". */
GStrv cpd_content_allowed (const CpdCall *call);

G_END_DECLS
