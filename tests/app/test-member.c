/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invitation that waits goes out when the server says, whatever the computer's clock shows; and what is new is told.
 */
#include "cpa-member.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define NOW (1772539200 * CP_TIME_SECOND)

static int since_start = 1000; /* seconds */
static CpTime wrong;

/* In place of the C library's. */
int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int result = (int) syscall (SYS_clock_gettime, clock, time);

  if (clock == CLOCK_BOOTTIME)
    *time = (struct timespec){ .tv_sec = since_start };
  return result;
}

static CpTime
wrong_clock (void)
{
  return NOW + wrong;
}

static void
test_goes_out (gconstpointer data)
{
  g_autoptr (CpMember) record = cp_member_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (CpaMember) member = NULL;

  wrong = GPOINTER_TO_INT (data) * CP_TIME_MINUTE;
  cp_time_set_source (wrong_clock);
  record->id = g_strdup ("gijsAAAAAAAAAAAAAAAAAA");
  record->name = g_strdup ("Gijs Prins");
  record->goes_out_at = NOW + 42 * CP_TIME_SECOND;
  record->goes_out_seconds = 42;
  member = cpa_member_new (record, zone);
  g_assert_cmpint (cpa_member_get_seconds_left (member), ==, 42);
  since_start += 41;
  g_assert_cmpint (cpa_member_get_seconds_left (member), ==, 1);
  wrong += CP_TIME_HOUR; /* somebody sets it right */
  g_assert_cmpint (cpa_member_get_seconds_left (member), ==, 1);
  since_start += 1;
  g_assert_cmpint (cpa_member_get_seconds_left (member), ==, 0);
  since_start += 3600;
  g_assert_cmpint (cpa_member_get_seconds_left (member), ==, 0);
  record->goes_out_seconds = 60;
  cpa_member_set (member, record);
  g_assert_cmpint (cpa_member_get_seconds_left (member), ==, 60);
  record->goes_out_at = record->goes_out_seconds = 0;
  cpa_member_set (member, record);
  g_assert_cmpint (cpa_member_get_seconds_left (member), ==, 0);
  cp_time_set_source (NULL);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Otherwise a row, and the menu that is open in it, would be made anew at each look. */
static void
test_tells_what_is_new (void)
{
  g_autoptr (CpMember) record = cp_member_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (CpaMember) member = NULL;
  guint n = 0;

  cp_time_set_source (wrong_clock);
  wrong = 0;
  record->id = g_strdup ("gijsAAAAAAAAAAAAAAAAAA");
  record->name = g_strdup ("Gijs Prins");
  member = cpa_member_new (record, zone);
  g_signal_connect_swapped (member, "changed", G_CALLBACK (count_cb), &n);
  cpa_member_set (member, record);
  g_assert_cmpuint (n, ==, 0);
  record->parts = CP_PART_DOSSIER;
  cpa_member_set (member, record);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (cpa_member_get_ticked (member), ==, CP_PART_DOSSIER);
  /* What is said of yesterday and today is said anew. */
  wrong = 24 * CP_TIME_HOUR;
  cpa_member_set (member, record);
  g_assert_cmpuint (n, ==, 2);
  cp_time_set_source (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/member/goes-out/clock-is-right", GINT_TO_POINTER (0), test_goes_out);
  g_test_add_data_func ("/member/goes-out/clock-is-ahead", GINT_TO_POINTER (5), test_goes_out);
  g_test_add_data_func ("/member/goes-out/clock-is-behind", GINT_TO_POINTER (-5), test_goes_out);
  g_test_add_func ("/member/tells-what-is-new", test_tells_what_is_new);
  return g_test_run ();
}
