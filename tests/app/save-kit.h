/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the program writes from now on breaks off after so many bytes of a file; and then not any more. Enough for what
 * GTK may write meanwhile: its list of recent files. */
void save_kit_fill_disk (guint bytes);
void save_kit_empty_disk (void);
/* Says yes to the question of the chooser, whether to replace what lies there. */
void save_kit_replace (void);
/* All that is in folder is the file name (nullable), with that text (nullable: whatever it is). */
void save_kit_assert_folder (const char *folder, const char *name, const char *text);

G_END_DECLS
