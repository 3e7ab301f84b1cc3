/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"

G_BEGIN_DECLS

/* Tells the server what the person has read, one item at a time. What could not be told stays unread there, and comes
 * back so with the next answer. */
#define CPA_TYPE_READ_MARKS (cpa_read_marks_get_type ())
G_DECLARE_FINAL_TYPE (CpaReadMarks, cpa_read_marks, CPA, READ_MARKS, GObject)

CpaReadMarks *cpa_read_marks_new (CpaContext *context);
/* Nothing happens for one that waits already. */
void cpa_read_marks_add (CpaReadMarks *self, const char *item);

G_END_DECLS
