/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-date-text.h"

static void
test_dates (void)
{
  static const struct
  {
    const char *typed, *date;
  } cases[] = {
    { "12-1-2026", "2026-01-12" },
    { "12/01/2026", "2026-01-12" },
    { " 12.1.2026 ", "2026-01-12" },
    { "2026-01-12", "2026-01-12" },
    { "12 januari 2026", "2026-01-12" },
    { "12 Januari", "2026-01-12" },
    { "January 12, 2026", "2026-01-12" },
    { "12 jan", "2026-01-12" },
    { "12-1", "2026-01-12" },
    { "3 maart", "2026-03-03" },
    { "1 mrt", "2026-03-01" },
    { "may 14", "2025-05-14" },
    /* It has not been yet this year: the last one is meant. */
    { "4 maart", "2025-03-04" },
    { "31-12", "2025-12-31" },
    { "29 februari", NULL },
    { "29-2-2024", "2024-02-29" },
    { "december 2025", "2025-12-01" },
    { "2024", "2024-01-01" },
    { "30-2-2026", NULL },
    { "12-13-2026", NULL },
    { "0-0-2026", NULL },
    { "12 foo", NULL },
    { "ma", NULL },
    { "12-1-26-5", NULL },
    { "123456", NULL },
    { "", NULL },
    { "- -", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = cpa_date_parse (cases[i].typed, "2026-03-03");

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (date, ==, cases[i].date);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-text/dates", test_dates);
  return g_test_run ();
}
