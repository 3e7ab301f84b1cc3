/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The rows that a run has met, as numbers that are spread evenly (the first bytes of a tag). Nearly all of a later run
 * come from lines that it need not read, of which no two name one row: those are only put down, a hash table of them
 * all would cost more than the rest of such a run. */
typedef struct _CpdEhrSeen CpdEhrSeen;

CpdEhrSeen *cpd_ehr_seen_new (void);
void cpd_ehr_seen_free (CpdEhrSeen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrSeen, cpd_ehr_seen_free)

/* FALSE when it was met already. */
gboolean cpd_ehr_seen_add (CpdEhrSeen *seen, gsize key);
gboolean cpd_ehr_seen_has (CpdEhrSeen *seen, gsize key);

/* For lines that are taken over: whether key was added by itself; and notes a key of such a line, which no other such
 * line has, and for which the first answer was FALSE. */
gboolean cpd_ehr_seen_was_added (const CpdEhrSeen *seen, gsize key);
void cpd_ehr_seen_take_over (CpdEhrSeen *seen, gsize key);

G_END_DECLS
