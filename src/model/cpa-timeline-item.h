/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* A card's place in the list of a CpaTimelineModel. Property "record" (notified) is what is known of it, and "open"
 * whether it is the one that stands open. */
#define CPA_TYPE_TIMELINE_ITEM (cpa_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (CpaTimelineItem, cpa_timeline_item, CPA, TIMELINE_ITEM, GObject)

/* live: (position as key) where it is listed while somebody holds it. */
CpaTimelineItem *cpa_timeline_item_new (guint position, GHashTable *live);
guint cpa_timeline_item_get_position (CpaTimelineItem *self);

/* (nullable): NULL until it was fetched. */
const CpDossierItem *cpa_timeline_item_get_record (CpaTimelineItem *self);
/* It is the one at index of records (CpDossierItem), which are kept as long as they are shown. */
void cpa_timeline_item_set_record (CpaTimelineItem *self, GPtrArray *records, guint index);
/* Whether the card before it is of another day, or not known. */
gboolean cpa_timeline_item_is_first_of_day (CpaTimelineItem *self);
void cpa_timeline_item_set_first_of_day (CpaTimelineItem *self, gboolean first);
/* The card could not be fetched. */
gboolean cpa_timeline_item_has_failed (CpaTimelineItem *self);
void cpa_timeline_item_set_failed (CpaTimelineItem *self, gboolean failed);
gboolean cpa_timeline_item_is_open (CpaTimelineItem *self);
void cpa_timeline_item_set_open (CpaTimelineItem *self, gboolean open);

G_END_DECLS
