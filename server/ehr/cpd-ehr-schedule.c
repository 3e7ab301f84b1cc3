/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-schedule.h"

#include <string.h>

#define FIRST_BACKOFF CP_TIME_MINUTE
#define LONGEST_BACKOFF (30 * CP_TIME_MINUTE)
#define DAYS_ROUND 2 /* around a moment: a slot may move over midnight in a gap */

static void
fill (const CpdConfig *config, CpTime moment, int days, int i, CpdEhrSlot *slot)
{
  g_autofree char *date = cp_time_date (cp_time_day_begins (moment, 0, days, config->zone), config->zone);

  g_strlcpy (slot->date, date, sizeof slot->date);
  slot->minute = config->slots[i];
  slot->at = cp_time_of_local (slot->date, slot->minute, config->zone);
}

/**
 * cpd_ehr_schedule_next:
 *
 * Returns: TRUE with @slot: the first whose moment lies after @after.
 */
gboolean
cpd_ehr_schedule_next (const CpdConfig *config, CpTime after, CpdEhrSlot *slot)
{
  for (int day = -1; day <= DAYS_ROUND; day++)
    for (int i = 0; i < config->n_slots; i++)
      {
        fill (config, after, day, i, slot);
        if (slot->at > after)
          return TRUE;
      }
  return FALSE;
}

/**
 * cpd_ehr_schedule_last:
 *
 * Returns: TRUE with @slot: the last whose moment does not lie after @now.
 */
gboolean
cpd_ehr_schedule_last (const CpdConfig *config, CpTime now, CpdEhrSlot *slot)
{
  for (int day = 1; day >= -DAYS_ROUND; day--)
    for (int i = config->n_slots - 1; i >= 0; i--)
      {
        fill (config, now, day, i, slot);
        if (slot->at <= now)
          return TRUE;
      }
  return FALSE;
}

/**
 * cpd_ehr_schedule_backoff:
 * @failures: how many runs of the slot have failed
 *
 * Returns: a minute, doubled with each failure, half an hour at most.
 */
CpTime
cpd_ehr_schedule_backoff (int failures)
{
  CpTime wait = FIRST_BACKOFF;

  for (int i = 1; i < failures && wait < LONGEST_BACKOFF; i++)
    wait *= 2;
  return MIN (wait, LONGEST_BACKOFF);
}
