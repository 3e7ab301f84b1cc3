/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-timeline.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 200

typedef struct
{
  CpTime at;
  int month;    /* 202601 */
  guint number; /* of the card, for its id */
  guint model;  /* which item it is like */
  gboolean own; /* it is that item, with its id */
  gboolean unread;
} Card;

struct _FixtureTimeline
{
  CpDossierPage *page; /* (owned) */
  GTimeZone *zone;     /* (owned) */
  GArray *cards;       /* (owned): oldest first */
  gboolean lies;
};

static int
compare_cards (gconstpointer a, gconstpointer b)
{
  const Card *first = a, *second = b;

  return first->at != second->at ? (first->at < second->at ? -1 : 1) : (int) first->number - (int) second->number;
}

static FixtureTimeline *
timeline_new (const CpDossierPage *page)
{
  FixtureTimeline *self = g_new0 (FixtureTimeline, 1);

  self->page = cp_record_copy (&cp_dossier_page_record, page);
  self->zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  self->cards = g_array_new (FALSE, FALSE, sizeof (Card));
  return self;
}

FixtureTimeline *
fixture_timeline_new_of (const CpDossierPage *page)
{
  FixtureTimeline *self = timeline_new (page);

  for (guint i = 0; i < page->items->len; i++)
    {
      const CpDossierItem *item = g_ptr_array_index (page->items, i);
      Card card = { item->at, cp_time_month (item->at, self->zone), i, i, TRUE, item->unread };

      g_array_append_val (self->cards, card);
    }
  g_array_sort (self->cards, compare_cards);
  return self;
}

FixtureTimeline *
fixture_timeline_new_years (const CpDossierPage *page, int years, guint cards)
{
  FixtureTimeline *self = timeline_new (page);
  CpTime now = cp_time_now (), span = (CpTime) years * 365 * CP_TIME_DAY;

  for (guint i = 0; i < cards; i++)
    {
      /* Some weeks are busier than others. */
      double part = (i + 0.5) / cards, wave = part + 0.0035 * ((i / 97) % 7) - 0.0105;
      CpTime at = now - span + (CpTime) (span * CLAMP (wave, 0, 1));
      Card card = { at, cp_time_month (at, self->zone), i, i % page->items->len, FALSE, FALSE };

      g_array_append_val (self->cards, card);
    }
  g_array_sort (self->cards, compare_cards);
  for (guint i = cards - MIN (cards, 3); i < cards; i++)
    g_array_index (self->cards, Card, i).unread = TRUE;
  return self;
}

CpFreshness *
fixture_timeline_get_freshness (FixtureTimeline *self)
{
  return self->page->freshness;
}

void
fixture_timeline_free (FixtureTimeline *self)
{
  cp_dossier_page_free (self->page);
  g_time_zone_unref (self->zone);
  g_array_unref (self->cards);
  g_free (self);
}

void
fixture_timeline_add (FixtureTimeline *self, CpTime at)
{
  Card card = { at, cp_time_month (at, self->zone), self->cards->len, 0, FALSE, TRUE };

  g_array_append_val (self->cards, card);
  g_array_sort (self->cards, compare_cards);
}

void
fixture_timeline_lie (FixtureTimeline *self)
{
  self->lies = TRUE;
}

static Card *
card_at (FixtureTimeline *self, guint i)
{
  return &g_array_index (self->cards, Card, i);
}

static char *
id_of (FixtureTimeline *self, const Card *card)
{
  if (card->own)
    return g_strdup (((const CpDossierItem *) g_ptr_array_index (self->page->items, card->model))->id);
  return g_strdup_printf ("card%017uA", card->number);
}

static CpDossierItem *
item_of (FixtureTimeline *self, const Card *card)
{
  CpDossierItem *item = cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (self->page->items, card->model));

  g_free (item->id);
  item->id = id_of (self, card);
  item->at = card->at;
  item->unread = card->unread;
  return item;
}

static void
add_month (CpTimeline *timeline, int number, guint count, guint unread)
{
  CpTimelineMonth *month = cp_timeline_month_new ();

  month->month = g_strdup_printf ("%04d-%02d", number / 100, number % 100);
  month->count = count;
  month->unread = unread;
  timeline->unread += unread;
  g_ptr_array_add (timeline->months, month);
}

static void
count_report (FixtureTimeline *self, CpTimeline *timeline, const Card *card)
{
  int kind = ((const CpDossierItem *) g_ptr_array_index (self->page->items, card->model))->kind;

  timeline->unread_general += card->unread && kind == CP_DOSSIER_REPORT_GENERAL;
  timeline->unread_plan += card->unread && kind == CP_DOSSIER_REPORT_PLAN;
}

CpTimeline *
fixture_timeline_counts (FixtureTimeline *self)
{
  CpTimeline *timeline = cp_timeline_new ();
  int number = 0;
  guint count = 0, unread = 0;

  timeline->state = self->page->state;
  timeline->freshness = cp_record_copy (&cp_freshness_record, self->page->freshness);
  timeline->asked_at = cp_time_now ();
  timeline->allowed = g_strdupv (self->page->allowed);
  for (guint i = 0; i < self->cards->len; i++)
    {
      int month = card_at (self, i)->month;

      if (month != number && count > 0)
        {
          add_month (timeline, number, count, unread);
          count = unread = 0;
        }
      number = month;
      count++;
      unread += card_at (self, i)->unread ? 1 : 0;
      count_report (self, timeline, card_at (self, i));
    }
  if (count > 0)
    add_month (timeline, number, count + (self->lies ? 1 : 0), unread);
  return timeline;
}

CpDossierPage *
fixture_timeline_month (FixtureTimeline *self, const char *query)
{
  CpDossierPage *page = cp_record_copy (&cp_dossier_page_record, self->page);
  const char *month = strstr (query, "month="), *cursor = strstr (query, "cursor=");
  int number = atoi (month + strlen ("month=")) * 100 + atoi (month + strlen ("month=2026-"));
  guint skip = cursor != NULL ? (guint) atoi (cursor + strlen ("cursor=")) : 0, seen = 0;

  g_ptr_array_set_size (page->items, 0);
  g_clear_pointer (&page->next_cursor, g_free);
  for (guint i = 0; i < self->cards->len; i++)
    {
      if (card_at (self, i)->month != number)
        continue;
      if (seen >= skip && page->items->len < PAGE)
        g_ptr_array_add (page->items, item_of (self, card_at (self, i)));
      seen++;
    }
  if (seen > skip + PAGE)
    page->next_cursor = g_strdup_printf ("%u", skip + PAGE);
  return page;
}

void
fixture_timeline_read (FixtureTimeline *self, const char *id)
{
  for (guint i = 0; i < self->cards->len; i++)
    {
      g_autofree char *own = card_at (self, i)->unread ? id_of (self, card_at (self, i)) : NULL;

      if (g_strcmp0 (own, id) == 0)
        card_at (self, i)->unread = FALSE;
    }
}

void
fixture_timeline_read_all (FixtureTimeline *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    card_at (self, i)->unread = FALSE;
}
