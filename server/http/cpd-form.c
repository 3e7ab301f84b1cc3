/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-form.h"

#include <string.h>

#include "cpd-secret.h"

#define NAME_CHARS "abcdefghijklmnopqrstuvwxyz_"
/* What a browser leaves as it is; "+" is a space, all else comes as %XX. */
#define VALUE_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._+%"

static gboolean
has_control (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* -1 for a broken escape, for a NUL, and for what no browser sends. */
static int
next_byte (const char *text, gsize length, gsize *at)
{
  const char *c = text + (*at)++;
  int byte;

  if (*c == '+')
    return ' ';
  if (strchr (VALUE_CHARS, *c) == NULL)
    return -1;
  if (*c != '%')
    return *c;
  if (*at + 2 > length || !g_ascii_isxdigit (c[1]) || !g_ascii_isxdigit (c[2]))
    return -1;
  *at += 2;
  byte = g_ascii_xdigit_value (c[1]) * 16 + g_ascii_xdigit_value (c[2]);
  return byte != 0 ? byte : -1;
}

/* (transfer full) (nullable) */
static char *
decode (const char *text, gsize length)
{
  char *value = g_malloc0 (length + 1);
  gsize size = 0;
  int byte = 0;

  for (gsize at = 0; at < length && byte >= 0; value[size++] = (char) MAX (byte, 0))
    byte = next_byte (text, length, &at);
  if (byte >= 0 && g_utf8_validate (value, -1, NULL) && !has_control (value))
    return value;
  explicit_bzero (value, length + 1);
  g_free (value);
  return NULL;
}

static gboolean
read_field (const char *text, gsize length, GHashTable *fields)
{
  gsize name_length = strspn (text, NAME_CHARS);
  g_autofree char *name = NULL;
  char *value;

  if (name_length == 0 || name_length >= length || text[name_length] != '=')
    return FALSE;
  name = g_strndup (text, name_length);
  if (g_hash_table_contains (fields, name))
    return FALSE;
  value = decode (text + name_length + 1, length - name_length - 1);
  if (value != NULL)
    g_hash_table_insert (fields, g_steal_pointer (&name), value);
  return value != NULL;
}

static gboolean
read_fields (const char *text, GHashTable *fields)
{
  while (TRUE)
    {
      gsize length = strcspn (text, "&");
      if (g_hash_table_size (fields) == CPD_FORM_FIELDS_MAX || !read_field (text, length, fields))
        return FALSE;
      if (text[length] == '\0')
        return TRUE;
      text += length + 1;
    }
}

/**
 * cpd_form_read:
 * @data: not terminated
 *
 * Returns: (transfer full) (nullable): name to value.
 */
GHashTable *
cpd_form_read (const char *data, gsize size)
{
  GHashTable *fields;
  char *text;
  gboolean read;

  if (size == 0 || size > CPD_FORM_MAX || memchr (data, '\0', size) != NULL)
    return NULL;
  fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cpd_secret_free);
  text = g_strndup (data, size);
  read = read_fields (text, fields);
  cpd_secret_free (text);
  if (!read)
    g_clear_pointer (&fields, g_hash_table_unref);
  return fields;
}
