/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-text-scale.h"

#include <pango/pangocairo.h>

#define DESIGNED_FOR 11.0 /* points: the font for which all sizes were drawn */

static double font_scale; /* 0: not known */

static void
font_changed_cb (void)
{
  font_scale = 0;
}

static double
read_font_scale (GtkSettings *settings)
{
  g_autofree char *name = NULL;
  PangoFontDescription *font;
  double points;

  g_object_get (settings, "gtk-font-name", &name, NULL);
  font = pango_font_description_from_string (name != NULL ? name : "");
  points = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  if (pango_font_description_get_size_is_absolute (font))
    points *= 72.0 / 96.0;
  pango_font_description_free (font);
  return MAX (points / DESIGNED_FOR, 1.0);
}

/* Where a desktop has no scale for text, people choose a larger font. A smaller one makes nothing narrower. It is asked
 * for each card that is laid out, so it is read once. */
static double
get_font_scale (void)
{
  static gboolean watching;
  GtkSettings *settings = gtk_settings_get_default ();

  if (!watching)
    g_signal_connect (settings, "notify::gtk-font-name", G_CALLBACK (font_changed_cb), NULL);
  watching = TRUE;
  if (font_scale == 0)
    font_scale = read_font_scale (settings);
  return font_scale;
}

double
cpa_text_scale (GtkWidget *widget)
{
  double resolution = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return CLAMP ((resolution > 0 ? resolution / 96.0 : 1.0) * get_font_scale (), 0.5, 4.0);
}
