/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-store-ehr-row.h"
#include "cpd-store-item.h"

G_BEGIN_DECLS

/* For cpd-store-ehr.c: the row is not there yet. items gets what stands beside a card. */
gboolean cpd_store_ehr_insert (CpdDb *db, const char *source, const CpdEhrRow *row, CpTime now, CpdStoreItems *items,
                               GError **error);
/* For cpd-store-ehr.c: the row is there, of the same patient, and says something else. Old versions of an item's title
 * and text are kept. */
gboolean cpd_store_ehr_update (CpdDb *db, gint64 id, const CpdEhrRow *row, CpTime now, CpdStoreItems *items,
                               GError **error);

G_END_DECLS
