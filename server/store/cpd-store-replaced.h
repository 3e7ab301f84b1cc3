/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-store-ehr.h"

G_BEGIN_DECLS

/* Documents in whose place another came. */

/* item: the card that has the place of row, of the same patient; 0 when there is none that shows. */
gboolean cpd_store_replaced_by (CpdDb *db, const char *source, const CpdEhrRow *row, gint64 *item, GError **error);
/* In a writer job: the card has the place of the resource with that id. */
gboolean cpd_store_replaced_put (CpdDb *db, const char *source, const char *type, const char *id, gint64 item,
                                 GError **error);
/* In a writer job: one card has the place of all that the other had. */
gboolean cpd_store_replaced_move (CpdDb *db, gint64 from, gint64 to, GError **error);
/* In a writer job: unless the card names one of them still, what it had the place of is lacking: the next run asks for
 * it. */
gboolean cpd_store_replaced_let_go (CpdDb *db, const char *source, const char *type, const CpdEhrKnown *card,
                                    GStrv named, CpTime now, GError **error);
/* In a writer job: the card is that of another resource from now on. */
gboolean cpd_store_replaced_take (CpdDb *db, gint64 item, const char *id, GError **error);

G_END_DECLS
