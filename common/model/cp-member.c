/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-member.h"

#include "cp-part.h"

const char *const cp_member_kind_names[] = { "client", "member", "contact", NULL };
const char *const cp_member_state_names[] = { "known",    "not-invited", "invited", "expired", "withdrawn",
                                              "declined", "undelivered", "active",  "ended",   NULL };
const char *const cp_refusal_reason_names[] = { "self", "not-held", "own-end", "last-settings", "deceased", NULL };
const char *const cp_ground_names[] = {
  "family", "written-authority", "legal-representative", "mentor", "curator", NULL
};
const char *const cp_invite_at_names[] = { "adding", "first-right", NULL };
const char *const cp_invite_with_names[] = { "link", "credentials", NULL };

static const CpField refusal_fields[] = {
  { "part", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpRefusal, part), .names = cp_part_names },
  { "reason", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpRefusal, reason), .names = cp_refusal_reason_names },
  { NULL }
};
CP_DEFINE_RECORD (CpRefusal, cp_refusal, "Refusal", refusal_fields)

static const CpField member_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpMember, id) },
  { "version", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, version) },
  { "kind", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpMember, kind), .names = cp_member_kind_names },
  { "self", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpMember, self) },
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpMember, name) },
  { "relation", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, relation) },
  { "relation_words", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, relation_words) },
  { "email", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, email) },
  { "mobile", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, mobile) },
  { "username", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, username) },
  { "parts", CP_FIELD_FLAGS, 0, G_STRUCT_OFFSET (CpMember, parts), .names = cp_part_names },
  { "pending", CP_FIELD_FLAGS, 0, G_STRUCT_OFFSET (CpMember, pending), .names = cp_part_names },
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpMember, state), .names = cp_member_state_names },
  { "until", CP_FIELD_DATE, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, until) },
  { "ground", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, ground) },
  { "invited_until", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, invited_until) },
  { "goes_out_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, goes_out_at) },
  { "goes_out_seconds", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, goes_out_seconds), .min = 0,
    .max = G_MAXINT32 },
  { "ended_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, ended_at) },
  { "last_login", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, last_login) },
  { "renew_until", CP_FIELD_DATE, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, renew_until) },
  { "until_max", CP_FIELD_DATE, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMember, until_max) },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpMember, allowed) },
  { "refused", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpMember, refused), .record = &cp_refusal_record },
  { NULL }
};
CP_DEFINE_RECORD (CpMember, cp_member, "Member", member_fields)

static const CpField member_options_fields[] = {
  { "invitation_at", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpMemberOptions, invitation_at), .names = cp_invite_at_names },
  { "invitation_with", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpMemberOptions, invitation_with),
    .names = cp_invite_with_names },
  { "invitation_days", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpMemberOptions, invitation_days), .min = 0, .max = 1000 },
  { "invitation_seconds", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpMemberOptions, invitation_seconds), .min = 0,
    .max = 3600 },
  { "warning_days", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpMemberOptions, warning_days), .min = 0, .max = 1000 },
  { NULL }
};
CP_DEFINE_RECORD (CpMemberOptions, cp_member_options, "MemberOptions", member_options_fields)

static const CpField member_list_fields[] = {
  { "members", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpMemberList, members), .record = &cp_member_record },
  { "options", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpMemberList, options), .record = &cp_member_options_record },
  { "freshness", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpMemberList, freshness), .record = &cp_freshness_record },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpMemberList, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpMemberList, cp_member_list, "MemberList", member_list_fields)

static const CpField lookup_request_fields[] = { { "email", CP_FIELD_STRING, 0,
                                                   G_STRUCT_OFFSET (CpLookupRequest, email) },
                                                 { NULL } };
CP_DEFINE_RECORD (CpLookupRequest, cp_lookup_request, "LookupRequest", lookup_request_fields)

static const CpField lookup_fields[] = { { "known", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpLookup, known) }, { NULL } };
CP_DEFINE_RECORD (CpLookup, cp_lookup, "Lookup", lookup_fields)

static const CpField member_request_fields[] = {
  { "email", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpMemberRequest, email) },
  { "relation", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMemberRequest, relation) },
  { "name", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMemberRequest, name) },
  { "username", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMemberRequest, username) },
  { "mobile", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMemberRequest, mobile) },
  { "contact", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMemberRequest, contact) },
  { "parts", CP_FIELD_FLAGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMemberRequest, parts), .names = cp_part_names },
  { "ground", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMemberRequest, ground) },
  { NULL }
};
CP_DEFINE_RECORD (CpMemberRequest, cp_member_request, "MemberRequest", member_request_fields)

static const CpField member_part_request_fields[] = {
  { "part", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpMemberPartRequest, part) },
  { "held", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpMemberPartRequest, held) },
  { "ground", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpMemberPartRequest, ground) },
  { NULL }
};
CP_DEFINE_RECORD (CpMemberPartRequest, cp_member_part_request, "MemberPartRequest", member_part_request_fields)

static const CpField member_until_request_fields[] = { { "until", CP_FIELD_STRING, CP_FIELD_OPTIONAL,
                                                         G_STRUCT_OFFSET (CpMemberUntilRequest, until) },
                                                       { NULL } };
CP_DEFINE_RECORD (CpMemberUntilRequest, cp_member_until_request, "MemberUntilRequest", member_until_request_fields)

static const CpField member_ground_request_fields[] = { { "ground", CP_FIELD_STRING, 0,
                                                          G_STRUCT_OFFSET (CpMemberGroundRequest, ground) },
                                                        { NULL } };
CP_DEFINE_RECORD (CpMemberGroundRequest, cp_member_ground_request, "MemberGroundRequest", member_ground_request_fields)

static const CpField member_mobile_request_fields[] = { { "mobile", CP_FIELD_STRING, 0,
                                                          G_STRUCT_OFFSET (CpMemberMobileRequest, mobile) },
                                                        { NULL } };
CP_DEFINE_RECORD (CpMemberMobileRequest, cp_member_mobile_request, "MemberMobileRequest", member_mobile_request_fields)

static const CpField member_email_request_fields[] = { { "email", CP_FIELD_STRING, 0,
                                                         G_STRUCT_OFFSET (CpMemberEmailRequest, email) },
                                                       { NULL } };
CP_DEFINE_RECORD (CpMemberEmailRequest, cp_member_email_request, "MemberEmailRequest", member_email_request_fields)
