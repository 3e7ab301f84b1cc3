/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keys stand for, as numbers: GHashTable of the hash of a key (g_str_hash) to the sum of the tags of all that it
 * stands for. */
void cpd_ehr_told_add (GHashTable *told, guint32 hash, guint64 tag);
/* (transfer full): the same for the same told. */
GBytes *cpd_ehr_told_pack (GHashTable *told);
/* changed (a set) gets the hashes of keys that stand for something else than when before was packed. */
void cpd_ehr_told_compare (GHashTable *told, GBytes *before, GHashTable *changed);

G_END_DECLS
