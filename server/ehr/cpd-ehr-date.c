/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-date.h"

#include <string.h>

#define LENGTH_YEAR 4
#define LENGTH_MONTH 7
#define LENGTH_DAY 10

static const char *const months[] = { "januari", "februari", "maart",     "april",   "mei",      "juni",
                                      "juli",    "augustus", "september", "oktober", "november", "december" };

/* (transfer full): the first day that text names, NULL when it is no date of 4, 7 or 10 characters. */
static char *
first_day (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  g_autofree char *day = NULL;

  if (length == LENGTH_YEAR)
    day = g_strconcat (text, "-01-01", NULL);
  else if (length == LENGTH_MONTH)
    day = g_strconcat (text, "-01", NULL);
  else if (length == LENGTH_DAY)
    day = g_strdup (text);
  return day != NULL && cp_time_date_is_valid (day) ? g_steal_pointer (&day) : NULL;
}

/**
 * cpd_ehr_date_parse:
 * @text: (nullable):
 *
 * Returns: TRUE with @at and @date_only.
 */
gboolean
cpd_ehr_date_parse (const char *text, GTimeZone *zone, CpTime *at, gboolean *date_only)
{
  g_autofree char *day = first_day (text);

  *date_only = day != NULL;
  if (day != NULL)
    *at = cp_time_of_local (day, 0, zone);
  return day != NULL || (text != NULL && cp_time_parse (text, at));
}

/**
 * cpd_ehr_date_day:
 * @text: (nullable):
 *
 * Returns: (transfer full) (nullable): a day.
 */
char *
cpd_ehr_date_day (const char *text, gboolean last, GTimeZone *zone)
{
  g_autofree char *day = first_day (text);
  CpTime at;

  if (day == NULL)
    return text != NULL && cp_time_parse (text, &at) ? cp_time_date (at, zone) : NULL;
  if (last && strlen (text) == LENGTH_YEAR)
    memcpy (day + LENGTH_YEAR, "-12-31", 6);
  else if (last && strlen (text) == LENGTH_MONTH)
    {
      GDateYear year = g_ascii_strtoull (day, NULL, 10);
      int days = g_date_get_days_in_month (g_ascii_strtoull (day + 5, NULL, 10), year);

      day[8] = '0' + days / 10;
      day[9] = '0' + days % 10;
    }
  return g_steal_pointer (&day);
}

/**
 * cpd_ehr_date_partial:
 * @text: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_date_partial (const char *text)
{
  return cp_time_date_is_partial (text) ? g_strdup (text) : NULL;
}

/**
 * cpd_ehr_date_known:
 * @text: (nullable):
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_date_known (const char *text, GTimeZone *zone)
{
  char *partial = cpd_ehr_date_partial (text);

  return partial != NULL ? partial : cpd_ehr_date_day (text, FALSE, zone);
}

/**
 * cpd_ehr_date_is_past:
 * @end: (nullable): Period.end; a day ends with that day
 *
 * Returns: TRUE when it lies before @now.
 */
gboolean
cpd_ehr_date_is_past (const char *end, CpTime now, GTimeZone *zone)
{
  g_autofree char *day = NULL;
  g_autofree char *today = NULL;
  CpTime at;
  gboolean date_only;

  if (!cpd_ehr_date_parse (end, zone, &at, &date_only))
    return FALSE;
  if (!date_only)
    return at < now;
  day = cpd_ehr_date_day (end, TRUE, zone);
  today = cp_time_date (now, zone);
  return strcmp (day, today) < 0;
}

/**
 * cpd_ehr_date_words:
 * @text: (nullable):
 *
 * Returns: (transfer full) (nullable): Dutch words.
 */
char *
cpd_ehr_date_words (const char *text, GTimeZone *zone)
{
  g_autofree char *day = first_day (text);
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) utc = NULL;
  CpTime at;
  int month;

  if (day != NULL)
    {
      month = g_ascii_strtoull (day + 5, NULL, 10);
      if (strlen (text) == LENGTH_YEAR)
        return g_strdup (text);
      if (strlen (text) == LENGTH_MONTH)
        return g_strdup_printf ("%s %.4s", months[month - 1], day);
      return g_strdup_printf ("%d %s %.4s", (int) g_ascii_strtoull (day + 8, NULL, 10), months[month - 1], day);
    }
  if (text == NULL || !cp_time_parse (text, &at))
    return NULL;
  utc = g_date_time_new_from_unix_utc (at / CP_TIME_SECOND);
  local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  if (local == NULL)
    return NULL;
  return g_strdup_printf ("%d %s %d %02d:%02d", g_date_time_get_day_of_month (local),
                          months[g_date_time_get_month (local) - 1], g_date_time_get_year (local),
                          g_date_time_get_hour (local), g_date_time_get_minute (local));
}
