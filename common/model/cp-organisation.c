/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-organisation.h"

static const CpField text_fields[] = { { "nl", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpText, nl) },
                                       { "en", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpText, en) },
                                       { NULL } };
CP_DEFINE_RECORD (CpText, cp_text, "Text", text_fields)

const char *const cp_plan_word_names[] = { "care-and-life-plan", "care-plan", "support-plan", NULL };

const char *const cp_forgotten_names[] = { "link", "temporary", NULL };

static const CpField organisation_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOrganisation, id) },
  { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOrganisation, name) },
  { "portal_name", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOrganisation, portal_name) },
  { "color", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOrganisation, color) },
  { "time_zone", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOrganisation, time_zone) },
  { "plan_word", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpOrganisation, plan_word), .names = cp_plan_word_names },
  { "desk", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpOrganisation, desk), .record = &cp_text_record },
  { "phone", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpOrganisation, phone) },
  { "hours", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpOrganisation, hours), .record = &cp_text_record },
  { "email", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOrganisation, email) },
  { "has_logo", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpOrganisation, has_logo) },
  { "has_picture", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpOrganisation, has_picture) },
  { "sync_times", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpOrganisation, sync_times) },
  { "password_min", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOrganisation, password_min), .min = 8, .max = 64 },
  { "forgotten", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpOrganisation, forgotten), .names = cp_forgotten_names },
  { "forgotten_minutes", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOrganisation, forgotten_minutes), .min = 1, .max = 1440 },
  { "invitation_days", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOrganisation, invitation_days), .min = 1, .max = 30 },
  { "device_days", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOrganisation, device_days), .min = 1, .max = 90 },
  { "idle_seconds", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOrganisation, idle_seconds), .min = 1, .max = 86400 },
  { "shared_idle_seconds", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOrganisation, shared_idle_seconds), .min = 1,
    .max = 86400 },
  { "api_min", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOrganisation, api_min), .min = 0, .max = 1000 },
  { "api_max", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpOrganisation, api_max), .min = 0, .max = 1000 },
  { NULL }
};
CP_DEFINE_RECORD (CpOrganisation, cp_organisation, "Organisation", organisation_fields)
