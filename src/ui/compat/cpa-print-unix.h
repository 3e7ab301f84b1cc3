/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Takes "Preview" out of the print dialog over window (nullable): it writes all pages to a file in the folder for
 * temporary files, for another program to show, and nobody removes that file when there is none. */
void cpa_print_unix_hide_preview (GtkWindow *window);
/* Says text under what can be chosen in that dialog. */
void cpa_print_unix_say (GtkWindow *window, const char *text);

G_END_DECLS
