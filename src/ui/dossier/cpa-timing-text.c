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
};

static const char *const day_parts[] = { N_ ("In the morning"), N_ ("In the afternoon"), N_ ("In the evening"),
                                         N_ ("In the night") };

/* For inside a sentence. Takes text. */
static char *
small (char *text)
{
  g_autofree char *owned = text;
  g_autofree char *first = g_utf8_strdown (owned, g_utf8_next_char (owned) - owned);

  return g_strconcat (first, g_utf8_next_char (owned), NULL);
}

static char *
frequency_text (const CpTiming *timing)
{
  gint64 count = MAX (timing->count, 1), period = MAX (timing->period, 1);
  g_autofree char *period_text = g_strdup_printf ("%" G_GINT64_FORMAT, period);

  if (timing->unit == CP_TIMING_NONE)
    return NULL;
  if (period == 1)
    return cpa_fill_n (ngettext (units[timing->unit].time, units[timing->unit].times, (gulong) count), count, NULL);
  if (count == 1)
    return cpa_fill_n (_ (units[timing->unit].every), period, NULL);
  return cpa_fill_n (_ (units[timing->unit].times_every), count, "period", period_text, NULL);
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

char *
cpa_timing_text (const CpTiming *timing)
{
  GString *text = g_string_new (NULL);

  append (text, frequency_text (timing));
  append (text, days_text (timing->days));
  append (text, parts_text (timing->day_parts));
  if (timing->as_needed)
    append (text, g_strdup (_ ("When needed")));
  if (text->len > 0)
    return cpa_time_capital (g_string_free (text, FALSE));
  g_string_free (text, TRUE);
  return timing->text != NULL && *timing->text != '\0' ? g_strdup (timing->text) : NULL;
}
