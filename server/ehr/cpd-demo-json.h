/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends JSON made of a pattern: ' stands for a quotation mark, % for the next argument (const char *) as a JSON
 * string, and & for the next argument as it is. */
void cpd_demo_json (GString *out, const char *pattern, ...);

G_END_DECLS
