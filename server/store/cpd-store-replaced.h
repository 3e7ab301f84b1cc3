/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* Documents in whose place another came. */

/* item: the card that has the place of row, of the same patient; 0 when there is none that shows. */
gboolean cpd_store_replaced_by (CpdDb *db, const char *source, const CpdEhrRow *row, gint64 *item, GError **error);
/* In a writer job: the card has the place of the resource with that id. */
gboolean cpd_store_replaced_put (CpdDb *db, const char *source, const char *type, const char *id, gint64 item,
                                 GError **error);
/* In a writer job: the card is that of another resource from now on. */
gboolean cpd_store_replaced_take (CpdDb *db, gint64 item, const char *id, GError **error);

G_END_DECLS
