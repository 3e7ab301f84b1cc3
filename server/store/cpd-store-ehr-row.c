/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-ehr-row.h"

#include <string.h>

#include "cpd-keys.h"

static const CpField care_team_fields[] = { { "members", CP_FIELD_RECORDS, 0, G_STRUCT_OFFSET (CpdCareTeam, members),
                                              .record = &cp_care_team_member_record },
                                            { NULL } };
CP_DEFINE_RECORD (CpdCareTeam, cpd_care_team, "CareTeam", care_team_fields)

/* The fields of each kind once: freeing, hashing and measuring follow from the table. */
typedef enum
{
  TEXT,
  NUMBER, /* int and gboolean */
  TIME,
  PROFILE,
  FILES, /* GPtrArray of CpdEhrAttachment, or NULL */
  MORE,  /* as TEXT; comes last, and without it the hash is as before there was one */
  LINES, /* GPtrArray of CpdEhrSoapLine, or NULL; the same, after those */
  MARK   /* gboolean; the same of FALSE, after those */
} Shape;

typedef struct
{
  Shape shape;
  gsize offset;
} Field;

#define FIELD(Type, shape, name)                                                                                       \
  {                                                                                                                    \
    shape, G_STRUCT_OFFSET (Type, name)                                                                                \
  }
#define END                                                                                                            \
  {                                                                                                                    \
    0, G_MAXSIZE                                                                                                       \
  }

static const Field item_fields[] = { FIELD (CpdEhrItem, NUMBER, kind),
                                     FIELD (CpdEhrItem, TIME, at),
                                     FIELD (CpdEhrItem, NUMBER, date_only),
                                     FIELD (CpdEhrItem, TEXT, title),
                                     FIELD (CpdEhrItem, TEXT, author),
                                     FIELD (CpdEhrItem, TEXT, author_role),
                                     FIELD (CpdEhrItem, TEXT, informant),
                                     FIELD (CpdEhrItem, TEXT, about),
                                     FIELD (CpdEhrItem, NUMBER, amended),
                                     FIELD (CpdEhrItem, TIME, amended_at),
                                     FIELD (CpdEhrItem, NUMBER, unfinished),
                                     FIELD (CpdEhrItem, TEXT, preview),
                                     FIELD (CpdEhrItem, TEXT, text),
                                     FIELD (CpdEhrItem, TEXT, entries),
                                     FIELD (CpdEhrItem, TEXT, about_key),
                                     FIELD (CpdEhrItem, TEXT, goal_key),
                                     FIELD (CpdEhrItem, NUMBER, month),
                                     FIELD (CpdEhrItem, FILES, attachments),
                                     FIELD (CpdEhrItem, MORE, replaces),
                                     FIELD (CpdEhrItem, MORE, partial_date),
                                     FIELD (CpdEhrItem, LINES, lines),
                                     FIELD (CpdEhrItem, MARK, unshown),
                                     END };
static const Field plan_fields[] = { FIELD (CpdEhrPlan, TEXT, title),
                                     FIELD (CpdEhrPlan, TEXT, description),
                                     FIELD (CpdEhrPlan, NUMBER, state),
                                     FIELD (CpdEhrPlan, TEXT, from),
                                     FIELD (CpdEhrPlan, TEXT, until),
                                     FIELD (CpdEhrPlan, TEXT, own),
                                     END };
static const Field piece_fields[] = { FIELD (CpdEhrPiece, TEXT, body), END };
static const Field appointment_fields[] = {
  FIELD (CpdEhrAppointment, NUMBER, status),      FIELD (CpdEhrAppointment, TIME, start),
  FIELD (CpdEhrAppointment, TIME, end),           FIELD (CpdEhrAppointment, TEXT, description),
  FIELD (CpdEhrAppointment, TEXT, with),          FIELD (CpdEhrAppointment, TEXT, place),
  FIELD (CpdEhrAppointment, TEXT, instruction),   FIELD (CpdEhrAppointment, TEXT, note),
  FIELD (CpdEhrAppointment, TEXT, cancel_reason), END
};
static const Field contact_fields[] = { FIELD (CpdEhrContact, NUMBER, position), FIELD (CpdEhrContact, TEXT, name),
                                        FIELD (CpdEhrContact, TEXT, relation),   FIELD (CpdEhrContact, TEXT, role),
                                        FIELD (CpdEhrContact, TEXT, phone),      FIELD (CpdEhrContact, TEXT, email),
                                        FIELD (CpdEhrContact, NUMBER, hidden),   END };
static const Field profile_fields[] = { FIELD (CpdEhrProfile, TEXT, name), FIELD (CpdEhrProfile, TEXT, short_name),
                                        FIELD (CpdEhrProfile, PROFILE, profile), END };

static const Field *const fields_of[CPD_EHR_N_KINDS] = {
  [CPD_EHR_ITEM] = item_fields,       [CPD_EHR_PLAN] = plan_fields,       [CPD_EHR_APPOINTMENT] = appointment_fields,
  [CPD_EHR_CONTACT] = contact_fields, [CPD_EHR_PROFILE] = profile_fields, [CPD_EHR_PIECE] = piece_fields,
};

#define MEMBER(T, content, field) G_STRUCT_MEMBER (T, content, (field)->offset)

/**
 * cpd_ehr_attachment_new:
 * @title: (nullable):
 * @data: (transfer full):
 *
 * Returns: (transfer full)
 */
CpdEhrAttachment *
cpd_ehr_attachment_new (const char *title, const char *media_type, GBytes *data)
{
  CpdEhrAttachment *attachment = g_new0 (CpdEhrAttachment, 1);
  const void *bytes = g_bytes_get_data (data, &attachment->size);

  attachment->title = g_strdup (title);
  attachment->media_type = g_strdup (media_type);
  attachment->data = data;
  cpd_hash (bytes, attachment->size, attachment->hash);
  return attachment;
}

/**
 * cpd_ehr_attachment_free:
 * @attachment: (nullable):
 */
void
cpd_ehr_attachment_free (CpdEhrAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->title);
  g_free (attachment->media_type);
  g_clear_pointer (&attachment->data, g_bytes_unref);
  g_free (attachment->file);
  g_free (attachment);
}

/**
 * cpd_ehr_soap_line_free:
 * @line: (nullable):
 */
void
cpd_ehr_soap_line_free (CpdEhrSoapLine *line)
{
  if (line == NULL)
    return;
  g_free (line->id);
  g_free (line->version_id);
  g_free (line);
}

/**
 * cpd_ehr_content_free:
 * @content: (nullable) (transfer full): of that @kind
 */
void
cpd_ehr_content_free (CpdEhrKind kind, gpointer content)
{
  if (content == NULL)
    return;
  for (const Field *field = fields_of[kind]; field->offset != G_MAXSIZE; field++)
    if (field->shape == TEXT || field->shape == MORE)
      g_free (MEMBER (char *, content, field));
    else if (field->shape == PROFILE)
      cp_profile_free (MEMBER (CpProfile *, content, field));
    else if (field->shape == FILES || field->shape == LINES)
      g_clear_pointer (&MEMBER (GPtrArray *, content, field), g_ptr_array_unref);
  g_free (content);
}

/* A presence byte and the length in front of each text, so that no two contents give the same bytes. */
static void
append_text (GByteArray *bytes, const char *text)
{
  guint64 length = GUINT64_TO_BE (text != NULL ? strlen (text) : 0);
  guint8 present = text != NULL;

  g_byte_array_append (bytes, &present, 1);
  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  if (text != NULL)
    g_byte_array_append (bytes, (const guint8 *) text, strlen (text));
}

static void
append_number (GByteArray *bytes, gint64 number)
{
  gint64 value = GINT64_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static void
append_profile (GByteArray *bytes, const CpProfile *profile)
{
  append_text (bytes, profile->name);
  append_text (bytes, profile->birth_date);
  append_text (bytes, profile->address);
  append_text (bytes, profile->phone);
  append_text (bytes, profile->mobile);
  append_text (bytes, profile->email);
  append_text (bytes, profile->gp);
  append_number (bytes, profile->deceased);
}

/* The hash stands for the bytes, which count for the size all the same: they are in memory. */
static gsize
append_files (GByteArray *bytes, const GPtrArray *files)
{
  gsize size = 0;

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const CpdEhrAttachment *file = g_ptr_array_index (files, i);

      append_text (bytes, file->title);
      append_text (bytes, file->media_type);
      g_byte_array_append (bytes, file->hash, sizeof file->hash);
      size += file->size;
    }
  return size;
}

static void
append_lines (GByteArray *bytes, const GPtrArray *lines)
{
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const CpdEhrSoapLine *line = g_ptr_array_index (lines, i);

      append_number (bytes, i);
      append_text (bytes, line->id);
      append_text (bytes, line->version_id);
      append_number (bytes, line->last_updated);
      append_number (bytes, line->told);
    }
}

static void
measure (CpdEhrRow *row)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize beside = 0;
  guint missing = 0; /* of MORE, before the field */

  append_number (bytes, row->kind);
  for (const Field *field = fields_of[row->kind]; row->content != NULL && field->offset != G_MAXSIZE; field++)
    switch (field->shape)
      {
      case TEXT:
        append_text (bytes, MEMBER (char *, row->content, field));
        break;
      case NUMBER:
        append_number (bytes, MEMBER (int, row->content, field));
        break;
      case TIME:
        append_number (bytes, MEMBER (CpTime, row->content, field));
        break;
      case PROFILE:
        append_profile (bytes, MEMBER (CpProfile *, row->content, field));
        break;
      case FILES:
        beside += append_files (bytes, MEMBER (GPtrArray *, row->content, field));
        break;
      case MORE:
        if (MEMBER (char *, row->content, field) == NULL)
          {
            missing++;
            break;
          }
        for (; missing > 0; missing--)
          append_text (bytes, NULL);
        append_text (bytes, MEMBER (char *, row->content, field));
        break;
      case LINES:
        if (MEMBER (GPtrArray *, row->content, field) != NULL)
          for (; missing > 0; missing--)
            append_text (bytes, NULL);
        append_lines (bytes, MEMBER (GPtrArray *, row->content, field));
        break;
      case MARK:
        /* No text and no line begins with that. */
        if (MEMBER (gboolean, row->content, field))
          append_number (bytes, -1);
        break;
      }
  cpd_hash (bytes->data, bytes->len, row->hash);
  row->size = bytes->len + beside;
}

/**
 * cpd_ehr_row_new:
 * @content: (transfer full) (nullable): NULL for what is not to be shown any more
 *
 * Returns: (transfer full)
 */
CpdEhrRow *
cpd_ehr_row_new (CpdEhrKind kind, gint64 patient, const char *type, const char *id, gpointer content)
{
  CpdEhrRow *row = g_new0 (CpdEhrRow, 1);

  row->kind = kind;
  row->patient = patient;
  row->type = g_strdup (type);
  row->id = g_strdup (id);
  row->content = content;
  row->removed = content == NULL;
  measure (row);
  return row;
}

/**
 * cpd_ehr_row_free:
 * @row: (nullable):
 */
void
cpd_ehr_row_free (CpdEhrRow *row)
{
  if (row == NULL)
    return;
  cpd_ehr_content_free (row->kind, row->content);
  g_free (row->type);
  g_free (row->id);
  g_free (row->version_id);
  g_free (row);
}

/**
 * cpd_ehr_row_base:
 * @id: of a row
 *
 * Returns: (transfer full): the same when it is that of the resource.
 */
char *
cpd_ehr_row_base (const char *id)
{
  return g_strndup (id, strcspn (id, "#"));
}

/**
 * cpd_ehr_row_is_of:
 * @id: of a row
 * @base: of a resource
 *
 * Returns: TRUE when cpd_ehr_row_base() of @id is @base.
 */
gboolean
cpd_ehr_row_is_of (const char *id, const char *base)
{
  gsize length = strlen (base);

  return strncmp (id, base, length) == 0 && (id[length] == '\0' || id[length] == '#');
}
