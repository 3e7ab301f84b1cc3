/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"

G_BEGIN_DECLS

/* Tells the server what the person has read, one item at a time. What waits for the line outlives the page that it was
 * read on; it is dropped with the session, and when another client is looked at. What could not be told stays unread on
 * the server, and comes back so with the next answer. */
#define CPA_TYPE_READ_MARKS (cpa_read_marks_get_type ())
G_DECLARE_FINAL_TYPE (CpaReadMarks, cpa_read_marks, CPA, READ_MARKS, GObject)

/* (transfer none): of the session and the client of context. */
CpaReadMarks *cpa_read_marks_of (CpaContext *context);
/* until is the seen of the text that was read: what the item says since stays unread, however late this is told. */
void cpa_read_marks_add (CpaReadMarks *self, const char *item, CpTime until);

G_END_DECLS
