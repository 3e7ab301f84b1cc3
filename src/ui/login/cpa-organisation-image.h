/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): a logo or a picture of the organisation, at most so many pixels wide and high; NULL for
 * one that cannot be shown, or none (nullable). */
GdkPaintable *cpa_organisation_image_new (GBytes *bytes, int pixels);

G_END_DECLS
