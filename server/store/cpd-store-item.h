/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* What is kept beside the cards so that reading does not count: their words (item_search), how many there are in a
 * month (item_month) and of an author (item_author), and the next number of a patient. Gathered over the cards that one
 * writer job changes, and written once at its end: FTS5 writes what it has gathered with every statement that can be
 * undone halfway, so that words between other statements make a segment of the index for each card. */
typedef struct _CpdStoreItems CpdStoreItems;

CpdStoreItems *cpd_store_items_new (CpdDb *db);
void cpd_store_items_free (CpdStoreItems *items);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdStoreItems, cpd_store_items_free)

/* (transfer full): the public id of a new row; all of one job lie together in their index. */
char *cpd_store_items_new_public_id (CpdStoreItems *items);
/* The id of a new card of the patient; 0 with error. */
gint64 cpd_store_items_next_id (CpdStoreItems *items, gint64 patient, GError **error);
/* A card came, or came back, with what is in its row: that is not read again. */
void cpd_store_items_enter (CpdStoreItems *items, gint64 id, const CpdEhrItem *item);
/* A card that is shown says something else: words that are the same stay where they are. */
void cpd_store_items_change (CpdStoreItems *items, gint64 id, const CpdEhrItem *was, const CpdEhrItem *is);
/* Before a card goes, while its row is still as it was. A card that has gone already is no error. */
gboolean cpd_store_items_leave (CpdStoreItems *items, gint64 id, GError **error);
/* Writes what was gathered; in the job of the cards, after the last of them. */
gboolean cpd_store_items_finish (CpdStoreItems *items, GError **error);

/* FTS5 writes the words of each job apart, and a search looks at each of these parts. This merges them, so much in one
 * call that nobody waits long for the writer; more (nullable): there is more to merge. In a job of its own. */
gboolean cpd_store_items_merge (CpdDb *db, gboolean *more, GError **error);

G_END_DECLS
