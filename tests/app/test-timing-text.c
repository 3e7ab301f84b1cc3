/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timing-text.h"

#include <glib/gi18n.h>

#include "cpa-language.h"

#define MONDAY (1 << 0)
#define THURSDAY (1 << 3)
#define ALL_DAYS 0x7f
#define EARLY_MORNING (1 << 1)
#define BEFORE_BREAKFAST (1 << 2)
#define MORNING (1 << 5)
#define EVENING (1 << 17)
#define BEFORE_SLEEP (1 << 22)
#define NIGHT (1 << 24)

static const struct
{
  CpTiming timing;
  const char *dutch;
} cases[] = {
  { { .count = 2, .period = 1, .unit = CP_TIMING_DAY }, "2 keer per dag" },
  { { .count = 1, .period = 1, .unit = CP_TIMING_DAY }, "1 keer per dag" },
  { { .unit = CP_TIMING_WEEK }, "1 keer per week" },
  { { .count = 3, .period = 1, .unit = CP_TIMING_MONTH }, "3 keer per maand" },
  { { .count = 2, .period = 1, .unit = CP_TIMING_YEAR }, "2 keer per jaar" },
  { { .count = 1, .period = 3, .unit = CP_TIMING_DAY }, "Elke 3 dagen" },
  { { .count = 1, .period = 2, .unit = CP_TIMING_WEEK }, "Elke 2 weken" },
  { { .count = 1, .period = 6, .unit = CP_TIMING_MONTH }, "Elke 6 maanden" },
  { { .count = 1, .period = 2, .unit = CP_TIMING_YEAR }, "Elke 2 jaar" },
  { { .count = 3, .period = 2, .unit = CP_TIMING_WEEK }, "3 keer per 2 weken" },
  { { .days = MONDAY | THURSDAY }, "Op maandag en donderdag" },
  { { .days = MONDAY }, "Op maandag" },
  { { .days = ALL_DAYS }, "Elke dag" },
  { { .day_parts = MORNING }, "’s ochtends" },
  { { .day_parts = MORNING | EVENING | NIGHT }, "’s ochtends, ’s avonds en ’s nachts" },
  { { .day_parts = EARLY_MORNING | NIGHT }, "Vroeg in de ochtend en ’s nachts" },
  { { .day_parts = BEFORE_BREAKFAST | BEFORE_SLEEP }, "Voor het ontbijt en voor het slapen" },
  { { .as_needed = TRUE }, "Als het nodig is" },
  { { .as_needed = TRUE, .text = (char *) "bij pijn" }, "Als het nodig is: bij pijn" },
  { { .count = 1, .count_max = 2, .period = 1, .unit = CP_TIMING_DAY, .as_needed = TRUE },
    "1 tot 2 keer per dag, als het nodig is" },
  { { .count = 1, .count_max = 3, .period = 2, .unit = CP_TIMING_WEEK, .days = MONDAY },
    "1 tot 3 keer per 2 weken, op maandag" },
  { { .count = 1, .period = 4, .period_max = 6, .unit = CP_TIMING_HOUR }, "Elke 4 tot 6 uur" },
  { { .count = 1, .period = 1, .period_max = 2, .unit = CP_TIMING_DAY }, "Elke 1 tot 2 dagen" },
  { { .count = 2, .period = 6, .unit = CP_TIMING_HOUR }, "2 keer per 6 uur" },
  { { .count = 1, .period = 1, .unit = CP_TIMING_HOUR }, "1 keer per uur" },
  { { .times = (char *[]){ (char *) "07:30", (char *) "18:00", NULL } }, "Om 07:30 en 18:00" },
  { { .count = 2, .period = 1, .unit = CP_TIMING_DAY, .text = (char *) "Na het eten", .more = TRUE },
    "2 keer per dag: Na het eten. Hier kan niet alles worden getoond over wanneer dit gebeurt. Vraag het aan de "
    "zorg." },
  { { .more = TRUE }, "Hier kan niet alles worden getoond over wanneer dit gebeurt. Vraag het aan de zorg." },
  { { .count = 2, .period = 1, .unit = CP_TIMING_WEEK, .days = MONDAY | THURSDAY, .day_parts = EVENING },
    "2 keer per week, op maandag en donderdag, ’s avonds" },
  { { .count = 1, .period = 1, .unit = CP_TIMING_DAY, .as_needed = TRUE }, "1 keer per dag, als het nodig is" },
  { { .text = (char *) "voor het slapen" }, "voor het slapen" },
  { { .count = 2, .period = 1, .unit = CP_TIMING_DAY, .until = (char *) "2026-03-31" },
    "2 keer per dag, tot en met 31 maart 2026" },
  { { .from = (char *) "2026-03-03", .until = (char *) "2026-03-31", .text = (char *) "bij pijn" },
    "Vanaf 3 maart 2026 tot en met 31 maart 2026: bij pijn" },
  { { .days = MONDAY, .from = (char *) "2026-03-03" }, "Op maandag, vanaf 3 maart 2026" },
  { { .from = (char *) "2026-03-03", .until = (char *) "2026-03-03" }, "Op 3 maart 2026" },
  { { .from = (char *) "2026-03", .until = (char *) "2026-03" }, "In maart 2026" },
  { { .from = (char *) "2026-03", .until = (char *) "2027" }, "Vanaf maart 2026 tot en met 2027" },
  { { .text = (char *) "" }, NULL },
  { { .count = 4, .period = 2 }, NULL },
};

static void
test_dutch (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpa_timing_text (&cases[i].timing);

      g_assert_cmpstr (text, ==, cases[i].dutch);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "nl", TRUE);
  g_test_init (&argc, &argv, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  g_test_add_func ("/timing-text/dutch", test_dutch);
  return g_test_run ();
}
