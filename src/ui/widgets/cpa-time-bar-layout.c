/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-time-bar-layout.h"

#include <math.h>

#define NAMES_FROM 28
#define QUARTERS_FROM 10
#define LEAST_MONTH 8
#define BAR_LEAST 6
#define BAR_MORE 36
#define GAP 8
#define GAP_NARROW 4
/* Bars keep a part of their month at least. */
#define GAP_PART 0.3
#define NARROW_MONTHS 12
/* Twice as high on a small window it would leave no room for the cards. */
#define TIGHT_UPPER 0.7
#define TIGHT_LOWER 0.75
#define YEAR_PAD 6
#define FIRST_YEAR_PAD 2 /* also of the last one, from the edge */

static void
choose_heights (CpaTimeBarLayout *self, double scale, gboolean tight)
{
  self->upper = tight ? MIN (scale, TIGHT_UPPER) : scale;
  self->lower = tight ? scale * TIGHT_LOWER : scale;
}

static void
choose_months (CpaTimeBarLayout *self, const CpaTimeBarInput *input)
{
  double least = LEAST_MONTH * input->scale;

  /* Fewer than a year are filled up with the months before. */
  self->months = MAX (input->last - input->first + 1, CPA_TIME_BAR_FEWEST_MONTHS);
  self->first = input->last + 1 - self->months;
  self->month_width = MAX (input->width / (input->narrow ? NARROW_MONTHS : self->months), least);
  self->gap = MIN ((input->narrow ? GAP_NARROW : GAP) * input->scale, self->month_width * GAP_PART);
  self->names = self->month_width >= NAMES_FROM * input->scale      ? CPA_TIME_BAR_ALL_NAMES
                : self->month_width >= QUARTERS_FROM * input->scale ? CPA_TIME_BAR_QUARTERS
                                                                    : CPA_TIME_BAR_YEARS_ONLY;
}

void
cpa_time_bar_layout (CpaTimeBarLayout *self, const CpaTimeBarInput *input)
{
  double all, handle;

  self->scale = input->scale;
  self->width = input->width;
  choose_heights (self, input->scale, input->tight);
  choose_months (self, input);
  all = self->month_width * self->months;
  handle = (input->place - self->first) * self->month_width;
  self->handle_width = MAX (MAX (CPA_TIME_BAR_HANDLE * input->scale, input->text_width + 16 * input->scale),
                            input->span * self->month_width);
  self->handle_width = MIN (self->handle_width, input->width);
  /* What does not fit scrolls along, with the handle in the middle as far as the ends allow. */
  self->offset = CLAMP (handle - input->width / 2, 0, MAX (all - input->width, 0));
  self->handle_x =
      CLAMP (handle - self->offset - self->handle_width / 2, 0, MAX (input->width - self->handle_width, 0));
}

double
cpa_time_bar_y (const CpaTimeBarLayout *self, double height)
{
  double above = MIN (height, CPA_TIME_BAR_AXIS);

  return above * self->upper + (height - above) * self->lower;
}

int
cpa_time_bar_whole_height (double scale, gboolean tight)
{
  CpaTimeBarLayout layout;

  choose_heights (&layout, scale, tight);
  return (int) cpa_time_bar_y (&layout, CPA_TIME_BAR_HEIGHT);
}

double
cpa_time_bar_month_x (const CpaTimeBarLayout *self, int month)
{
  return (month - self->first) * self->month_width - self->offset;
}

double
cpa_time_bar_place_x (const CpaTimeBarLayout *self, double place)
{
  return (place - self->first) * self->month_width - self->offset;
}

double
cpa_time_bar_place_at (const CpaTimeBarLayout *self, double x)
{
  return CLAMP (self->first + (x + self->offset) / self->month_width, self->first, self->first + self->months - 0.0001);
}

double
cpa_time_bar_bar_height (const CpaTimeBarLayout *self, guint n, guint max)
{
  return n == 0 || max == 0 ? 0 : (BAR_LEAST + (double) BAR_MORE * n / max) * self->upper;
}

gboolean
cpa_time_bar_is_under_handle (const CpaTimeBarLayout *self, double x)
{
  return x > self->handle_x && x < self->handle_x + self->handle_width;
}

gboolean
cpa_time_bar_has_name (const CpaTimeBarLayout *self, int month, double text_width)
{
  double middle = cpa_time_bar_month_x (self, month) + self->month_width / 2;
  double left = middle - text_width / 2, right = middle + text_width / 2;

  if (self->names == CPA_TIME_BAR_YEARS_ONLY || (self->names == CPA_TIME_BAR_QUARTERS && month % 3 != 0))
    return FALSE;
  /* Half a name at the end of the room is no name either. */
  if (left < -self->month_width / 4 || right > self->width + self->month_width / 4)
    return FALSE;
  return right <= self->handle_x || left >= self->handle_x + self->handle_width;
}

gboolean
cpa_time_bar_year_x (const CpaTimeBarLayout *self, int year, double text_width, double behind, double *x)
{
  double begin = cpa_time_bar_month_x (self, year * 12), end = cpa_time_bar_month_x (self, year * 12 + 12);

  *x = begin > 1 ? begin + YEAR_PAD * self->scale : FIRST_YEAR_PAD;
  if (end < self->width)
    return *x + text_width < end;
  if (begin >= self->width)
    return FALSE;
  *x = MIN (*x, self->width + behind - text_width - FIRST_YEAR_PAD * self->scale);
  return *x >= 0;
}

GArray *
cpa_time_bar_badges (const CpaTimeBarLayout *self, const CpaTimeBarUnread *months, guint n)
{
  GArray *badges = g_array_new (FALSE, FALSE, sizeof (CpaTimeBarBadge));

  for (guint i = 0; i < n; i++)
    {
      CpaTimeBarBadge badge = { cpa_time_bar_month_x (self, months[i].month) + self->month_width / 2, months[i].month,
                                months[i].unread };
      CpaTimeBarBadge *before = badges->len > 0 ? &g_array_index (badges, CpaTimeBarBadge, badges->len - 1) : NULL;

      if (months[i].unread == 0)
        continue;
      if (before != NULL && badge.x - before->x < (CPA_TIME_BAR_BADGE + 2) * self->scale)
        {
          badge.unread += before->unread;
          *before = badge;
        }
      else
        g_array_append_val (badges, badge);
    }
  return badges;
}
