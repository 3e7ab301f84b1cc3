/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-sought.h"

#include <string.h>

#include "cp-dossier-item.h"
#include "cp-search.h"
#include "cpd-db-private.h"
#include "cpd-result.h"
#include "cpd-stmt.h"

/* A word of so few letters may be an abbreviation that somebody writes with points. */
#define ABBREVIATION_MAX 5

/* Beginnings of so many letters have an index (prefix, in the schema); longer ones are looked up among the words,
 * unless there are more of them than this. */
#define INDEXED_BEGINNING 3
#define ENDINGS_MAX 64

/* The arguments of unicode61 in the schema. */
static const char *tokenizer_arguments[] = { "remove_diacritics", "2" };

/* A word as the index has it. */
typedef struct
{
  gsize offset; /* in CpdSought.letters */
  gsize length;
  gsize start; /* bytes of the text that it came from */
  gsize end;
} Token;

/* A way to write a word: words that follow each other. */
typedef struct
{
  GStrv words;     /* (owned) */
  guint n;         /* at least 1 */
  gboolean prefix; /* the last one may go on */
} Phrase;

struct _CpdSought
{
  fts5_tokenizer tokenizer;
  Fts5Tokenizer *instance; /* (owned) */
  GString *letters;        /* (owned): of the tokens of the newest text */
  GArray *tokens;          /* (owned) of Token */
  GPtrArray *phrases;      /* (owned) of Phrase: every way to write any of the words */
  GString *match;          /* (owned) */
  gboolean gathers;        /* asking the index costs as much for one row as for all */
};

static void
phrase_free (gpointer data)
{
  Phrase *phrase = data;

  g_strfreev (phrase->words);
  g_free (phrase);
}

static int
token_cb (void *data, int flags, const char *text, int length, int start, int end)
{
  CpdSought *sought = data;
  Token token = { sought->letters->len, length, start, end };

  g_string_append_len (sought->letters, text, length);
  g_array_append_val (sought->tokens, token);
  return SQLITE_OK;
}

static void
split (CpdSought *sought, const char *text)
{
  g_string_truncate (sought->letters, 0);
  g_array_set_size (sought->tokens, 0);
  sought->tokenizer.xTokenize (sought->instance, sought, FTS5_TOKENIZE_AUX, text, (int) strlen (text), token_cb);
}

static gboolean
open_tokenizer (CpdSought *sought, CpdDb *db, GError **error)
{
  fts5_api *api = NULL;
  sqlite3_stmt *stmt = NULL;
  void *data = NULL;
  int result = sqlite3_prepare_v2 (db->handle, "SELECT fts5 (?1)", -1, &stmt, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_bind_pointer (stmt, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (stmt);
    }
  sqlite3_finalize (stmt);
  if (api != NULL)
    result = api->xFindTokenizer (api, "unicode61", &data, &sought->tokenizer);
  if (api != NULL && result == SQLITE_OK)
    result =
        sought->tokenizer.xCreate (data, tokenizer_arguments, G_N_ELEMENTS (tokenizer_arguments), &sought->instance);
  return sought->instance != NULL || cpd_db_fail (db, result, error);
}

static void
append_phrase (GString *match, GStrv words, guint n, const char *last, const char *end)
{
  g_string_append_c (match, '"');
  for (guint i = 0; i + 1 < n; i++)
    g_string_append_printf (match, "%s ", words[i]);
  g_string_append_printf (match, "%s%s", last, end);
}

/* FTS5 gathers all rows of everybody in which a word begins so, unless it has an index of beginnings of that length. Of
 * the few whole words that there are it asks no more than it is asked. (transfer full); NULL without an error: too
 * many. */
static GPtrArray *
find_endings (CpdDb *db, const char *beginning, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *from = g_strdup (beginning);
  g_autofree char *until = g_strconcat (beginning, "\xf4\x8f\xbf\xbf", NULL);
  g_autoptr (GError) local = NULL;

  while (words->len <= ENDINGS_MAX)
    {
      g_autoptr (CpdStmt) stmt = cpd_db_query (
          db, &local, "SELECT term FROM item_word WHERE term >= ? AND term < ? LIMIT 1", "tt", from, until);

      if (!cpd_stmt_next (stmt, &local))
        break;
      g_ptr_array_add (words, cpd_stmt_dup_text (stmt, 0));
      g_free (from);
      from = g_strconcat (cpd_stmt_text (stmt, 0), "\x01", NULL); /* the first that can come after it */
    }
  if (!cpd_result (&local, error) || words->len > ENDINGS_MAX)
    return NULL;
  return g_steal_pointer (&words);
}

/* Takes words. FTS5 has single letters in no index of beginnings, and an abbreviation ends where it ends. */
static gboolean
add_phrase (CpdSought *sought, CpdDb *db, GStrv words, GError **error)
{
  Phrase *phrase = g_new (Phrase, 1);
  guint n = g_strv_length (words);
  const char *last = words[n - 1];
  glong length = g_utf8_strlen (last, -1);
  g_autoptr (GPtrArray) endings = NULL;
  g_autoptr (GError) local = NULL;

  *phrase = (Phrase){ words, n, length > 1 };
  g_ptr_array_add (sought->phrases, phrase);
  if (length > INDEXED_BEGINNING)
    endings = find_endings (db, last, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (endings == NULL || endings->len == 0)
    append_phrase (sought->match, words, n, last, endings == NULL && phrase->prefix ? "\"*" : "\"");
  for (guint i = 0; endings != NULL && i < endings->len; i++)
    {
      g_string_append (sought->match, i > 0 ? " OR " : "");
      append_phrase (sought->match, words, n, endings->pdata[i], "\"");
    }
  sought->gathers |= length > INDEXED_BEGINNING && endings == NULL;
  return TRUE;
}

/* "adl" as "a d l", which is how the index has "a.d.l.". */
static GStrv
apart (const char *word)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *word != '\0'; word = g_utf8_next_char (word))
    {
      g_autofree char *letter = g_strndup (word, g_utf8_next_char (word) - word);
      g_strv_builder_add (builder, letter);
    }
  return g_strv_builder_end (builder);
}

/* A number is no abbreviation: "25" is not "2,5". */
static gboolean
is_of_letters (const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (!g_unichar_isalpha (g_utf8_get_char (word)))
      return FALSE;
  return TRUE;
}

static gboolean
are_letters (GStrv words)
{
  for (; *words != NULL; words++)
    if (g_utf8_strlen (*words, -1) != 1 || !is_of_letters (*words))
      return FALSE;
  return TRUE;
}

static GStrv
together (GStrv letters)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *word = g_strjoinv ("", letters);

  g_strv_builder_add (builder, word);
  return g_strv_builder_end (builder);
}

/* One word as it was typed: what the tokenizer makes of it, or the same with or without its points. */
static gboolean
add_word (CpdSought *sought, CpdDb *db, GStrv words, GError **error)
{
  guint n = g_strv_length (words);
  glong length = g_utf8_strlen (words[0], -1);
  GStrv other = NULL;

  if (n == 1 && length >= 2 && length <= ABBREVIATION_MAX && is_of_letters (words[0]))
    other = apart (words[0]);
  else if (n > 1 && n <= ABBREVIATION_MAX && are_letters (words))
    other = together (words);
  g_string_append (sought->match, sought->match->len > 0 ? " AND (" : "(");
  if (!add_phrase (sought, db, words, error))
    {
      g_strfreev (other);
      return FALSE;
    }
  if (other != NULL)
    g_string_append (sought->match, " OR ");
  if (other != NULL && !add_phrase (sought, db, other, error))
    return FALSE;
  g_string_append_c (sought->match, ')');
  return TRUE;
}

static GStrv
take_words (const CpdSought *sought)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < sought->tokens->len; i++)
    {
      const Token *token = &g_array_index (sought->tokens, Token, i);
      g_autofree char *word = g_strndup (sought->letters->str + token->offset, token->length);

      g_strv_builder_add (builder, word);
    }
  return g_strv_builder_end (builder);
}

static CpdSought *
refuse (GError **error)
{
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST,
               "a search is %d letters at least, and %d words and %d characters at most", CP_SEARCH_LETTERS_MIN,
               CP_SEARCH_WORDS_MAX, CP_SEARCH_MAX);
  return NULL;
}

/**
 * cpd_sought_new:
 *
 * Returns: (transfer full)
 */
CpdSought *
cpd_sought_new (CpdDb *db, const char *text, GError **error)
{
  g_autoptr (CpdSought) sought = g_new0 (CpdSought, 1);
  g_auto (GStrv) typed = g_strsplit_set (text, " \t\n", -1);

  cpd_db_assert_thread (db);
  sought->letters = g_string_new (NULL);
  sought->tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  sought->phrases = g_ptr_array_new_with_free_func (phrase_free);
  sought->match = g_string_new (NULL);
  if (cp_search_size (text) != CP_SEARCH_FITS)
    return refuse (error);
  if (!open_tokenizer (sought, db, error))
    return NULL;
  for (guint i = 0; typed[i] != NULL; i++)
    {
      split (sought, typed[i]);
      if (sought->tokens->len > 0 && !add_word (sought, db, take_words (sought), error))
        return NULL;
    }
  /* Letters that the index does not know are no words to it. */
  return sought->match->len > 0 ? g_steal_pointer (&sought) : refuse (error);
}

/**
 * cpd_sought_free:
 * @sought: (nullable)
 */
void
cpd_sought_free (CpdSought *sought)
{
  if (sought == NULL)
    return;
  if (sought->instance != NULL)
    sought->tokenizer.xDelete (sought->instance);
  g_string_free (sought->letters, TRUE);
  g_array_unref (sought->tokens);
  g_ptr_array_unref (sought->phrases);
  g_string_free (sought->match, TRUE);
  g_free (sought);
}

/**
 * cpd_sought_match:
 * @author: (nullable)
 *
 * Returns: (transfer full)
 */
char *
cpd_sought_match (CpdSought *sought, const char *author)
{
  GString *match = g_string_new (sought->match->str);
  g_auto (GStrv) words = NULL;

  if (author != NULL)
    {
      split (sought, author);
      words = take_words (sought);
    }
  if (words != NULL && words[0] != NULL)
    {
      guint n = g_strv_length (words);

      g_string_append (match, " AND author : ");
      append_phrase (match, words, n, words[n - 1], "\"");
    }
  return g_string_free (match, FALSE);
}

/**
 * cpd_sought_gathers:
 *
 * Returns: whether the index is better asked once for all rows than often for a few
 */
gboolean
cpd_sought_gathers (const CpdSought *sought)
{
  return sought->gathers;
}

static gboolean
stands_at (const CpdSought *sought, const Phrase *phrase, guint at)
{
  if (at + phrase->n > sought->tokens->len)
    return FALSE;
  for (guint i = 0; i < phrase->n; i++)
    {
      const Token *token = &g_array_index (sought->tokens, Token, at + i);
      gsize length = strlen (phrase->words[i]);
      gboolean may_go_on = phrase->prefix && i + 1 == phrase->n;

      if (token->length < length || (token->length > length && !may_go_on) ||
          memcmp (sought->letters->str + token->offset, phrase->words[i], length) != 0)
        return FALSE;
    }
  return TRUE;
}

/* How many tokens from there are the longest of the phrases; 0: none. */
static guint
length_at (const CpdSought *sought, guint at)
{
  guint longest = 0;

  for (guint i = 0; i < sought->phrases->len; i++)
    {
      const Phrase *phrase = sought->phrases->pdata[i];

      if (phrase->n > longest && stands_at (sought, phrase, at))
        longest = phrase->n;
    }
  return longest;
}

/**
 * cpd_sought_mark:
 *
 * Returns: how many, also beyond @max
 */
gint64
cpd_sought_mark (CpdSought *sought, const char *text, GPtrArray *marks, guint max)
{
  const char *place = text;
  glong characters = 0;
  gint64 n = 0;
  guint length;

  if (text == NULL)
    return 0;
  split (sought, text);
  for (guint at = 0; at < sought->tokens->len; at += MAX (length, 1))
    {
      length = length_at (sought, at);
      n += length > 0;
      if (length > 0 && marks != NULL && marks->len < max)
        {
          CpTextMark *mark = cp_text_mark_new ();
          const char *start = text + g_array_index (sought->tokens, Token, at).start;
          const char *end = text + g_array_index (sought->tokens, Token, at + length - 1).end;

          characters += g_utf8_pointer_to_offset (place, start);
          place = start;
          mark->start = characters;
          mark->length = g_utf8_pointer_to_offset (start, end);
          g_ptr_array_add (marks, mark);
        }
    }
  return n;
}
