/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-timeline.h"

G_BEGIN_DECLS

/* No position, no month. */
#define CPA_TIMELINE_NONE G_MAXUINT

/* A month as one number, so that they can be counted: year * 12 + month - 1. */
typedef struct
{
  char name[8]; /* "2026-01" */
  int number;
  guint start;  /* how many cards come before it */
  guint count;  /* at least 1 */
  guint unread; /* of them */

  GPtrArray *records; /* (owned) (nullable): CpDossierItem, oldest first; fewer than count while it is fetched */
  gboolean stale;     /* records are to be fetched anew */
} CpaMonth;

/* Which card stands where: the months of a timeline with their sums. Nothing here asks the server. */
typedef GArray CpaMonths;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaMonths, g_array_unref)

/* (transfer full): NULL when the months are none, not in order, or too many cards for a list. */
CpaMonths *cpa_months_new (const GPtrArray *timeline_months);
CpaMonth *cpa_months_get (CpaMonths *self, guint month);
guint cpa_months_get_cards (CpaMonths *self);
/* The month in which the card at position is; the last one for a position behind the end. */
guint cpa_months_of (CpaMonths *self, guint position);
/* The first month with a number of at least that, or n. */
guint cpa_months_from (CpaMonths *self, int number);
/* (nullable): what is known of a card. */
const CpDossierItem *cpa_months_peek (CpaMonths *self, guint position);

/* Where a card stands now: positions move when something comes in between. CPA_TIMELINE_NONE when it is not known, or
 * when self or id is NULL. */
guint cpa_months_find_card (CpaMonths *self, const char *id);

/* Whether all cards of the month are known. */
gboolean cpa_months_is_known (CpaMonths *self, guint month);
/* Whether the month has cards between first and last, or so many around them. */
gboolean cpa_months_is_near (CpaMonths *self, guint month, guint first, guint last, guint around);
/* Forgets the cards of all months that are not near. */
void cpa_months_forget (CpaMonths *self, guint first, guint last, guint around);
/* How many cards are known. */
guint cpa_months_kept (CpaMonths *self);
/* The months at the beginning that are the same before and now: their cards move to now, and are stale. Returns how
 * many cards those months have. */
guint cpa_months_take_over (CpaMonths *self, CpaMonths *before);

/* FALSE when the card was read, or is not known. */
gboolean cpa_months_read (CpaMonths *self, guint position);
void cpa_months_read_all (CpaMonths *self);
/* The month with the oldest unread card that comes after position (CPA_TIMELINE_NONE: from the beginning), and in it
 * the card when it is known, else CPA_TIMELINE_NONE. FALSE when nothing is unread there. */
gboolean cpa_months_find_unread (CpaMonths *self, guint after, guint *month, guint *position);

/* A place in time is a number of months with a part of a month: 24312.0 is the beginning of January 2026. Where a card
 * is not known yet, the cards of its month are thought to be spread evenly. */
double cpa_months_place (CpaMonths *self, guint position, GTimeZone *zone);
/* The card nearest to a place; of a day with several the oldest. */
guint cpa_months_find (CpaMonths *self, double place, GTimeZone *zone);
/* The oldest card of the next day (or, with -1, the day before) that has cards; position itself when there is none. */
guint cpa_months_step_day (CpaMonths *self, guint position, int direction, GTimeZone *zone);
/* The same in months: the card nearest to the same day, so many months on. */
guint cpa_months_step (CpaMonths *self, guint position, int months, GTimeZone *zone);

/* Place of a date. */
double cpa_place_of_date (int year, int month, int day);
/* (transfer full): "2026-01-12". */
char *cpa_place_date (double place);

G_END_DECLS
