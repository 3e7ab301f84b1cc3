/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-timeline-item.h"

G_BEGIN_DECLS

/* A card on the timeline: kind, date, whether it is new or open, and two lines of its text. All are equally large; in a
 * vertical list the day stands above the first of a day. */
#define CPA_TYPE_TIMELINE_CARD (cpa_timeline_card_get_type ())
G_DECLARE_FINAL_TYPE (CpaTimelineCard, cpa_timeline_card, CPA, TIMELINE_CARD, GtkWidget)

GtkWidget *cpa_timeline_card_new (CpaContext *context, gboolean vertical);
/* item may be NULL: the card is not in use. What is on it is written when somebody will look at it: a list binds far
 * more rows than it shows. */
void cpa_timeline_card_bind (CpaTimelineCard *self, CpaTimelineItem *item);
/* It is in sight, or nearly. */
void cpa_timeline_card_write (CpaTimelineCard *self);
/* (nullable) */
CpaTimelineItem *cpa_timeline_card_get_item (CpaTimelineCard *self);

G_END_DECLS
