/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-people-flow.h"
#include "cpa-undoing.h"

G_BEGIN_DECLS

/* What a tick needs of the flow it belongs to, and the flow of a tick. */

/* A short notice; with undo when that is not NULL, beside what can still be undone by the one before. */
void cpa_people_flow_say (CpaPeopleFlow *self, const char *text, void (*undo) (gpointer data), gpointer data,
                          GDestroyNotify destroy);
/* What must be read. */
void cpa_people_flow_trouble (CpaPeopleFlow *self, const char *text);
/* A failure; not_changed (nullable) is what is said of a passing one. */
void cpa_people_flow_fail (CpaPeopleFlow *self, const GError *error, const char *not_changed);
/* (transfer full): while an undo of cpa_people_flow_say() runs. */
CpaUndoing *cpa_people_flow_undo_begin (CpaPeopleFlow *self);
/* A short notice, when all that one press takes back was. */
void cpa_people_flow_undone (CpaPeopleFlow *self, const char *text);
/* As cpa_people_flow_fail(), of what was to be taken back. */
void cpa_people_flow_not_undone (CpaPeopleFlow *self, const GError *error, const char *not_changed);
/* (transfer floating): a question with Cancel and yes; heading and body may hold {name} and {client}. */
GtkWidget *cpa_people_flow_confirm_new (CpaPeopleFlow *self, CpaMember *member, const char *heading, const char *body,
                                        const char *yes);
/* Somebody is in the list. */
void cpa_people_flow_added (CpaPeopleFlow *self, const CpMember *member);

/* A box was clicked: what must be asked is asked, then it goes to the server. */
void cpa_people_tick_start (CpaPeopleFlow *flow, CpaContext *context, CpaMemberModel *model, GtkWidget *page,
                            CpaMember *member, CpPart part, gboolean held);

G_END_DECLS
