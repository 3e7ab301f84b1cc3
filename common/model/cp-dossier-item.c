/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-dossier-item.h"

const char *const cp_dossier_kind_names[] = { "report-general", "report-plan", "form", "evaluation", "document", NULL };

/* A report may be long; a line of NDJSON, and so its text, is at most 4 MB, an answer keeps below 1,000,000 characters.
 */
#define TEXT_MAX 1000000

const char *const cp_answer_kind_names[] = { "text", "yes-no", "date", "file", NULL };

static const CpField form_entry_fields[] = {
  { "level", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpFormEntry, level), .min = 0, .max = 64 },
  { "label", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFormEntry, label), .max = TEXT_MAX },
  { "group", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFormEntry, group) },
  { "display", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFormEntry, display) },
  { "kind", CP_FIELD_ENUM, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpFormEntry, kind), .names = cp_answer_kind_names },
  { "answers", CP_FIELD_STRINGS, 0, G_STRUCT_OFFSET (CpFormEntry, answers), .max = 1000 },
  { NULL }
};
CP_DEFINE_RECORD (CpFormEntry, cp_form_entry, "FormEntry", form_entry_fields)

static const CpField attachment_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpAttachment, id) },
  { "title", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpAttachment, title) },
  { "type", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpAttachment, type) },
  { "size", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpAttachment, size), .min = 0, .max = G_MAXINT32 },
  { NULL }
};
CP_DEFINE_RECORD (CpAttachment, cp_attachment, "Attachment", attachment_fields)

static const CpField version_stamp_fields[] = { { "version", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpVersionStamp, version),
                                                  .min = 1, .max = G_MAXINT32 },
                                                { "seen", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpVersionStamp, seen) },
                                                { NULL } };
CP_DEFINE_RECORD (CpVersionStamp, cp_version_stamp, "VersionStamp", version_stamp_fields)

static const CpField text_mark_fields[] = {
  { "start", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpTextMark, start), .min = 0, .max = G_MAXINT32 },
  { "length", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpTextMark, length), .min = 1, .max = G_MAXINT32 },
  { NULL }
};
CP_DEFINE_RECORD (CpTextMark, cp_text_mark, "TextMark", text_mark_fields)

static const CpField dossier_item_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpDossierItem, id) },
  { "kind", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpDossierItem, kind), .names = cp_dossier_kind_names },
  { "title", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, title) },
  { "at", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpDossierItem, at) },
  { "date_only", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, date_only) },
  { "partial_date", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL,
    G_STRUCT_OFFSET (CpDossierItem, partial_date) },
  { "author", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, author) },
  { "author_role", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, author_role) },
  { "informant", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, informant) },
  { "about", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, about) },
  { "amended", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, amended) },
  { "amended_at", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, amended_at) },
  { "unfinished", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, unfinished) },
  { "unshown", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, unshown) },
  { "is_new", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, is_new) },
  { "unread", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, unread) },
  { "seen", CP_FIELD_TIME, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, seen) },
  { "preview", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, preview) },
  { "answers", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, answers), .max = 4,
    .record = &cp_form_entry_record },
  { "text", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, text), .max = TEXT_MAX },
  { "entries", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, entries), .max = 5000,
    .record = &cp_form_entry_record },
  { "marks", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, marks), .max = 1000,
    .record = &cp_text_mark_record },
  { "title_marks", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, title_marks), .max = 1000,
    .record = &cp_text_mark_record },
  { "author_marks", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, author_marks), .max = 1000,
    .record = &cp_text_mark_record },
  { "attachments", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, attachments), .max = 100,
    .record = &cp_attachment_record },
  { "version", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, version), .min = 1, .max = G_MAXINT32 },
  { "versions", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpDossierItem, versions),
    .record = &cp_version_stamp_record },
  { NULL }
};
CP_DEFINE_RECORD (CpDossierItem, cp_dossier_item, "DossierItem", dossier_item_fields)

/**
 * cp_dossier_item_has_attachment:
 * @item: a single item, or one of a list with text
 * @attachment: an id
 *
 * Returns: whether that file belongs to it.
 */
gboolean
cp_dossier_item_has_attachment (const CpDossierItem *item, const char *attachment)
{
  for (guint i = 0; i < item->attachments->len; i++)
    if (g_str_equal (((const CpAttachment *) g_ptr_array_index (item->attachments, i))->id, attachment))
      return TRUE;
  return FALSE;
}

/**
 * cp_dossier_item_is_same_day:
 *
 * Returns: FALSE for a day and the month that it is in, which may be another day of it.
 */
gboolean
cp_dossier_item_is_same_day (const CpDossierItem *item, const CpDossierItem *other, GTimeZone *zone)
{
  return g_strcmp0 (item->partial_date, other->partial_date) == 0 &&
         cp_time_days_between (item->at, other->at, zone) == 0;
}
