/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-target.h"

#include <string.h>

/* Beside letters and digits. */
#define PATH_SIGNS "-._~!$&'()*,;=:@/"
#define NAME_CHARS "abcdefghijklmnopqrstuvwxyz_"
/* As in RFC 3986, 3.4, but "+" only as %2B: half of the world reads it as a space. */
#define VALUE_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@/?%"

static gboolean
is_dots (const char *text, gsize length)
{
  return length > 0 && length <= 2 && text[0] == '.' && text[length - 1] == '.';
}

/* Asked for every request; strspn would first make a table of what is allowed. */
static gboolean
path_is_plain (const char *path)
{
  if (path[0] != '/')
    return FALSE;
  for (const char *at = path; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr (PATH_SIGNS, *at) == NULL)
      return FALSE;
  for (const char *slash = path; slash != NULL; slash = strchr (slash + 1, '/'))
    {
      gsize length = strchrnul (slash + 1, '/') - (slash + 1);
      gboolean last = slash[1 + length] == '\0';
      if (length == 0 && !(last && slash == path))
        return FALSE;
      if (is_dots (slash + 1, length))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_control (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static char *
decode_value (const char *text)
{
  g_autofree char *decoded = NULL;

  if (text[strspn (text, VALUE_CHARS)] != '\0')
    return NULL;
  decoded = g_uri_unescape_string (text, NULL); /* NULL for a broken escape and for %00 */
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL) || has_control (decoded))
    return NULL;
  return g_steal_pointer (&decoded);
}

static gboolean
read_query (const char *text, GHashTable *query)
{
  g_auto (GStrv) pairs = g_strsplit (text, "&", -1);

  if (pairs[0] == NULL || g_strv_length (pairs) > CPD_QUERY_MAX)
    return FALSE;
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      gsize name_length = strspn (*pair, NAME_CHARS);
      g_autofree char *name = g_strndup (*pair, name_length);
      g_autofree char *value = NULL;

      if (name_length == 0 || (*pair)[name_length] != '=' || g_hash_table_contains (query, name))
        return FALSE;
      value = decode_value (*pair + name_length + 1);
      if (value == NULL)
        return FALSE;
      g_hash_table_insert (query, g_steal_pointer (&name), g_steal_pointer (&value));
    }
  return TRUE;
}

/**
 * cpd_target_split:
 * @target: path and query as sent
 * @query: char * to char *; filled with owned names and decoded values: UTF-8 without control characters, no name twice
 *
 * Returns: (transfer full) (nullable): the path.
 */
char *
cpd_target_split (const char *target, GHashTable *query)
{
  const char *mark = strchr (target, '?');
  g_autofree char *path = mark != NULL ? g_strndup (target, mark - target) : g_strdup (target);

  if (!path_is_plain (path) || (mark != NULL && !read_query (mark + 1, query)))
    return NULL;
  return g_steal_pointer (&path);
}
