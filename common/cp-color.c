/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-color.h"

#include <math.h>

static double
linear (double channel)
{
  return channel <= 0.03928 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/**
 * cp_color_luminance:
 *
 * Returns: 0 for black, 1 for white.
 */
double
cp_color_luminance (double red, double green, double blue)
{
  return 0.2126 * linear (red) + 0.7152 * linear (green) + 0.0722 * linear (blue);
}

static double
channel (const char *color, int n)
{
  return (g_ascii_xdigit_value (color[1 + 2 * n]) * 16 + g_ascii_xdigit_value (color[2 + 2 * n])) / 255.0;
}

/**
 * cp_color_ink:
 * @color: "#rrggbb"
 *
 * Returns: (transfer none): in the same form.
 */
const char *
cp_color_ink (const char *color)
{
  double light = cp_color_luminance (channel (color, 0), channel (color, 1), channel (color, 2)) + 0.05;

  return light / 0.05 >= 1.05 / light ? "#000000" : "#ffffff";
}
