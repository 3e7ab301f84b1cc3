/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-time.h"

static GTimeZone *amsterdam;

static CpTime
parse (const char *text)
{
  CpTime time = -1;

  if (!cp_time_parse (text, &time))
    g_error ("%s is refused", text);
  return time;
}

static CpTime
clock_of_test (void)
{
  return 42;
}

static void
test_source (void)
{
  CpTime before = g_get_real_time ();
  g_assert_cmpint (cp_time_now (), >=, before);
  cp_time_set_source (clock_of_test);
  g_assert_cmpint (cp_time_now (), ==, 42);
  cp_time_set_source (NULL);
  g_assert_cmpint (cp_time_now (), >=, before);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    CpTime time;
  } rows[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "1969-12-31T23:59:59.999999Z", -1 },
    { "2026-03-03T14:00:00+01:00", 1772542800 * CP_TIME_SECOND },
    { "2026-03-03T13:00:00Z", 1772542800 * CP_TIME_SECOND },
    { "2026-03-03T08:30:00-04:30", 1772542800 * CP_TIME_SECOND },
    { "2026-03-03T13:00:00-00:00", 1772542800 * CP_TIME_SECOND },
    { "2026-03-03T13:00:00.5Z", 1772542800 * CP_TIME_SECOND + 500000 },
    { "2026-03-03T13:00:00.000001Z", 1772542800 * CP_TIME_SECOND + 1 },
    { "2026-03-03T13:00:00.1234567Z", 1772542800 * CP_TIME_SECOND + 123456 },
    { "2026-03-03T13:00:00.123456789Z", 1772542800 * CP_TIME_SECOND + 123456 },
    { "2024-02-29T00:00:00Z", 1709164800 * CP_TIME_SECOND },
    { "2016-12-31T23:59:60Z", 1483228800 * CP_TIME_SECOND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (parse (rows[i].text), ==, rows[i].time);
}

static void
test_parse_refuses (void)
{
  static const char *const texts[] = {
    "",
    "2026",
    "2026-03-03",
    "2026-03-03T14:00:00",
    "2026-03-03T14:00Z",
    "2026-03-03 14:00:00Z",
    "2026-03-03t14:00:00Z",
    "2026-03-03T14:00:00z",
    "2026-03-03T14:00:00+0100",
    "2026-03-03T14:00:00+01",
    "2026-03-03T14:00:00+24:00",
    "2026-03-03T14:00:00+01:60",
    "2026-03-03T14:00:00 +01:00",
    "2026-03-03T14:00:00+01:00 ",
    " 2026-03-03T14:00:00Z",
    "2026-03-03T14:00:00.Z",
    "2026-03-03T14:00:00,5Z",
    "2026-03-03T14:00:00.1234567890Z",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:61Z",
    "0000-01-01T00:00:00Z",
    "1001-01-01T00:00:00+00:01",
    "9998-01-01T00:00:00Z",
    "9999-12-31T00:00:00Z",
    "20260303T140000Z",
    "2026-W10-2T14:00:00Z",
    "2026-3-3T14:00:00Z",
    "+2026-03-03T14:00:00Z",
    "2026-03-03T14:00:00ZZ",
    "2026-03-03T-4:00:00Z",
  };
  CpTime time = 7;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (cp_time_parse (texts[i], &time))
      g_error ("%s is accepted", texts[i]);
  g_assert_false (cp_time_parse (NULL, &time));
  g_assert_cmpint (time, ==, 7);
}

static void
assert_format (CpTime time, GTimeZone *zone, const char *expected)
{
  g_autofree char *text = cp_time_format (time, zone);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (parse (text), ==, time);
}

static void
test_format (void)
{
  g_autoptr (GTimeZone) newfoundland = g_time_zone_new_identifier ("America/St_Johns");
  g_autoptr (GTimeZone) kiritimati = g_time_zone_new_identifier ("Pacific/Kiritimati");
  CpTime time = 1772542800 * CP_TIME_SECOND;

  assert_format (time, amsterdam, "2026-03-03T14:00:00+01:00");
  assert_format (time, NULL, "2026-03-03T13:00:00Z");
  assert_format (time, newfoundland, "2026-03-03T09:30:00-03:30");
  assert_format (time, kiritimati, "2026-03-04T03:00:00+14:00");
  assert_format (time + 1, amsterdam, "2026-03-03T14:00:00.000001+01:00");
  assert_format (time + 500000, amsterdam, "2026-03-03T14:00:00.500000+01:00");
  assert_format (-1, NULL, "1969-12-31T23:59:59.999999Z");
  assert_format (parse ("2026-07-01T12:00:00Z"), amsterdam, "2026-07-01T14:00:00+02:00");
}

/* Offsets are kept by the hour: never over a change, not even one within an hour, and never for another zone. */
static void
test_format_changes (void)
{
  g_autoptr (GTimeZone) newfoundland = g_time_zone_new_identifier ("America/St_Johns");

  for (int again = 0; again < 2; again++)
    {
      assert_format (parse ("2026-03-29T00:59:59Z"), amsterdam, "2026-03-29T01:59:59+01:00");
      assert_format (parse ("2026-03-29T01:00:00Z"), amsterdam, "2026-03-29T03:00:00+02:00");
      assert_format (parse ("2010-03-14T03:30:59Z"), newfoundland, "2010-03-14T00:00:59-03:30");
      assert_format (parse ("2010-03-14T03:31:00Z"), newfoundland, "2010-03-14T01:01:00-02:30");
      assert_format (parse ("2026-10-25T00:59:59Z"), amsterdam, "2026-10-25T02:59:59+02:00");
      assert_format (parse ("2026-10-25T01:00:00Z"), amsterdam, "2026-10-25T02:00:00+01:00");
      assert_format (parse ("2026-10-25T01:00:00Z"), newfoundland, "2026-10-24T22:30:00-02:30");
    }
}

/* The extremes that can be read can be written in every zone; a zone of long ago has seconds in its offset. */
static void
test_format_extremes (void)
{
  static const char *const texts[] = {
    "1001-01-01T00:00:00Z",
    "9997-12-31T23:59:59.999999Z",
    "1880-01-01T00:00:00Z",
    "1937-06-30T12:00:00Z",
  };
  static const char *const zones[] = { "Europe/Amsterdam", "Pacific/Kiritimati", "America/Adak", "Africa/Monrovia" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (zones); j++)
      {
        g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[j]);
        CpTime time = parse (texts[i]);
        g_autofree char *text = cp_time_format (time, zone);
        g_autofree char *date = cp_time_date (time, zone);
        g_assert_nonnull (text);
        g_assert_cmpuint (strlen (date), ==, 10);
        g_assert_cmpint (parse (text), ==, time);
      }
}

/* Each day of all years that are written, by the calendar of GLib. */
static void
test_format_days (void)
{
  GDate date;
  GDate end;

  g_date_clear (&date, 1);
  g_date_clear (&end, 1);
  g_date_set_dmy (&end, 1, 1, 9998);
  for (g_date_set_dmy (&date, 1, 1, 1001); g_date_compare (&date, &end) < 0; g_date_add_days (&date, 1))
    {
      char expected[64];
      char text[CP_TIME_TEXT_SIZE];
      gint64 days = (gint64) g_date_get_julian (&date) - 719163;

      g_snprintf (expected, sizeof expected, "%04d-%02d-%02dT00:00:00Z", g_date_get_year (&date),
                  g_date_get_month (&date), g_date_get_day (&date));
      cp_time_print (days * CP_TIME_DAY, NULL, text);
      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_date_is_valid (void)
{
  static const char *const good[] = { "2026-03-03", "2024-02-29", "1900-01-01", "1000-01-01", "9998-12-31" };
  static const char *const bad[] = { "",           "2026-02-29", "1900-02-29",  "2026-02-30",
                                     "2026-04-31", "2026-13-01", "2026-00-10",  "2026-01-00",
                                     "2026-1-1",   "26-01-01",   "2026-01-01 ", " 2026-01-01",
                                     "2026/01/01", "01-01-2026", "0000-01-01",  "2026-01-01T00:00:00Z",
                                     "-026-01-01" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (cp_time_date_is_valid (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (cp_time_date_is_valid (bad[i]))
      g_error ("%s is accepted", bad[i]);
  g_assert_false (cp_time_date_is_valid (NULL));
}

static void
test_date (void)
{
  g_autofree char *late = cp_time_date (parse ("2026-03-03T22:59:59Z"), amsterdam);
  g_autofree char *midnight = cp_time_date (parse ("2026-03-03T23:00:00Z"), amsterdam);
  g_autofree char *utc = cp_time_date (parse ("2026-03-03T23:00:00Z"), NULL);
  g_autofree char *before_epoch = cp_time_date (parse ("1942-05-17T10:00:00Z"), amsterdam);

  g_assert_cmpstr (late, ==, "2026-03-03");
  g_assert_cmpstr (midnight, ==, "2026-03-04");
  g_assert_cmpstr (utc, ==, "2026-03-03");
  g_assert_cmpstr (before_epoch, ==, "1942-05-17");
}

static void
assert_local (const char *date, const char *clock, GTimeZone *zone, const char *expected)
{
  g_assert_cmpint (cp_time_of_local (date, cp_time_minute_of_day (clock), zone), ==, parse (expected));
}

static void
test_of_local (void)
{
  g_autoptr (GTimeZone) samoa = g_time_zone_new_identifier ("Pacific/Apia");
  g_autoptr (GTimeZone) lord_howe = g_time_zone_new_identifier ("Australia/Lord_Howe");

  assert_local ("2026-03-03", "14:00", amsterdam, "2026-03-03T14:00:00+01:00");
  assert_local ("2026-07-01", "14:00", amsterdam, "2026-07-01T14:00:00+02:00");
  assert_local ("2026-07-01", "14:00", NULL, "2026-07-01T14:00:00Z");
  /* Spring: 02:00 to 03:00 is not there. */
  assert_local ("2026-03-29", "00:00", amsterdam, "2026-03-29T00:00:00+01:00");
  assert_local ("2026-03-29", "01:59", amsterdam, "2026-03-29T01:59:00+01:00");
  assert_local ("2026-03-29", "02:00", amsterdam, "2026-03-29T03:00:00+02:00");
  assert_local ("2026-03-29", "02:30", amsterdam, "2026-03-29T03:00:00+02:00");
  assert_local ("2026-03-29", "02:59", amsterdam, "2026-03-29T03:00:00+02:00");
  assert_local ("2026-03-29", "03:00", amsterdam, "2026-03-29T03:00:00+02:00");
  assert_local ("2026-03-29", "08:00", amsterdam, "2026-03-29T08:00:00+02:00");
  /* Autumn: 02:00 to 03:00 is there twice. */
  assert_local ("2026-10-25", "01:59", amsterdam, "2026-10-25T01:59:00+02:00");
  assert_local ("2026-10-25", "02:00", amsterdam, "2026-10-25T02:00:00+02:00");
  assert_local ("2026-10-25", "02:30", amsterdam, "2026-10-25T02:30:00+02:00");
  assert_local ("2026-10-25", "03:00", amsterdam, "2026-10-25T03:00:00+01:00");
  assert_local ("2026-10-25", "20:00", amsterdam, "2026-10-25T20:00:00+01:00");
  /* A whole day that was not there, and a change of half an hour. */
  assert_local ("2011-12-30", "12:00", samoa, "2011-12-31T00:00:00+14:00");
  assert_local ("2026-10-04", "02:15", lord_howe, "2026-10-04T02:30:00+11:00");
  g_assert_cmpint (cp_time_of_local ("2026-02-30", 0, amsterdam), ==, 0);
  g_assert_cmpint (cp_time_of_local (NULL, 0, amsterdam), ==, 0);
}

/* Whatever the clock shows leads back to itself, a quarter at a time through a year. */
static void
test_of_local_leads_back (void)
{
  CpTime end = parse ("2027-01-01T00:00:00+01:00");

  for (CpTime time = parse ("2026-01-01T00:00:00+01:00"); time < end; time += 15 * CP_TIME_MINUTE)
    {
      g_autofree char *text = cp_time_format (time, amsterdam);
      g_autofree char *date = g_strndup (text, 10);
      g_autofree char *clock = g_strndup (text + 11, 5);
      CpTime back = cp_time_of_local (date, cp_time_minute_of_day (clock), amsterdam);
      gboolean second_time = g_str_has_prefix (text, "2026-10-25T02:") && g_str_has_suffix (text, "+01:00");
      g_assert_cmpint (back, ==, second_time ? time - CP_TIME_HOUR : time);
    }
}

static void
assert_day_begins (const char *time, int years, int days, GTimeZone *zone, const char *expected)
{
  g_assert_cmpint (cp_time_day_begins (parse (time), years, days, zone), ==, parse (expected));
}

static void
test_day_begins (void)
{
  g_autoptr (GTimeZone) samoa = g_time_zone_new_identifier ("Pacific/Apia");

  assert_day_begins ("2026-03-03T00:00:00+01:00", 0, 0, amsterdam, "2026-03-03T00:00:00+01:00");
  assert_day_begins ("2026-03-03T23:59:59.999999+01:00", 0, 0, amsterdam, "2026-03-03T00:00:00+01:00");
  assert_day_begins ("2026-03-03T23:59:59+01:00", 0, 0, NULL, "2026-03-03T00:00:00Z");
  /* Days of 23 and 25 hours are days, also late in the evening. */
  assert_day_begins ("2026-03-28T23:30:00+01:00", 0, 1, amsterdam, "2026-03-29T00:00:00+01:00");
  assert_day_begins ("2026-03-28T23:30:00+01:00", 0, 2, amsterdam, "2026-03-30T00:00:00+02:00");
  assert_day_begins ("2026-10-24T00:30:00+02:00", 0, 2, amsterdam, "2026-10-26T00:00:00+01:00");
  assert_day_begins ("2026-03-01T12:00:00+01:00", 0, -1, amsterdam, "2026-02-28T00:00:00+01:00");
  /* Years first, then days. */
  assert_day_begins ("2024-02-29T12:00:00+01:00", 1, 0, amsterdam, "2025-02-28T00:00:00+01:00");
  assert_day_begins ("2024-02-29T12:00:00+01:00", 1, 1, amsterdam, "2025-03-01T00:00:00+01:00");
  assert_day_begins ("2024-02-29T12:00:00+01:00", 4, 0, amsterdam, "2028-02-29T00:00:00+01:00");
  assert_day_begins ("1942-05-17T10:00:00Z", 1, 0, NULL, "1943-05-17T00:00:00Z");
  /* A whole day that was not there. */
  assert_day_begins ("2011-12-29T12:00:00-10:00", 0, 1, samoa, "2011-12-31T00:00:00+14:00");
  g_assert_cmpint (cp_time_day_begins (parse ("9997-12-30T12:00:00Z"), 0, 2, NULL), ==, 0);
  g_assert_cmpint (cp_time_day_begins (parse ("9997-12-30T12:00:00Z"), 5, 0, NULL), ==, 0);
}

static void
test_minute_of_day (void)
{
  static const char *const bad[] = { "",       "8:00",   "24:00", "12:60", "12:0",
                                     "12:000", " 12:00", "12.00", "-1:00", "12:00Z" };

  g_assert_cmpint (cp_time_minute_of_day ("00:00"), ==, 0);
  g_assert_cmpint (cp_time_minute_of_day ("08:00"), ==, 480);
  g_assert_cmpint (cp_time_minute_of_day ("23:59"), ==, 1439);
  g_assert_cmpint (cp_time_minute_of_day (NULL), ==, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (cp_time_minute_of_day (bad[i]), ==, -1);
  for (int minute = -1; minute < 24 * 60; minute++)
    {
      g_autofree char *clock = cp_time_clock_of_minute (minute);

      g_assert_cmpint (cp_time_minute_of_day (clock), ==, minute);
    }
}

static void
test_days_between (void)
{
  CpTime evening = parse ("2026-03-28T23:59:00+01:00");
  CpTime morning = parse ("2026-03-29T00:01:00+01:00");
  CpTime next = parse ("2026-03-30T00:00:00+02:00");

  g_assert_cmpint (cp_time_days_between (evening, evening, amsterdam), ==, 0);
  g_assert_cmpint (cp_time_days_between (evening, morning, amsterdam), ==, 1);
  g_assert_cmpint (cp_time_days_between (morning, evening, amsterdam), ==, -1);
  /* The day of 23 hours is a day. */
  g_assert_cmpint (cp_time_days_between (morning, next, amsterdam), ==, 1);
  g_assert_cmpint (cp_time_days_between (evening, morning, NULL), ==, 0);
  g_assert_cmpint (cp_time_days_between (parse ("1969-12-31T12:00:00Z"), 0, NULL), ==, 1);
}

/* Also before 1970, and in the nights in which the clock is changed. */
static void
test_clock (void)
{
  static const struct
  {
    const char *time, *clock;
  } cases[] = {
    { "2026-03-03T14:00:59+01:00", "14:00" }, { "2026-03-03T23:59:59.999999+01:00", "23:59" },
    { "2026-03-29T00:59:00Z", "01:59" },      { "2026-03-29T01:00:00Z", "03:00" },
    { "2026-10-25T00:30:00Z", "02:30" },      { "2026-10-25T01:30:00Z", "02:30" },
    { "1960-06-01T10:05:00Z", "11:05" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clock = cp_time_clock (parse (cases[i].time), amsterdam);
      g_assert_cmpstr (clock, ==, cases[i].clock);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  amsterdam = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_assert_nonnull (amsterdam);
  g_test_add_func ("/time/source", test_source);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/time/format", test_format);
  g_test_add_func ("/time/clock", test_clock);
  g_test_add_func ("/time/format-changes", test_format_changes);
  g_test_add_func ("/time/format-extremes", test_format_extremes);
  g_test_add_func ("/time/format-days", test_format_days);
  g_test_add_func ("/time/date-is-valid", test_date_is_valid);
  g_test_add_func ("/time/date", test_date);
  g_test_add_func ("/time/of-local", test_of_local);
  g_test_add_func ("/time/of-local-leads-back", test_of_local_leads_back);
  g_test_add_func ("/time/day-begins", test_day_begins);
  g_test_add_func ("/time/minute-of-day", test_minute_of_day);
  g_test_add_func ("/time/days-between", test_days_between);
  int result = g_test_run ();
  g_time_zone_unref (amsterdam);
  return result;
}
