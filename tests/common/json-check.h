/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What must hold for any bytes: the parser refuses what the scanner refuses, json-glib takes what the scanner takes,
 * and what it makes of that survives being written and read again. Returns whether text was JSON. */
gboolean json_check (const char *text, gsize length);
