/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-time-text.h"

/* Tuesday 3 March 2026, 14:00 in Amsterdam. */
#define NOW "2026-03-03T14:00:00+01:00"

static GTimeZone *zone;

static CpTime
time_of (const char *text)
{
  CpTime time;

  g_assert_true (cp_time_parse (text, &time));
  return time;
}

static CpTime
fixed_now (void)
{
  return time_of (NOW);
}

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_days (void)
{
  static const struct
  {
    const char *time, *day, *day_clock;
  } cases[] = {
    { "2026-03-03T00:00:00+01:00", "today", "today 00:00" },
    { "2026-03-03T23:59:59+01:00", "today", "today 23:59" },
    { "2026-03-02T23:59:59+01:00", "yesterday", "yesterday 23:59" },
    { "2026-03-04T00:00:00+01:00", "tomorrow", "tomorrow 00:00" },
    { "2026-03-01T08:05:00+01:00", "Sun March 1", "Sun March 1, 08:05" },
    { "2026-03-05T08:05:00+01:00", "Thu March 5", "Thu March 5, 08:05" },
    { "2025-12-31T23:30:00+01:00", "Wed December 31, 2025", "Wed December 31, 2025, 23:30" },
    /* Already the next day, and the next year, in the organisation's zone. */
    { "2026-03-03T23:30:00Z", "tomorrow", "tomorrow 00:30" },
    { "2026-12-31T23:30:00Z", "Fri January 1, 2027", "Fri January 1, 2027, 00:30" },
    /* After the clock went forward. */
    { "2026-03-29T12:00:00Z", "Sun March 29", "Sun March 29, 14:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_text (cpa_time_day (time_of (cases[i].time), zone), cases[i].day);
      assert_text (cpa_time_day_clock (time_of (cases[i].time), zone), cases[i].day_clock);
    }
}

static void
test_long (void)
{
  assert_text (cpa_time_long_day (fixed_now (), zone), "Tuesday March 3, 2026");
  assert_text (cpa_time_long_day_clock (fixed_now (), zone), "Tuesday March 3, 2026, 14:00");
  assert_text (cpa_time_weekday (fixed_now (), zone), "Tue March 3");
  assert_text (cpa_time_month_day (fixed_now (), zone), "March 3");
  assert_text (cpa_time_month_day (fixed_now () - 365 * CP_TIME_DAY, zone), "March 3, 2025");
  assert_text (cpa_time_day_of_week (fixed_now (), zone), "Tuesday");
  assert_text (cpa_time_clock (fixed_now (), zone), "14:00");
  assert_text (cpa_time_at (fixed_now (), zone), "at 14:00");
  assert_text (cpa_time_at (fixed_now () + 18 * CP_TIME_HOUR, zone), "tomorrow at 08:00");
}

static void
test_not_known (void)
{
  assert_text (cpa_time_day (0, zone), "not known");
  assert_text (cpa_time_day_clock (G_MAXINT64, zone), "not known");
  assert_text (cpa_time_at (0, zone), "not known");
  assert_text (cpa_time_long_day (G_MININT64, zone), "not known");
  assert_text (cpa_time_clock (0, zone), "not known");
  assert_text (cpa_time_date (NULL), "not known");
  assert_text (cpa_time_date ("1938-02-30"), "not known");
}

static void
test_dates_and_ages (void)
{
  assert_text (cpa_time_date ("1938-05-14"), "May 14, 1938");
  assert_text (cpa_time_date ("1938-05"), "May 1938");
  assert_text (cpa_time_date ("1938"), "1938");
  assert_text (cpa_time_date ("1938-13"), "not known");
  assert_text (cpa_time_born ("Wil", "1938-05-14"), "Wil, born May 14, 1938");
  assert_text (cpa_time_born ("Wil", "1938-05"), "Wil, born in May 1938");
  assert_text (cpa_time_born ("Wil", "1938"), "Wil, born in 1938");
  assert_text (cpa_time_born ("Wil", NULL), "Wil, born not known");
  assert_text (cpa_time_date ("later"), "not known");
  g_assert_cmpint (cpa_time_age ("1938-05-14", zone), ==, 87);
  g_assert_cmpint (cpa_time_age ("1938-03-03", zone), ==, 88);
  g_assert_cmpint (cpa_time_age ("1938-03-04", zone), ==, 87);
  g_assert_cmpint (cpa_time_age ("2027-01-01", zone), ==, -1);
  g_assert_cmpint (cpa_time_age ("1938", zone), ==, -1);
  g_assert_cmpint (cpa_time_age (NULL, zone), ==, -1);
}

static void
test_ago (void)
{
  assert_text (cpa_time_ago (fixed_now () - 59 * CP_TIME_SECOND, zone), "just now");
  assert_text (cpa_time_ago (fixed_now () - CP_TIME_MINUTE, zone), "1 minute ago");
  assert_text (cpa_time_ago (fixed_now () - CP_TIME_HOUR + 1, zone), "59 minutes ago");
  assert_text (cpa_time_ago (fixed_now () - CP_TIME_HOUR, zone), "today 13:00");
  /* A clock that runs ahead makes no "in the past" of the future. */
  assert_text (cpa_time_ago (fixed_now () + CP_TIME_MINUTE, zone), "today 14:01");
}

static void
test_in_days (void)
{
  assert_text (cpa_time_in_days (fixed_now () - CP_TIME_DAY, zone), "today");
  assert_text (cpa_time_in_days (fixed_now (), zone), "today");
  assert_text (cpa_time_in_days (fixed_now () + CP_TIME_DAY, zone), "tomorrow");
  assert_text (cpa_time_in_days (fixed_now () + 3 * CP_TIME_DAY, zone), "in 3 days");
}

static void
test_wait (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } cases[] = {
    { -5, "0 seconds" },     { 1, "1 second" },           { 89, "89 seconds" },      { 90, "2 minutes" },
    { 120, "2 minutes" },    { 121, "3 minutes" },        { 5399, "90 minutes" },    { 5400, "2 hours" },
    { 48 * 3600, "2 days" }, { 48 * 3600 + 1, "3 days" }, { 47 * 3600, "47 hours" }, { G_MAXINT64, "24856 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (cpa_time_wait (cases[i].seconds), cases[i].text);
}

static void
test_capital (void)
{
  assert_text (cpa_time_capital (g_strdup ("today 14:00")), "Today 14:00");
  assert_text (cpa_time_capital (g_strdup ("één")), "Één");
  assert_text (cpa_time_capital (g_strdup ("")), "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_assert_nonnull (zone);
  cp_time_set_source (fixed_now);
  g_test_add_func ("/time-text/days", test_days);
  g_test_add_func ("/time-text/long", test_long);
  g_test_add_func ("/time-text/not-known", test_not_known);
  g_test_add_func ("/time-text/dates-and-ages", test_dates_and_ages);
  g_test_add_func ("/time-text/ago", test_ago);
  g_test_add_func ("/time-text/in-days", test_in_days);
  g_test_add_func ("/time-text/wait", test_wait);
  g_test_add_func ("/time-text/capital", test_capital);
  return g_test_run ();
}
