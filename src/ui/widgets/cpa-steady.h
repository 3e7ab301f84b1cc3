/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A column of what comes and goes above something that is pressed, on a page that scrolls: what stands under it stays
 * where it is on the screen, or the next press would be on something else. */
#define CPA_TYPE_STEADY (cpa_steady_get_type ())
G_DECLARE_FINAL_TYPE (CpaSteady, cpa_steady, CPA, STEADY, GtkWidget)

/* What stands around inside has another height now: the page scrolls as far, in the frame in
 * which that shows. */
void cpa_steady_keep (GtkWidget *inside);
/* (transfer floating): empty, and as high as what it stands in the place of. */
GtkWidget *cpa_steady_blank_new (GtkWidget *was);

G_END_DECLS
