/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-piece.h"

#include <math.h>

#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define COUNT_MAX 1000 /* the limits of CpTiming */
#define TIMES_MAX 100

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* FHIR event-timing: each to one of cp_day_part_names. */
static const struct
{
  const char *code;
  const char *part;
} whens[] = {
  { "WAKE", "waking" },
  { "MORN.early", "early-morning" },
  { "ACM", "before-breakfast" },
  { "CM", "at-breakfast" },
  { "PCM", "after-breakfast" },
  { "MORN", "morning" },
  { "MORN.late", "late-morning" },
  { "ACD", "before-lunch" },
  { "CD", "at-lunch" },
  { "PCD", "after-lunch" },
  { "AFT.early", "early-afternoon" },
  { "AFT", "afternoon" },
  { "AFT.late", "late-afternoon" },
  { "ACV", "before-dinner" },
  { "CV", "at-dinner" },
  { "PCV", "after-dinner" },
  { "EVE.early", "early-evening" },
  { "EVE", "evening" },
  { "EVE.late", "late-evening" },
  { "AC", "before-meals" },
  { "C", "at-meals" },
  { "PC", "after-meals" },
  { "HS", "before-sleep" },
  { "PHS", "asleep" },
  { "NIGHT", "night" },
  { "NOON", "afternoon" },
};

static const struct
{
  const char *code;
  int unit; /* CpTimingUnit */
} units[] = {
  { "h", CP_TIMING_HOUR },   { "d", CP_TIMING_DAY },  { "wk", CP_TIMING_WEEK },
  { "mo", CP_TIMING_MONTH }, { "a", CP_TIMING_YEAR },
};

/* What else Timing.repeat may say of when it is done. */
static const char *const unsaid[] = { "count", "countMax", "duration", "durationMax", "offset" };

/* And until when, in ways that name no day: of that the code says nothing either. */
static const char *const limits[] = { "boundsDuration", "boundsRange" };

static gboolean
has (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

/* A whole number from 1 to COUNT_MAX; -1 for another value, otherwise when there is none. */
static gint64
whole (JsonObject *repeat, const char *name, gint64 otherwise)
{
  JsonNode *node = has (repeat, name) ? json_object_get_member (repeat, name) : NULL;
  double number;

  if (node == NULL)
    return otherwise;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING ||
      json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return -1;
  number = json_node_get_double (node);
  return number >= 1 && number <= COUNT_MAX && number == floor (number) ? (gint64) number : -1;
}

static int
unit_of (JsonObject *repeat)
{
  const char *code = cpd_fhir_string (repeat, "periodUnit");

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (units[i].code, code) == 0)
      return units[i].unit;
  return CP_TIMING_NONE;
}

/* How often. Without a frequency it is once in each period (FHIR R4 Timing.repeat.frequency). FALSE: it is said, and
 * there are no words for it. */
static gboolean
map_repeat (CpTiming *timing, JsonObject *repeat)
{
  static const char *const names[] = { "frequency", "frequencyMax", "period", "periodMax", "periodUnit" };
  gint64 count = whole (repeat, "frequency", 1);
  gint64 most = whole (repeat, "frequencyMax", count);
  gint64 period = whole (repeat, "period", -1);
  gint64 longest = whole (repeat, "periodMax", period);
  int unit = unit_of (repeat);
  gboolean said = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    said = said || has (repeat, names[i]);
  if (unit == CP_TIMING_NONE || count < 0 || most < count || period < 0 || longest < period)
    return !said;
  timing->count = count;
  timing->count_max = most > count ? most : 0;
  timing->period = period;
  timing->period_max = longest > period ? longest : 0;
  timing->unit = unit;
  return TRUE;
}

static guint
bit_of (const char *part)
{
  guint i = 0;

  while (!g_str_equal (cp_day_part_names[i], part))
    i++;
  return 1u << i;
}

/* FALSE: there is one that FHIR does not know. */
static gboolean
map_day_parts (CpTiming *timing, JsonObject *repeat)
{
  JsonArray *when = cpd_fhir_array (repeat, "when");
  gboolean all = TRUE;

  for (guint i = 0; i < cpd_fhir_length (when); i++)
    {
      const char *code = cpd_fhir_nth_string (when, i);
      gboolean known = code == NULL;

      for (gsize j = 0; !known && j < G_N_ELEMENTS (whens); j++)
        if (g_str_equal (whens[j].code, code))
          {
            timing->day_parts |= bit_of (whens[j].part);
            known = TRUE;
          }
      all = all && known;
    }
  return all;
}

/* FALSE: one of them is no time of the clock. */
static gboolean
map_times (CpTiming *timing, JsonObject *repeat)
{
  JsonArray *times = cpd_fhir_array (repeat, "timeOfDay");
  g_autoptr (GPtrArray) clock = g_ptr_array_new_with_free_func (g_free);
  gboolean all = TRUE;

  for (guint i = 0; i < cpd_fhir_length (times); i++)
    {
      const char *text = cpd_fhir_nth_string (times, i);
      g_autofree char *minutes = text != NULL ? g_strndup (text, 5) : NULL;

      if (cp_time_minute_of_day (minutes) >= 0 && clock->len < TIMES_MAX)
        g_ptr_array_add (clock, g_steal_pointer (&minutes));
      else
        all = all && text == NULL;
    }
  g_ptr_array_add (clock, NULL);
  g_strfreev (timing->times);
  timing->times = (GStrv) g_ptr_array_steal (clock, NULL);
  return all;
}

/* FALSE: one of them is no day. */
static gboolean
map_days (CpTiming *timing, JsonObject *repeat)
{
  JsonArray *names = cpd_fhir_array (repeat, "dayOfWeek");
  gboolean all = TRUE;

  for (guint i = 0; i < cpd_fhir_length (names); i++)
    {
      gboolean known = cpd_fhir_nth_string (names, i) == NULL;

      for (gsize day = 0; day < G_N_ELEMENTS (weekdays); day++)
        if (g_strcmp0 (cpd_fhir_nth_string (names, i), weekdays[day]) == 0)
          {
            timing->days |= 1u << day;
            known = TRUE;
          }
      all = all && known;
    }
  return all;
}

static gboolean
is_limited (JsonObject *repeat)
{
  gboolean limited = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    limited = limited || has (repeat, limits[i]);
  return limited;
}

static gboolean
is_empty (const CpTiming *timing)
{
  return timing->unit == CP_TIMING_NONE && timing->days == 0 && timing->day_parts == 0 && timing->times[0] == NULL &&
         !timing->as_needed && timing->from == NULL && timing->until == NULL && timing->text == NULL && !timing->more;
}

/* FALSE: one of the two is no date. */
static gboolean
map_days_of (const CpdEhrMapper *mapper, JsonObject *period, CpTiming *timing)
{
  timing->from = cpd_ehr_date_known (cpd_fhir_string (period, "start"), mapper->zone);
  timing->until = cpd_ehr_date_known (cpd_fhir_string (period, "end"), mapper->zone);
  return (timing->from != NULL || !has (period, "start")) && (timing->until != NULL || !has (period, "end"));
}

/**
 * cpd_ehr_map_timing:
 * @timing: (nullable):
 *
 * Nothing is guessed, and nothing left out without saying so.
 *
 * Returns: (transfer full) (nullable): NULL when it says nothing.
 */
CpTiming *
cpd_ehr_map_timing (const CpdEhrMapper *mapper, JsonObject *timing, gboolean as_needed)
{
  JsonObject *repeat = cpd_fhir_object (timing, "repeat");
  g_autoptr (CpTiming) result = cp_timing_new ();
  gboolean all = map_repeat (result, repeat);
  gboolean bounded = map_days_of (mapper, cpd_fhir_object (repeat, "boundsPeriod"), result);

  all = map_days (result, repeat) && all;
  all = map_day_parts (result, repeat) && all;
  all = map_times (result, repeat) && all && cpd_fhir_length (cpd_fhir_array (timing, "event")) == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (unsaid); i++)
    all = all && !has (repeat, unsaid[i]);
  result->text = cpd_ehr_text_line (cpd_fhir_concept_text (cpd_fhir_object (timing, "code")));
  /* The code says all that the repeat says, but for its limits (FHIR R4 Timing.code). */
  result->more = (!all && result->text == NULL) || is_limited (repeat) || !bounded;
  result->as_needed = as_needed;
  return is_empty (result) ? NULL : g_steal_pointer (&result);
}

/**
 * cpd_ehr_map_timing_days:
 * @period: (nullable):
 * @moment: (nullable): a dateTime
 * @timing: (inout) (nullable):
 */
void
cpd_ehr_map_timing_days (const CpdEhrMapper *mapper, JsonObject *period, const char *moment, CpTiming **timing)
{
  const char *start = cpd_fhir_string (period, "start");
  const char *end = cpd_fhir_string (period, "end");
  g_autofree char *from = cpd_ehr_date_known (period != NULL ? start : moment, mapper->zone);
  g_autofree char *until = cpd_ehr_date_known (period != NULL ? end : moment, mapper->zone);

  if (from == NULL && until == NULL)
    return;
  if (*timing == NULL)
    *timing = cp_timing_new ();
  if ((*timing)->from == NULL)
    (*timing)->from = g_steal_pointer (&from);
  if ((*timing)->until == NULL)
    (*timing)->until = g_steal_pointer (&until);
}
