/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-password-words.h"

#include <string.h>

/* Parts of a name shorter than this are in too many words to refuse. */
#define NAME_PART_MIN 4

/**
 * cp_password_skeleton:
 */
char *
cp_password_skeleton (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *bare = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (bare, g_utf8_get_char (at));
  return g_string_free (bare, FALSE);
}

/**
 * cp_password_has_name:
 */
gboolean
cp_password_has_name (const char *skeleton, const char *text)
{
  g_autofree char *word = cp_password_skeleton (text);

  return g_utf8_strlen (word, -1) >= NAME_PART_MIN && strstr (skeleton, word) != NULL;
}

/**
 * cp_password_has_part_of_name:
 */
gboolean
cp_password_has_part_of_name (const char *skeleton, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " .-_@'’", -1);

  for (int i = 0; words[i] != NULL; i++)
    if (cp_password_has_name (skeleton, words[i]))
      return TRUE;
  return FALSE;
}

/**
 * cp_password_has_username:
 */
gboolean
cp_password_has_username (const char *skeleton, const char *username)
{
  return cp_password_has_name (skeleton, username) || cp_password_has_part_of_name (skeleton, username);
}
