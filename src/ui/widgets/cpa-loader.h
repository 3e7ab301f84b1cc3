/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"

G_BEGIN_DECLS

/* One question to the server at a time on behalf of a page: a new one, or a cancel, ends the one before, and its answer
 * is dropped even if it had already arrived. */
#define CPA_TYPE_LOADER (cpa_loader_get_type ())
G_DECLARE_FINAL_TYPE (CpaLoader, cpa_loader, CPA, LOADER, GObject)

/* Exactly one of record (transfer full) and error is set. */
typedef void (*CpaLoaded) (gpointer owner, gpointer record, const GError *error);

/* owner is borrowed: it cancels in its dispose. */
CpaLoader *cpa_loader_new (CpaContext *context, CpaLoaded loaded, gpointer owner);
/* GET of route with the patient of the context as its first id, and item (nullable) as the second. */
void cpa_loader_start (CpaLoader *self, CpRouteId route, const char *item, const char *query,
                       const CpRecordType *answer_type, gboolean refresh);
/* The same of what is of no client. */
void cpa_loader_start_own (CpaLoader *self, CpRouteId route, const CpRecordType *answer_type, gboolean refresh);
void cpa_loader_cancel (CpaLoader *self);
gboolean cpa_loader_is_busy (CpaLoader *self);

/* (transfer full): "when=past&cursor=..."; when and cursor may be NULL; NULL without either. */
char *cpa_loader_query (const char *when, const char *cursor);

G_END_DECLS
