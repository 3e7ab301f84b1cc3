/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): a picture of that media type, made smaller than side by side when it is larger, and a
 * drawing as large as that, and turned as it says that it was held; only as what it is said to be: no other reader of
 * pictures is tried. NULL for one that cannot be read, and for one of more points than are good for a computer, as
 * which a small file can be. */
GdkTexture *cpa_picture_read (GBytes *bytes, const char *type, int side);

G_END_DECLS
