/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-record.h"
#include "cp-record-private.h"

#include <string.h>

#include "cp-error.h"

#define STRING_MAX 10000
#define RECORDS_MAX 1000
#define STRINGS_MAX 100

static gboolean
bad (GError **error, const char *key, const char *message)
{
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s: %s", key, message);
  return FALSE;
}

static gboolean
out_of_limits (GError **error, const char *key, const char *message)
{
  cp_error_set_field (error, key, message);
  return FALSE;
}

static gint64
max_or (const CpField *field, gint64 standard)
{
  return field->max != 0 ? field->max : standard;
}

static int
index_of (const char *const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return -1;
}

/* NULL when node is not a string. */
static const char *
node_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                                          : NULL;
}

static gboolean
check_text (const char *text, const char *key, gint64 max, GError **error)
{
  gint64 length = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), length++)
    if (g_unichar_iscntrl (g_utf8_get_char (at)) && *at != '\n' && *at != '\t')
      return out_of_limits (error, key, "control characters");
  return length <= max || out_of_limits (error, key, "too long");
}

static gboolean
read_string (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  const char *text = node_string (node);

  if (text == NULL)
    return bad (error, field->key, "not a string");
  if (!check_text (text, field->key, max_or (field, STRING_MAX), error))
    return FALSE;
  MEMBER (char *, record, field) = g_strdup (text);
  return TRUE;
}

static gboolean
read_int (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return bad (error, field->key, "not a whole number");
  gint64 value = json_node_get_int (node);
  if ((field->min != 0 || field->max != 0) && (value < field->min || value > field->max))
    return out_of_limits (error, field->key, "out of range");
  MEMBER (gint64, record, field) = value;
  return TRUE;
}

static gboolean
read_bool (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return bad (error, field->key, "not true or false");
  MEMBER (gboolean, record, field) = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_time (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  return cp_time_parse (node_string (node), &MEMBER (CpTime, record, field)) ||
         bad (error, field->key, "not a time of RFC 3339");
}

static gboolean
read_date (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  const char *text = node_string (node);

  if (!cp_time_date_is_valid (text) && ((field->flags & CP_FIELD_PARTIAL) == 0 || !cp_time_date_is_partial (text)))
    return bad (error, field->key, "not a date");
  MEMBER (char *, record, field) = g_strdup (text);
  return TRUE;
}

static gboolean
read_enum (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  const char *name = node_string (node);
  int value = name != NULL ? index_of (field->names, name) : -1;

  if (value < 0)
    return bad (error, field->key, "not one of its names");
  MEMBER (int, record, field) = value;
  return TRUE;
}

static gboolean
read_flags (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return bad (error, field->key, "not an array");
  JsonArray *array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *name = node_string (json_array_get_element (array, i));
      int bit = name != NULL ? index_of (field->names, name) : -1;
      if (bit >= 0)
        MEMBER (guint, record, field) |= 1u << bit;
      else if (name == NULL || mode == CP_RECORD_STRICT)
        return bad (error, field->key, "not one of its names");
    }
  return TRUE;
}

static gboolean
read_record (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  gpointer inner = cp_record_from_json (field->record, node, mode, error);

  MEMBER (gpointer, record, field) = inner;
  return inner != NULL;
}

/* NULL with error when node is not an array of at most max elements. */
static JsonArray *
get_array (const CpField *field, JsonNode *node, gint64 max, GError **error)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    bad (error, field->key, "not an array");
  else if (json_array_get_length (json_node_get_array (node)) > max)
    bad (error, field->key, "too many elements");
  else
    return json_node_get_array (node);
  return NULL;
}

static gboolean
read_records (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  JsonArray *array = get_array (field, node, max_or (field, RECORDS_MAX), error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      gpointer inner = cp_record_from_json (field->record, json_array_get_element (array, i), mode, error);
      if (inner == NULL)
        return FALSE;
      g_ptr_array_add (MEMBER (GPtrArray *, record, field), inner);
    }
  return array != NULL;
}

static gboolean
read_strings (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error)
{
  JsonArray *array = get_array (field, node, max_or (field, STRINGS_MAX), error);

  if (array == NULL)
    return FALSE;
  guint length = json_array_get_length (array);
  GStrv strings = MEMBER (GStrv, record, field) = g_renew (char *, MEMBER (GStrv, record, field), length + 1);
  for (guint i = 0; i < length; i++)
    {
      const char *text = node_string (json_array_get_element (array, i));
      strings[i] = NULL;
      if (text == NULL)
        return bad (error, field->key, "not strings only");
      if (!check_text (text, field->key, STRING_MAX, error))
        return FALSE;
      strings[i] = g_strdup (text);
    }
  strings[length] = NULL;
  return TRUE;
}

typedef gboolean (*ReadFunc) (const CpField *field, JsonNode *node, CpRecordMode mode, gpointer record, GError **error);

static const ReadFunc read_funcs[] = {
  [CP_FIELD_STRING] = read_string,   [CP_FIELD_INT] = read_int,       [CP_FIELD_BOOL] = read_bool,
  [CP_FIELD_TIME] = read_time,       [CP_FIELD_DATE] = read_date,     [CP_FIELD_ENUM] = read_enum,
  [CP_FIELD_FLAGS] = read_flags,     [CP_FIELD_RECORD] = read_record, [CP_FIELD_RECORDS] = read_records,
  [CP_FIELD_STRINGS] = read_strings,
};

static gboolean
check_keys (const CpRecordType *type, JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, NULL))
    {
      const CpField *field = type->fields;
      while (field->key != NULL && strcmp (field->key, key) != 0)
        field++;
      if (field->key == NULL)
        return bad (error, type->name, "an unknown key");
    }
  return TRUE;
}

static gboolean
read_fields (const CpRecordType *type, JsonObject *object, CpRecordMode mode, gpointer record, GError **error)
{
  for (const CpField *field = type->fields; field->key != NULL; field++)
    {
      JsonNode *node = json_object_get_member (object, field->key);
      gboolean absent = node == NULL || JSON_NODE_HOLDS_NULL (node);
      if (absent && (field->flags & CP_FIELD_OPTIONAL) == 0)
        return bad (error, field->key, "missing");
      if (!absent && !read_funcs[field->type](field, node, mode, record, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cp_record_from_json:
 *
 * Reads what somebody else wrote: every field is checked by the table of @type. Messages name keys, never values.
 *
 * Returns: (transfer full): a record of @type; or NULL with CP_ERROR_BAD_REQUEST, or with CP_ERROR_INVALID_FIELD and
 * its field when a string or number is out of its limits.
 */
gpointer
cp_record_from_json (const CpRecordType *type, JsonNode *node, CpRecordMode mode, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      bad (error, type->name, "not an object");
      return NULL;
    }
  JsonObject *object = json_node_get_object (node);
  if (mode == CP_RECORD_STRICT && !check_keys (type, object, error))
    return NULL;
  gpointer record = cp_record_new (type);
  if (!read_fields (type, object, mode, record, error))
    {
      cp_record_free (type, record);
      return NULL;
    }
  return record;
}
