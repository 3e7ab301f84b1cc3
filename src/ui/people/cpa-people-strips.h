/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-member-model.h"

G_BEGIN_DECLS

/* What waits for the portal administrator, above the list: an invitation that goes out in so many seconds, an e-mail
 * that did not arrive. Buttons activate people.send and people.undo-waiting with the id. */
#define CPA_TYPE_PEOPLE_STRIPS (cpa_people_strips_get_type ())
G_DECLARE_FINAL_TYPE (CpaPeopleStrips, cpa_people_strips, CPA, PEOPLE_STRIPS, GtkWidget)

void cpa_people_strips_set_model (CpaPeopleStrips *self, CpaMemberModel *model);
/* Nobody points at anything now: the empty places go. */
void cpa_people_strips_close_up (CpaPeopleStrips *self);

G_END_DECLS
