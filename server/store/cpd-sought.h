/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"

G_BEGIN_DECLS

/* What a person looks for: every word of it must be found, each as a word or as the beginning of one, without accents
 * and case, and abbreviations with points and without. Words are cut by the very tokenizer of the index. */
typedef struct _CpdSought CpdSought;

/* For the connection's thread, and freed before the connection. NULL with CP_ERROR_BAD_REQUEST when text is
 * not of a size that is searched (cp-search.h). */
CpdSought *cpd_sought_new (CpdDb *db, const char *text, GError **error);
void cpd_sought_free (CpdSought *sought);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdSought, cpd_sought_free)

/* (transfer full): for MATCH on item_search, of what author (NULL: anybody) wrote; nothing of what was typed is syntax
 * in it. The index knows neither case nor accents of a name, nor where it ends, so that others may be among them. */
char *cpd_sought_match (CpdSought *sought, const char *author);
gboolean cpd_sought_gathers (const CpdSought *sought);
/* How often something of it stands in text (nullable); marks (nullable) gets a CpTextMark for each, at most max. */
gint64 cpd_sought_mark (CpdSought *sought, const char *text, GPtrArray *marks, guint max);

G_END_DECLS
