/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-invitation.h"

#include "cp-part.h"

const char *const cp_invitation_state_names[] = { "open", "accepted", "declined", "expired", "withdrawn", NULL };

const char *const cp_told_names[] = { "nobody", "inviter", "managers", NULL };

static const CpField invitation_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpInvitation, id) },
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpInvitation, state), .names = cp_invitation_state_names },
  { "inviter", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpInvitation, inviter) },
  { "client", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpInvitation, client) },
  { "relation", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpInvitation, relation) },
  { "relation_words", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpInvitation, relation_words) },
  { "parts", CP_FIELD_FLAGS, 0, G_STRUCT_OFFSET (CpInvitation, parts), .names = cp_part_names },
  { "access_until", CP_FIELD_DATE, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpInvitation, access_until) },
  { "accept_until", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpInvitation, accept_until) },
  { "told", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpInvitation, told), .names = cp_told_names },
  { NULL }
};
CP_DEFINE_RECORD (CpInvitation, cp_invitation, "Invitation", invitation_fields)

static const CpField invitation_list_fields[] = { { "invitations", CP_FIELD_RECORDS, 0,
                                                    G_STRUCT_OFFSET (CpInvitationList, invitations),
                                                    .record = &cp_invitation_record },
                                                  { NULL } };
CP_DEFINE_RECORD (CpInvitationList, cp_invitation_list, "InvitationList", invitation_list_fields)
