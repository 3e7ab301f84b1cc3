/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* "Groot lezen": one item in large letters, and nothing else; a cover of the page. Signals "turn" (int): the person
 * asks for the one before (-1) or after it; "opened" (char *id): its text is on the screen, because somebody asked for
 * it. */
#define CPA_TYPE_LARGE_READING (cpa_large_reading_get_type ())
G_DECLARE_FINAL_TYPE (CpaLargeReading, cpa_large_reading, CPA, LARGE_READING, GtkWidget)

/* fetched_at is how old everything here is: it stands on what is printed. */
GtkWidget *cpa_large_reading_new (CpaContext *context, CpTime fetched_at);
/* Fetches the item and shows it; whether there is one before and after it. */
void cpa_large_reading_open (CpaLargeReading *self, const char *id, gboolean has_before, gboolean has_after);

G_END_DECLS
