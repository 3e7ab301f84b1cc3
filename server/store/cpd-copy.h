/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpd-store-audit.h"

G_BEGIN_DECLS

/* Copies of the database: made while it is used, looked through, and made fit to be used again. */

/* A copy in one file at path (0600; in place of what was there) as the database is at one moment, with a connection of
 * its own: others read and write meanwhile. It was looked through. FALSE with CP_ERROR_SERVER_FULL, and nothing
 * written, when the volume has no room for it. Broken off, with an error, when stopping (nullable) is cancelled. */
gboolean cpd_copy_make (const char *database, const char *path, GCancellable *stopping, GError **error);

/* FALSE with CP_ERROR_SERVER_FULL when the volume has no room for a copy of database at path. */
gboolean cpd_copy_has_room (const char *database, const char *path, GError **error);

/* FALSE when a page, an index, a reference or the chain of the log is not right. */
gboolean cpd_copy_check (CpdDb *db, GError **error);

/* (transfer full) (element-type utf8): the names of the sealed files that rows name. NULL with error. */
GPtrArray *cpd_copy_files (CpdDb *db, GError **error);

/* A sealed value of the database, to see whether the key file is the one of then. (transfer full), NULL without an
 * error when there is none. */
GBytes *cpd_copy_sealed (CpdDb *db, GError **error);

/* What was open when the copy was made is closed: sessions, login attempts, trusted devices, links, codes and temporary
 * passwords. What waited to be sent may have been sent since, or be for an address that was put right since: it counts
 * as failed. What came from the EHR is shown to nobody until a run has read all of it again; lacks_documents: what rows
 * name is not all here, so that it is asked for too. told, a row of the log that says so, is of the same transaction.
 */
gboolean cpd_copy_close_all (CpdDb *db, const CpdAudit *told, gboolean lacks_documents, GError **error);

G_END_DECLS
