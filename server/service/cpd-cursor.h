/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-store-reading.h"

G_BEGIN_DECLS

/* A cursor goes over the wire sealed for its patient and session, so that row ids stay inside and none can be made up.
 */
gboolean cpd_cursor_read (CpdCall *call, CpdCursor *cursor, GError **error);
/* (transfer full) (nullable): NULL for the end. */
char *cpd_cursor_write (CpdCall *call, const CpdCursor *cursor);

G_END_DECLS
