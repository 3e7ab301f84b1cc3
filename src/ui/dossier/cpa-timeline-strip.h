/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-timeline-model.h"

G_BEGIN_DECLS

/* The cards of the timeline: beside each other with the newest at the right, or (vertical) under each other with the
 * newest on top. Signals "chosen" (guint position): a card was clicked or entered; "sight-changed". */
#define CPA_TYPE_TIMELINE_STRIP (cpa_timeline_strip_get_type ())
G_DECLARE_FINAL_TYPE (CpaTimelineStrip, cpa_timeline_strip, CPA, TIMELINE_STRIP, GtkWidget)

GtkWidget *cpa_timeline_strip_new (CpaContext *context, CpaTimelineModel *model);
void cpa_timeline_strip_set_vertical (CpaTimelineStrip *self, gboolean vertical);

/* Brings a card into the middle, or as near to it as the ends allow; glide: in a moment instead of at once. */
void cpa_timeline_strip_go_to (CpaTimelineStrip *self, guint position, gboolean glide);
/* This card is looked at now; it moves only when it is out of sight. */
void cpa_timeline_strip_look_at (CpaTimelineStrip *self, guint position);
/* A screen of cards back (-1) or on. Returns which card comes into the middle; CPA_TIMELINE_NONE without a layout. */
guint cpa_timeline_strip_turn (CpaTimelineStrip *self, int direction);
/* Beside each other: whether a card is wholly in sight once one has gone to another. */
gboolean cpa_timeline_strip_reaches (CpaTimelineStrip *self, guint position, guint from);
/* The cards that are wholly in sight, and the one that is looked at: where one went, or else the first of them. FALSE
 * before there is a layout. */
gboolean cpa_timeline_strip_get_sight (CpaTimelineStrip *self, guint *current, guint *first, guint *last);
/* Gives the focus to a card that is in sight. */
void cpa_timeline_strip_focus (CpaTimelineStrip *self, guint position);

G_END_DECLS
