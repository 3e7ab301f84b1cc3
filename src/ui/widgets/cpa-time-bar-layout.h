/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where everything stands on the time bar: numbers alone, no widget. All in pixels, x from the left end of the room for
 * the months; a month is its number (year * 12 + month - 1), a place in time a month with a part of it. */

/* At text of 100%; all of it grows with the text, unless it is tight. */
#define CPA_TIME_BAR_HEIGHT 147
#define CPA_TIME_BAR_FUNNEL 26
#define CPA_TIME_BAR_BADGES 42 /* from the top to the room for bars; badges stand above a bar */
#define CPA_TIME_BAR_AXIS 84
#define CPA_TIME_BAR_TICK 4
#define CPA_TIME_BAR_MONTHS 91
#define CPA_TIME_BAR_HANDLE_END 114
#define CPA_TIME_BAR_YEARS 117
#define CPA_TIME_BAR_HANDLE 58 /* at least */
#define CPA_TIME_BAR_BADGE 17
#define CPA_TIME_BAR_FEWEST_MONTHS 12

typedef enum
{
  CPA_TIME_BAR_ALL_NAMES, /* from 28 px a month */
  CPA_TIME_BAR_QUARTERS,  /* jan apr jul okt */
  CPA_TIME_BAR_YEARS_ONLY /* under 10 px */
} CpaTimeBarNames;

typedef struct
{
  double width;      /* room for the months */
  double scale;      /* text scale */
  gboolean narrow;   /* twelve months in sight, whatever there is */
  gboolean tight;    /* lower: what is drawn keeps its size, and the words stand closer */
  int first, last;   /* months with the first and the last card */
  double place;      /* of the handle */
  double span;       /* months in sight above it */
  double text_width; /* of the date in the handle */
} CpaTimeBarInput;

typedef struct
{
  double scale;
  double upper, lower; /* of heights: down to the axis, where things are drawn, and below it, where the words stand */
  double width;
  int first;  /* month at the left end */
  int months; /* how many there are */
  double month_width;
  double gap;    /* between two bars */
  double offset; /* so much of the months is out of sight at the left */
  CpaTimeBarNames names;
  double handle_x;
  double handle_width;
} CpaTimeBarLayout;

void cpa_time_bar_layout (CpaTimeBarLayout *self, const CpaTimeBarInput *input);
/* How far one of the heights above is from the top; that of the whole bar comes before there is a layout. */
double cpa_time_bar_y (const CpaTimeBarLayout *self, double height);
int cpa_time_bar_whole_height (double scale, gboolean tight);
/* The left end of a month. */
double cpa_time_bar_month_x (const CpaTimeBarLayout *self, int month);
double cpa_time_bar_place_x (const CpaTimeBarLayout *self, double place);
/* The place under x, never outside of the bar's months. */
double cpa_time_bar_place_at (const CpaTimeBarLayout *self, double x);
/* How high the bar of a month with n cards is, when the fullest has max. */
double cpa_time_bar_bar_height (const CpaTimeBarLayout *self, guint n, guint max);
/* Whether the name of a month is written when it takes so much room: as dense as there is room, and not cut by the
 * handle. */
gboolean cpa_time_bar_has_name (const CpaTimeBarLayout *self, int month, double text_width);
/* Whether the name of a year is written, that takes so much room, and where it begins: behind its line, or at the end
 * of the room, which is so much behind the months, for the last one. */
gboolean cpa_time_bar_year_x (const CpaTimeBarLayout *self, int year, double text_width, double behind, double *x);
/* Whether the handle stands over x. */
gboolean cpa_time_bar_is_under_handle (const CpaTimeBarLayout *self, double x);

typedef struct
{
  int month;
  guint unread;
} CpaTimeBarUnread;

typedef struct
{
  double x; /* middle of the disc */
  int month;
  guint unread;
} CpaTimeBarBadge;

/* (transfer full): a disc for each month with unread cards, oldest first; months whose discs would lie over each other
 * share the one of the latest. */
GArray *cpa_time_bar_badges (const CpaTimeBarLayout *self, const CpaTimeBarUnread *months, guint n);

G_END_DECLS
