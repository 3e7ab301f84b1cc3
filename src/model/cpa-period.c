/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-period.h"

#include "cp-time.h"

/* So long before today; a year begins on January 1. */
static const struct
{
  guint days, months;
  gboolean year, bounded;
} periods[CPA_PERIOD_N] = {
  [CPA_PERIOD_WEEK] = { .days = 6, .bounded = TRUE },
  [CPA_PERIOD_MONTH] = { .months = 1, .bounded = TRUE },
  [CPA_PERIOD_MONTHS] = { .months = 3, .bounded = TRUE },
  [CPA_PERIOD_YEAR] = { .year = TRUE, .bounded = TRUE },
};

char *
cpa_period_from (CpaPeriod period, const char *today)
{
  GDate date;
  char text[16];

  if (!periods[period].bounded || !cp_time_date_is_valid (today))
    return NULL;
  g_date_set_dmy (&date, (GDateDay) g_ascii_strtoull (today + 8, NULL, 10),
                  (GDateMonth) g_ascii_strtoull (today + 5, NULL, 10), (GDateYear) g_ascii_strtoull (today, NULL, 10));
  g_date_subtract_days (&date, periods[period].days);
  g_date_subtract_months (&date, periods[period].months);
  if (periods[period].year)
    {
      g_date_set_month (&date, G_DATE_JANUARY);
      g_date_set_day (&date, 1);
    }
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  return g_strdup (text);
}
