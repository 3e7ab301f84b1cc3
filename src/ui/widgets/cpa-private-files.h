/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that another program shows: only this user can read them, they lie where nothing survives a restart of the
 * computer, and they are gone when the session ends. That they are when the care team takes one away is up to who asks
 * for it, CpaOpenedFiles. */

/* (transfer full): a new file with these bytes; title (nullable) and ending ("pdf", nullable) make its name. */
GFile *cpa_private_files_add (GBytes *bytes, const char *title, const char *ending, GError **error);
/* (transfer full): a name for such a file, wherever it is kept. */
char *cpa_private_files_name (const char *title, const char *ending);
/* One of them, if it is there still. */
void cpa_private_files_remove (GFile *file);
/* At log-out, when access is taken, and at start for what a kill left behind. */
void cpa_private_files_remove_all (void);

G_END_DECLS
