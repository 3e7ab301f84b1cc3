/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-record.h"
#include "cp-record-private.h"

#include <string.h>

static void
free_record (gpointer record)
{
  if (record != NULL)
    cp_record_free (HEADER (record)->type, record);
}

static void
free_string (char *text, gboolean secret)
{
  if (text == NULL)
    return;
  if (secret)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
free_strings (GStrv strings, gboolean secret)
{
  for (gsize i = 0; strings != NULL && strings[i] != NULL; i++)
    free_string (strings[i], secret);
  g_free (strings);
}

/* All of it zero, with so many bytes behind it. */
static gpointer
new_bare (const CpRecordType *type, gsize more)
{
  gsize size = sizeof (CpRecordHeader) + type->size;
  CpRecordHeader *header = memset (g_malloc (size + more), 0, size); /* calloc passes by what its thread has ready */

  header->type = type;
  return header + 1;
}

/**
 * cp_record_new_bare:
 *
 * Returns: (transfer full): a record of @type, zeroed; its arrays are NULL. Free with cp_record_free().
 */
gpointer
cp_record_new_bare (const CpRecordType *type)
{
  return new_bare (type, 0);
}

/**
 * cp_record_new:
 *
 * Returns: (transfer full): a record of @type, zeroed but for its arrays, which are empty. Free with cp_record_free().
 */
gpointer
cp_record_new (const CpRecordType *type)
{
  gpointer record = cp_record_new_bare (type);

  for (const CpField *field = type->fields; field->key != NULL; field++)
    if (field->type == CP_FIELD_RECORDS)
      MEMBER (GPtrArray *, record, field) = g_ptr_array_new_with_free_func (free_record);
    else if (field->type == CP_FIELD_STRINGS)
      MEMBER (GStrv, record, field) = g_new0 (char *, 1);
  return record;
}

/**
 * cp_record_new_written:
 * @text: (array length=length): what cp_record_write() made of a record of @type before
 *
 * For an array of records, whose elements are all made here (other records may be structs of anybody's).
 *
 * Returns: (transfer full): a record that is only there to be written again: its fields are empty, its arrays NULL.
 */
gpointer
cp_record_new_written (const CpRecordType *type, const char *text, gsize length)
{
  gpointer record = new_bare (type, length + 1);
  char *written = (char *) record + type->size;

  memcpy (written, text, length);
  written[length] = '\0';
  HEADER (record)->written = written;
  return record;
}

/**
 * cp_record_free:
 * @record: (nullable) (transfer full): made by cp_record_new() with the same @type
 *
 * Frees it with all that it holds; what is secret is wiped first.
 */
void
cp_record_free (const CpRecordType *type, gpointer record)
{
  if (record == NULL)
    return;
  g_return_if_fail (HEADER (record)->type == type);
  if (HEADER (record)->written != NULL)
    {
      g_free (HEADER (record)); /* its fields are empty */
      return;
    }

  for (const CpField *field = type->fields; field->key != NULL; field++)
    {
      gboolean secret = (field->flags & CP_FIELD_SECRET) != 0;
      switch (field->type)
        {
        case CP_FIELD_STRING:
        case CP_FIELD_DATE:
          free_string (MEMBER (char *, record, field), secret);
          break;
        case CP_FIELD_RECORD:
          free_record (MEMBER (gpointer, record, field));
          break;
        case CP_FIELD_RECORDS:
          g_clear_pointer (&MEMBER (GPtrArray *, record, field), g_ptr_array_unref);
          break;
        case CP_FIELD_STRINGS:
          free_strings (MEMBER (GStrv, record, field), secret);
          break;
        case CP_FIELD_INT:
        case CP_FIELD_BOOL:
        case CP_FIELD_TIME:
        case CP_FIELD_ENUM:
        case CP_FIELD_FLAGS:
          break;
        }
    }
  g_free (HEADER (record));
}

static GPtrArray *
copy_records (const CpRecordType *type, GPtrArray *records)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (free_record);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      gconstpointer record = g_ptr_array_index (records, i);
      const char *written = HEADER (record)->written;

      g_ptr_array_add (copy, written != NULL ? cp_record_new_written (type, written, strlen (written))
                                             : cp_record_copy (type, record));
    }
  return copy;
}

/**
 * cp_record_copy:
 * @record: (nullable)
 *
 * Returns: (transfer full) (nullable): a copy of @record and of all that it holds.
 */
gpointer
cp_record_copy (const CpRecordType *type, gconstpointer record)
{
  if (record == NULL)
    return NULL;
  CpRecordHeader *header = g_malloc (sizeof (CpRecordHeader) + type->size);
  gpointer copy = header + 1;

  header->type = type;
  header->written = NULL;
  memcpy (copy, record, type->size);
  for (const CpField *field = type->fields; field->key != NULL; field++)
    if (field->type == CP_FIELD_STRING || field->type == CP_FIELD_DATE)
      MEMBER (char *, copy, field) = g_strdup (MEMBER (char *, record, field));
    else if (field->type == CP_FIELD_RECORD)
      MEMBER (gpointer, copy, field) = cp_record_copy (field->record, MEMBER (gpointer, record, field));
    else if (field->type == CP_FIELD_RECORDS)
      MEMBER (GPtrArray *, copy, field) = copy_records (field->record, MEMBER (GPtrArray *, record, field));
    else if (field->type == CP_FIELD_STRINGS)
      MEMBER (GStrv, copy, field) = g_strdupv (MEMBER (GStrv, record, field));
  return copy;
}
