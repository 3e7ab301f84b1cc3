/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): "102 kB", "1.4 MB" with the decimal sign of the language that the app speaks. g_format_size goes by
 * the desktop's locale, which may be another one. */
char *cpa_size_text (gint64 bytes);

G_END_DECLS
