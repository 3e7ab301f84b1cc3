/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"

G_BEGIN_DECLS

/* Bytes that lie beside the database, one sealed file each, under a name that tells nothing. */

/* (transfer full): the name of a new file below directory (made when it is not there) that is on disk when this
 * returns; NULL with CP_ERROR_SERVER_FULL. */
char *cpd_seal_file_write (const CpdKeys *keys, const char *directory, const void *data, gsize size, GError **error);

/* The same under a name that was given before, of a file that is gone. FALSE with CP_ERROR_SERVER_FULL. */
gboolean cpd_seal_file_again (const CpdKeys *keys, const char *directory, const char *name, const void *data,
                              gsize size, GError **error);

/* (transfer full): what was written under that name, at most max bytes. NULL with CP_ERROR_INTERNAL when the file is
 * gone, longer, cut off, changed, or another one under this name. */
GBytes *cpd_seal_file_read (const CpdKeys *keys, const char *directory, const char *name, gsize max, GError **error);

/* The number of the key that sealed it; 0 when it cannot be read. */
int cpd_seal_file_key (const char *directory, const char *name);

/* TRUE for a name that cpd_seal_file_write can have given. */
gboolean cpd_seal_file_is_name (const char *name);

G_END_DECLS
