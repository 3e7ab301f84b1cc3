/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-time-bar-layout.h"

#define MONTH(year, month) ((year) *12 + (month) -1)

/* Two years and three months, the room of a window of 1,000. */
static CpaTimeBarInput
input_of (double width, int months)
{
  CpaTimeBarInput input = { .width = width,
                            .scale = 1,
                            .first = MONTH (2026, 3) - months + 1,
                            .last = MONTH (2026, 3),
                            .place = MONTH (2026, 1) + 0.37,
                            .span = 0.1,
                            .text_width = 36 };

  return input;
}

static void
assert_near (double value, double wanted)
{
  g_assert_cmpfloat_with_epsilon (value, wanted, 0.01);
}

static void
test_months (void)
{
  CpaTimeBarInput input = input_of (848, 27);
  CpaTimeBarLayout layout;

  cpa_time_bar_layout (&layout, &input);
  assert_near (layout.month_width, 848.0 / 27);
  g_assert_cmpint (layout.months, ==, 27);
  assert_near (layout.gap, 8);
  assert_near (layout.offset, 0);
  assert_near (cpa_time_bar_month_x (&layout, MONTH (2024, 1)), 0);
  assert_near (cpa_time_bar_month_x (&layout, MONTH (2026, 1)), 24 * 848.0 / 27);
  /* There and back. */
  assert_near (cpa_time_bar_place_at (&layout, cpa_time_bar_place_x (&layout, MONTH (2025, 6) + 0.5)),
               MONTH (2025, 6) + 0.5);
  /* Never outside. */
  assert_near (cpa_time_bar_place_at (&layout, -50), MONTH (2024, 1));
  g_assert_cmpfloat (cpa_time_bar_place_at (&layout, 5000), <, MONTH (2026, 4));
}

static void
test_a_year_at_least (void)
{
  CpaTimeBarInput input = input_of (848, 2);
  CpaTimeBarLayout layout;

  cpa_time_bar_layout (&layout, &input);
  g_assert_cmpint (layout.months, ==, 12);
  g_assert_cmpint (layout.first, ==, MONTH (2025, 4));
}

static void
test_names (void)
{
  static const struct
  {
    int months;
    CpaTimeBarNames names;
    gboolean scrolls;
  } cases[] = {
    { 30, CPA_TIME_BAR_ALL_NAMES, FALSE },   /* 28.3 px */
    { 31, CPA_TIME_BAR_QUARTERS, FALSE },    /* 27.4 px */
    { 84, CPA_TIME_BAR_QUARTERS, FALSE },    /* 10.1 px */
    { 86, CPA_TIME_BAR_YEARS_ONLY, FALSE },  /* 9.9 px */
    { 106, CPA_TIME_BAR_YEARS_ONLY, FALSE }, /* 8 px */
    { 120, CPA_TIME_BAR_YEARS_ONLY, TRUE },  /* 7.1 px would be too narrow */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CpaTimeBarInput input = input_of (848, cases[i].months);
      CpaTimeBarLayout layout;

      cpa_time_bar_layout (&layout, &input);
      g_assert_cmpint (layout.names, ==, cases[i].names);
      g_assert_cmpfloat (layout.month_width, >=, 8);
      g_assert_true ((layout.months * layout.month_width > 848.5) == cases[i].scrolls);
    }
}

static void
test_scrolls_with_the_handle (void)
{
  CpaTimeBarInput input = input_of (848, 240);
  CpaTimeBarLayout layout;

  for (int months = 0; months < 240; months += 7)
    {
      input.place = input.first + months + 0.5;
      cpa_time_bar_layout (&layout, &input);
      g_assert_cmpfloat (layout.handle_x, >=, 0);
      g_assert_cmpfloat (layout.handle_x + layout.handle_width, <=, 848);
      /* The place is under the handle. */
      g_assert_true (cpa_time_bar_is_under_handle (&layout, cpa_time_bar_place_x (&layout, input.place)));
    }
  input.place = input.first;
  cpa_time_bar_layout (&layout, &input);
  assert_near (layout.offset, 0);
  input.place = input.last + 0.9;
  cpa_time_bar_layout (&layout, &input);
  assert_near (layout.offset, 240 * 8 - 848);
}

static void
test_handle (void)
{
  CpaTimeBarInput input = input_of (848, 27);
  CpaTimeBarLayout layout;
  double middle;

  cpa_time_bar_layout (&layout, &input);
  middle = cpa_time_bar_place_x (&layout, input.place);
  assert_near (layout.handle_width, 58);
  assert_near (layout.handle_x + layout.handle_width / 2, middle);
  input.span = 3;
  cpa_time_bar_layout (&layout, &input);
  assert_near (layout.handle_width, 3 * 848.0 / 27);
  input.span = 0.1;
  input.text_width = 60;
  cpa_time_bar_layout (&layout, &input);
  assert_near (layout.handle_width, 76);
  input.place = input.last + 0.9;
  cpa_time_bar_layout (&layout, &input);
  assert_near (layout.handle_x + layout.handle_width, 848);
}

static void
test_names_beside_the_handle (void)
{
  CpaTimeBarInput input = input_of (848, 27);
  CpaTimeBarLayout layout;

  cpa_time_bar_layout (&layout, &input);
  g_assert_true (cpa_time_bar_has_name (&layout, MONTH (2025, 11), 22));
  g_assert_false (cpa_time_bar_has_name (&layout, MONTH (2025, 12), 22));
  g_assert_false (cpa_time_bar_has_name (&layout, MONTH (2026, 1), 22));
  g_assert_true (cpa_time_bar_has_name (&layout, MONTH (2026, 3), 22));
  input = input_of (848, 60);
  cpa_time_bar_layout (&layout, &input);
  g_assert_true (cpa_time_bar_has_name (&layout, MONTH (2025, 4), 22));
  g_assert_false (cpa_time_bar_has_name (&layout, MONTH (2025, 5), 22));
  input = input_of (848, 100);
  cpa_time_bar_layout (&layout, &input);
  g_assert_false (cpa_time_bar_has_name (&layout, MONTH (2025, 4), 22));
}

static void
test_bars (void)
{
  CpaTimeBarInput input = input_of (848, 27);
  CpaTimeBarLayout layout;

  cpa_time_bar_layout (&layout, &input);
  assert_near (cpa_time_bar_bar_height (&layout, 0, 40), 0);
  assert_near (cpa_time_bar_bar_height (&layout, 20, 40), 24);
  assert_near (cpa_time_bar_bar_height (&layout, 40, 40), 42);
  g_assert_cmpfloat (cpa_time_bar_bar_height (&layout, 1, 100000), >=, 6);
}

static void
test_badges (void)
{
  const CpaTimeBarUnread unread[] = {
    { MONTH (2025, 1), 2 }, { MONTH (2025, 2), 0 }, { MONTH (2026, 2), 1 }, { MONTH (2026, 3), 3 }
  };
  CpaTimeBarInput input = input_of (848, 27);
  CpaTimeBarLayout layout;
  g_autoptr (GArray) wide = NULL;
  g_autoptr (GArray) dense = NULL;

  cpa_time_bar_layout (&layout, &input);
  wide = cpa_time_bar_badges (&layout, unread, G_N_ELEMENTS (unread));
  g_assert_cmpint (wide->len, ==, 3);
  assert_near (g_array_index (wide, CpaTimeBarBadge, 2).x, 26.5 * 848.0 / 27);
  /* Discs that would lie over each other are one. */
  input = input_of (848, 100);
  cpa_time_bar_layout (&layout, &input);
  dense = cpa_time_bar_badges (&layout, unread, G_N_ELEMENTS (unread));
  g_assert_cmpint (dense->len, ==, 2);
  g_assert_cmpint (g_array_index (dense, CpaTimeBarBadge, 1).unread, ==, 4);
  g_assert_cmpint (g_array_index (dense, CpaTimeBarBadge, 1).month, ==, MONTH (2026, 3));
}

static void
test_narrow (void)
{
  CpaTimeBarInput input = input_of (336, 27);
  CpaTimeBarLayout layout;

  input.narrow = TRUE;
  input.place = MONTH (2026, 3) + 0.1;
  cpa_time_bar_layout (&layout, &input);
  assert_near (layout.month_width, 28);
  assert_near (layout.gap, 4);
  /* The last twelve months are in sight. */
  assert_near (cpa_time_bar_month_x (&layout, MONTH (2025, 4)), 0);
  input.place = MONTH (2024, 1);
  cpa_time_bar_layout (&layout, &input);
  assert_near (cpa_time_bar_month_x (&layout, MONTH (2024, 1)), 0);
}

/* A year that has just begun has its name too, inside the window. */
static void
test_names_of_years (void)
{
  CpaTimeBarInput input = input_of (336, 27);
  CpaTimeBarLayout layout;
  double x;

  input.narrow = TRUE;
  input.last = MONTH (2026, 1);
  cpa_time_bar_layout (&layout, &input);
  g_assert_true (cpa_time_bar_year_x (&layout, 2026, 36, 12, &x));
  assert_near (x, 336 + 12 - 36 - 2);
  g_assert_true (cpa_time_bar_year_x (&layout, 2026, 80, 12, &x));
  assert_near (x, 336 + 12 - 80 - 2);
  g_assert_true (cpa_time_bar_year_x (&layout, 2025, 36, 12, &x));
  /* There is none of what is out of sight, or has no room before the next. */
  g_assert_false (cpa_time_bar_year_x (&layout, 2024, 36, 12, &x));
  input.place = MONTH (2025, 6);
  cpa_time_bar_layout (&layout, &input);
  g_assert_false (cpa_time_bar_year_x (&layout, 2026, 36, 12, &x));
}

/* On the narrowest window with the largest words: lower, and no words stand over each other. */
static void
test_tight (void)
{
  CpaTimeBarInput input = input_of (336, 27);
  CpaTimeBarLayout layout;
  double line = 2 * 17; /* of the names of months, at this scale */

  input.scale = 2;
  input.narrow = input.tight = TRUE;
  cpa_time_bar_layout (&layout, &input);
  g_assert_cmpint (cpa_time_bar_whole_height (2, FALSE), ==, 294);
  g_assert_cmpint (cpa_time_bar_whole_height (2, TRUE), <=, 160);
  assert_near (cpa_time_bar_y (&layout, CPA_TIME_BAR_HEIGHT), 84 * 0.7 + 63 * 1.5);
  g_assert_cmpfloat (cpa_time_bar_y (&layout, CPA_TIME_BAR_AXIS) + 2, <, cpa_time_bar_y (&layout, CPA_TIME_BAR_MONTHS));
  g_assert_cmpfloat (cpa_time_bar_y (&layout, CPA_TIME_BAR_MONTHS) + line, <=,
                     cpa_time_bar_y (&layout, CPA_TIME_BAR_YEARS));
  assert_near (cpa_time_bar_bar_height (&layout, 5, 5), 42 * 0.7);
}

static void
test_large_text (void)
{
  CpaTimeBarInput input = input_of (848, 27);
  CpaTimeBarLayout layout;

  input.scale = 2;
  cpa_time_bar_layout (&layout, &input);
  assert_near (layout.handle_width, 116);
  /* 31 px at 200% is 15. */
  g_assert_cmpint (layout.names, ==, CPA_TIME_BAR_QUARTERS);
  assert_near (cpa_time_bar_bar_height (&layout, 40, 40), 84);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-bar-layout/months", test_months);
  g_test_add_func ("/time-bar-layout/a-year-at-least", test_a_year_at_least);
  g_test_add_func ("/time-bar-layout/names", test_names);
  g_test_add_func ("/time-bar-layout/scrolls-with-the-handle", test_scrolls_with_the_handle);
  g_test_add_func ("/time-bar-layout/handle", test_handle);
  g_test_add_func ("/time-bar-layout/names-beside-the-handle", test_names_beside_the_handle);
  g_test_add_func ("/time-bar-layout/bars", test_bars);
  g_test_add_func ("/time-bar-layout/badges", test_badges);
  g_test_add_func ("/time-bar-layout/narrow", test_narrow);
  g_test_add_func ("/time-bar-layout/tight", test_tight);
  g_test_add_func ("/time-bar-layout/names-of-years", test_names_of_years);
  g_test_add_func ("/time-bar-layout/large-text", test_large_text);
  return g_test_run ();
}
