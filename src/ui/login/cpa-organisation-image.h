/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): a logo or a picture of the organisation, at most so many pixels wide and high, and no
 * larger than it is unless it was drawn for any size; NULL for one that cannot be shown, or none (nullable). */
GdkPaintable *cpa_organisation_image_new (GBytes *bytes, int pixels);
/* How a picture fills an upright place: one that is upright itself, and large, loses its edges; of another all is seen.
 */
GtkContentFit cpa_organisation_image_fit (GdkPaintable *image);

G_END_DECLS
