/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-invitation.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* One invitation on its card. Signals "accept" and "decline". */
#define CPA_TYPE_INVITATION_CARD (cpa_invitation_card_get_type ())
G_DECLARE_FINAL_TYPE (CpaInvitationCard, cpa_invitation_card, CPA, INVITATION_CARD, AdwBin)

GtkWidget *cpa_invitation_card_new (CpaContext *context, const CpInvitation *invitation);
const CpInvitation *cpa_invitation_card_get_invitation (CpaInvitationCard *self);
void cpa_invitation_card_set_busy (CpaInvitationCard *self, gboolean busy);
/* Whether one of its buttons has the focus, and which. */
gboolean cpa_invitation_card_has_focus (CpaInvitationCard *self, gboolean *on_accept);
/* FALSE where there is nothing to answer. */
gboolean cpa_invitation_card_focus (CpaInvitationCard *self, gboolean on_accept);

G_END_DECLS
