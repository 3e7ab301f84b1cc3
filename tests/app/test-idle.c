/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-idle.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cpa-boot-clock.h"

#define IDLE_SECONDS 900

static gint64 now;

/* How long the machine slept: of the clocks that only go forward, one goes on meanwhile. */
static int slept_seconds;

/* In place of the C library's. */
int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int result = (int) syscall (SYS_clock_gettime, clock, time);

  if (result == 0 && clock == CLOCK_BOOTTIME)
    time->tv_sec += slept_seconds;
  return result;
}

static gint64
test_clock (void)
{
  return now;
}

static CpaIdle *
new_idle (void)
{
  now = 1000 * G_USEC_PER_SEC;
  return cpa_idle_new (IDLE_SECONDS, test_clock);
}

static void
pass (int seconds)
{
  now += (gint64) seconds * G_USEC_PER_SEC;
}

static void
test_count_down_is_the_last_minute (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();
  int left;

  pass (IDLE_SECONDS - 61);
  g_assert_cmpint (cpa_idle_check (idle, &left), ==, CPA_IDLE_IN_USE);
  pass (1);
  g_assert_cmpint (cpa_idle_check (idle, &left), ==, CPA_IDLE_WARNING);
  g_assert_cmpint (left, ==, 60);
  pass (59);
  g_assert_cmpint (cpa_idle_check (idle, &left), ==, CPA_IDLE_WARNING);
  g_assert_cmpint (left, ==, 1);
  pass (1);
  g_assert_cmpint (cpa_idle_check (idle, &left), ==, CPA_IDLE_ENDED);
  g_assert_cmpint (left, ==, 0);
}

static void
test_use_puts_it_off (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();

  pass (IDLE_SECONDS - 61);
  cpa_idle_touch (idle);
  pass (IDLE_SECONDS - 61);
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_IN_USE);
}

/* A mouse that is bumped is no answer to the question. */
static void
test_warning_wants_an_answer (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();

  pass (IDLE_SECONDS - 30);
  cpa_idle_touch (idle);
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_WARNING);
  g_assert_true (cpa_idle_stay (idle));
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_IN_USE);
  g_assert_true (cpa_idle_take_keep_alive (idle));
}

/* A laptop that was closed on somebody's dossier. */
static void
test_sleep_is_no_use (void)
{
  g_autoptr (CpaIdle) idle = cpa_idle_new (IDLE_SECONDS, cpa_boot_clock);

  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_IN_USE);
  slept_seconds = IDLE_SECONDS - 30;
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_WARNING);
  slept_seconds = 8 * 3600;
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_ENDED);
  slept_seconds = 0;
}

/* The machine slept past the end: the first key after it must not revive the session. */
static void
test_end_stays_the_end (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();

  pass (8 * 3600);
  cpa_idle_touch (idle);
  g_assert_false (cpa_idle_stay (idle));
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_ENDED);
}

static void
test_keep_alive_once_a_minute (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();
  int sent = 0;

  for (int second = 0; second < 600; second++)
    {
      pass (1);
      cpa_idle_touch (idle);
      sent += cpa_idle_take_keep_alive (idle) ? 1 : 0;
    }
  g_assert_cmpint (sent, ==, 10);
}

static void
test_no_keep_alive_without_use (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();

  for (int second = 0; second < 600; second++)
    {
      pass (1);
      g_assert_false (cpa_idle_take_keep_alive (idle));
    }
}

/* The last use is told, though it came just after the server last heard of it: else its session ends first. */
static void
test_last_use_is_told (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();

  pass (60);
  cpa_idle_touch (idle);
  g_assert_true (cpa_idle_take_keep_alive (idle));
  pass (5);
  cpa_idle_touch (idle);
  g_assert_false (cpa_idle_take_keep_alive (idle));
  pass (55);
  g_assert_true (cpa_idle_take_keep_alive (idle));
}

/* However busy one is: the session itself ends, and that is counted down too. */
static void
test_the_end_of_the_session (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();
  int left;

  cpa_idle_set_end (idle, 3600);
  for (int second = 0; second < 3600 - 61; second++)
    {
      pass (1);
      cpa_idle_touch (idle);
    }
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_IN_USE);
  pass (1);
  g_assert_cmpint (cpa_idle_check (idle, &left), ==, CPA_IDLE_LAST);
  g_assert_cmpint (left, ==, 60);
  pass (59);
  cpa_idle_touch (idle);
  g_assert_true (cpa_idle_stay (idle));
  g_assert_cmpint (cpa_idle_check (idle, &left), ==, CPA_IDLE_LAST);
  g_assert_cmpint (left, ==, 1);
  pass (1);
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_OVER);
  g_assert_false (cpa_idle_stay (idle));
}

/* Who was away when the last minute began hears that, also after both: a laptop that was closed. */
static void
test_idle_before_the_last_minute (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();

  cpa_idle_set_end (idle, IDLE_SECONDS + 60);
  pass (IDLE_SECONDS - 1);
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_WARNING);
  pass (1);
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_ENDED);
  pass (8 * 3600);
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_ENDED);
}

/* Both within a minute: only the one that cannot be put off is counted down. */
static void
test_idle_in_the_last_minute (void)
{
  g_autoptr (CpaIdle) idle = new_idle ();
  int left;

  cpa_idle_set_end (idle, IDLE_SECONDS + 30);
  pass (IDLE_SECONDS);
  g_assert_cmpint (cpa_idle_check (idle, &left), ==, CPA_IDLE_LAST);
  g_assert_cmpint (left, ==, 30);
}

static void
test_short_session_has_a_short_warning (void)
{
  g_autoptr (CpaIdle) idle = NULL;

  now = 0;
  idle = cpa_idle_new (20, test_clock);
  g_assert_cmpint (cpa_idle_get_warning_seconds (idle), ==, 10);
  g_assert_cmpint (cpa_idle_check (idle, NULL), ==, CPA_IDLE_IN_USE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/idle/sleep-is-no-use", test_sleep_is_no_use);
  g_test_add_func ("/idle/count-down", test_count_down_is_the_last_minute);
  g_test_add_func ("/idle/use", test_use_puts_it_off);
  g_test_add_func ("/idle/warning", test_warning_wants_an_answer);
  g_test_add_func ("/idle/end", test_end_stays_the_end);
  g_test_add_func ("/idle/keep-alive", test_keep_alive_once_a_minute);
  g_test_add_func ("/idle/no-keep-alive", test_no_keep_alive_without_use);
  g_test_add_func ("/idle/last-use", test_last_use_is_told);
  g_test_add_func ("/idle/end-of-the-session", test_the_end_of_the_session);
  g_test_add_func ("/idle/idle-before-the-last-minute", test_idle_before_the_last_minute);
  g_test_add_func ("/idle/idle-in-the-last-minute", test_idle_in_the_last_minute);
  g_test_add_func ("/idle/short", test_short_session_has_a_short_warning);
  return g_test_run ();
}
