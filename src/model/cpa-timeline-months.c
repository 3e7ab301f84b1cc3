/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timeline-months.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cp-time.h"

static gboolean
parse_month (const char *text, int *number)
{
  g_autofree char *date = g_strconcat (text, "-01", NULL);

  if (!cp_time_date_is_valid (date))
    return FALSE;
  *number = atoi (text) * 12 + atoi (text + 5) - 1;
  return TRUE;
}

static void
clear_month (gpointer data)
{
  g_clear_pointer (&((CpaMonth *) data)->records, g_ptr_array_unref);
}

CpaMonths *
cpa_months_new (const GPtrArray *timeline_months)
{
  g_autoptr (CpaMonths) self = g_array_new (FALSE, TRUE, sizeof (CpaMonth));
  gint64 start = 0;

  g_array_set_clear_func (self, clear_month);
  for (guint i = 0; i < timeline_months->len; i++)
    {
      const CpTimelineMonth *given = g_ptr_array_index (timeline_months, i);
      CpaMonth month = { .start = (guint) start, .count = (guint) given->count, .unread = (guint) given->unread };

      if (!parse_month (given->month, &month.number) || given->unread > given->count ||
          (i > 0 && month.number <= cpa_months_get (self, i - 1)->number))
        return NULL;
      g_strlcpy (month.name, given->month, sizeof month.name);
      start += given->count;
      if (start > G_MAXINT32)
        return NULL;
      g_array_append_val (self, month);
    }
  return self->len > 0 ? g_steal_pointer (&self) : NULL;
}

CpaMonth *
cpa_months_get (CpaMonths *self, guint month)
{
  return &g_array_index (self, CpaMonth, month);
}

guint
cpa_months_get_cards (CpaMonths *self)
{
  const CpaMonth *last = cpa_months_get (self, self->len - 1);

  return last->start + last->count;
}

guint
cpa_months_of (CpaMonths *self, guint position)
{
  guint low = 0, high = self->len - 1;

  while (low < high)
    {
      guint middle = (low + high + 1) / 2;

      if (cpa_months_get (self, middle)->start <= position)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

guint
cpa_months_from (CpaMonths *self, int number)
{
  guint low = 0, high = self->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cpa_months_get (self, middle)->number < number)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

const CpDossierItem *
cpa_months_peek (CpaMonths *self, guint position)
{
  const CpaMonth *month = cpa_months_get (self, cpa_months_of (self, position));
  guint index = position - month->start;

  return month->records != NULL && index < month->records->len ? g_ptr_array_index (month->records, index) : NULL;
}

guint
cpa_months_find_card (CpaMonths *self, const char *id)
{
  for (guint i = 0; self != NULL && id != NULL && i < self->len; i++)
    {
      const CpaMonth *month = cpa_months_get (self, i);

      for (guint j = 0; month->records != NULL && j < month->records->len; j++)
        if (strcmp (((const CpDossierItem *) g_ptr_array_index (month->records, j))->id, id) == 0)
          return month->start + j;
    }
  return CPA_TIMELINE_NONE;
}

gboolean
cpa_months_is_known (CpaMonths *self, guint index)
{
  const CpaMonth *month = cpa_months_get (self, index);

  return month->records != NULL && month->records->len == month->count;
}

gboolean
cpa_months_is_near (CpaMonths *self, guint index, guint first, guint last, guint around)
{
  const CpaMonth *month = cpa_months_get (self, index);

  return (guint64) month->start <= (guint64) last + around && (guint64) month->start + month->count + around > first;
}

void
cpa_months_forget (CpaMonths *self, guint first, guint last, guint around)
{
  for (guint i = 0; i < self->len; i++)
    if (!cpa_months_is_near (self, i, first, last, around))
      g_clear_pointer (&cpa_months_get (self, i)->records, g_ptr_array_unref);
}

guint
cpa_months_kept (CpaMonths *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->len; i++)
    kept += cpa_months_get (self, i)->records != NULL ? cpa_months_get (self, i)->records->len : 0;
  return kept;
}

guint
cpa_months_take_over (CpaMonths *self, CpaMonths *before)
{
  guint kept = 0;

  for (guint i = 0; i < MIN (self->len, before->len); i++)
    {
      CpaMonth *old = cpa_months_get (before, i), *now = cpa_months_get (self, i);

      if (old->number != now->number || old->count != now->count)
        break;
      now->records = g_steal_pointer (&old->records);
      now->stale = now->records != NULL;
      kept = now->start + now->count;
    }
  return kept;
}

/* Unread */

gboolean
cpa_months_read (CpaMonths *self, guint position)
{
  CpDossierItem *item = (CpDossierItem *) cpa_months_peek (self, position);
  CpaMonth *month = cpa_months_get (self, cpa_months_of (self, position));

  if (item == NULL || !item->unread)
    return FALSE;
  item->unread = FALSE;
  month->unread -= MIN (month->unread, 1);
  return TRUE;
}

void
cpa_months_read_all (CpaMonths *self)
{
  for (guint i = 0; i < self->len; i++)
    {
      CpaMonth *month = cpa_months_get (self, i);

      month->unread = 0;
      for (guint j = 0; month->records != NULL && j < month->records->len; j++)
        ((CpDossierItem *) g_ptr_array_index (month->records, j))->unread = FALSE;
    }
}

static guint
first_unread (const CpaMonth *month, guint after)
{
  for (guint i = 0; month->records != NULL && i < month->records->len; i++)
    if (((const CpDossierItem *) g_ptr_array_index (month->records, i))->unread &&
        (after == CPA_TIMELINE_NONE || month->start + i > after))
      return month->start + i;
  return CPA_TIMELINE_NONE;
}

gboolean
cpa_months_find_unread (CpaMonths *self, guint after, guint *month, guint *position)
{
  for (guint i = after == CPA_TIMELINE_NONE ? 0 : cpa_months_of (self, after); i < self->len; i++)
    {
      const CpaMonth *candidate = cpa_months_get (self, i);

      if (candidate->unread == 0)
        continue;
      *month = i;
      *position = first_unread (candidate, after);
      if (!cpa_months_is_known (self, i) || *position != CPA_TIMELINE_NONE)
        return TRUE;
    }
  return FALSE;
}

/* Places and days */

static int
days_of (int number)
{
  return g_date_get_days_in_month (number % 12 + 1, (GDateYear) (number / 12));
}

double
cpa_place_of_date (int year, int month, int day)
{
  int number = year * 12 + month - 1;

  return number + (day - 0.5) / days_of (number);
}

static int
day_of_place (double place)
{
  int number = (int) floor (place);

  return CLAMP ((int) floor ((place - number) * days_of (number)) + 1, 1, days_of (number));
}

char *
cpa_place_date (double place)
{
  int number = (int) floor (place);

  return g_strdup_printf ("%04d-%02d-%02d", number / 12, number % 12 + 1, day_of_place (place));
}

static double
place_of_time (CpTime at, GTimeZone *zone)
{
  g_autofree char *date = cp_time_date (at, zone);

  return cpa_place_of_date (atoi (date), atoi (date + 5), atoi (date + 8));
}

double
cpa_months_place (CpaMonths *self, guint position, GTimeZone *zone)
{
  const CpaMonth *month = cpa_months_get (self, cpa_months_of (self, position));
  const CpDossierItem *item = cpa_months_peek (self, position);
  double place =
      item != NULL ? place_of_time (item->at, zone) : month->number + (position - month->start + 0.5) / month->count;

  /* The server counts by its own calendar: a card never leaves the month that it was counted in. */
  return CLAMP (place, month->number, month->number + 0.9999);
}

static guint
find_in_month (CpaMonths *self, const CpaMonth *month, double place, GTimeZone *zone)
{
  guint best = month->start;
  double best_distance = G_MAXDOUBLE;

  if (month->records == NULL || month->records->len < month->count)
    return month->start + MIN ((guint) (CLAMP (place - month->number, 0, 1) * month->count), month->count - 1);
  for (guint i = 0; i < month->count; i++)
    {
      double distance = fabs (cpa_months_place (self, month->start + i, zone) - place);

      if (distance < best_distance - 1e-9)
        {
          best_distance = distance;
          best = month->start + i;
        }
    }
  return best;
}

guint
cpa_months_find (CpaMonths *self, double place, GTimeZone *zone)
{
  int number = (int) floor (place);
  guint after = cpa_months_from (self, number);
  guint here, earlier;

  if (after == self->len)
    return find_in_month (self, cpa_months_get (self, self->len - 1), place, zone);
  here = find_in_month (self, cpa_months_get (self, after), place, zone);
  if (cpa_months_get (self, after)->number == number || after == 0)
    return here;
  /* An empty month: the nearer one of its neighbours. */
  earlier = find_in_month (self, cpa_months_get (self, after - 1), place, zone);
  return fabs (cpa_months_place (self, earlier, zone) - place) < fabs (cpa_months_place (self, here, zone) - place)
             ? earlier
             : here;
}

static gboolean
is_same_day (CpaMonths *self, guint a, guint b, GTimeZone *zone)
{
  double place_a = cpa_months_place (self, a, zone), place_b = cpa_months_place (self, b, zone);

  return floor (place_a) == floor (place_b) && day_of_place (place_a) == day_of_place (place_b);
}

static guint
first_of_day (CpaMonths *self, guint position, GTimeZone *zone)
{
  while (position > 0 && is_same_day (self, position, position - 1, zone))
    position--;
  return position;
}

guint
cpa_months_step_day (CpaMonths *self, guint position, int direction, GTimeZone *zone)
{
  guint n = cpa_months_get_cards (self);
  guint other = position;

  if (direction < 0)
    {
      other = first_of_day (self, position, zone);
      return other == 0 ? other : first_of_day (self, other - 1, zone);
    }
  while (other + 1 < n && is_same_day (self, position, other, zone))
    other++;
  return is_same_day (self, position, other, zone) ? position : other;
}

guint
cpa_months_step (CpaMonths *self, guint position, int months, GTimeZone *zone)
{
  double place = cpa_months_place (self, position, zone);
  double goal = place + months;
  guint found = cpa_months_find (self, goal, zone);
  guint month = cpa_months_of (self, position);

  /* Over months without cards: always on, never back to where one was. */
  if (months > 0 && cpa_months_of (self, found) <= month)
    return month + 1 < self->len ? cpa_months_get (self, month + 1)->start : cpa_months_get_cards (self) - 1;
  if (months < 0 && cpa_months_of (self, found) >= month)
    return month > 0 ? cpa_months_get (self, month - 1)->start : 0;
  return found;
}
