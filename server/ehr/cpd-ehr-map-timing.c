/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-piece.h"

#include <math.h>

#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define COUNT_MAX 1000 /* the limits of CpTiming */
#define HOURS 24

enum
{
  MORNING = 1 << 0,
  AFTERNOON = 1 << 1,
  EVENING = 1 << 2,
  NIGHT = 1 << 3
};

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* FHIR event-timing: what it begins with, and the part of the day. C, AC and PC (at any meal) say no part. */
static const struct
{
  const char *code;
  guint part;
} whens[] = {
  { "MORN", MORNING }, { "WAKE", MORNING }, { "NOON", AFTERNOON }, { "AFT", AFTERNOON }, { "EVE", EVENING },
  { "NIGHT", NIGHT },  { "PHS", EVENING },  { "HS", EVENING },     { "CM", MORNING },    { "ACM", MORNING },
  { "PCM", MORNING },  { "CD", AFTERNOON }, { "ACD", AFTERNOON },  { "PCD", AFTERNOON }, { "CV", EVENING },
  { "ACV", EVENING },  { "PCV", EVENING },
};

static const struct
{
  const char *code;
  int unit; /* CpTimingUnit */
  const char *word;
} units[] = {
  { "d", CP_TIMING_DAY, "dag" },
  { "wk", CP_TIMING_WEEK, "week" },
  { "mo", CP_TIMING_MONTH, "maand" },
  { "a", CP_TIMING_YEAR, "jaar" },
};

/* A whole number from 1 to COUNT_MAX; 0 when it is not there or another one. */
static gint64
whole (JsonObject *repeat, const char *name)
{
  JsonNode *node = repeat != NULL ? json_object_get_member (repeat, name) : NULL;
  double number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING)
    return 0;
  number = json_node_get_double (node);
  return number >= 1 && number <= COUNT_MAX && number == floor (number) ? (gint64) number : 0;
}

/* By the hour: as often as that makes in a day, when it comes out. */
static gboolean
map_hours (CpTiming *timing, gint64 count, gint64 period)
{
  if (period == 0 || HOURS % period != 0)
    return FALSE;
  timing->count = count * (HOURS / period);
  timing->period = 1;
  timing->unit = CP_TIMING_DAY;
  return timing->count <= COUNT_MAX;
}

/* "1 tot 2 keer per dag": CpTiming has one number, so these are words. */
static char *
range_text (gint64 from, gint64 to, gint64 period, const char *word)
{
  if (period == 1)
    return g_strdup_printf ("%d tot %d keer per %s", (int) from, (int) to, word);
  return NULL;
}

static void
map_repeat (CpTiming *timing, JsonObject *repeat)
{
  const char *code = cpd_fhir_string (repeat, "periodUnit");
  gint64 count = MAX (whole (repeat, "frequency"), 1);
  gint64 most = whole (repeat, "frequencyMax");
  gint64 period = whole (repeat, "period");

  if (g_strcmp0 (code, "h") == 0 && most <= count && map_hours (timing, count, period))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (units[i].code, code) == 0 && period > 0)
      {
        if (most > count)
          timing->text = range_text (count, most, period, units[i].word);
        if (timing->text != NULL)
          return;
        timing->count = count;
        timing->period = period;
        timing->unit = units[i].unit;
      }
}

static guint
part_of_hour (int hour)
{
  return hour < 6 ? NIGHT : hour < 12 ? MORNING : hour < 18 ? AFTERNOON : EVENING;
}

static guint
day_parts (JsonObject *repeat)
{
  JsonArray *when = cpd_fhir_array (repeat, "when");
  JsonArray *times = cpd_fhir_array (repeat, "timeOfDay");
  guint parts = 0;

  for (guint i = 0; i < cpd_fhir_length (when); i++)
    {
      const char *code = cpd_fhir_nth_string (when, i);
      /* "MORN.early" */
      g_auto (GStrv) words = g_strsplit (code != NULL ? code : "", ".", 2);

      for (gsize j = 0; j < G_N_ELEMENTS (whens); j++)
        if (g_strcmp0 (whens[j].code, words[0]) == 0)
          parts |= whens[j].part;
    }
  for (guint i = 0; i < cpd_fhir_length (times); i++)
    {
      const char *text = cpd_fhir_nth_string (times, i);
      g_autofree char *minutes = text != NULL ? g_strndup (text, 5) : NULL;
      int minute = cp_time_minute_of_day (minutes);

      if (minute >= 0)
        parts |= part_of_hour (minute / 60);
    }
  return parts;
}

static guint
days_of (JsonObject *repeat)
{
  JsonArray *names = cpd_fhir_array (repeat, "dayOfWeek");
  guint days = 0;

  for (guint i = 0; i < cpd_fhir_length (names); i++)
    for (gsize day = 0; day < G_N_ELEMENTS (weekdays); day++)
      if (g_strcmp0 (cpd_fhir_nth_string (names, i), weekdays[day]) == 0)
        days |= 1u << day;
  return days;
}

/**
 * cpd_ehr_map_timing:
 * @timing: (nullable):
 *
 * Returns: (transfer full) (nullable): NULL when it says nothing.
 */
CpTiming *
cpd_ehr_map_timing (JsonObject *timing, gboolean as_needed)
{
  JsonObject *repeat = cpd_fhir_object (timing, "repeat");
  g_autoptr (CpTiming) result = cp_timing_new ();
  const char *text = cpd_fhir_concept_text (cpd_fhir_object (timing, "code"));

  map_repeat (result, repeat);
  if (result->text == NULL)
    {
      result->days = days_of (repeat);
      result->day_parts = day_parts (repeat);
      result->text = cpd_ehr_text_line (text);
    }
  result->as_needed = as_needed;
  if (result->unit == CP_TIMING_NONE && result->days == 0 && result->day_parts == 0 && !as_needed &&
      result->text == NULL)
    return NULL;
  return g_steal_pointer (&result);
}
