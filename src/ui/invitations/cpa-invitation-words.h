/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-invitation.h"
#include "cp-organisation.h"

G_BEGIN_DECLS

/* The sentences of an invitation. All (transfer full), NULL where there is nothing to say. */

/* "Wil de Bruin nodigt u uit voor het cliëntportaal van W. de Bruin" */
char *cpa_invitation_title (const CpInvitation *invitation, const CpOrganisation *organisation);
char *cpa_invitation_relation (const CpInvitation *invitation);
char *cpa_invitation_parts (const CpInvitation *invitation, const CpOrganisation *organisation);
/* (transfer none): who can give parts: name (nullable), who invited and can. The organisation itself cannot, whoever it
 * invited. */
const char *cpa_invitation_granter (const char *name);
char *cpa_invitation_access (const CpInvitation *invitation);
/* What comes of declining it. */
char *cpa_invitation_declining (const CpInvitation *invitation);
/* Until when it can be accepted, or how it ended. */
char *cpa_invitation_state (const CpInvitation *invitation, const CpOrganisation *organisation, GTimeZone *zone);

G_END_DECLS
