/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names that were made, renamed or removed in it are on the disk after this. FALSE with errno. */
gboolean cpd_directory_sync (const char *directory);
/* With the files in it, not with directories. Nothing happens when it is not there. */
void cpd_directory_remove (const char *directory);

G_END_DECLS
