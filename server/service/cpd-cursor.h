/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-store-reading.h"

G_BEGIN_DECLS

/* A cursor goes over the wire sealed for its patient, route and the rest of the query, so that row ids stay inside,
 * none can be made up, and none goes on in another list than its own. */
gboolean cpd_cursor_read (CpdCall *call, CpdCursor *cursor, GError **error);
/* (transfer full) (nullable): NULL for the end. */
char *cpd_cursor_write (CpdCall *call, const CpdCursor *cursor);

/* What is inside a sealed text of this server that is a place in something else than a list. */
gboolean cpd_cursor_open (const CpdKeys *keys, const char *purpose, const char *text, gpointer inside, gsize size);

G_END_DECLS
