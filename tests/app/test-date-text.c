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
      g_autofree char *date = cpa_date_parse (cases[i].typed, "2026-03-03", CPA_DATE_FIRST);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (date, ==, cases[i].date);
    }
}

/* A period goes on until the end of what was typed. */
static void
test_last_days (void)
{
  static const struct
  {
    const char *typed, *until, *date;
  } cases[] = {
    { "2025", "2026-03-03", "2025-12-31" },
    { "2027", "2026-03-03", "2027-12-31" },
    { "0000", "2026-03-03", NULL },
    { "december 2025", "2026-03-03", "2025-12-31" },
    { "2024 feb", "2026-03-03", "2024-02-29" },
    { "februari", "2026-03-03", "2026-02-28" },
    { "april", "2026-03-03", "2025-04-30" },
    /* It has not ended yet, which counts where only what was is meant. */
    { "maart", "2026-03-03", "2025-03-31" },
    { "maart", "2026-03-31", "2026-03-31" },
    { "12-1-2026", "2026-03-03", "2026-01-12" },
    { "4 maart", "2026-03-03", "2025-03-04" },
    { "12 foo", "2026-03-03", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = cpa_date_parse (cases[i].typed, cases[i].until, CPA_DATE_LAST);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (date, ==, cases[i].date);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-text/dates", test_dates);
  g_test_add_func ("/date-text/last-days", test_last_days);
  return g_test_run ();
}
