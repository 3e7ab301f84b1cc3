/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-organisation-image.h"

GdkPaintable *
cpa_organisation_image_new (GBytes *bytes, int pixels)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (bytes == NULL)
    return NULL;
  stream = g_memory_input_stream_new_from_bytes (bytes);
  pixbuf = gdk_pixbuf_new_from_stream_at_scale (stream, pixels, pixels, TRUE, NULL, NULL);
  return pixbuf != NULL ? GDK_PAINTABLE (gdk_texture_new_for_pixbuf (pixbuf)) : NULL;
}
