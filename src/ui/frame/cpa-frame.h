/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-organisation.h"

G_BEGIN_DECLS

/* What a page outside the portal stands in: a header with the organisation, the content, which scrolls, and whom to
 * call. Signal "back": the button of that name, where it may be seen ("can-go-back"). */
#define CPA_TYPE_FRAME (cpa_frame_get_type ())
G_DECLARE_FINAL_TYPE (CpaFrame, cpa_frame, CPA, FRAME, AdwBin)

/* Both may be NULL: then the product's own name stands there. */
void cpa_frame_set_organisation (CpaFrame *self, const CpOrganisation *organisation, GdkPaintable *logo);
/* The content became another. */
void cpa_frame_go_to_top (CpaFrame *self);
/* A widget at the right of the header, such as the button that logs out. */
void cpa_frame_add_end (CpaFrame *self, GtkWidget *widget);

G_END_DECLS
