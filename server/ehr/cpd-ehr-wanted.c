/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-wanted.h"

#include <string.h>

static gboolean
is_type (const char *type, gsize length, const char *name)
{
  return *name == *type && strncmp (name, type, length) == 0 && name[length] == '\0';
}

/**
 * cpd_ehr_wanted_peek:
 * @type: (out): where it stands in the text
 *
 * The type that a text begins with when it is written the usual way, {"resourceType":"Observation".
 *
 * Returns: its length: 0 when it is not, or breaks off there, or is a Bundle, which can hold any type.
 */
gsize
cpd_ehr_wanted_peek (const char *text, gsize length, const char **type)
{
  static const char *const start[] = { "{", "\"resourceType\"", ":", "\"" };
  gsize at = 0;
  gsize size = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (start); i++)
    {
      gsize n = strlen (start[i]);

      while (at < length && g_ascii_isspace (text[at]))
        at++;
      if (length - at < n || memcmp (text + at, start[i], n) != 0)
        return 0;
      at += n;
    }
  *type = text + at;
  while (at + size < length && g_ascii_isalpha (text[at + size]))
    size++;
  if (size == 0 || size > CPD_EHR_ID_MAX || at + size == length || text[at + size] != '"' ||
      !g_ascii_isupper (**type) || is_type (*type, size, "Bundle"))
    return 0;
  return size;
}

/**
 * cpd_ehr_wanted_is_blank:
 *
 * Returns: TRUE when it has nothing but spaces.
 */
gboolean
cpd_ehr_wanted_is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_wanted (const CpdEhrWanted *wanted, const char *type, gsize size)
{
  for (gsize i = 0; wanted->types[i] != NULL; i++)
    if (is_type (type, size, wanted->types[i]))
      return TRUE;
  return FALSE;
}

/**
 * cpd_ehr_wanted_leaves:
 *
 * Returns: TRUE for a line that is blank, or says the usual way that it is of another type.
 */
gboolean
cpd_ehr_wanted_leaves (CpdEhrWanted *wanted, const char *text, gsize length)
{
  const char *type;
  gsize size;

  if (cpd_ehr_wanted_is_blank (text, length))
    return TRUE;
  if (wanted->types == NULL)
    return FALSE;
  if (wanted->length > 0 && length > wanted->length && memcmp (text, wanted->start, wanted->length) == 0)
    return wanted->left;
  size = cpd_ehr_wanted_peek (text, length, &type);
  if (size == 0)
    return FALSE;
  wanted->left = !is_wanted (wanted, type, size);
  size += (gsize) (type - text) + 1;
  wanted->length = size <= sizeof wanted->start ? size : 0;
  memcpy (wanted->start, text, wanted->length);
  return wanted->left;
}
