/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-period.h"

static const struct
{
  CpaPeriod period;
  const char *today, *from;
} cases[] = {
  { CPA_PERIOD_WEEK, "2026-03-03", "2026-02-25" },   { CPA_PERIOD_WEEK, "2026-01-03", "2025-12-28" },
  { CPA_PERIOD_MONTH, "2026-03-03", "2026-02-03" },  { CPA_PERIOD_MONTH, "2026-03-31", "2026-02-28" },
  { CPA_PERIOD_MONTH, "2024-03-30", "2024-02-29" },  { CPA_PERIOD_MONTHS, "2026-03-03", "2025-12-03" },
  { CPA_PERIOD_MONTHS, "2026-05-31", "2026-02-28" }, { CPA_PERIOD_YEAR, "2026-03-03", "2026-01-01" },
  { CPA_PERIOD_YEAR, "2024-02-29", "2024-01-01" },   { CPA_PERIOD_ALL, "2026-03-03", NULL },
  { CPA_PERIOD_CHOSEN, "2026-03-03", NULL },         { CPA_PERIOD_WEEK, "3-3-2026", NULL },
};

static void
test_from (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *from = cpa_period_from (cases[i].period, cases[i].today);

      g_assert_cmpstr (from, ==, cases[i].from);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/period/from", test_from);
  return g_test_run ();
}
