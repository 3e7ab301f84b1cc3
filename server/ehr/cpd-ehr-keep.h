/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-sync.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* The files of items on disk, sealed. A file is written before the row that names it, so that a crash leaves a file
 * without a row and never a row without its file. */

/* Writes what item (a row of the database, 0: new) does not have yet, and forgets the bytes. FALSE with error. */
gboolean cpd_ehr_keep_attachments (const CpdEhrSync *sync, CpdDb *reader, gint64 row, CpdEhrItem *item, GError **error);

/* Of an item whose row (of the database) says the same already: writes the files of it that are gone. FALSE with error.
 */
gboolean cpd_ehr_keep_missing (const CpdEhrSync *sync, CpdDb *reader, gint64 row, const CpdEhrItem *item,
                               GError **error);

/* At the start of the server, before any run: removes files that no row names. FALSE with error. */
gboolean cpd_ehr_keep_sweep (const CpdConfig *config, GError **error);

G_END_DECLS
