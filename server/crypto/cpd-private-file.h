/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL when path is a regular file that only its owner can read, else what is wrong with it, in English. */
const char *cpd_private_file_wrong (const char *path);

/* (transfer full): the text of a private file without the white space around it, at most max bytes; free with
 * cpd_secret_free(). NULL with CP_ERROR_INTERNAL, also when others can read it. */
char *cpd_private_file_read (const char *path, gsize max, GError **error);

G_END_DECLS
