/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cp-dossier-item.h"
#include "cp-start.h"

G_BEGIN_DECLS

/* The card of the timeline that stands open: its text at the left, a margin beside it. Signals "opened" (char *id,
 * gint64 seen): its text, which came then, is on the screen, because somebody asked for it; "removed": the care team
 * took it away; "close": the person is done with it; "read-large" (char *id). */
#define CPA_TYPE_OPENED_CARD (cpa_opened_card_get_type ())
G_DECLARE_FINAL_TYPE (CpaOpenedCard, cpa_opened_card, CPA, OPENED_CARD, GtkWidget)

GtkWidget *cpa_opened_card_new (CpaContext *context);
/* Something will be opened as soon as it is known what. */
void cpa_opened_card_expect (CpaOpenedCard *self);
/* Fetches the item and shows it. */
void cpa_opened_card_open (CpaOpenedCard *self, const char *id);
/* Forgets what was open. */
void cpa_opened_card_close (CpaOpenedCard *self);
/* Whether it says that the care team took away what was open, until another is opened or it is closed. */
gboolean cpa_opened_card_is_removed (CpaOpenedCard *self);
/* What stands open has changed at the care team's, perhaps: fetched again, without moving the reader. */
void cpa_opened_card_refresh (CpaOpenedCard *self);
/* One column, and no button to close: the page above has one. */
void cpa_opened_card_set_narrow (CpaOpenedCard *self, gboolean narrow);
/* How old everything here is; copied. */
void cpa_opened_card_set_freshness (CpaOpenedCard *self, const CpFreshness *freshness);

G_END_DECLS
