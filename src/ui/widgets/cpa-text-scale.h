/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much larger than usual the person's text is: 1.0 at 96 dpi with a font of at most 11 points, 2.0 at "200%" and
 * with a font of 22. A layout that asks for width asks for width divided by this, so that 1,000 pixels at 200% are laid
 * out as 500. */
double cpa_text_scale (GtkWidget *widget);

G_END_DECLS
