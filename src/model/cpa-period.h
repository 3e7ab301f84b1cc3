/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CPA_PERIOD_WEEK,
  CPA_PERIOD_MONTH,
  CPA_PERIOD_MONTHS, /* three */
  CPA_PERIOD_YEAR,   /* since January 1 */
  CPA_PERIOD_ALL,
  CPA_PERIOD_CHOSEN, /* two dates */
  CPA_PERIOD_N
} CpaPeriod;

/* (transfer full) (nullable): the first day of a period that ends today ("2026-03-03"), that day included; NULL where
 * it has none, or where today is no date. */
char *cpa_period_from (CpaPeriod period, const char *today);

G_END_DECLS
