/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-text-scale.h"

#include <pango/pangocairo.h>

double
cpa_text_scale (GtkWidget *widget)
{
  double resolution = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return resolution > 0 ? CLAMP (resolution / 96.0, 0.5, 4.0) : 1.0;
}
