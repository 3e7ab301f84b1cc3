/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"

G_BEGIN_DECLS

/* Every day, time and wait in words, in one place. Zone is the organisation's, "now" is cp_time_now (). All results are
 * (transfer full); a time that is no time (0, or outside the calendar) reads "not known". */

char *cpa_time_clock (CpTime time, GTimeZone *zone);          /* 14:00 */
char *cpa_time_day (CpTime time, GTimeZone *zone);            /* today; Tue March 3; another year: with the year */
char *cpa_time_day_clock (CpTime time, GTimeZone *zone);      /* today 14:00 */
char *cpa_time_at (CpTime time, GTimeZone *zone);             /* at 14:00; another day: tomorrow at 14:00 */
char *cpa_time_weekday (CpTime time, GTimeZone *zone);        /* Tue March 3, also when that is today */
char *cpa_time_month_day (CpTime time, GTimeZone *zone);      /* March 3; another year: with the year */
char *cpa_time_day_of_week (CpTime time, GTimeZone *zone);    /* Tuesday */
char *cpa_time_long_day (CpTime time, GTimeZone *zone);       /* Tuesday March 3, 2026 */
char *cpa_time_long_day_clock (CpTime time, GTimeZone *zone); /* Tuesday March 3, 2026, 14:00 */

/* "1938-05-14" to "May 14, 1938", "1938-05" to "May 1938"; NULL (no date) reads "not known". */
char *cpa_time_date (const char *date);
/* The same where it stands alone, among days: "2026" is "some time in 2026". */
char *cpa_time_known_date (const char *date);
/* FALSE for a month or a year: what is on a day is in those. */
gboolean cpa_time_has_day (const char *date);
/* "Wil de Bruin, born May 14, 1938"; "born in 1938" when no more is known of the date. */
char *cpa_time_born (const char *client, const char *date);
/* "2026-01-12" to "Jan 12"; NULL when it is no date. */
char *cpa_time_short_date (const char *date);
/* "2026-01-12" to "Jan 12, 2026", for a narrow column; NULL (no date) reads "not known". */
char *cpa_time_short_day (const char *date);
/* Of a day of the week from 0: "Monday", "Mon". */
const char *cpa_time_day_name (int day);
const char *cpa_time_short_day_name (int day);
/* Of a month from 0 to 11: "January", "Jan". */
const char *cpa_time_month_name (int month);
const char *cpa_time_short_month (int month);
/* Whole years from birth to today in zone; -1 when it is no date. */
int cpa_time_age (const char *birth_date, GTimeZone *zone);

char *cpa_time_ago (CpTime time, GTimeZone *zone);     /* just now; 5 minutes ago; then the day and time */
char *cpa_time_in_days (CpTime time, GTimeZone *zone); /* today; tomorrow; in 3 days */
char *cpa_time_wait (gint64 seconds);                  /* 90 seconds and less in seconds, then minutes, hours, days */

/* The same text with its first letter as a capital, for the start of a line. Takes text. */
char *cpa_time_capital (char *text);

G_END_DECLS
