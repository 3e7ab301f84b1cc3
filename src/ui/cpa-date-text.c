/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-date-text.h"

#include <stdlib.h>
#include <string.h>

#include "cp-time.h"
#include "cpa-time-text.h"

#define MOST_WORDS 3

typedef struct
{
  char kind; /* 'd' a day or month in figures, 'y' a year, 'm' a month by name */
  int value;
} Word;

/* Dutch and English, whatever the screen speaks: people type what they are used to. */
static const char *const month_words[][2] = {
  { "januari", "january" }, { "februari", "february" }, { "maart", "march" },
  { "april", "april" },     { "mei", "may" },           { "juni", "june" },
  { "juli", "july" },       { "augustus", "august" },   { "september", "september" },
  { "oktober", "october" }, { "november", "november" }, { "december", "december" },
};

static int
month_of_word (const char *word)
{
  if (strcmp (word, "mrt") == 0)
    return 3;
  for (guint i = 0; i < G_N_ELEMENTS (month_words) && strlen (word) >= 3; i++)
    if (g_str_has_prefix (month_words[i][0], word) || g_str_has_prefix (month_words[i][1], word))
      return (int) i + 1;
  return 0;
}

static gboolean
read_word (const char *word, Word *read)
{
  gsize length = strlen (word);

  if (strspn (word, "0123456789") == length)
    {
      read->value = length <= 4 ? atoi (word) : 0;
      read->kind = length == 4 ? 'y' : 'd';
      return length <= 2 || length == 4;
    }
  read->kind = 'm';
  read->value = month_of_word (word);
  return read->value > 0;
}

/* Returns the kinds as a pattern ("dmy"), or NULL when there is a word too much. */
static gboolean
read_words (const char *text, Word words[MOST_WORDS], char pattern[MOST_WORDS + 1])
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_auto (GStrv) parts = g_strsplit_set (lower, " -/.,", -1);
  guint n = 0;

  memset (pattern, 0, MOST_WORDS + 1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (n == MOST_WORDS || !read_word (parts[i], &words[n]))
        return FALSE;
      pattern[n] = words[n].kind;
      n++;
    }
  return n > 0;
}

/* Where in each pattern day, month and year stand; -1 for what is not said. */
static const struct
{
  const char *pattern;
  int day, month, year;
} orders[] = {
  { "ddy", 0, 1, 2 }, { "ydd", 2, 1, 0 }, { "dd", 0, 1, -1 }, { "dmy", 0, 1, 2 },
  { "mdy", 1, 0, 2 }, { "dm", 0, 1, -1 }, { "md", 1, 0, -1 }, { "my", -1, 0, 1 },
  { "ym", -1, 1, 0 }, { "m", -1, 0, -1 }, { "y", -1, -1, 0 },
};

static char *
make_date (int year, int month, int day)
{
  g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", year, month, day);

  return cp_time_date_is_valid (date) ? g_steal_pointer (&date) : NULL;
}

char *
cpa_date_parse (const char *text, const char *today)
{
  Word words[MOST_WORDS];
  char pattern[MOST_WORDS + 1];

  if (!read_words (text, words, pattern))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (strcmp (pattern, orders[i].pattern) == 0)
      {
        int day = orders[i].day >= 0 ? words[orders[i].day].value : 1;
        int month = orders[i].month >= 0 ? words[orders[i].month].value : 1;
        int year = orders[i].year >= 0 ? words[orders[i].year].value : atoi (today);
        g_autofree char *date = make_date (year, month, day);

        if (orders[i].year < 0 && (date == NULL || strcmp (date, today) > 0))
          return make_date (year - 1, month, day);
        return g_steal_pointer (&date);
      }
  return NULL;
}
