/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-search.h"

/* Combining Diacritical Marks: they are part of the letter before them. */
static gboolean
is_accent (gunichar c)
{
  return c >= 0x0300 && c <= 0x036f;
}

/**
 * cp_search_size:
 * @text: UTF-8
 *
 * A word is a run of letters and digits, as the index of words has it: "a.d.l." is three.
 *
 * Returns: whether there are at least %CP_SEARCH_LETTERS_MIN letters and digits, at most %CP_SEARCH_WORDS_MAX words and
 * at most %CP_SEARCH_MAX characters.
 */
CpSearchSize
cp_search_size (const char *text)
{
  guint letters = 0, words = 0;
  gboolean inside = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean letter = g_unichar_isalnum (c);

      letters += letter ? 1 : 0;
      words += letter && !inside ? 1 : 0;
      inside = letter || (inside && is_accent (c));
    }
  if (words > CP_SEARCH_WORDS_MAX || g_utf8_strlen (text, -1) > CP_SEARCH_MAX)
    return CP_SEARCH_TOO_MUCH;
  return letters >= CP_SEARCH_LETTERS_MIN ? CP_SEARCH_FITS : CP_SEARCH_TOO_LITTLE;
}
