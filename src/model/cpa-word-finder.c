/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-word-finder.h"

#include <string.h>

#define TOKEN_MAX 64    /* bytes of a word; a longer one is no term */
#define KEY_MAX 128     /* bytes of a term */
#define PLURAL_FROM 5   /* letters; a shorter one is no word */
#define SEGMENT_MAX 3   /* letters between two points of an abbreviation */
#define CAPITAL_WORDS 2 /* so many words without a small letter are a line in capitals */

/* Also common words: abbreviations only when the point is there. */
static const char *const with_point_only[] = { "min", "max", "cl", "re", "li", "def", "sat", "temp", "fam" };
/* Also words, names or numbers, at the end of a sentence too: only with the points between their letters. */
static const char *const with_points_only[] = { "po", "an", "as", "ed", "iv", "io", "mi" };

typedef struct
{
  const CpWord *word; /* (borrowed) */
  char *bare;         /* (owned): without points, as it is written */
  gboolean capital;   /* it has a capital */
  gboolean mixed;     /* and small letters too */
  gboolean point;     /* only with its point */
  gboolean points;    /* only with those between its letters */
  gboolean plural;    /* it is a word */
} Row;

/* What is written the same but for case and points. */
typedef struct
{
  GPtrArray *rows;      /* (owned) of Row */
  GHashTable *meanings; /* (owned): of which rows, as bits, to a GPtrArray of CpWord */
  guint seen;           /* the number of the search that met it last */
} Entry;

struct _CpaWordFinder
{
  CpWordList *list;        /* (owned) */
  GHashTable *entries;     /* (owned): key to Entry */
  GHashTable *heads;       /* (owned): first word of a longer term to how many words it may have */
  guint8 pairs[65536 / 8]; /* with which two bytes a term begins */
  guint search;
  gsize line_end; /* of the line that was looked at last in this search */
  gboolean line_capital;
};

/* A word of a text, or several with what is between them. */
typedef struct
{
  char key[KEY_MAX]; /* small, without points */
  char raw[KEY_MAX]; /* without points */
  gsize length;      /* of both */
  gsize end;         /* in the text */
  gboolean dotted;
} Token;

static void
row_free (Row *row)
{
  g_free (row->bare);
  g_free (row);
}

static void
entry_free (Entry *entry)
{
  g_ptr_array_unref (entry->rows);
  g_hash_table_unref (entry->meanings);
  g_free (entry);
}

/* The letter at at: small (nullable out) and how many bytes it has. FALSE when it is none. */
static gboolean
read_letter (const char *at, gunichar *small, gsize *bytes)
{
  guchar first = (guchar) *at;
  gunichar letter;

  if (first < 0x80)
    {
      *bytes = 1;
      *small = g_ascii_isupper ((char) first) ? first | 0x20 : first;
      return g_ascii_isalnum ((char) first);
    }
  letter = g_utf8_get_char (at);
  *bytes = (gsize) g_utf8_skip[first];
  *small = g_unichar_tolower (letter);
  return g_unichar_isalnum (letter) || g_unichar_ismark (letter);
}

/* ' and ’. Not g_str_has_prefix (): in newer GLibs that takes the length of all that follows first. */
static gsize
read_apostrophe (const char *at)
{
  return *at == '\'' ? 1 : strncmp (at, "’", strlen ("’")) == 0 ? strlen ("’") : 0;
}

static gboolean
append (Token *token, const char *raw, gsize bytes, gunichar small)
{
  char key[6] = { (char) small };
  int length = small < 0x80 ? 1 : g_unichar_to_utf8 (small, key);

  /* A letter whose small form has another length is in no term. */
  if (token->length + bytes >= TOKEN_MAX || (gsize) length != bytes)
    return FALSE;
  memcpy (token->raw + token->length, raw, bytes);
  memcpy (token->key + token->length, key, bytes);
  token->length += bytes;
  return TRUE;
}

static gsize
letters_from (const char *at)
{
  gsize n = 0, bytes;
  gunichar small;

  while (n <= SEGMENT_MAX && *at != '\0' && read_letter (at, &small, &bytes))
    {
      at += bytes;
      n++;
    }
  return n;
}

static gboolean
point_goes_on (const char *at, gsize segment)
{
  gsize after = letters_from (at + 1);

  return segment <= SEGMENT_MAX && after >= 1 && after <= SEGMENT_MAX;
}

/* The word at at, which begins with a letter. FALSE when it is too long to be a term; its end is right all the same. */
static gboolean
read_token (const char *text, gsize at, gboolean points, Token *token)
{
  gboolean fits = TRUE;
  gsize segment = 0, bytes, apostrophe;
  gunichar small;

  token->length = 0;
  token->dotted = FALSE;
  for (;;)
    {
      const char *here = text + at;

      if (*here != '\0' && read_letter (here, &small, &bytes))
        {
          fits = fits && append (token, here, bytes, small);
          at += bytes;
          segment++;
        }
      else if (*here == '.' && points && point_goes_on (here, segment))
        {
          token->dotted = TRUE;
          segment = 0;
          at++;
        }
      else if ((apostrophe = read_apostrophe (here)) > 0 && letters_from (here + apostrophe) > 0)
        {
          fits = fits && append (token, "'", 1, '\'');
          at += apostrophe;
          segment = SEGMENT_MAX + 1;
        }
      else
        break;
    }
  token->end = at;
  token->key[token->length] = token->raw[token->length] = '\0';
  return fits && token->length > 0;
}

/* Making the table */

static char *
strip_points (const char *term)
{
  GString *bare = g_string_new (NULL);

  for (const char *at = term; *at != '\0';)
    {
      gsize apostrophe = read_apostrophe (at);

      if (apostrophe > 0)
        g_string_append_c (bare, '\'');
      else if (*at != '.')
        g_string_append_c (bare, *at);
      at += MAX (apostrophe, 1);
    }
  return g_string_free (g_string_truncate (bare, MIN (bare->len, KEY_MAX - 1)), FALSE);
}

static gboolean
has_case (const char *text, gboolean (*is) (gunichar letter))
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (is (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static gboolean
is_one_of (const char *const *keys, gsize n, const char *key)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (keys[i], key) == 0)
      return TRUE;
  return FALSE;
}

static Row *
row_new (const CpWord *word, const char *key)
{
  Row *row = g_new0 (Row, 1);

  row->word = word;
  row->bare = strip_points (word->term);
  row->capital = has_case (row->bare, g_unichar_isupper);
  row->mixed = row->capital && has_case (row->bare, g_unichar_islower);
  row->point = g_str_has_suffix (word->term, ".") && is_one_of (with_point_only, G_N_ELEMENTS (with_point_only), key);
  row->points = strchr (word->term, '.') != NULL && is_one_of (with_points_only, G_N_ELEMENTS (with_points_only), key);
  row->plural = !row->capital && strchr (word->term, '.') == NULL && g_utf8_strlen (key, -1) >= PLURAL_FROM;
  return row;
}

static guint
pair_of (const char *key)
{
  return (guint) (guchar) key[0] << 8 | (guchar) key[1];
}

static guint
count_words (const char *key)
{
  guint n = 1;

  for (const char *at = key; *at != '\0'; at++)
    n += strchr (" -/", *at) != NULL;
  return n;
}

static void
add_word (CpaWordFinder *self, const CpWord *word)
{
  g_autofree char *bare = strip_points (word->term);
  g_autofree char *key = g_utf8_strdown (bare, -1);
  g_autofree char *head = g_strndup (key, strcspn (key, " -/"));
  guint words = count_words (key);
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (*head == '\0')
    return;
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
      entry->meanings = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
      g_hash_table_insert (self->entries, g_strdup (key), entry);
    }
  g_ptr_array_add (entry->rows, row_new (word, key));
  self->pairs[pair_of (head) / 8] |= 1 << pair_of (head) % 8;
  if (words > GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, head)))
    g_hash_table_replace (self->heads, g_steal_pointer (&head), GUINT_TO_POINTER (words));
}

CpaWordFinder *
cpa_word_finder_new (const CpWordList *list)
{
  CpaWordFinder *self = g_new0 (CpaWordFinder, 1);

  self->list = cp_record_copy (&cp_word_list_record, list);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) entry_free);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->list->words->len; i++)
    add_word (self, g_ptr_array_index (self->list->words, i));
  return self;
}

void
cpa_word_finder_free (CpaWordFinder *self)
{
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->heads);
  cp_word_list_free (self->list);
  g_free (self);
}

const CpWordList *
cpa_word_finder_get_list (CpaWordFinder *self)
{
  return self->list;
}

/* Looking */

static gboolean
are_capitals (const char *line, const char *end)
{
  guint words = 0;
  gboolean inside = FALSE;

  for (const char *here = line; here < end; here = g_utf8_next_char (here))
    {
      gunichar letter = g_utf8_get_char (here);

      if (g_unichar_islower (letter))
        return FALSE;
      if (g_unichar_isalpha (letter) && !inside)
        words++;
      inside = g_unichar_isalnum (letter);
    }
  return words >= CAPITAL_WORDS;
}

/* Whether the line around at is all in capitals. */
static gboolean
is_capital_line (CpaWordFinder *self, const char *text, gsize at)
{
  gsize start = at;

  if (at < self->line_end)
    return self->line_capital;
  while (start > 0 && text[start - 1] != '\n')
    start--;
  self->line_end = at + strcspn (text + at, "\n");
  self->line_capital = are_capitals (text + start, text + self->line_end);
  return self->line_capital;
}

typedef enum
{
  FORM_AS_IT_IS,
  FORM_GENITIVE, /* with 's: also behind capitals */
  FORM_PLURAL
} Form;

static gboolean
fits_row (const Row *row, const Token *token, Form form, gboolean point, gboolean capital_line)
{
  gsize length = strlen (row->bare);

  if ((row->point && !point) || (row->points && !token->dotted))
    return FALSE;
  if (form == FORM_PLURAL && !row->plural)
    return FALSE;
  if (!row->capital)
    return TRUE;
  if (capital_line)
    return FALSE;
  if (strncmp (row->bare, token->raw, length) == 0)
    return TRUE;
  return row->mixed && !has_case (token->raw, g_unichar_islower);
}

/* The words of the rows that fit; NULL when none does. */
static GPtrArray *
choose (CpaWordFinder *self, Entry *entry, const char *text, const Token *token, gsize start, Form form)
{
  gboolean capital_line = FALSE, point = text[token->end] == '.' || token->dotted;
  guint bits = 0;
  GPtrArray *words;

  for (guint i = 0; i < entry->rows->len; i++)
    if (((const Row *) g_ptr_array_index (entry->rows, i))->capital)
      {
        capital_line = is_capital_line (self, text, start);
        break;
      }
  for (guint i = 0; i < MIN (entry->rows->len, 31); i++)
    if (fits_row (g_ptr_array_index (entry->rows, i), token, form, point, capital_line))
      bits |= 1u << i;
  if (bits == 0)
    return NULL;
  words = g_hash_table_lookup (entry->meanings, GUINT_TO_POINTER (bits));
  if (words != NULL)
    return words;
  words = g_ptr_array_new ();
  for (guint i = 0; i < MIN (entry->rows->len, 31); i++)
    if ((bits >> i & 1) != 0)
      g_ptr_array_add (words, (gpointer) ((const Row *) g_ptr_array_index (entry->rows, i))->word);
  g_hash_table_insert (entry->meanings, GUINT_TO_POINTER (bits), words);
  return words;
}

static const struct
{
  const char *ending;
  Form form;
} forms[] = {
  { "", FORM_AS_IT_IS }, { "'s", FORM_GENITIVE }, { "s", FORM_PLURAL }, { "en", FORM_PLURAL }, { "n", FORM_PLURAL },
};

static GPtrArray *
look_up (CpaWordFinder *self, const char *text, Token *token, gsize start, Entry **entry)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      gsize ending = strlen (forms[i].ending);
      char *cut = token->key + token->length - ending;
      GPtrArray *words = NULL;
      char kept;

      if (ending >= token->length || strcmp (cut, forms[i].ending) != 0)
        continue;
      kept = *cut;
      *cut = '\0';
      *entry = g_hash_table_lookup (self->entries, token->key);
      *cut = kept;
      if (*entry != NULL)
        words = choose (self, *entry, text, token, start, forms[i].form);
      if (words != NULL)
        return words;
    }
  return NULL;
}

/* Adds what stands between and the next word; FALSE when there is none, or no room. */
static gboolean
extend (const char *text, Token *token)
{
  Token next;
  char between = text[token->end] == '\n' ? ' ' : text[token->end];
  gsize bytes;
  gunichar small;

  if (between == '\0' || strchr (" -/", between) == NULL || !read_letter (text + token->end + 1, &small, &bytes) ||
      !read_token (text, token->end + 1, TRUE, &next) || token->length + 1 + next.length >= KEY_MAX)
    return FALSE;
  token->key[token->length] = token->raw[token->length] = between;
  memcpy (token->key + token->length + 1, next.key, next.length + 1);
  memcpy (token->raw + token->length + 1, next.raw, next.length + 1);
  token->length += 1 + next.length;
  token->end = next.end;
  return TRUE;
}

/* The longest term that begins with the word at start. */
static gboolean
match_at (CpaWordFinder *self, const char *text, gsize start, Token *token, CpaWordMatch *match, Entry **entry)
{
  Token longer;
  guint words = GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, token->key));
  Entry *found;

  *match = (CpaWordMatch){ start, token->end, look_up (self, text, token, start, entry) };
  if (words > 1)
    longer = *token;
  for (guint i = 1; i < words && extend (text, &longer); i++)
    {
      GPtrArray *meanings = look_up (self, text, &longer, start, &found);

      if (meanings == NULL)
        continue;
      *match = (CpaWordMatch){ start, longer.end, meanings };
      *entry = found;
    }
  return match->words != NULL;
}

/* The point of an abbreviation belongs to it. */
static void
take_point (const char *text, CpaWordMatch *match)
{
  for (guint i = 0; i < match->words->len && text[match->end] == '.'; i++)
    if (g_str_has_suffix (((const CpWord *) g_ptr_array_index (match->words, i))->term, "."))
      {
        match->end++;
        return;
      }
}

/* Most words begin as no term does: they are passed over without a closer look. */
static gboolean
may_begin (CpaWordFinder *self, const char *text)
{
  guchar first = (guchar) text[0], second = (guchar) text[1];
  guint pair;

  if (first >= 0x80 || second >= 0x80 || !g_ascii_isalnum ((char) second))
    return TRUE;
  pair = (guint) g_ascii_tolower ((char) first) << 8 | (guchar) g_ascii_tolower ((char) second);
  return (self->pairs[pair / 8] >> pair % 8 & 1) != 0;
}

static gsize
pass_over (const char *text, gsize at)
{
  gunichar small;
  gsize bytes, apostrophe;

  for (;;)
    {
      while (g_ascii_isalnum (text[at]))
        at++;
      if (text[at] == ' ' || text[at] == '\0')
        return at;
      if (read_letter (text + at, &small, &bytes))
        at += bytes;
      else if ((apostrophe = read_apostrophe (text + at)) > 0 && letters_from (text + at + apostrophe) > 0)
        at += apostrophe;
      else
        return at;
    }
}

static gsize
look_at (CpaWordFinder *self, const char *text, gsize start, GArray *found)
{
  Token token;
  CpaWordMatch match;
  Entry *entry = NULL;

  if (!may_begin (self, text + start))
    return pass_over (text, start);
  if (!read_token (text, start, TRUE, &token))
    return token.end;
  if (!match_at (self, text, start, &token, &match, &entry))
    {
      /* A point without a space behind a sentence. */
      if (!token.dotted || !read_token (text, start, FALSE, &token) ||
          !match_at (self, text, start, &token, &match, &entry))
        return token.end;
    }
  take_point (text, &match);
  if (entry->seen != self->search)
    g_array_append_val (found, match);
  entry->seen = self->search;
  return match.end;
}

GArray *
cpa_word_finder_find (CpaWordFinder *self, const char *text)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (CpaWordMatch));

  self->search++;
  self->line_end = 0;
  for (gsize at = 0; text[at] != '\0';)
    {
      gunichar small;
      gsize bytes;

      if (read_letter (text + at, &small, &bytes))
        at = look_at (self, text, at, found);
      else
        at += bytes;
    }
  return found;
}
