/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-date-words.h"

/* Our own, because the system's are those of whoever runs the server. */
static const char *const months[CPD_N_LANGUAGES][12] = {
  { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december" },
  { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December" },
};
static const char *const days[CPD_N_LANGUAGES][7] = {
  { "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag" },
  { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
};

static GDateTime *
local (CpTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / CP_TIME_SECOND);

  return g_date_time_to_timezone (utc, zone);
}

/**
 * cpd_date_words_date:
 *
 * Returns: (transfer full)
 */
char *
cpd_date_words_date (CpTime time, GTimeZone *zone, CpdLanguage language)
{
  g_autoptr (GDateTime) date = local (time, zone);
  const char *weekday = days[language][g_date_time_get_day_of_week (date) - 1];
  const char *month = months[language][g_date_time_get_month (date) - 1];
  int day = g_date_time_get_day_of_month (date);
  int year = g_date_time_get_year (date);

  return language == CPD_DUTCH ? g_strdup_printf ("%s %d %s %d", weekday, day, month, year)
                               : g_strdup_printf ("%s %s %d, %d", weekday, month, day, year);
}

/**
 * cpd_date_words_when:
 *
 * Returns: (transfer full)
 */
char *
cpd_date_words_when (CpTime time, CpTime now, GTimeZone *zone, CpdLanguage language)
{
  g_autofree char *clock = cp_time_clock (time, zone);
  g_autofree char *date = cpd_date_words_date (time, zone, language);

  if (cp_time_days_between (now, time, zone) == 0)
    return g_steal_pointer (&clock);
  return g_strdup_printf (language == CPD_DUTCH ? "%s %s" : "%s, %s", date, clock);
}
