/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-schedule.h"
#include "cpd-ehr-timer.h"

static CpdConfig config;

static CpTime
at (const char *text)
{
  CpTime time;

  g_assert_true (cp_time_parse (text, &time));
  return time;
}

static void
set_slots (int n, int a, int b, int c)
{
  config.n_slots = n;
  config.slots[0] = a;
  config.slots[1] = b;
  config.slots[2] = c;
}

static void
assert_next (const char *after, const char *date, int minute, const char *moment)
{
  CpdEhrSlot slot;

  g_assert_true (cpd_ehr_schedule_next (&config, at (after), &slot));
  g_assert_cmpstr (slot.date, ==, date);
  g_assert_cmpint (slot.minute, ==, minute);
  g_assert_cmpint (slot.at, ==, at (moment));
}

static void
test_ordinary (void)
{
  CpdEhrSlot slot;

  set_slots (2, 8 * 60, 20 * 60, 0);
  assert_next ("2026-03-03T07:59:59+01:00", "2026-03-03", 480, "2026-03-03T08:00:00+01:00");
  assert_next ("2026-03-03T08:00:00+01:00", "2026-03-03", 1200, "2026-03-03T20:00:00+01:00");
  assert_next ("2026-12-31T20:00:00+01:00", "2027-01-01", 480, "2027-01-01T08:00:00+01:00");
  g_assert_true (cpd_ehr_schedule_last (&config, at ("2026-03-03T08:00:00+01:00"), &slot));
  g_assert_cmpint (slot.at, ==, at ("2026-03-03T08:00:00+01:00"));
  g_assert_true (cpd_ehr_schedule_last (&config, at ("2026-03-03T07:59:59+01:00"), &slot));
  g_assert_cmpstr (slot.date, ==, "2026-03-02");
  config.n_slots = 0;
  g_assert_false (cpd_ehr_schedule_next (&config, at ("2026-03-03T08:00:00+01:00"), &slot));
  g_assert_false (cpd_ehr_schedule_last (&config, at ("2026-03-03T08:00:00+01:00"), &slot));
}

static void
test_daylight_saving (void)
{
  set_slots (1, 150, 0, 0);
  assert_next ("2026-03-29T00:00:00+01:00", "2026-03-29", 150, "2026-03-29T03:00:00+02:00");
  assert_next ("2026-10-25T00:00:00+02:00", "2026-10-25", 150, "2026-10-25T02:30:00+02:00");
  /* The second 02:30 of that night is not another slot. */
  assert_next ("2026-10-25T02:30:00+02:00", "2026-10-26", 150, "2026-10-26T02:30:00+01:00");
  assert_next ("2026-10-25T02:30:00+01:00", "2026-10-26", 150, "2026-10-26T02:30:00+01:00");
  set_slots (2, 8 * 60, 20 * 60, 0);
  assert_next ("2026-03-28T20:00:00+01:00", "2026-03-29", 480, "2026-03-29T08:00:00+02:00");
}

/* Looking every minute of a year, each slot is the last one for the first time exactly once, in order. */
static void
test_each_once (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CpTime now = at ("2026-01-01T00:00:00+01:00");
  g_autofree char *previous = NULL;

  set_slots (3, 150, 8 * 60, 20 * 60);
  for (int minute = 0; minute < 365 * 24 * 60; minute++, now += CP_TIME_MINUTE)
    {
      CpdEhrSlot slot;
      g_autofree char *key = NULL;

      g_assert_true (cpd_ehr_schedule_last (&config, now, &slot));
      key = g_strdup_printf ("%s %04d", slot.date, slot.minute);
      if (g_strcmp0 (key, previous) == 0)
        continue;
      g_assert_cmpint (minute == 0 || now == slot.at, ==, TRUE);
      g_assert_true (g_hash_table_add (seen, g_strdup (key)));
      g_assert_cmpstr (key, >, previous);
      g_free (previous);
      previous = g_steal_pointer (&key);
    }
  g_assert_cmpint (g_hash_table_size (seen), ==, 365 * 3 + 1);
}

static void
test_due (void)
{
  const CpTime now = at ("2026-03-03T09:00:00+01:00");
  const CpdEhrSlotState never = { 0 };
  const CpdEhrSlotState done = { now - 50, now - 40, FALSE };
  const CpdEhrSlotState failed = { now - 50, now - 40, TRUE };
  const CpdEhrSlotState stopped = { now - 50, 0, FALSE };
  const CpdEhrSlotState died = { now - 50, 0, TRUE };
  const CpdEhrSlotState set_back = { now, now + CP_TIME_DAY, TRUE };

  g_assert_cmpint (cpd_ehr_timer_due (&never, 1, now), ==, now);
  g_assert_cmpint (cpd_ehr_timer_due (&done, 1, now), ==, 0);
  g_assert_cmpint (cpd_ehr_timer_due (&failed, 1, now), ==, now - 40 + CP_TIME_MINUTE);
  g_assert_cmpint (cpd_ehr_timer_due (&failed, 3, now), ==, now - 40 + 4 * CP_TIME_MINUTE);
  g_assert_cmpint (cpd_ehr_timer_due (&failed, 50, now), ==, now - 40 + 30 * CP_TIME_MINUTE);
  g_assert_cmpint (cpd_ehr_timer_due (&stopped, 1, now), ==, now);
  g_assert_cmpint (cpd_ehr_timer_due (&died, 1, now), ==, now - 50 + CP_TIME_MINUTE);
  g_assert_cmpint (cpd_ehr_timer_due (&set_back, 1, now), ==, now);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  config.zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_test_add_func ("/ehr-schedule/ordinary", test_ordinary);
  g_test_add_func ("/ehr-schedule/daylight-saving", test_daylight_saving);
  g_test_add_func ("/ehr-schedule/each-once", test_each_once);
  g_test_add_func ("/ehr-schedule/due", test_due);
  return g_test_run ();
}
