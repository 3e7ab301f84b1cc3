/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-wait.h"

#include <string.h>

#include "cpd-transfer.h"

#define BUSY_FIRST (5 * CP_TIME_SECOND)
#define BUSY_LONGEST (5 * CP_TIME_MINUTE)
#define AGAIN_FIRST (CP_TIME_SECOND)
#define DECIMAL 10

static gboolean
wait_really (CpTime duration, GCancellable *cancellable)
{
  GPollFD fd = { 0 };
  gboolean pollable = g_cancellable_make_pollfd (cancellable, &fd);
  gint64 end = g_get_monotonic_time () + duration;
  gint64 left;

  while ((left = end - g_get_monotonic_time ()) > 0 && !g_cancellable_is_cancelled (cancellable))
    g_poll (&fd, pollable ? 1 : 0, (int) (left / 1000 + 1));
  if (pollable)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

static CpdEhrWaitFunc source = wait_really;

/**
 * cpd_ehr_wait:
 * @duration: in microseconds
 * @cancellable: (nullable):
 *
 * Returns: FALSE when it was cancelled.
 */
gboolean
cpd_ehr_wait (CpTime duration, GCancellable *cancellable)
{
  return source (duration, cancellable);
}

/**
 * cpd_ehr_wait_set_source:
 * @func: (nullable): NULL for real waiting
 *
 * For tests.
 */
void
cpd_ehr_wait_set_source (CpdEhrWaitFunc func)
{
  source = func != NULL ? func : wait_really;
}

/* Half of it at least, all of it at most: many portals must not come back at the same moment. */
static CpTime
with_jitter (CpTime wait)
{
  return wait / 2 + (CpTime) (g_random_double () * (wait / 2.0));
}

static CpTime
doubled (CpTime first, int tries, CpTime longest)
{
  for (; tries > 1 && first < longest; tries--)
    first *= 2;
  return MIN (first, longest);
}

/* -1: not a number of seconds. */
static CpTime
seconds_of (const char *text)
{
  guint64 seconds;

  return g_ascii_string_to_unsigned (text, DECIMAL, 0, G_MAXINT32, &seconds, NULL) ? (CpTime) seconds * CP_TIME_SECOND
                                                                                   : -1;
}

/* "limit=10, remaining=0, t=30", "r=0; t=30", "\"default\";r=0;t=30": the number after t=. */
static CpTime
reset_of (const char *rate_limit)
{
  g_auto (GStrv) parts = g_strsplit_set (rate_limit, ";,", -1);

  for (int i = 0; parts[i] != NULL; i++)
    if (g_str_has_prefix (g_strstrip (parts[i]), "t="))
      return seconds_of (parts[i] + strlen ("t="));
  return -1;
}

/**
 * cpd_ehr_wait_busy:
 * @date: the server's now; 0: not known
 *
 * Returns: how long to wait.
 */
CpTime
cpd_ehr_wait_busy (const char *retry_after, const char *rate_limit, CpTime date, int tries)
{
  CpTime wait = retry_after != NULL ? seconds_of (retry_after) : -1;
  CpTime until = retry_after != NULL && wait < 0 ? cpd_transfer_date (retry_after) : 0;

  if (until != 0)
    wait = MAX (until - (date != 0 ? date : cp_time_now ()), 0);
  if (wait < 0 && rate_limit != NULL)
    wait = reset_of (rate_limit);
  return wait >= 0 ? wait : with_jitter (doubled (BUSY_FIRST, tries, BUSY_LONGEST));
}

/**
 * cpd_ehr_wait_again:
 *
 * Returns: how long to wait.
 */
CpTime
cpd_ehr_wait_again (int tries)
{
  return with_jitter (doubled (AGAIN_FIRST, tries, BUSY_LONGEST));
}
