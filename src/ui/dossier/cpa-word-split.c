/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-word-diff.h"

#include <string.h>

#define ZERO_WIDTH_JOINER 0x200d

typedef enum
{
  CLASS_SPACE,
  CLASS_WORD,
  CLASS_FLAG, /* two of them are one flag */
  CLASS_SIGN  /* each alone */
} CharClass;

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

static CharClass
classify (gunichar c)
{
  if (g_unichar_isspace (c))
    return CLASS_SPACE;
  if (c >= 0x1f1e6 && c <= 0x1f1ff)
    return CLASS_FLAG;
  /* Scripts without spaces between words: each sign for itself. */
  if (g_unichar_isalnum (c) && !g_unichar_iswide (c))
    return CLASS_WORD;
  return CLASS_SIGN;
}

/* What belongs to the character before it, whatever that is. */
static gboolean
is_attached (gunichar c)
{
  return g_unichar_ismark (c) || c == ZERO_WIDTH_JOINER || (c >= 0x1f3fb && c <= 0x1f3ff);
}

static const char *
skip_attached (const char *p)
{
  while (*p != '\0' && is_attached (g_utf8_get_char (p)))
    {
      gboolean joins = g_utf8_get_char (p) == ZERO_WIDTH_JOINER;

      p = g_utf8_next_char (p);
      if (joins && *p != '\0' && classify (g_utf8_get_char (p)) == CLASS_SIGN)
        p = g_utf8_next_char (p);
    }
  return p;
}

/* Whether the word goes on at p: an apostrophe between letters, and what stands between the digits of a time, a dose or
 * a blood pressure. Of 19.30 that became 19.00 nobody should have to read which half was meant. */
static gboolean
is_inside_word (const char *p)
{
  gunichar c = g_utf8_get_char (p), before = g_utf8_get_char (g_utf8_prev_char (p)), after;

  if (c == '\0')
    return FALSE;
  after = g_utf8_get_char (g_utf8_next_char (p));
  if (is_apostrophe (c))
    return after != '\0' && classify (after) == CLASS_WORD;
  return c < 0x80 && strchr (".,:/-", (int) c) != NULL && g_unichar_isdigit (before) && g_unichar_isdigit (after);
}

/* Where the piece that begins at p ends. */
static const char *
piece_end (const char *p)
{
  CharClass class = classify (g_utf8_get_char (p));
  const char *end = skip_attached (g_utf8_next_char (p));

  if (class == CLASS_FLAG)
    return *end != '\0' && classify (g_utf8_get_char (end)) == CLASS_FLAG ? g_utf8_next_char (end) : end;
  while (class != CLASS_SIGN && *end != '\0')
    {
      if (classify (g_utf8_get_char (end)) != class && (class != CLASS_WORD || !is_inside_word (end)))
        break;
      end = skip_attached (g_utf8_next_char (end));
    }
  return end;
}

GPtrArray *
cpa_word_split (const char *text)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (g_free);

  for (const char *p = text; *p != '\0';)
    {
      const char *end = piece_end (p);

      g_ptr_array_add (pieces, g_strndup (p, end - p));
      p = end;
    }
  return pieces;
}

/* Its words with how often each stands there. */
static GHashTable *
count_words (const char *text, guint *total)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) pieces = cpa_word_split (text);

  *total = 0;
  for (guint i = 0; i < pieces->len; i++)
    {
      const char *piece = g_ptr_array_index (pieces, i);
      g_autofree char *composed = g_utf8_normalize (piece, -1, G_NORMALIZE_NFC);
      char *word;

      if (classify (g_utf8_get_char (piece)) == CLASS_SPACE)
        continue;
      word = g_utf8_casefold (composed, -1);
      g_hash_table_insert (counts, word, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, word)) + 1));
      (*total)++;
    }
  return counts;
}

double
cpa_word_similarity (const char *a, const char *b)
{
  guint a_total, b_total, common = 0;
  g_autoptr (GHashTable) a_counts = count_words (a, &a_total);
  g_autoptr (GHashTable) b_counts = count_words (b, &b_total);
  GHashTableIter iter;
  gpointer word, count;

  if (a_total + b_total == 0)
    return 1;
  g_hash_table_iter_init (&iter, a_counts);
  while (g_hash_table_iter_next (&iter, &word, &count))
    common += MIN (GPOINTER_TO_UINT (count), GPOINTER_TO_UINT (g_hash_table_lookup (b_counts, word)));
  return 2.0 * common / (a_total + b_total);
}
