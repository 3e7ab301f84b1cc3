/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-record.h"
#include "cp-record-private.h"

#include <string.h>

#include "cp-json.h"
#include "cp-text-private.h"

static gboolean
is_absent (const CpField *field, gconstpointer record)
{
  switch (field->type)
    {
    case CP_FIELD_STRING:
    case CP_FIELD_DATE:
    case CP_FIELD_RECORD:
      return MEMBER (gpointer, record, field) == NULL;
    case CP_FIELD_INT:
    case CP_FIELD_TIME:
      return MEMBER (gint64, record, field) == 0;
    case CP_FIELD_BOOL:
    case CP_FIELD_ENUM:
    case CP_FIELD_FLAGS:
      return MEMBER (int, record, field) == 0;
    case CP_FIELD_RECORDS:
      return MEMBER (GPtrArray *, record, field) == NULL || MEMBER (GPtrArray *, record, field)->len == 0;
    case CP_FIELD_STRINGS:
      return MEMBER (GStrv, record, field) == NULL || MEMBER (GStrv, record, field)[0] == NULL;
    }
  g_return_val_if_reached (TRUE);
}

static void
write_flags (GString *text, guint flags, const char *const *names)
{
  const char *separator = "";

  g_string_append_c (text, '[');
  for (int i = 0; names[i] != NULL; i++)
    if (flags & 1u << i)
      {
        g_string_append (text, separator);
        cp_json_append_string (text, names[i]);
        separator = ",";
      }
  g_string_append_c (text, ']');
}

static void
write_element (GString *text, const CpRecordType *type, gconstpointer record, GTimeZone *zone)
{
  const char *written = HEADER (record)->written;

  if (written != NULL)
    cp_text_append (text, written, strlen (written));
  else
    cp_record_write (type, record, zone, text);
}

static void
write_records (GString *text, const CpRecordType *type, GPtrArray *records, GTimeZone *zone)
{
  g_string_append_c (text, '[');
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      write_element (text, type, g_ptr_array_index (records, i), zone);
    }
  g_string_append_c (text, ']');
}

static void
write_strings (GString *text, char **strings)
{
  g_string_append_c (text, '[');
  for (gsize i = 0; strings != NULL && strings[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      cp_json_append_string (text, strings[i]);
    }
  g_string_append_c (text, ']');
}

static void
write_time (GString *text, CpTime time, GTimeZone *zone)
{
  char words[CP_TIME_TEXT_SIZE];
  gsize length = cp_time_print (time, zone, words);
  char *at = cp_text_extend (text, length + 2);

  at[0] = '"';
  memcpy (at + 1, words, length);
  at[1 + length] = '"';
}

static void
write_int (GString *text, gint64 value)
{
  char digits[sizeof "-9223372036854775808"];
  char *at = digits + sizeof digits;
  guint64 left = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--at = '0' + left % 10;
  while ((left /= 10) > 0);
  if (value < 0)
    *--at = '-';
  cp_text_append (text, at, digits + sizeof digits - at);
}

/* Keys are the program's own words and need no escape. */
static void
write_key (GString *text, const char *key, gboolean first)
{
  gsize length = strlen (key);
  char *at = cp_text_extend (text, length + (first ? 3 : 4));

  if (!first)
    *at++ = ',';
  *at++ = '"';
  memcpy (at, key, length);
  at[length] = '"';
  at[length + 1] = ':';
}

static void
write_field (GString *text, const CpField *field, gconstpointer record, GTimeZone *zone)
{
  switch (field->type)
    {
    case CP_FIELD_STRING:
    case CP_FIELD_DATE:
      cp_json_append_string (text, MEMBER (char *, record, field));
      break;
    case CP_FIELD_INT:
      write_int (text, MEMBER (gint64, record, field));
      break;
    case CP_FIELD_BOOL:
      g_string_append (text, MEMBER (gboolean, record, field) ? "true" : "false");
      break;
    case CP_FIELD_TIME:
      write_time (text, MEMBER (CpTime, record, field), zone);
      break;
    case CP_FIELD_ENUM:
      cp_json_append_string (text, field->names[MEMBER (int, record, field)]);
      break;
    case CP_FIELD_FLAGS:
      write_flags (text, MEMBER (guint, record, field), field->names);
      break;
    case CP_FIELD_RECORD:
      cp_record_write (field->record, MEMBER (gpointer, record, field), zone, text);
      break;
    case CP_FIELD_RECORDS:
      write_records (text, field->record, MEMBER (GPtrArray *, record, field), zone);
      break;
    case CP_FIELD_STRINGS:
      write_strings (text, MEMBER (GStrv, record, field));
      break;
    }
}

static gboolean
is_named (const char *const *names, int value)
{
  for (int i = 0; i <= value; i++)
    if (names[i] == NULL)
      return FALSE;
  return value >= 0;
}

/* A required text or record that is NULL, or a value without a name: who filled the record made a mistake. */
static gboolean
is_writable (const CpField *field, gconstpointer record)
{
  if (field->type == CP_FIELD_ENUM)
    return is_named (field->names, MEMBER (int, record, field));
  gboolean may_be_empty =
      field->type != CP_FIELD_STRING && field->type != CP_FIELD_DATE && field->type != CP_FIELD_RECORD;
  return may_be_empty || !is_absent (field, record);
}

/**
 * cp_record_write:
 * @record: filled by the program itself; a required field that is NULL is a mistake of the programmer, and written as
 * null
 * @zone: (nullable): for the offset of times; NULL for UTC
 * @text: where the object is appended
 *
 * Writes @record as a JSON object, with the keys in the order of the table.
 */
void
cp_record_write (const CpRecordType *type, gconstpointer record, GTimeZone *zone, GString *text)
{
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  for (const CpField *field = type->fields; field->key != NULL; field++)
    {
      if ((field->flags & CP_FIELD_OPTIONAL) != 0 && is_absent (field, record))
        continue;
      write_key (text, field->key, first);
      first = FALSE;
      if (is_writable (field, record))
        write_field (text, field, record, zone);
      else
        {
          g_critical ("%s.%s has no value that can be written", type->name, field->key);
          g_string_append (text, "null");
        }
    }
  g_string_append_c (text, '}');
}

/**
 * cp_record_to_text:
 * @length: (out) (optional): bytes without the NUL
 *
 * Returns: (transfer full): @record as cp_record_write() writes it.
 */
char *
cp_record_to_text (const CpRecordType *type, gconstpointer record, GTimeZone *zone, gsize *length)
{
  GString *text = g_string_sized_new (4096);

  cp_record_write (type, record, zone, text);
  if (length != NULL)
    *length = text->len;
  return g_string_free (text, FALSE);
}
