/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-api.h"
#include "cpa-timeline-item.h"
#include "cpa-timeline-months.h"

G_BEGIN_DECLS

/* All cards of a patient's dossier as a GListModel of CpaTimelineItem, oldest first. How many there are is known from
 * the counts per month; the cards themselves are fetched by month when they come into sight, and only those near it are
 * kept. Signals:
 * "loaded" (GError *): the counts came (NULL), or did not; also when the model looked again by itself;
 * "month-loaded" (guint month): its cards are all there;
 * "failed" (GError *): cards in sight could not be fetched, or what was read could not be told to the server;
 * "unread-changed". */
#define CPA_TYPE_TIMELINE_MODEL (cpa_timeline_model_get_type ())
G_DECLARE_FINAL_TYPE (CpaTimelineModel, cpa_timeline_model, CPA, TIMELINE_MODEL, GObject)

/* A page closes it before it lets go, so that nothing is fetched for nobody: g_object_run_dispose (). */
CpaTimelineModel *cpa_timeline_model_new (CpaApi *api, const char *patient, GTimeZone *zone);
/* Asks for the counts, and for the cards in sight again. */
void cpa_timeline_model_load (CpaTimelineModel *self, gboolean refresh);

/* (nullable): NULL until the counts came. */
const CpTimeline *cpa_timeline_model_get_timeline (CpaTimelineModel *self);
/* (transfer none) (nullable): NULL while there are no cards; others only look at them. */
CpaMonths *cpa_timeline_model_get_months (CpaTimelineModel *self);
GTimeZone *cpa_timeline_model_get_zone (CpaTimelineModel *self);

/* Which cards (both included) are looked at: they are fetched, and what is far from them is forgotten. */
void cpa_timeline_model_set_sight (CpaTimelineModel *self, guint first, guint last);
/* As a list the newest comes first then; positions in every other function still count from the oldest. */
void cpa_timeline_model_set_newest_first (CpaTimelineModel *self, gboolean newest_first);
/* The place of a card in the list, and back. */
guint cpa_timeline_model_flip (CpaTimelineModel *self, guint position);

/* The card that stands open, or CPA_TIMELINE_NONE. */
void cpa_timeline_model_set_open (CpaTimelineModel *self, guint position);
guint cpa_timeline_model_get_open (CpaTimelineModel *self);

/* The card is read, as it came until then (its seen): here at once, and on the server. Nothing happens when it was read
 * already. */
void cpa_timeline_model_read (CpaTimelineModel *self, guint position, CpTime until);
/* Everything that came until the counts were asked. */
void cpa_timeline_model_read_all (CpaTimelineModel *self);

G_END_DECLS
