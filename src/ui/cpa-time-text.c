/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-time-text.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "cpa-fill.h"

#define YEAR_LENGTH 4
#define MONTH_LENGTH 7

/* What ngettext lacks, a context: this is the key under which a catalogue holds it. */
#define NPC_(context, one, many) context "\004" one, many

/* Our own names, so that they are Dutch on a desktop that is not. */
static const char *const short_days[] = {
  NC_ ("short day", "Mon"), NC_ ("short day", "Tue"), NC_ ("short day", "Wed"), NC_ ("short day", "Thu"),
  NC_ ("short day", "Fri"), NC_ ("short day", "Sat"), NC_ ("short day", "Sun"),
};
static const char *const days[] = {
  NC_ ("day", "Monday"), NC_ ("day", "Tuesday"),  NC_ ("day", "Wednesday"), NC_ ("day", "Thursday"),
  NC_ ("day", "Friday"), NC_ ("day", "Saturday"), NC_ ("day", "Sunday"),
};
static const char *const months[] = {
  NC_ ("month", "January"),   NC_ ("month", "February"), NC_ ("month", "March"),    NC_ ("month", "April"),
  NC_ ("month", "May"),       NC_ ("month", "June"),     NC_ ("month", "July"),     NC_ ("month", "August"),
  NC_ ("month", "September"), NC_ ("month", "October"),  NC_ ("month", "November"), NC_ ("month", "December"),
};

static const char *const short_months[] = {
  NC_ ("short month", "Jan"), NC_ ("short month", "Feb"), NC_ ("short month", "Mar"), NC_ ("short month", "Apr"),
  NC_ ("short month", "May"), NC_ ("short month", "Jun"), NC_ ("short month", "Jul"), NC_ ("short month", "Aug"),
  NC_ ("short month", "Sep"), NC_ ("short month", "Oct"), NC_ ("short month", "Nov"), NC_ ("short month", "Dec"),
};

typedef struct
{
  const char *short_day;
  const char *long_day;
  const char *month;
  char day[12];
  char year[12];
  char clock[16];
  int year_number;
} Words;

static gboolean
words_of (CpTime time, GTimeZone *zone, Words *words)
{
  g_autoptr (GDateTime) utc = time != 0 ? g_date_time_new_from_unix_utc (time / CP_TIME_SECOND) : NULL;
  g_autoptr (GDateTime) local = NULL;
  int weekday;

  if (utc == NULL)
    return FALSE;
  local = g_date_time_to_timezone (utc, zone);
  if (local == NULL)
    return FALSE;
  weekday = g_date_time_get_day_of_week (local) - 1;
  words->short_day = g_dpgettext2 (NULL, "short day", short_days[weekday]);
  words->long_day = g_dpgettext2 (NULL, "day", days[weekday]);
  words->month = g_dpgettext2 (NULL, "month", months[g_date_time_get_month (local) - 1]);
  words->year_number = g_date_time_get_year (local);
  g_snprintf (words->day, sizeof words->day, "%d", g_date_time_get_day_of_month (local));
  g_snprintf (words->year, sizeof words->year, "%d", words->year_number);
  g_snprintf (words->clock, sizeof words->clock, "%02d:%02d", g_date_time_get_hour (local),
              g_date_time_get_minute (local));
  return TRUE;
}

static char *
fill_words (const char *template, const char *weekday, const Words *words)
{
  return cpa_fill (template, "weekday", weekday, "month", words->month, "day", words->day, "year", words->year, "time",
                   words->clock, NULL);
}

static gboolean
is_this_year (const Words *words, GTimeZone *zone)
{
  Words now;

  return words_of (cp_time_now (), zone, &now) && now.year_number == words->year_number;
}

static char *
not_known (void)
{
  return g_utf8_strdown (_ ("Not known"), -1);
}

char *
cpa_time_clock (CpTime time, GTimeZone *zone)
{
  Words words;

  return words_of (time, zone, &words) ? g_strdup (words.clock) : not_known ();
}

char *
cpa_time_day (CpTime time, GTimeZone *zone)
{
  Words words;

  if (!words_of (time, zone, &words))
    return not_known ();
  switch (cp_time_days_between (cp_time_now (), time, zone))
    {
    case -1:
      return g_strdup (_ ("yesterday"));
    case 0:
      return g_strdup (_ ("today"));
    case 1:
      return g_strdup (_ ("tomorrow"));
    default:
      return fill_words (is_this_year (&words, zone) ? _ ("{weekday} {month} {day}")
                                                     : _ ("{weekday} {month} {day}, {year}"),
                         words.short_day, &words);
    }
}

char *
cpa_time_day_clock (CpTime time, GTimeZone *zone)
{
  Words words;

  if (!words_of (time, zone, &words))
    return not_known ();
  switch (cp_time_days_between (cp_time_now (), time, zone))
    {
    case -1:
      return fill_words (_ ("yesterday {time}"), NULL, &words);
    case 0:
      return fill_words (_ ("today {time}"), NULL, &words);
    case 1:
      return fill_words (_ ("tomorrow {time}"), NULL, &words);
    default:
      return fill_words (is_this_year (&words, zone) ? _ ("{weekday} {month} {day}, {time}")
                                                     : _ ("{weekday} {month} {day}, {year}, {time}"),
                         words.short_day, &words);
    }
}

char *
cpa_time_at (CpTime time, GTimeZone *zone)
{
  g_autofree char *clock = cpa_time_clock (time, zone);
  g_autofree char *day = cpa_time_day (time, zone);
  Words words;

  if (!words_of (time, zone, &words))
    return not_known ();
  return cp_time_days_between (cp_time_now (), time, zone) == 0
             ? cpa_fill (_ ("at {time}"), "time", clock, NULL)
             : cpa_fill (_ ("{day} at {time}"), "day", day, "time", clock, NULL);
}

char *
cpa_time_weekday (CpTime time, GTimeZone *zone)
{
  Words words;

  if (!words_of (time, zone, &words))
    return not_known ();
  return fill_words (is_this_year (&words, zone) ? _ ("{weekday} {month} {day}")
                                                 : _ ("{weekday} {month} {day}, {year}"),
                     words.short_day, &words);
}

char *
cpa_time_month_day (CpTime time, GTimeZone *zone)
{
  Words words;

  if (!words_of (time, zone, &words))
    return not_known ();
  return fill_words (is_this_year (&words, zone) ? _ ("{month} {day}") : _ ("{month} {day}, {year}"), NULL, &words);
}

char *
cpa_time_day_of_week (CpTime time, GTimeZone *zone)
{
  Words words;

  return words_of (time, zone, &words) ? g_strdup (words.long_day) : not_known ();
}

char *
cpa_time_long_day (CpTime time, GTimeZone *zone)
{
  Words words;

  return words_of (time, zone, &words) ? fill_words (_ ("{weekday} {month} {day}, {year}"), words.long_day, &words)
                                       : not_known ();
}

char *
cpa_time_long_day_clock (CpTime time, GTimeZone *zone)
{
  Words words;

  return words_of (time, zone, &words)
             ? fill_words (_ ("{weekday} {month} {day}, {year}, {time}"), words.long_day, &words)
             : not_known ();
}

char *
cpa_time_date (const char *date)
{
  gsize length = date != NULL ? strlen (date) : 0;
  /* What is not told of the date does not stand in its template. */
  const char *rest = length == YEAR_LENGTH ? "-01-01" : length == MONTH_LENGTH ? "-01" : "";
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *noon = date != NULL ? g_strconcat (date, rest, "T12:00:00Z", NULL) : NULL;
  CpTime time;
  Words words;

  if (noon == NULL || !cp_time_parse (noon, &time) || !words_of (time, utc, &words))
    return not_known ();
  if (length == YEAR_LENGTH)
    return g_strdup (date);
  return fill_words (length == MONTH_LENGTH ? _ ("{month} {year}") : _ ("{month} {day}, {year}"), NULL, &words);
}

char *
cpa_time_known_date (const char *date)
{
  g_autofree char *words = cpa_time_date (date);

  return date != NULL && strlen (date) == YEAR_LENGTH ? cpa_fill (_ ("some time in {year}"), "year", words, NULL)
                                                      : g_steal_pointer (&words);
}

gboolean
cpa_time_has_day (const char *date)
{
  return date == NULL || strlen (date) > MONTH_LENGTH;
}

char *
cpa_time_born (const char *client, const char *date)
{
  g_autofree char *words = cpa_time_date (date);

  return cpa_fill (cpa_time_has_day (date) ? _ ("{client}, born {date}") : _ ("{client}, born in {date}"), "client",
                   client, "date", words, NULL);
}

const char *
cpa_time_day_name (int day)
{
  g_return_val_if_fail (day >= 0 && day < 7, NULL);
  return g_dpgettext2 (NULL, "day", days[day]);
}

const char *
cpa_time_short_day_name (int day)
{
  g_return_val_if_fail (day >= 0 && day < 7, NULL);
  return g_dpgettext2 (NULL, "short day", short_days[day]);
}

const char *
cpa_time_month_name (int month)
{
  g_return_val_if_fail (month >= 0 && month < 12, NULL);
  return g_dpgettext2 (NULL, "month", months[month]);
}

const char *
cpa_time_short_month (int month)
{
  g_return_val_if_fail (month >= 0 && month < 12, NULL);
  return g_dpgettext2 (NULL, "short month", short_months[month]);
}

char *
cpa_time_short_date (const char *date)
{
  g_autofree char *day = NULL;

  if (!cp_time_date_is_valid (date))
    return NULL;
  day = g_strdup_printf ("%d", atoi (date + 8));
  return cpa_fill (_ ("{month} {day}"), "month", cpa_time_short_month (atoi (date + 5) - 1), "day", day, NULL);
}

char *
cpa_time_short_day (const char *date)
{
  g_autofree char *day = NULL;
  g_autofree char *year = NULL;

  if (date == NULL || !cp_time_date_is_valid (date))
    return not_known ();
  day = g_strdup_printf ("%d", atoi (date + 8));
  year = g_strdup_printf ("%d", atoi (date));
  return cpa_fill (_ ("{month} {day}, {year}"), "month", cpa_time_short_month (atoi (date + 5) - 1), "day", day, "year",
                   year, NULL);
}

int
cpa_time_age (const char *birth_date, GTimeZone *zone)
{
  g_autofree char *today = cp_time_date (cp_time_now (), zone);
  int years;

  if (birth_date == NULL || !cp_time_date_is_valid (birth_date) || today == NULL)
    return -1;
  years = atoi (today) - atoi (birth_date);
  /* "-05-14" sorts as text: before the birthday the year is not full yet. */
  if (g_strcmp0 (today + 4, birth_date + 4) < 0)
    years--;
  return MAX (years, -1);
}

char *
cpa_time_ago (CpTime time, GTimeZone *zone)
{
  CpTime age = cp_time_now () - time;
  int minutes = (int) (age / CP_TIME_MINUTE);

  if (time == 0 || age < 0 || age >= CP_TIME_HOUR)
    return cpa_time_day_clock (time, zone);
  if (minutes == 0)
    return g_strdup (_ ("just now"));
  return cpa_fill_n (ngettext ("{n} minute ago", "{n} minutes ago", minutes), minutes, NULL);
}

char *
cpa_time_in_days (CpTime time, GTimeZone *zone)
{
  int days_left = cp_time_days_between (cp_time_now (), time, zone);

  if (days_left <= 1)
    return g_strdup (days_left == 1 ? _ ("tomorrow") : _ ("today"));
  return cpa_fill_n (ngettext ("in {n} day", "in {n} days", days_left), days_left, NULL);
}

char *
cpa_time_wait (gint64 seconds)
{
  static const struct
  {
    gint64 below, unit;
    const char *one, *many;
  } units[] = {
    { 90, 1, NPC_ ("wait", "{n} second", "{n} seconds") },
    { 90 * 60, 60, NPC_ ("wait", "{n} minute", "{n} minutes") },
    { 48 * 3600, 3600, NPC_ ("wait", "{n} hour", "{n} hours") },
    { G_MAXINT64, 86400, NPC_ ("wait", "{n} day", "{n} days") },
  };

  seconds = CLAMP (seconds, 0, G_MAXINT32);
  for (guint i = 0;; i++)
    if (seconds < units[i].below)
      {
        gint64 n = (seconds + units[i].unit - 1) / units[i].unit;
        const char *template = g_dngettext (NULL, units[i].one, units[i].many, n);
        const char *context_end = strchr (template, '\004');

        return cpa_fill_n (context_end != NULL ? context_end + 1 : template, n, NULL);
      }
}

char *
cpa_time_capital (char *text)
{
  g_autofree char *owned = text;
  g_autofree char *first = NULL;

  if (*owned == '\0')
    return g_strdup ("");
  first = g_utf8_strup (owned, g_utf8_next_char (owned) - owned);
  return g_strconcat (first, g_utf8_next_char (owned), NULL);
}
