/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The layout of the header: start at the left with who (nullable, a CpaPatientSwitcher) behind it, end at the right,
 * middle in the middle of the window while there is room. "compact" becomes TRUE below 600 px (divided by the text
 * scale) and where these do not fit beside each other; "middle-shown" FALSE where the middle does not. Both change just
 * after the allocation. When it is compact who stands below the others where a word of it would be broken, or where
 * that is lower. */
#define CPA_TYPE_HEADER_BAR (cpa_header_bar_get_type ())
G_DECLARE_FINAL_TYPE (CpaHeaderBar, cpa_header_bar, CPA, HEADER_BAR, GtkWidget)

GtkWidget *cpa_header_bar_new (GtkWidget *start, GtkWidget *who, GtkWidget *middle, GtkWidget *end);
gboolean cpa_header_bar_is_compact (CpaHeaderBar *self);
gboolean cpa_header_bar_is_middle_shown (CpaHeaderBar *self);

G_END_DECLS
