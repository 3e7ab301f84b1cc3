/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-profile.h"

static const CpField contact_fields[] = {
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpContact, name) },
  { "relation", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpContact, relation) },
  { "role", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpContact, role) },
  { "phone", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpContact, phone) },
  { "email", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpContact, email) },
  { NULL }
};
CP_DEFINE_RECORD (CpContact, cp_contact, "Contact", contact_fields)

static const CpField care_team_member_fields[] = {
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpCareTeamMember, name) },
  { "role", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCareTeamMember, role) },
  { NULL }
};
CP_DEFINE_RECORD (CpCareTeamMember, cp_care_team_member, "CareTeamMember", care_team_member_fields)

static const CpField profile_fields[] = {
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpProfile, name) },
  { "birth_date", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpProfile, birth_date) },
  { "address", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProfile, address) },
  { "phone", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProfile, phone) },
  { "mobile", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProfile, mobile) },
  { "email", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProfile, email) },
  { "gp", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProfile, gp) },
  { "deceased", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProfile, deceased) },
  { "contacts", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpProfile, contacts), .record = &cp_contact_record },
  { "care_team", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProfile, care_team),
    .record = &cp_care_team_member_record },
  { NULL }
};
CP_DEFINE_RECORD (CpProfile, cp_profile, "Profile", profile_fields)
