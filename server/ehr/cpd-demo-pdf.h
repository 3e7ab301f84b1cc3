/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A PDF of one page: a heading, and under it lines (NULL-terminated) in letters that Dutch needs. (transfer full). */
GString *cpd_demo_pdf (const char *heading, const char *const *lines);

G_END_DECLS
