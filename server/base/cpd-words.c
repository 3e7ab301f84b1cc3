/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-words.h"

#include <gio/gio.h>
#include <string.h>

#include "cp-error.h"
#include "cpd-words-data.h"

#define SHIPPED "/nl/clientportaal/words/words-nl.txt"
#define FILE_MAX (1024 * 1024)
#define TERM_MAX 100 /* of CpWord */
#define MEANINGS_MAX 10
#define MEANING_MAX 500
#define WORDS_MAX 2000 /* of a file: both fit in one CpWordList */

typedef struct
{
  const char *path;
  GPtrArray *words;  /* (borrowed) of CpWord */
  GHashTable *terms; /* (owned): of this file */
  gboolean own;
} Reader;

static gboolean G_GNUC_PRINTF (4, 5) complain (const Reader *reader, int line, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s:%d: %s", reader->path, line, what);
  return FALSE;
}

static gboolean
fits (const char *text, glong max)
{
  glong length = g_utf8_strlen (text, -1);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return length >= 1 && length <= max;
}

static gboolean
read_line (Reader *reader, int line, const char *text, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (text, "|", -1);
  guint n = g_strv_length (fields);
  CpWord *word;

  for (guint i = 0; i < n; i++)
    g_strstrip (fields[i]);
  if (n < 2 || n > MEANINGS_MAX + 1)
    return complain (reader, line, error, "needs a term and 1 to %d meanings, with | between them", MEANINGS_MAX);
  for (guint i = 0; i < n; i++)
    if (!fits (fields[i], i == 0 ? TERM_MAX : MEANING_MAX))
      return complain (reader, line, error, "“%s” needs 1 to %d characters", fields[i],
                       i == 0 ? TERM_MAX : MEANING_MAX);
  if (!g_hash_table_add (reader->terms, g_strdup (fields[0])))
    return complain (reader, line, error, "“%s” stands here twice", fields[0]);
  if (g_hash_table_size (reader->terms) > WORDS_MAX)
    return complain (reader, line, error, "more than %d terms", WORDS_MAX);
  word = cp_word_new ();
  word->term = g_strdup (fields[0]);
  g_strfreev (word->meanings);
  word->meanings = g_strdupv (fields + 1);
  word->own = reader->own;
  g_ptr_array_add (reader->words, word);
  return TRUE;
}

static gboolean
read_list (GPtrArray *words, const char *path, const char *text, gsize size, gboolean own, GError **error)
{
  g_autoptr (GHashTable) terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { path, words, terms, own };
  g_autofree char *copy = g_strndup (text, size);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    {
      if (!g_utf8_validate (lines[i], -1, NULL))
        return complain (&reader, i + 1, error, "is not UTF-8");
      g_strstrip (lines[i]);
      if (*lines[i] != '\0' && *lines[i] != '#' && !read_line (&reader, i + 1, lines[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_own (GPtrArray *words, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  if (size > FILE_MAX || strlen (text) != size)
    {
      g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s: is no text of at most 1 MiB", path);
      return FALSE;
    }
  return read_list (words, path, text, size, TRUE, error);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  const CpWord *left = *(CpWord *const *) a;
  const CpWord *right = *(CpWord *const *) b;
  g_autofree char *left_folded = g_utf8_casefold (left->term, -1);
  g_autofree char *right_folded = g_utf8_casefold (right->term, -1);
  int order = strcmp (left_folded, right_folded);

  if (order == 0)
    order = strcmp (left->term, right->term);
  return order != 0 ? order : right->own - left->own;
}

/**
 * cpd_words_load:
 * @own: (nullable)
 *
 * Returns: (transfer full): of the same term that of the organisation comes first.
 */
CpWordList *
cpd_words_load (const char *own, GError **error)
{
  g_autoptr (CpWordList) list = cp_word_list_new ();
  g_autoptr (GBytes) shipped = g_resource_lookup_data (cpd_words_data_get_resource (), SHIPPED, 0, error);
  gsize size;
  const char *text;

  if (shipped == NULL)
    return NULL;
  text = g_bytes_get_data (shipped, &size);
  if (!read_list (list->words, "words-nl.txt", text, size, FALSE, error) ||
      (own != NULL && !read_own (list->words, own, error)))
    return NULL;
  g_ptr_array_sort (list->words, compare_words);
  return g_steal_pointer (&list);
}
