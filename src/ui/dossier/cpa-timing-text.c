/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timing-text.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-fresh-text.h"
#include "cpa-time-text.h"

#define ALL_DAYS 0x7f
#define N_DAYS 7

/* One and many of ngettext, in a table. */
#define NP_(one, many) one, many

/* N times in one period, once in N periods, and both. */
static const struct
{
  const char *time, *times, *every, *times_every;
} units[] = {
  [CP_TIMING_DAY] = { NP_ ("{n} time a day", "{n} times a day"), N_ ("Every {n} days"),
                      N_ ("{n} times every {period} days") },
  [CP_TIMING_WEEK] = { NP_ ("{n} time a week", "{n} times a week"), N_ ("Every {n} weeks"),
                       N_ ("{n} times every {period} weeks") },
  [CP_TIMING_MONTH] = { NP_ ("{n} time a month", "{n} times a month"), N_ ("Every {n} months"),
                        N_ ("{n} times every {period} months") },
  [CP_TIMING_YEAR] = { NP_ ("{n} time a year", "{n} times a year"), N_ ("Every {n} years"),
                       N_ ("{n} times every {period} years") },
  [CP_TIMING_HOUR] = { NP_ ("{n} time an hour", "{n} times an hour"), N_ ("Every {n} hours"),
                       N_ ("{n} times every {period} hours") },
};

/* In the order of cp_day_part_names. */
static const char *const day_parts[] = {
  N_ ("When getting up"),       N_ ("Early in the morning"),   N_ ("Before breakfast"),
  N_ ("At breakfast"),          N_ ("After breakfast"),        N_ ("In the morning"),
  N_ ("Late in the morning"),   N_ ("Before lunch"),           N_ ("At lunch"),
  N_ ("After lunch"),           N_ ("Early in the afternoon"), N_ ("In the afternoon"),
  N_ ("Late in the afternoon"), N_ ("Before dinner"),          N_ ("At dinner"),
  N_ ("After dinner"),          N_ ("Early in the evening"),   N_ ("In the evening"),
  N_ ("Late in the evening"),   N_ ("Before meals"),           N_ ("At meals"),
  N_ ("After meals"),           N_ ("Before going to sleep"),  N_ ("After falling asleep"),
  N_ ("In the night"),
};

/* For inside a sentence. Takes text. */
static char *
small (char *text)
{
  g_autofree char *owned = text;
  g_autofree char *first = g_utf8_strdown (owned, g_utf8_next_char (owned) - owned);

  return g_strconcat (first, g_utf8_next_char (owned), NULL);
}

/* One number, or "1 to 2". */
static char *
range_text (gint64 from, gint64 to)
{
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, to);

  return to > from ? cpa_fill_n (_ ("{n} to {max}"), from, "max", last, NULL)
                   : g_strdup_printf ("%" G_GINT64_FORMAT, from);
}

static char *
frequency_text (const CpTiming *timing)
{
  gint64 count = MAX (timing->count, 1), period = MAX (timing->period, 1);
  gint64 most = MAX (timing->count_max, count), longest = MAX (timing->period_max, period);
  g_autofree char *counts = range_text (count, most);
  g_autofree char *periods = range_text (period, longest);

  if (timing->unit == CP_TIMING_NONE)
    return NULL;
  if (longest == 1)
    return cpa_fill (ngettext (units[timing->unit].time, units[timing->unit].times, (gulong) most), "n", counts, NULL);
  if (most == 1)
    return cpa_fill (_ (units[timing->unit].every), "n", periods, NULL);
  return cpa_fill (_ (units[timing->unit].times_every), "n", counts, "period", periods, NULL);
}

static char *
days_text (guint days)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  if ((days & ALL_DAYS) == 0)
    return NULL;
  if ((days & ALL_DAYS) == ALL_DAYS)
    return g_strdup (_ ("Every day"));
  for (int i = 0; i < N_DAYS; i++)
    if ((days & (1u << i)) != 0)
      g_ptr_array_add (names, (gpointer) cpa_time_day_name (i));
  g_ptr_array_add (names, NULL);
  joined = cpa_fresh_join ((const char *const *) names->pdata);
  return cpa_fill (_ ("On {days}"), "days", joined, NULL);
}

static char *
parts_text (guint parts)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (day_parts); i++)
    if ((parts & (1u << i)) != 0)
      g_ptr_array_add (words, small (g_strdup (_ (day_parts[i]))));
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return cpa_fresh_join ((const char *const *) words->pdata);
}

static char *
times_text (char **times)
{
  g_autofree char *joined = times != NULL && times[0] != NULL ? cpa_fresh_join ((const char *const *) times) : NULL;

  return joined != NULL ? cpa_fill (_ ("At {times}"), "times", joined, NULL) : NULL;
}

/* On which day, or from when until when. */
static char *
days_of_text (const CpTiming *timing)
{
  g_autofree char *from = timing->from != NULL ? cpa_time_date (timing->from) : NULL;
  g_autofree char *until = timing->until != NULL ? cpa_time_date (timing->until) : NULL;
  g_autofree char *begin = from != NULL ? cpa_fill (_ ("From {date}"), "date", from, NULL) : NULL;
  g_autofree char *end = until != NULL ? cpa_fill (_ ("Until {date}"), "date", until, NULL) : NULL;
  g_autofree char *small_end = NULL;

  if (from != NULL && g_strcmp0 (from, until) == 0)
    return cpa_fill (cpa_time_has_day (timing->from) ? _ ("On {date}") : _ ("In {date}"), "date", from, NULL);
  if (end == NULL)
    return g_steal_pointer (&begin);
  if (begin == NULL)
    return g_steal_pointer (&end);
  small_end = small (g_steal_pointer (&end));
  return g_strconcat (begin, " ", small_end, NULL);
}

static void
append (GString *text, char *words)
{
  g_autofree char *lowered = words != NULL ? small (words) : NULL;

  if (lowered == NULL)
    return;
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, lowered);
}

static void
append_after (GString *text, const char *mark, const char *words)
{
  if (words == NULL || *words == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, mark);
  g_string_append (text, words);
}

char *
cpa_timing_text (const CpTiming *timing)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *capital = NULL;

  append (text, frequency_text (timing));
  append (text, days_text (timing->days));
  append (text, parts_text (timing->day_parts));
  append (text, times_text (timing->times));
  if (timing->as_needed)
    append (text, g_strdup (_ ("When needed")));
  append (text, days_of_text (timing));
  if (text->len > 0)
    capital = cpa_time_capital (g_strdup (text->str));
  g_string_assign (text, capital != NULL ? capital : "");
  append_after (text, ": ", timing->text);
  if (timing->more)
    append_after (text, g_str_has_suffix (text->str, ".") ? " " : ". ",
                  _ ("Not everything about when this is done can be shown here. Ask the care team."));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
