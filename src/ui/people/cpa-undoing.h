/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-people-flow.h"

G_BEGIN_DECLS

/* What one press takes back: that it was is told once, when all of it was. Counted: each thing that is taken back holds
 * it. */
typedef struct _CpaUndoing CpaUndoing;

CpaUndoing *cpa_undoing_new (CpaPeopleFlow *flow);
/* (transfer full): one thing more. */
CpaUndoing *cpa_undoing_begin (CpaUndoing *self);
/* Takes self. error (nullable) says why it was not undone; not_changed is what is said of a passing one. */
void cpa_undoing_end (CpaUndoing *self, const GError *error, const char *not_changed);
/* Takes self, and takes a box back that was ticked. invited: an invitation came with that tick, and goes with it too,
 * unless something else is ticked. */
void cpa_undoing_take_box (CpaUndoing *self, CpaMemberModel *model, CpaMember *member, CpPart part, gboolean invited);
/* It is given up. */
void cpa_undoing_unref (CpaUndoing *self);

G_END_DECLS
