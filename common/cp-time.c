/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-time.h"

#include <string.h>

#define DAY_SECONDS 86400
#define HOUR_SECONDS 3600
#define EPOCH_JULIAN 719163 /* 1970-01-01 as GDate counts */
#define MARCH_1_OF_0 719468 /* days from then to 1970 */
#define ERA_DAYS 146097     /* of 400 years, after which the calendar begins again */

#define YEAR_MIN 1000
#define YEAR_MAX 9998

/* The years 1001 to 9997 of UTC: what is read in one zone can then be written, and read again, in every other. */
#define DAYS_MIN -353920
#define DAYS_MAX 2932166
#define SECONDS_MIN (DAYS_MIN * (gint64) DAY_SECONDS)
#define SECONDS_MAX ((DAYS_MAX + 1) * (gint64) DAY_SECONDS - 1)

static CpTimeSource time_source; /* atomic */

/**
 * cp_time_now:
 *
 * Returns: the wall clock, or what stands in its place.
 */
CpTime
cp_time_now (void)
{
  CpTimeSource source = g_atomic_pointer_get (&time_source);

  return source != NULL ? source () : g_get_real_time ();
}

/**
 * cp_time_set_source:
 * @source: (nullable): the clock from now on, NULL for the real one
 */
void
cp_time_set_source (CpTimeSource source)
{
  g_atomic_pointer_set (&time_source, source);
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

/* Reads text by a pattern: '0' is a digit of the next number, anything else stands for itself.
 * Returns what follows in text, NULL when it does not fit. */
static const char *
read_pattern (const char *text, const char *pattern, int *numbers)
{
  for (; *pattern != '\0'; pattern++, text++)
    if (*pattern != '0')
      {
        if (*text != *pattern)
          return NULL;
        numbers++;
      }
    else if (g_ascii_isdigit (*text))
      *numbers = *numbers * 10 + (*text - '0');
    else
      return NULL;
  return text;
}

/* Days since 1970-01-01. */
static gboolean
day_of_date (int year, int month, int day, gint64 *days)
{
  GDate date;

  if (year < YEAR_MIN || year > YEAR_MAX || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  *days = (gint64) g_date_get_julian (&date) - EPOCH_JULIAN;
  return TRUE;
}

static gboolean
parse_date (const char *text, gint64 *days)
{
  int n[3] = { 0 };
  const char *rest = text != NULL ? read_pattern (text, "0000-00-00", n) : NULL;

  return rest != NULL && *rest == '\0' && day_of_date (n[0], n[1], n[2], days);
}

/* ".5" to ".123456789"; what is smaller than a microsecond is dropped. */
static const char *
parse_fraction (const char *text, gint64 *microseconds)
{
  gint64 unit = CP_TIME_SECOND / 10;
  gsize digits;

  *microseconds = 0;
  if (*text != '.')
    return text;
  digits = strspn (++text, "0123456789");
  if (digits == 0 || digits > 9)
    return NULL;
  for (gsize i = 0; i < digits; i++, unit /= 10)
    *microseconds += (text[i] - '0') * unit;
  return text + digits;
}

static gboolean
parse_offset (const char *text, int *seconds)
{
  int n[2] = { 0 };

  *seconds = 0;
  if (strcmp (text, "Z") == 0)
    return TRUE;
  if (*text != '+' && *text != '-')
    return FALSE;
  const char *rest = read_pattern (text + 1, "00:00", n);
  if (rest == NULL || *rest != '\0' || n[0] > 23 || n[1] > 59)
    return FALSE;
  *seconds = (n[0] * 60 + n[1]) * (*text == '-' ? -60 : 60);
  return TRUE;
}

/**
 * cp_time_parse:
 * @text: (nullable): as RFC 3339, 5.6 says, with capitals T and Z
 * @time: (out): the moment; a leap second is the first second of the next minute
 *
 * Returns: FALSE when @text is not such a time, or not of the years 1001 to 9997.
 */
gboolean
cp_time_parse (const char *text, CpTime *time)
{
  int n[6] = { 0 };
  gint64 days, microseconds;
  int offset;

  const char *rest = text != NULL ? read_pattern (text, "0000-00-00T00:00:00", n) : NULL;
  if (rest == NULL || !day_of_date (n[0], n[1], n[2], &days) || n[3] > 23 || n[4] > 59 || n[5] > 60)
    return FALSE;
  rest = parse_fraction (rest, &microseconds);
  if (rest == NULL || !parse_offset (rest, &offset))
    return FALSE;
  gint64 seconds = days * DAY_SECONDS + n[3] * 3600 + n[4] * 60 + n[5] - offset;
  if (seconds < SECONDS_MIN || seconds > SECONDS_MAX)
    return FALSE;
  *time = seconds * CP_TIME_SECOND + microseconds;
  return TRUE;
}

/* GLib walks through all that a zone ever was, for each time anew: each thread keeps what it has found of some hours.
 */
#define KEPT_HOURS 512

typedef struct
{
  GTimeZone *zone; /* (owned): of all of them */
  struct
  {
    gint64 hour; /* since 1970 */
    gint64 offset;
    gboolean filled;
  } hours[KEPT_HOURS];
} KeptOffsets;

/* (borrowed): what kept_key holds, which takes no call to find. */
static _Thread_local KeptOffsets *kept_here;

static void
free_kept (gpointer data)
{
  KeptOffsets *kept = data;

  if (kept_here == kept)
    kept_here = NULL;
  g_time_zone_unref (kept->zone);
  g_free (kept);
}

static GPrivate kept_key = G_PRIVATE_INIT (free_kept); /* ends with its thread */

static KeptOffsets *
kept_offsets (GTimeZone *zone)
{
  if (kept_here != NULL && kept_here->zone == zone)
    return kept_here;
  kept_here = g_new0 (KeptOffsets, 1);
  kept_here->zone = g_time_zone_ref (zone);
  g_private_replace (&kept_key, kept_here);
  return kept_here;
}

static gint64
find_offset (gint64 seconds, GTimeZone *zone)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

/* Seconds that the clock in zone (NULL: UTC) is ahead of UTC at that time. An hour in which it changes is not kept. */
static gint64
offset_at (gint64 seconds, GTimeZone *zone)
{
  gint64 hour = floor_div (seconds, HOUR_SECONDS);
  KeptOffsets *kept;
  gsize at = (guint64) hour % KEPT_HOURS;
  gint64 offset;

  if (zone == NULL)
    return 0;
  kept = kept_offsets (zone);
  if (kept->hours[at].filled && kept->hours[at].hour == hour)
    return kept->hours[at].offset;
  offset = find_offset (hour * HOUR_SECONDS, zone);
  if (offset != find_offset ((hour + 1) * HOUR_SECONDS - 1, zone))
    return find_offset (seconds, zone);
  kept->hours[at].hour = hour;
  kept->hours[at].offset = offset;
  kept->hours[at].filled = TRUE;
  return offset;
}

/* Each answer holds dozens of times: printf would take an eighth of what a request costs. Two digits at a time, which
 * the compiler makes no loop of. */
static inline char *
put_two (char *at, guint number)
{
  at[0] = (char) ('0' + number / 10);
  at[1] = (char) ('0' + number % 10);
  return at + 2;
}

static inline char *
put_four (char *at, guint number)
{
  return put_two (put_two (at, number / 100), number % 100);
}

static char *
put_sign (char *at, char sign)
{
  *at = sign;
  return at + 1;
}

/* The date of a day since 1970, of the years of GDate; that takes three times as long, and an answer holds dozens. It
 * counts in years that begin in March, so that the odd day comes last: the months from then on last 153 days for every
 * five. */
static char *
put_date (char *at, gint64 days)
{
  guint day = (guint) (days + MARCH_1_OF_0);
  guint era = day / ERA_DAYS;
  guint of_era = day % ERA_DAYS;
  guint year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  guint of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  guint month = (5 * of_year + 2) / 153;

  at = put_four (at, year_of_era + era * 400 + (month >= 10));
  at = put_two (put_sign (at, '-'), month < 10 ? month + 3 : month - 9);
  return put_two (put_sign (at, '-'), of_year - (153 * month + 2) / 5 + 1);
}

/**
 * cp_time_print:
 * @zone: (nullable): NULL for UTC
 * @text: (out): @time by RFC 3339 in the offset of @zone, with NUL; six decimals where it is not a whole second
 *
 * Returns: its length; 0 for a time before the year 1001 or after 9997.
 */
gsize
cp_time_print (CpTime time, GTimeZone *zone, char text[CP_TIME_TEXT_SIZE])
{
  gint64 seconds = floor_div (time, CP_TIME_SECOND);
  int microseconds = time - seconds * CP_TIME_SECOND;
  /* RFC 3339 has no seconds in an offset, zones of before 1940 do. */
  int minutes = offset_at (seconds, zone) / 60;
  gint64 local = seconds + minutes * 60;
  gint64 days = floor_div (local, DAY_SECONDS);
  int second = local - days * DAY_SECONDS;

  text[0] = '\0';
  g_return_val_if_fail (seconds >= SECONDS_MIN && seconds <= SECONDS_MAX, 0);
  char *at = put_date (text, days);
  at = put_two (put_sign (at, 'T'), second / 3600);
  at = put_two (put_sign (at, ':'), second / 60 % 60);
  at = put_two (put_sign (at, ':'), second % 60);
  if (microseconds != 0)
    at = put_four (put_two (put_sign (at, '.'), microseconds / 10000), microseconds % 10000);
  if (minutes == 0)
    at = put_sign (at, 'Z');
  else
    {
      at = put_two (put_sign (at, minutes < 0 ? '-' : '+'), ABS (minutes) / 60);
      at = put_two (put_sign (at, ':'), ABS (minutes) % 60);
    }
  *at = '\0';
  return at - text;
}

/**
 * cp_time_format:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: (transfer full): @time as cp_time_print() writes it.
 */
char *
cp_time_format (CpTime time, GTimeZone *zone)
{
  char text[CP_TIME_TEXT_SIZE];
  gsize length = cp_time_print (time, zone, text);

  return length > 0 ? g_strndup (text, length) : NULL;
}

/**
 * cp_time_date_is_valid:
 * @text: (nullable)
 *
 * Returns: whether @text is a date of the calendar as "2026-03-03", of the years 1000 to 9998.
 */
gboolean
cp_time_date_is_valid (const char *text)
{
  gint64 days;

  return parse_date (text, &days);
}

/**
 * cp_time_date_is_partial:
 * @text: (nullable)
 *
 * Returns: whether @text is a year or a month of the calendar, as "2026" or "2026-03" (FHIR R4 date).
 */
gboolean
cp_time_date_is_partial (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  g_autofree char *day = NULL;

  if (length != strlen ("2026") && length != strlen ("2026-03"))
    return FALSE;
  day = g_strconcat (text, length == strlen ("2026") ? "-01-01" : "-01", NULL);
  return cp_time_date_is_valid (day);
}

/* Days since 1970-01-01 of the date that the clock in zone shows. */
static gint64
local_day (CpTime time, GTimeZone *zone)
{
  gint64 seconds = floor_div (time, CP_TIME_SECOND);

  return floor_div (seconds + offset_at (seconds, zone), DAY_SECONDS);
}

/**
 * cp_time_date:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: (transfer full): the date in @zone at @time, as "2026-03-03".
 */
char *
cp_time_date (CpTime time, GTimeZone *zone)
{
  gint64 days = local_day (time, zone);
  char text[sizeof "2026-03-03"];

  g_return_val_if_fail (days > -EPOCH_JULIAN && days <= G_MAXINT32 - EPOCH_JULIAN, NULL);
  return g_strndup (text, put_date (text, days) - text);
}

/**
 * cp_time_clock:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: (transfer full): the time of day in @zone at @time, as "14:00".
 */
char *
cp_time_clock (CpTime time, GTimeZone *zone)
{
  gint64 seconds = floor_div (time, CP_TIME_SECOND);
  gint64 local = seconds + offset_at (seconds, zone);

  return cp_time_clock_of_minute ((int) (local - floor_div (local, DAY_SECONDS) * DAY_SECONDS) / 60);
}

/**
 * cp_time_month:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: the month in @zone at @time as a number, 202601 for January 2026.
 */
int
cp_time_month (CpTime time, GTimeZone *zone)
{
  g_autofree char *date = cp_time_date (time, zone);

  return (int) (g_ascii_strtoll (date, NULL, 10) * 100 + g_ascii_strtoll (date + 5, NULL, 10));
}

/* The first second in (before, after] that no longer has the offset of before. */
static gint64
find_change (gint64 before, gint64 after, GTimeZone *zone)
{
  gint64 old = offset_at (before, zone);

  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;
      if (offset_at (middle, zone) == old)
        before = middle;
      else
        after = middle;
    }
  return after;
}

/* The first moment at which the clock in zone shows so many seconds since 1970; when it skips that, the moment it
 * skips.
 */
static CpTime
time_of_clock (gint64 local, GTimeZone *zone)
{
  gint64 old = offset_at (local - DAY_SECONDS, zone);
  gint64 new = offset_at (local + DAY_SECONDS, zone);
  gint64 first = local - MAX (old, new);
  gint64 last = local - MIN (old, new);

  if (first + offset_at (first, zone) == local)
    return first * CP_TIME_SECOND;
  if (last + offset_at (last, zone) == local)
    return last * CP_TIME_SECOND;
  return find_change (first, last, zone) * CP_TIME_SECOND;
}

/**
 * cp_time_of_local:
 * @date: (nullable): as "2026-03-03"
 * @minute_of_day: 0 to 1439
 * @zone: (nullable): NULL for UTC
 *
 * Returns: the first moment at which the clock in @zone shows that; when it skips that, the moment it skips; 0 when
 *   @date is not a date.
 */
CpTime
cp_time_of_local (const char *date, int minute_of_day, GTimeZone *zone)
{
  gint64 days;

  g_return_val_if_fail (minute_of_day >= 0 && minute_of_day < 24 * 60, 0);
  if (!parse_date (date, &days))
    return 0;
  return time_of_clock (days * DAY_SECONDS + minute_of_day * 60, zone);
}

/**
 * cp_time_day_begins:
 * @time: of any moment of a day
 * @years: not negative; 29 February becomes the 28th where there is none
 * @zone: (nullable): NULL for UTC
 *
 * Returns: when the day begins in @zone that is @years, and then @days, after that of @time; 0 when that is not of the
 *   years 1001 to 9997.
 */
CpTime
cp_time_day_begins (CpTime time, int years, int days, GTimeZone *zone)
{
  gint64 day = local_day (time, zone);
  GDate date;

  if (years > 0 && day >= DAYS_MIN && day <= DAYS_MAX)
    {
      g_date_clear (&date, 1);
      g_date_set_julian (&date, day + EPOCH_JULIAN);
      g_date_add_years (&date, years);
      day = (gint64) g_date_get_julian (&date) - EPOCH_JULIAN;
    }
  day += days;
  return day >= DAYS_MIN && day <= DAYS_MAX ? time_of_clock (day * DAY_SECONDS, zone) : 0;
}

/**
 * cp_time_day_ends:
 *
 * Of the same day as cp_time_day_begins(): what holds until a day includes it.
 */
CpTime
cp_time_day_ends (CpTime time, int years, int days, GTimeZone *zone)
{
  CpTime next = cp_time_day_begins (time, years, days + 1, zone);

  return next != 0 ? next - 1 : 0;
}

/**
 * cp_time_minute_of_day:
 * @text: (nullable): as "08:00"
 *
 * Returns: minutes after midnight, -1 when @text is not a time of day.
 */
int
cp_time_minute_of_day (const char *text)
{
  int n[2] = { 0 };
  const char *rest = text != NULL ? read_pattern (text, "00:00", n) : NULL;

  return rest != NULL && *rest == '\0' && n[0] < 24 && n[1] < 60 ? n[0] * 60 + n[1] : -1;
}

/**
 * cp_time_clock_of_minute:
 * @minute_of_day: 0 to 1439, or -1
 *
 * Returns: (transfer full) (nullable): as cp_time_minute_of_day() reads it; NULL for -1.
 */
char *
cp_time_clock_of_minute (int minute_of_day)
{
  return minute_of_day >= 0 ? g_strdup_printf ("%02d:%02d", minute_of_day / 60, minute_of_day % 60) : NULL;
}

/**
 * cp_time_days_between:
 * @zone: (nullable): NULL for UTC
 *
 * Returns: how many times midnight passes in @zone from @a to @b; negative when @b is before @a.
 */
int
cp_time_days_between (CpTime a, CpTime b, GTimeZone *zone)
{
  return local_day (b, zone) - local_day (a, zone);
}
