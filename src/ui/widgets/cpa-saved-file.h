/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes bytes to file, which was chosen to save in. On this computer nobody else may read it then, and after an error
 * all is in its folder that was there before, and nothing besides; on another one as far as GIO sees to that there. */
void cpa_saved_file_write_async (GFile *file, GBytes *bytes, GAsyncReadyCallback callback, gpointer user_data);
/* The source of the result is the file. */
gboolean cpa_saved_file_write_finish (GFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
