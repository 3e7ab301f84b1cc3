/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-start.h"

const char *const cp_content_state_names[] = { "filled", "empty", "not-shared", "not-fetched", NULL };
const char *const cp_fresh_state_names[] = { "current", "running", "late", "failed", "skipped", "never", NULL };
const char *const cp_fresh_kind_names[] = { "appointments", "reports", "forms", "plans", "profile", "contacts", NULL };

const CpFreshKind cp_fresh_kinds_of_cards[CP_DOSSIER_N_KINDS] = {
  [CP_DOSSIER_REPORT_GENERAL] = CP_FRESH_REPORTS,
  [CP_DOSSIER_REPORT_PLAN] = CP_FRESH_REPORTS,
  [CP_DOSSIER_FORM] = CP_FRESH_FORMS,
  [CP_DOSSIER_EVALUATION] = CP_FRESH_PLANS,
  [CP_DOSSIER_DOCUMENT] = CP_FRESH_REPORTS,
};

static const CpField fresh_part_fields[] = {
  { "kind", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpFreshPart, kind), .names = cp_fresh_kind_names },
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpFreshPart, state), .names = cp_fresh_state_names },
  { "shared", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpFreshPart, shared) },
  { "fetched_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFreshPart, fetched_at) },
  { NULL }
};
CP_DEFINE_RECORD (CpFreshPart, cp_fresh_part, "FreshPart", fresh_part_fields)

static const CpField freshness_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpFreshness, state), .names = cp_fresh_state_names },
  { "fetched_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFreshness, fetched_at) },
  { "next_at", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpFreshness, next_at) },
  { "slot_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFreshness, slot_at) },
  { "kinds", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpFreshness, kinds), .record = &cp_fresh_part_record },
  { NULL }
};
CP_DEFINE_RECORD (CpFreshness, cp_freshness, "Freshness", freshness_fields)

static const CpField start_appointments_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpStartAppointments, state), .names = cp_content_state_names },
  { "items", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpStartAppointments, items), .record = &cp_appointment_record },
  { NULL }
};
CP_DEFINE_RECORD (CpStartAppointments, cp_start_appointments, "StartAppointments", start_appointments_fields)

static const CpField start_messages_fields[] = { { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpStartMessages, state),
                                                   .names = cp_content_state_names },
                                                 { NULL } };
CP_DEFINE_RECORD (CpStartMessages, cp_start_messages, "StartMessages", start_messages_fields)

static const CpField start_dossier_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpStartDossier, state), .names = cp_content_state_names },
  { "new_reports", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpStartDossier, new_reports), .min = 0, .max = G_MAXINT32 },
  { "new_forms", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpStartDossier, new_forms), .min = 0, .max = G_MAXINT32 },
  { "new_evaluations", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpStartDossier, new_evaluations), .min = 0,
    .max = G_MAXINT32 },
  { "new_plans", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpStartDossier, new_plans), .min = 0,
    .max = G_MAXINT32 },
  { "plan_changed", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpStartDossier, plan_changed) },
  { "since", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpStartDossier, since) },
  { "latest", CP_FIELD_RECORD, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpStartDossier, latest),
    .record = &cp_dossier_item_record },
  { NULL }
};
CP_DEFINE_RECORD (CpStartDossier, cp_start_dossier, "StartDossier", start_dossier_fields)

static const CpField start_profile_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpStartProfile, state), .names = cp_content_state_names },
  { "name", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpStartProfile, name) },
  { "birth_date", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpStartProfile, birth_date) },
  { "address", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpStartProfile, address) },
  { NULL }
};
CP_DEFINE_RECORD (CpStartProfile, cp_start_profile, "StartProfile", start_profile_fields)

static const CpField access_end_fields[] = {
  { "member", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAccessEnd, member) },
  { "self", CP_FIELD_BOOL, 0, G_STRUCT_OFFSET (CpAccessEnd, self) },
  { "name", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAccessEnd, name) },
  { "until", CP_FIELD_DATE, 0, G_STRUCT_OFFSET (CpAccessEnd, until) },
  { "days", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpAccessEnd, days), .min = 0, .max = 1000 },
  { "renew_until", CP_FIELD_DATE, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAccessEnd, renew_until) },
  { "version", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAccessEnd, version) },
  { NULL }
};
CP_DEFINE_RECORD (CpAccessEnd, cp_access_end, "AccessEnd", access_end_fields)

static const CpField declined_fields[] = { { "member", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpDeclined, member) },
                                           { "name", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpDeclined, name) },
                                           { "at", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpDeclined, at) },
                                           { NULL } };
CP_DEFINE_RECORD (CpDeclined, cp_declined, "Declined", declined_fields)

static const CpField start_fields[] = { { "freshness", CP_FIELD_RECORD, CP_FIELD_OPTIONAL,
                                          G_STRUCT_OFFSET (CpStart, freshness), .record = &cp_freshness_record },
                                        { "appointments", CP_FIELD_RECORD, CP_FIELD_OPTIONAL,
                                          G_STRUCT_OFFSET (CpStart, appointments),
                                          .record = &cp_start_appointments_record },
                                        { "messages", CP_FIELD_RECORD, CP_FIELD_OPTIONAL,
                                          G_STRUCT_OFFSET (CpStart, messages), .record = &cp_start_messages_record },
                                        { "dossier", CP_FIELD_RECORD, CP_FIELD_OPTIONAL,
                                          G_STRUCT_OFFSET (CpStart, dossier), .record = &cp_start_dossier_record },
                                        { "profile", CP_FIELD_RECORD, CP_FIELD_OPTIONAL,
                                          G_STRUCT_OFFSET (CpStart, profile), .record = &cp_start_profile_record },
                                        { "access_ends", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL,
                                          G_STRUCT_OFFSET (CpStart, access_ends), .record = &cp_access_end_record },
                                        { "declined", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL,
                                          G_STRUCT_OFFSET (CpStart, declined), .record = &cp_declined_record },
                                        { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpStart, allowed) },
                                        { NULL } };
CP_DEFINE_RECORD (CpStart, cp_start, "Start", start_fields)

static const CpField appointment_page_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpAppointmentPage, state), .names = cp_content_state_names },
  { "freshness", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpAppointmentPage, freshness), .record = &cp_freshness_record },
  { "items", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpAppointmentPage, items), .record = &cp_appointment_record },
  { "next_cursor", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAppointmentPage, next_cursor), .max = 200 },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpAppointmentPage, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpAppointmentPage, cp_appointment_page, "AppointmentPage", appointment_page_fields)

static const CpField dossier_page_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpDossierPage, state), .names = cp_content_state_names },
  { "freshness", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpDossierPage, freshness), .record = &cp_freshness_record },
  { "items", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpDossierPage, items), .record = &cp_dossier_item_record },
  { "next_cursor", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierPage, next_cursor), .max = 200 },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpDossierPage, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpDossierPage, cp_dossier_page, "DossierPage", dossier_page_fields)

static const CpField dossier_item_answer_fields[] = {
  { "item", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpDossierItemAnswer, item), .record = &cp_dossier_item_record },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpDossierItemAnswer, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpDossierItemAnswer, cp_dossier_item_answer, "DossierItemAnswer", dossier_item_answer_fields)

static const CpField care_plan_list_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpCarePlanList, state), .names = cp_content_state_names },
  { "freshness", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpCarePlanList, freshness), .record = &cp_freshness_record },
  { "plans", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpCarePlanList, plans), .record = &cp_care_plan_record },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpCarePlanList, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpCarePlanList, cp_care_plan_list, "CarePlanList", care_plan_list_fields)

static const CpField profile_answer_fields[] = {
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpProfileAnswer, state), .names = cp_content_state_names },
  { "freshness", CP_FIELD_RECORD, 0, G_STRUCT_OFFSET (CpProfileAnswer, freshness), .record = &cp_freshness_record },
  { "profile", CP_FIELD_RECORD, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpProfileAnswer, profile),
    .record = &cp_profile_record },
  { "allowed", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpProfileAnswer, allowed) },
  { NULL }
};
CP_DEFINE_RECORD (CpProfileAnswer, cp_profile_answer, "ProfileAnswer", profile_answer_fields)
