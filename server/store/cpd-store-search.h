/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-timeline.h"
#include "cpd-sought.h"
#include "cpd-store-dossier.h"

G_BEGIN_DECLS

/* Fills items (with text and the marks of text, title and author), reports, times and more of page with the cards of
 * filter in which all of sought is found, newest first. What filter leaves out is neither found nor counted. */
gboolean cpd_store_search (CpdDb *db, const CpdGrant *grant, CpdSought *sought, const CpdDossierFilter *filter,
                           CpTime since, const CpdCursor *cursor, int limit, CpSearchPage *page, CpdCursor *next,
                           GError **error);

G_END_DECLS
