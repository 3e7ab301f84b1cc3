/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-error.h"

G_BEGIN_DECLS

/* FALSE with CP_ERROR_BAD_REQUEST when text, of size bytes, is no SVG file, or one that holds or fetches something of
 * which its own size tells nothing: a picture of points of a few bytes can be one of gigabytes for who opens it. */
gboolean cpd_drawing_check (const char *text, gsize size, GError **error);

G_END_DECLS
