/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The colour of an organisation that has none of its own; style.css of the app has it too. */
#define CP_COLOR_ACCENT "#1e6b52"

/* WCAG 2.1: the relative luminance of a colour, its channels and itself from 0 to 1. */
double cp_color_luminance (double red, double green, double blue);
/* Of black and white the one that can be read on color ("#rrggbb"): it has a contrast of at least 4.5. */
const char *cp_color_ink (const char *color);

G_END_DECLS
