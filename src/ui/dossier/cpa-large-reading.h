/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-start.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* "Groot lezen": one item in large letters, and nothing else; a cover of the page. Signals "turn" (char *id): the
 * person asks for the one before or after it; "opened" (char *id, gint64 seen): its text, which came
 * then, is on the screen, because somebody asked for it. */
#define CPA_TYPE_LARGE_READING (cpa_large_reading_get_type ())
G_DECLARE_FINAL_TYPE (CpaLargeReading, cpa_large_reading, CPA, LARGE_READING, GtkWidget)

GtkWidget *cpa_large_reading_new (CpaContext *context);
/* How old everything here is, of each kind: it stands on what is printed. */
void cpa_large_reading_set_freshness (CpaLargeReading *self, const CpFreshness *freshness);
/* Fetches the item and shows it. */
void cpa_large_reading_open (CpaLargeReading *self, const char *id);
/* (nullable): of the items before and after it. By their ids, as what is shown may go, and they stay where they are. */
void cpa_large_reading_set_neighbours (CpaLargeReading *self, const char *before, const char *after);
/* What is shown. */
const char *cpa_large_reading_get_id (CpaLargeReading *self);
/* A CpaLargeReading fetches what it shows again, without moving the reader. */
void cpa_large_reading_refresh (GtkWidget *widget);

G_END_DECLS
