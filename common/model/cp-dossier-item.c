/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-dossier-item.h"

const char *const cp_dossier_kind_names[] = { "report-general", "report-plan", "form", "evaluation", "document", NULL };
const char *const cp_care_plan_state_names[] = { "current", "on-hold", "expired", "unknown", NULL };

/* A report may be long; a line of NDJSON, and so its text, is at most 4 MB, an answer keeps below 1,000,000 characters.
 */
#define TEXT_MAX 1000000

static const CpField form_entry_fields[] = {
  { "level", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpFormEntry, level), .min = 0, .max = 64 },
  { "label", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFormEntry, label), .max = TEXT_MAX },
  { "group", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFormEntry, group) },
  { "answers", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpFormEntry, answers), .max = 1000 },
  { NULL }
};
CP_DEFINE_RECORD (CpFormEntry, cp_form_entry, "FormEntry", form_entry_fields)

static const CpField dossier_item_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpDossierItem, id) },
  { "kind", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpDossierItem, kind), .names = cp_dossier_kind_names },
  { "title", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, title) },
  { "at", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpDossierItem, at) },
  { "date_only", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, date_only) },
  { "author", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, author) },
  { "author_role", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, author_role) },
  { "about", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, about) },
  { "amended", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, amended) },
  { "amended_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, amended_at) },
  { "unfinished", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, unfinished) },
  { "is_new", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, is_new) },
  { "preview", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, preview) },
  { "text", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, text), .max = TEXT_MAX },
  { "entries", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, entries), .max = 5000,
    .record = &cp_form_entry_record },
  { NULL }
};
CP_DEFINE_RECORD (CpDossierItem, cp_dossier_item, "DossierItem", dossier_item_fields)

static const CpField care_plan_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpCarePlan, id) },
  { "title", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpCarePlan, title) },
  { "description", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, description), .max = TEXT_MAX },
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpCarePlan, state), .names = cp_care_plan_state_names },
  { "from", CP_FIELD_DATE, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, from) },
  { "until", CP_FIELD_DATE, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, until) },
  { NULL }
};
CP_DEFINE_RECORD (CpCarePlan, cp_care_plan, "CarePlan", care_plan_fields)
