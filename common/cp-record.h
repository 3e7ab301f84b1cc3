/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "cp-time.h"

G_BEGIN_DECLS

/* A record is a plain C struct that travels as a JSON object. A table of fields describes it once; freeing, writing and
 * checked reading follow from the table, so that both programs agree by construction. */
typedef enum
{
  CP_FIELD_STRING,  /* char *; UTF-8 of at most max characters (0: 10,000) */
  CP_FIELD_INT,     /* gint64, min..max (both 0: any) */
  CP_FIELD_BOOL,    /* gboolean */
  CP_FIELD_TIME,    /* CpTime, on the wire RFC 3339 */
  CP_FIELD_DATE,    /* char *, "2026-03-03" */
  CP_FIELD_ENUM,    /* int, on the wire one of names[] (NULL-terminated, index = value) */
  CP_FIELD_FLAGS,   /* guint, on the wire an array of names[], bit = index */
  CP_FIELD_RECORD,  /* pointer to a struct described by record */
  CP_FIELD_RECORDS, /* GPtrArray of structs described by record; never NULL in a record made here; at most max (0:
                       1,000) */
  CP_FIELD_STRINGS, /* GStrv; never NULL in a record made here; at most max items (0: 100) */
} CpFieldType;

typedef enum
{
  CP_FIELD_REQUIRED = 0,
  CP_FIELD_OPTIONAL = 1 << 0, /* may be absent or null: NULL, 0, FALSE; and is then not written */
  CP_FIELD_SECRET = 1 << 1,   /* wiped before it is freed, never logged */
  CP_FIELD_PARTIAL = 1 << 2,  /* of a date only the year, or year and month, may be known */
} CpFieldFlags;

typedef struct _CpRecordType CpRecordType;

typedef struct
{
  const char *key;
  CpFieldType type;
  CpFieldFlags flags;
  gsize offset;
  gint64 min;
  gint64 max;
  const char *const *names;
  const CpRecordType *record;
} CpField;

struct _CpRecordType
{
  const char *name; /* as in docs/openapi.yaml */
  gsize size;
  const CpField *fields; /* ends with key == NULL */
};

typedef enum
{
  CP_RECORD_STRICT,  /* unknown keys are an error: what a server does with a request */
  CP_RECORD_LENIENT, /* unknown keys are skipped: what an app does with an answer of a newer server */
} CpRecordMode;

/* (transfer full), zeroed but for its arrays, which are empty and not NULL. The only way to make a record that
 * cp_record_free, or an array of records, may free: its type is kept in front of it. */
gpointer cp_record_new (const CpRecordType *type);
/* (transfer full): the same with NULL for its arrays, which are written as empty ones: for what is only written. */
gpointer cp_record_new_bare (const CpRecordType *type);
/* (transfer full): an element for an array of records, with nothing in its fields: its text is known already. */
gpointer cp_record_new_written (const CpRecordType *type, const char *text, gsize length);
void cp_record_free (const CpRecordType *type, gpointer record); /* (nullable) */
/* (transfer full); NULL with CP_ERROR_BAD_REQUEST, or CP_ERROR_INVALID_FIELD with its field for a string or number out
 * of its limits. A string with control characters other than \n and \t is refused. */
gpointer cp_record_from_json (const CpRecordType *type, JsonNode *node, CpRecordMode mode, GError **error);
/* Appends record as JSON; times are written in zone (NULL: UTC). */
void cp_record_write (const CpRecordType *type, gconstpointer record, GTimeZone *zone, GString *text);
/* (transfer full): the same as a text of its own; length may be NULL. */
char *cp_record_to_text (const CpRecordType *type, gconstpointer record, GTimeZone *zone, gsize *length);
/* (transfer full) deep copy. */
gpointer cp_record_copy (const CpRecordType *type, gconstpointer record);

/* Declares the struct's functions: cp_foo_new, cp_foo_free, and an autoptr; CP_DEFINE_RECORD in the .c defines them. */
#define CP_DECLARE_RECORD(Type, prefix)                                                                                \
  extern const CpRecordType prefix##_record;                                                                           \
  Type *prefix##_new (void);                                                                                           \
  void prefix##_free (Type *record);                                                                                   \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, prefix##_free)

#define CP_DEFINE_RECORD(Type, prefix, wire_name, field_table)                                                         \
  const CpRecordType prefix##_record = { wire_name, sizeof (Type), field_table };                                      \
  Type *prefix##_new (void) { return cp_record_new (&prefix##_record); }                                               \
  void prefix##_free (Type *record) { cp_record_free (&prefix##_record, record); }

G_END_DECLS
