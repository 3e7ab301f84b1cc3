/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-store-ehr.h"

G_BEGIN_DECLS

/* Documents in whose place another came. */

/* item: the card that has the place of row, of the same patient; 0 when there is none that shows. */
gboolean cpd_store_replaced_by (CpdDb *db, const char *source, const CpdEhrRow *row, gint64 *item, GError **error);
/* In a writer job: the card has the place of the resource with that id, as the one with the id by says. */
gboolean cpd_store_replaced_put (CpdDb *db, const char *source, const char *type, const char *id, const char *by,
                                 gint64 item, GError **error);
/* In a writer job: one card has the place of all that the other had. */
gboolean cpd_store_replaced_move (CpdDb *db, gint64 from, gint64 to, GError **error);
/* In a writer job: of what the card had the place of, what it names no more is lacking: the next run asks for it. */
gboolean cpd_store_replaced_let_go (CpdDb *db, const char *source, const char *type, const CpdEhrKnown *card,
                                    const char *named, CpTime now, GError **error);
/* card: one of which an earlier version has the text of the resource of row, which is not that client's, or was a
 * mistake; its row is 0 when there is none. */
gboolean cpd_store_replaced_text_of (CpdDb *db, const char *source, const CpdEhrRow *row, CpdEhrKnown *card,
                                     GError **error);
/* In a writer job: what the resource with that id said goes from the earlier versions of the card, with its files. */
gboolean cpd_store_replaced_forget (CpdDb *db, gint64 item, const char *id, GError **error);
/* In a writer job: the earlier versions of the card have the text of the resource with that id, whose place it took. */
gboolean cpd_store_replaced_note (CpdDb *db, gint64 item, const char *id, GError **error);
/* In a writer job: the card is that of another resource from now on. */
gboolean cpd_store_replaced_take (CpdDb *db, gint64 item, const char *id, GError **error);

G_END_DECLS
