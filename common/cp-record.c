/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-record.h"

#include <stddef.h>
#include <string.h>

/* Stands before every record, so that the free function of an array (which has no user data) knows its elements. */
typedef union
{
  const CpRecordType *type;
  max_align_t align;
} Header;

#define MEMBER(T, record, field) G_STRUCT_MEMBER (T, record, (field)->offset)

static void
free_record (gpointer record)
{
  if (record != NULL)
    cp_record_free (((Header *) record - 1)->type, record);
}

static void
free_string (char *text, gboolean secret)
{
  if (secret && text != NULL)
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

/**
 * cp_record_new:
 *
 * Returns: (transfer full): a record of @type, zeroed but for its arrays, which are empty. Free with cp_record_free().
 */
gpointer
cp_record_new (const CpRecordType *type)
{
  Header *header = g_malloc0 (sizeof (Header) + type->size);
  gpointer record = header + 1;

  header->type = type;
  for (const CpField *field = type->fields; field->key != NULL; field++)
    if (field->type == CP_FIELD_RECORDS)
      MEMBER (GPtrArray *, record, field) = g_ptr_array_new_with_free_func (free_record);
    else if (field->type == CP_FIELD_STRINGS)
      MEMBER (GStrv, record, field) = g_new0 (char *, 1);
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
  g_return_if_fail (((Header *) record - 1)->type == type);

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
  g_free ((Header *) record - 1);
}

static GPtrArray *
copy_records (const CpRecordType *type, GPtrArray *records)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (free_record);

  for (guint i = 0; records != NULL && i < records->len; i++)
    g_ptr_array_add (copy, cp_record_copy (type, g_ptr_array_index (records, i)));
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
  Header *header = g_malloc (sizeof (Header) + type->size);
  gpointer copy = header + 1;

  header->type = type;
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

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
write_flags (guint flags, const char *const *names)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (int i = 0; names[i] != NULL; i++)
    if (flags & 1u << i)
      json_array_add_string_element (array, names[i]);
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
write_records (const CpRecordType *type, GPtrArray *records, GTimeZone *zone)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; records != NULL && i < records->len; i++)
    json_array_add_element (array, cp_record_to_json (type, g_ptr_array_index (records, i), zone));
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
write_strings (char **strings)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (gsize i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
write_field (const CpField *field, gconstpointer record, GTimeZone *zone)
{
  g_autofree char *time = NULL;

  switch (field->type)
    {
    case CP_FIELD_STRING:
    case CP_FIELD_DATE:
      return string_node (MEMBER (char *, record, field));
    case CP_FIELD_INT:
      return json_node_init_int (json_node_alloc (), MEMBER (gint64, record, field));
    case CP_FIELD_BOOL:
      return json_node_init_boolean (json_node_alloc (), MEMBER (gboolean, record, field));
    case CP_FIELD_TIME:
      time = cp_time_format (MEMBER (CpTime, record, field), zone);
      return string_node (time);
    case CP_FIELD_ENUM:
      return string_node (field->names[MEMBER (int, record, field)]);
    case CP_FIELD_FLAGS:
      return write_flags (MEMBER (guint, record, field), field->names);
    case CP_FIELD_RECORD:
      return cp_record_to_json (field->record, MEMBER (gpointer, record, field), zone);
    case CP_FIELD_RECORDS:
      return write_records (field->record, MEMBER (GPtrArray *, record, field), zone);
    case CP_FIELD_STRINGS:
      return write_strings (MEMBER (GStrv, record, field));
    }
  g_return_val_if_reached (json_node_init_null (json_node_alloc ()));
}

/* A required text or record that is NULL, or a value without a name: who filled the record made a mistake. */
static gboolean
is_writable (const CpField *field, gconstpointer record)
{
  if (field->type == CP_FIELD_ENUM)
    {
      int value = MEMBER (int, record, field);
      return value >= 0 && value < (int) g_strv_length ((char **) field->names);
    }
  gboolean may_be_empty =
      field->type != CP_FIELD_STRING && field->type != CP_FIELD_DATE && field->type != CP_FIELD_RECORD;
  return may_be_empty || !is_absent (field, record);
}

/**
 * cp_record_to_json:
 * @record: filled by the program itself; a required field that is NULL is a mistake of the programmer, and written as
 * null
 * @zone: (nullable): for the offset of times; NULL for UTC
 *
 * Returns: (transfer full): @record as an object, with the keys in the order of the table.
 */
JsonNode *
cp_record_to_json (const CpRecordType *type, gconstpointer record, GTimeZone *zone)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (const CpField *field = type->fields; field->key != NULL; field++)
    {
      if ((field->flags & CP_FIELD_OPTIONAL) != 0 && is_absent (field, record))
        continue;
      if (is_writable (field, record))
        json_object_set_member (object, field->key, write_field (field, record, zone));
      else
        {
          g_critical ("%s.%s has no value that can be written", type->name, field->key);
          json_object_set_null_member (object, field->key);
        }
    }
  return json_node_init_object (json_node_alloc (), object);
}
