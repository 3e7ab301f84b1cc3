/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-date-text.h"

#include <stdlib.h>
#include <string.h>

#include "cp-time.h"
#include "cpa-time-text.h"

#define MOST_WORDS 3
#define NOT_TYPED -1

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

/* Of a month alone, or a year. */
static char *
make_last (int year, int month)
{
  char *date = NULL;

  for (int day = 31; day >= 28 && date == NULL; day--)
    date = make_date (year, month, day);
  return date;
}

static char *
complete (int year, int month, int day, CpaDateEnd end)
{
  if (month == NOT_TYPED)
    month = end == CPA_DATE_LAST ? 12 : 1;
  if (day == NOT_TYPED)
    return end == CPA_DATE_LAST ? make_last (year, month) : make_date (year, month, 1);
  return make_date (year, month, day);
}

char *
cpa_date_parse (const char *text, const char *until, CpaDateEnd end)
{
  Word words[MOST_WORDS];
  char pattern[MOST_WORDS + 1];

  if (!read_words (text, words, pattern))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (strcmp (pattern, orders[i].pattern) == 0)
      {
        int day = orders[i].day >= 0 ? words[orders[i].day].value : NOT_TYPED;
        int month = orders[i].month >= 0 ? words[orders[i].month].value : NOT_TYPED;
        int year = orders[i].year >= 0 ? words[orders[i].year].value : atoi (until);
        g_autofree char *date = complete (year, month, day, end);

        if (orders[i].year < 0 && (date == NULL || strcmp (date, until) > 0))
          return complete (year - 1, month, day, end);
        return g_steal_pointer (&date);
      }
  return NULL;
}
