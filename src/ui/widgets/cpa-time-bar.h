/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-adaptive.h"
#include "cpa-timeline-model.h"

G_BEGIN_DECLS

/* The time bar: how much there is in each month, and a handle on what is in sight. Told to a screen reader as a slider.
 * Signals:
 * "go-to" (guint position, gboolean glide): a card to bring into sight; without glide the handle is being dragged;
 * "turn" (int direction): a screen of cards back (-1) or on (1);
 * "enter": to the cards. */
#define CPA_TYPE_TIME_BAR (cpa_time_bar_get_type ())
G_DECLARE_FINAL_TYPE (CpaTimeBar, cpa_time_bar, CPA, TIME_BAR, GtkWidget)

GtkWidget *cpa_time_bar_new (CpaTimelineModel *model);
/* The last twelve months, without buttons at the ends. */
void cpa_time_bar_set_narrow (CpaTimeBar *self, gboolean narrow);
/* Lower while that is tight. */
void cpa_time_bar_follow (CpaTimeBar *self, CpaAdaptive *around);
/* Where the handle stands, and the cards that are in sight above it. */
void cpa_time_bar_set_sight (CpaTimeBar *self, guint position, guint first, guint last);
/* (transfer full): what somebody is told who points at x: how much there is in that month, and how one goes there. */
char *cpa_time_bar_dup_tip (CpaTimeBar *self, double x);
/* What the model knows has changed: counts, unread, the date of a card. */
void cpa_time_bar_update (CpaTimeBar *self);

G_END_DECLS
