/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-member-bound.h"

G_BEGIN_DECLS

/* The box of one part for one person. A box that may not be touched is dimmed, but still reached and read: it says why.
 * Activates the actions people.tick (id, part, held) and people.refused (id, part). */
#define CPA_TYPE_PART_CHECK (cpa_part_check_get_type ())
G_DECLARE_FINAL_TYPE (CpaPartCheck, cpa_part_check, CPA, PART_CHECK, CpaMemberBound)

/* with_word: the name of the part stands beside it, as on a card. */
GtkWidget *cpa_part_check_new (CpaContext *context, CpaMemberModel *model, CpPart part, gboolean with_word);

G_END_DECLS
