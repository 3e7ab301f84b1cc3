/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The organisation's own colour, which replaces the accent and nothing else. */

/* (transfer full) (nullable): the style sheet for color ("#rrggbb"), darkened or lightened until text in it and on it
 * has a contrast of 4.5 (WCAG 2.1); NULL when it is no colour or would have to change beyond recognition. */
char *cpa_accent_css (const char *color, gboolean dark);

/* Puts color (nullable: none) on the default display, and keeps up with light and dark. */
void cpa_accent_apply (const char *color);

G_END_DECLS
