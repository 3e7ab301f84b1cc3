/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A ring that empties once a second, with the seconds in it. For the eye only: the words stand beside it. */
#define CPA_TYPE_COUNT_RING (cpa_count_ring_get_type ())
G_DECLARE_FINAL_TYPE (CpaCountRing, cpa_count_ring, CPA, COUNT_RING, GtkWidget)

GtkWidget *cpa_count_ring_new (int total);
void cpa_count_ring_set_left (CpaCountRing *self, int left);

G_END_DECLS
