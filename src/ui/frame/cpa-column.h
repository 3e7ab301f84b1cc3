/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Its child in the middle, at most "maximum-size" pixels wide at the usual text size and wider with larger text: what
 * AdwClamp does, which keeps its pixels, so that a line of 200% text would hold half the words. */
#define CPA_TYPE_COLUMN (cpa_column_get_type ())
G_DECLARE_FINAL_TYPE (CpaColumn, cpa_column, CPA, COLUMN, GtkWidget)

G_END_DECLS
