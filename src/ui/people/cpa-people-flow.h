/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* From what a person asks in user management to what the server has done: the questions in between, and what is said
 * afterwards, with undo. Signals: "trouble" (char *text) for what must be read, "fine" when that is over, and "added"
 * (char *id) for a row that will be in the list. */
#define CPA_TYPE_PEOPLE_FLOW (cpa_people_flow_get_type ())
G_DECLARE_FINAL_TYPE (CpaPeopleFlow, cpa_people_flow, CPA, PEOPLE_FLOW, GObject)

/* page (borrowed) outlives what it asks, or stops it. */
CpaPeopleFlow *cpa_people_flow_new (GtkWidget *page, CpaContext *context, CpaMemberModel *model);
/* The page goes: nothing is said any more, and what was said names people, so it goes too. */
void cpa_people_flow_stop (CpaPeopleFlow *self);

void cpa_people_flow_tick (CpaPeopleFlow *self, CpaMember *member, CpPart part, gboolean held);
/* A box that may not be touched was. */
void cpa_people_flow_refuse (CpaPeopleFlow *self, CpaMember *member, CpPart part);
/* "send", "renew", "withdraw", "end", "until" or "mobile" */
void cpa_people_flow_act (CpaPeopleFlow *self, CpaMember *member, const char *what);
/* Takes away all that waits for an invitation that has not gone out, and with it the invitation. */
void cpa_people_flow_undo_waiting (CpaPeopleFlow *self, CpaMember *member);
void cpa_people_flow_add (CpaPeopleFlow *self);

G_END_DECLS
