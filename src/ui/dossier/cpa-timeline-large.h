/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-large-reading.h"
#include "cpa-timeline-model.h"

G_BEGIN_DECLS

/* (transfer none): "Groot lezen" of a card of the timeline, over the page that inside is in, with the cards of model
 * before and after it. What it turns to is for the view to open as well. */
GtkWidget *cpa_timeline_large_show (GtkWidget *inside, CpaContext *context, CpaTimelineModel *model, const char *id);

G_END_DECLS
