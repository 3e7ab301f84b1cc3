/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Takes "Preview" out of the print dialog over window (nullable): it writes all pages to a file in the folder for
 * temporary files, for another program to show, and nobody removes that file when there is none. */
void cpa_print_preview_hide (GtkWindow *window);

G_END_DECLS
