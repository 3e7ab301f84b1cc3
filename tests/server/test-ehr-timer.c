/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-timer.h"
#include "cpd-store-lease.h"
#include "ehr-kit.h"

#define PATIENCE_MS 20000

static int warnings; /* atomic */

static CpTime
at (const char *text)
{
  CpTime time;

  g_assert_true (cp_time_parse (text, &time));
  return time;
}

static void
count_warning (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_atomic_int_inc (&warnings);
}

static void
wait_until (gboolean (*holds) (EhrKit *kit), EhrKit *kit)
{
  for (int i = 0; i < PATIENCE_MS / 10 && !holds (kit); i++)
    g_usleep (10 * 1000);
  g_assert_true (holds (kit));
}

static gboolean
somebody_was_warned (EhrKit *kit)
{
  return g_atomic_int_get (&warnings) > 0;
}

static gboolean
morning_has_ended (EhrKit *kit)
{
  return ehr_kit_count (kit, "SELECT count(*) FROM sync_slot WHERE minute = 480 AND finished > 0 AND failed = 0") == 1;
}

static gboolean
evening_has_ended (EhrKit *kit)
{
  return ehr_kit_count (kit, "SELECT count(*) FROM sync_slot WHERE minute = 1200 AND finished > 0 AND failed = 0") == 1;
}

static void
set_up_sync (EhrKit *kit, CpdEhrSync *sync)
{
  ehr_kit_set_up_wil (kit);
  *sync = (CpdEhrSync){ .config = kit->store.config, .keys = kit->store.keys, .writer = kit->store.writer };
}

/* As on a disk that is full at the end of a run: that run must not seem to go on for ever, and keep the others away. */
static void
test_end_that_cannot_be_written (void)
{
  EhrKit kit = { 0 };
  CpdEhrSync sync = { 0 };
  g_autoptr (CpdEhrTimer) timer = NULL;
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  guint handler = g_log_set_handler ("cpd-ehr", G_LOG_LEVEL_WARNING, count_warning, NULL);

  set_up_sync (&kit, &sync);
  store_kit_set_now (at ("2026-03-03T09:00:00+01:00"));
  ehr_kit_exec (&kit,
                "CREATE TRIGGER full BEFORE UPDATE OF failed ON sync_slot BEGIN SELECT raise (FAIL, 'full'); END");
  timer = cpd_ehr_timer_new (&sync);
  wait_until (somebody_was_warned, &kit);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM sync_slot WHERE finished IS NULL"), ==, 1);

  ehr_kit_exec (&kit, "DROP TRIGGER full");
  cpd_ehr_timer_run_now (timer, FALSE);
  wait_until (morning_has_ended, &kit);
  store_kit_set_now (at ("2026-03-03T20:00:00+01:00"));
  cpd_ehr_timer_run_now (timer, FALSE);
  wait_until (evening_has_ended, &kit);

  g_clear_pointer (&timer, cpd_ehr_timer_free);
  g_log_remove_handler ("cpd-ehr", handler);
  g_log_set_always_fatal (fatal);
  ehr_kit_tear_down (&kit);
}

static gboolean
keep_busy (CpdDb *db, gpointer data, GError **error)
{
  g_usleep (500 * 1000);
  return TRUE;
}

static gboolean
leave_lease (CpdDb *db, gpointer data, GError **error)
{
  return cpd_store_lease_take (db, "killed", cp_time_now () + 5 * CP_TIME_MINUTE, error);
}

/* The server is stopped while a run begins: it has not failed, and the next start runs it at once. Had it died in the
 * run, the next would wait: it may be that run that it dies of each time. */
static void
test_stopped (void)
{
  EhrKit kit = { 0 };
  CpdEhrSync sync = { 0 };
  g_autoptr (CpdEhrTimer) timer = NULL;
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  guint handler = g_log_set_handler ("cpd-ehr", G_LOG_LEVEL_WARNING, count_warning, NULL);

  set_up_sync (&kit, &sync);
  store_kit_set_now (at ("2026-03-03T09:00:00+01:00"));
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (cpd_writer_submit (kit.store.writer, keep_busy, NULL, NULL, NULL));
      timer = cpd_ehr_timer_new (&sync);
      g_clear_pointer (&timer, cpd_ehr_timer_free);
      g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM sync_slot WHERE finished IS NULL AND NOT failed"), ==,
                       1);
    }
  store_kit_write (&kit.store, leave_lease, NULL);
  timer = cpd_ehr_timer_new (&sync);
  g_clear_pointer (&timer, cpd_ehr_timer_free);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT count(*) FROM sync_slot WHERE finished IS NULL AND failed"), ==, 1);

  store_kit_set_now (at ("2026-03-03T09:06:00+01:00"));
  timer = cpd_ehr_timer_new (&sync);
  wait_until (morning_has_ended, &kit);
  g_clear_pointer (&timer, cpd_ehr_timer_free);
  g_log_remove_handler ("cpd-ehr", handler);
  g_log_set_always_fatal (fatal);
  ehr_kit_tear_down (&kit);
}

/* A server that was stopped in a run of the evening or the morning, by a clock that was ahead of this one: so far, in
 * minutes. The next runs come at their times. */
static void
test_broken_off_ahead (gconstpointer data)
{
  const CpTime now = at ("2026-03-03T19:59:50+01:00");
  EhrKit kit = { 0 };
  CpdEhrSync sync = { 0 };
  g_autoptr (CpdEhrTimer) timer = NULL;
  g_autofree char *rows = NULL;

  set_up_sync (&kit, &sync);
  store_kit_set_now (now);
  rows = g_strdup_printf ("INSERT INTO sync_slot (date, minute, started) VALUES ('2026-03-03', 480, %" G_GINT64_FORMAT
                          "), ('2026-03-03', 1200, %" G_GINT64_FORMAT ")",
                          now - 10 * CP_TIME_HOUR, now + GPOINTER_TO_INT (data) * CP_TIME_MINUTE);
  ehr_kit_exec (&kit, rows);
  timer = cpd_ehr_timer_new (&sync);
  wait_until (morning_has_ended, &kit);
  store_kit_set_now (at ("2026-03-03T20:00:00+01:00"));
  cpd_ehr_timer_run_now (timer, FALSE);
  wait_until (evening_has_ended, &kit);
  g_clear_pointer (&timer, cpd_ehr_timer_free);
  ehr_kit_tear_down (&kit);
}

/* The clock is a day ahead, and put right while the server runs: the slot that was run before its time is run again,
 * also when it was begun as late after its time as it is now. */
static void
test_done_ahead (void)
{
  EhrKit kit = { 0 };
  CpdEhrSync sync = { 0 };
  g_autoptr (CpdEhrTimer) timer = NULL;

  set_up_sync (&kit, &sync);
  store_kit_set_now (at ("2026-03-04T20:00:10+01:00"));
  timer = cpd_ehr_timer_new (&sync);
  wait_until (evening_has_ended, &kit);
  store_kit_set_now (at ("2026-03-03T09:00:00+01:00"));
  cpd_ehr_timer_run_now (timer, FALSE);
  wait_until (morning_has_ended, &kit);
  store_kit_set_now (at ("2026-03-04T20:00:20+01:00"));
  cpd_ehr_timer_run_now (timer, FALSE);
  wait_until (evening_has_ended, &kit);
  g_assert_cmpint (ehr_kit_count (&kit, "SELECT started / 1000000 % 60 FROM sync_slot WHERE minute = 1200"), ==, 20);
  g_clear_pointer (&timer, cpd_ehr_timer_free);
  ehr_kit_tear_down (&kit);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ehr-timer/end-that-cannot-be-written", test_end_that_cannot_be_written);
  g_test_add_func ("/ehr-timer/stopped", test_stopped);
  g_test_add_data_func ("/ehr-timer/broken-off/a-minute-ahead", GINT_TO_POINTER (1), test_broken_off_ahead);
  g_test_add_data_func ("/ehr-timer/broken-off/a-day-ahead", GINT_TO_POINTER (24 * 60), test_broken_off_ahead);
  g_test_add_func ("/ehr-timer/done-ahead", test_done_ahead);
  return g_test_run ();
}
