/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The character that "&name;" stands for in HTML: "euml", "#235" and "#xEB" are one. U+FFFD for a number that is no
 * character; 0 for what is neither a name nor a number. */
gunichar cpd_ehr_entity (const char *name);

G_END_DECLS
