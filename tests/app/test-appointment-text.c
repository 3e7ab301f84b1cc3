/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-appointment-text.h"

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
  return time_of ("2026-03-03T14:00:00+01:00");
}

/* A day without an hour is not told as one that begins at midnight. */
static void
test_times (void)
{
  static const struct
  {
    const char *start, *end, *clock, *when;
  } cases[] = {
    { "2026-03-04T10:00:00+01:00", "2026-03-04T10:30:00+01:00", "10:00 – 10:30", "tomorrow 10:00" },
    { "2026-03-04T00:00:00+01:00", "2026-03-05T00:00:00+01:00", "Whole day", "tomorrow" },
    { "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", "Whole day", "Sun March 29" },
    { "2026-03-04T00:00:00+01:00", "2026-03-07T00:00:00+01:00", "Whole days, up to and including Fri March 6",
      "tomorrow, whole days, up to and including Fri March 6" },
    { "2026-03-03T00:00:00+01:00", "2026-03-05T00:00:00+01:00", "Whole days, up to and including tomorrow",
      "whole days, up to and including tomorrow" },
    { "2026-02-27T00:00:00+01:00", "2026-03-04T00:00:00+01:00", "Whole days, up to and including today",
      "whole days, up to and including today" },
    { "2026-02-27T00:00:00+01:00", "2026-03-08T00:00:00+01:00", "Whole days, up to and including Sat March 7",
      "whole days, up to and including Sat March 7" },
    { "2026-03-03T00:00:00+01:00", "2026-03-04T00:00:00+01:00", "Whole day", "today" },
    { "2026-03-04T00:00:00+01:00", "2026-03-04T08:00:00+01:00", "00:00 – 08:00", "tomorrow 00:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CpAppointment appointment = { .start = time_of (cases[i].start), .end = time_of (cases[i].end) };
      g_autofree char *clock = cpa_appointment_clock (&appointment, zone);
      g_autofree char *when = cpa_appointment_when (&appointment, zone);

      g_assert_cmpstr (clock, ==, cases[i].clock);
      g_assert_cmpstr (when, ==, cases[i].when);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cp_time_set_source (fixed_now);
  zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_test_add_func ("/appointment-text/times", test_times);
  return g_test_run ();
}
