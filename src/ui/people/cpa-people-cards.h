/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-member-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* User management where there is little room: a card for each person, with the same boxes. */
#define CPA_TYPE_PEOPLE_CARDS (cpa_people_cards_get_type ())
G_DECLARE_FINAL_TYPE (CpaPeopleCards, cpa_people_cards, CPA, PEOPLE_CARDS, GtkWidget)

GtkWidget *cpa_people_cards_new (CpaContext *context, CpaMemberModel *model, GListModel *shown);
/* Marks the card at position and puts the focus on its first box, which brings it into sight. */
void cpa_people_cards_select (CpaPeopleCards *self, guint position);

G_END_DECLS
