/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture to be read: as wide as its place, and never made larger than it is by that; what is higher than its place
 * scrolls. It can be made larger and smaller. */
#define CPA_TYPE_ATTACHMENT_PICTURE (cpa_attachment_picture_get_type ())
G_DECLARE_FINAL_TYPE (CpaAttachmentPicture, cpa_attachment_picture, CPA, ATTACHMENT_PICTURE, GtkWidget)

/* title is what a screen reader says of it. */
GtkWidget *cpa_attachment_picture_new (GdkTexture *texture, const char *title);
/* Whether it can be made so many steps larger (1) or smaller (-1); and does so where it can. */
gboolean cpa_attachment_picture_can_zoom (CpaAttachmentPicture *self, int by);
void cpa_attachment_picture_zoom (CpaAttachmentPicture *self, int by);

G_END_DECLS
