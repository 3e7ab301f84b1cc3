/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Microseconds since 1970-01-01T00:00:00Z. 0 means "not known" wherever a time may be absent. */
typedef gint64 CpTime;

#define CP_TIME_SECOND ((CpTime) 1000000)
#define CP_TIME_MINUTE (60 * CP_TIME_SECOND)
#define CP_TIME_HOUR (60 * CP_TIME_MINUTE)
#define CP_TIME_DAY (24 * CP_TIME_HOUR)

typedef CpTime (*CpTimeSource) (void);

CpTime cp_time_now (void);
/* Replaces the wall clock for the whole process; NULL restores it. The app goes by the server's, tests by their own. */
void cp_time_set_source (CpTimeSource source);

/* RFC 3339 with offset ("2026-03-03T14:00:00+01:00", up to nine decimals, "Z"). Returns FALSE when text is not one. */
gboolean cp_time_parse (const char *text, CpTime *time);
/* Text in the offset that zone has at that time: into a buffer, or (transfer full). */
#define CP_TIME_TEXT_SIZE sizeof "2026-03-03T14:00:00.123456+01:00"
gsize cp_time_print (CpTime time, GTimeZone *zone, char text[CP_TIME_TEXT_SIZE]);
char *cp_time_format (CpTime time, GTimeZone *zone);

/* A calendar date "2026-03-03": checked to exist (no 30 February). */
gboolean cp_time_date_is_valid (const char *text);
gboolean cp_time_date_is_partial (const char *text);
/* The date of time in zone, (transfer full). */
char *cp_time_date (CpTime time, GTimeZone *zone);
/* The hour and minute that the clock in zone shows, as "14:00". (transfer full) */
char *cp_time_clock (CpTime time, GTimeZone *zone);
/* The month in zone as a number: 202601. */
int cp_time_month (CpTime time, GTimeZone *zone);
/* The moment at which the clock in zone shows date and minute_of_day; in the gap of spring the first moment after it,
 * in the double hour of autumn the first of the two. Returns 0 when date is not a date. */
CpTime cp_time_of_local (const char *date, int minute_of_day, GTimeZone *zone);
/* The moment at which the day begins in zone that is so many years, and then days, after that of time: (time, 0, 0) is
 * the beginning of its own day. Returns 0 when that is too far away. */
CpTime cp_time_day_begins (CpTime time, int years, int days, GTimeZone *zone);
/* The last moment of that day. 0 likewise. */
CpTime cp_time_day_ends (CpTime time, int years, int days, GTimeZone *zone);
/* "08:00" to 480; -1 when text is not a time of day. */
int cp_time_minute_of_day (const char *text);
/* And back: 480 to "08:00", (transfer full); -1 to NULL. */
char *cp_time_clock_of_minute (int minute_of_day);
/* Whole days from the date of a to the date of b in zone; negative when b is before a. */
int cp_time_days_between (CpTime a, CpTime b, GTimeZone *zone);

G_END_DECLS
