/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-organisation-image.h"

#include <string.h>

#include "cpa-attachment-kind.h"
#include "cpa-picture.h"

#define SVG_SEARCH 4096 /* a drawing begins with what it is for programs */

/* A picture that is cut off is this upright at least, and so high that it is not coarse beside a window. */
#define UPRIGHT 0.8
#define LEAST_HEIGHT 500

/* (nullable): what it is by its first bytes, of the three that there are readers for. */
static const char *
type_of (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  switch (cpa_attachment_kind (bytes, NULL))
    {
    case CPA_ATTACHMENT_PNG:
      return "image/png";
    case CPA_ATTACHMENT_JPEG:
      return "image/jpeg";
    case CPA_ATTACHMENT_OTHER:
      return memmem (data, MIN (length, SVG_SEARCH), "<svg", strlen ("<svg")) != NULL ? "image/svg+xml" : NULL;
    case CPA_ATTACHMENT_GIF:
    case CPA_ATTACHMENT_PDF:
    case CPA_ATTACHMENT_TEXT:
    default:
      return NULL;
    }
}

/* Shown before anybody said that this is their organisation. */
GdkPaintable *
cpa_organisation_image_new (GBytes *bytes, int pixels)
{
  const char *type = bytes != NULL && g_bytes_get_size (bytes) > 0 ? type_of (bytes) : NULL;

  return type != NULL ? GDK_PAINTABLE (cpa_picture_read (bytes, type, pixels)) : NULL;
}

GtkContentFit
cpa_organisation_image_fit (GdkPaintable *image)
{
  return gdk_paintable_get_intrinsic_aspect_ratio (image) <= UPRIGHT &&
                 gdk_paintable_get_intrinsic_height (image) >= LEAST_HEIGHT
             ? GTK_CONTENT_FIT_COVER
             : GTK_CONTENT_FIT_SCALE_DOWN;
}
