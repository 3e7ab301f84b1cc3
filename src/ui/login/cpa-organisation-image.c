/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-organisation-image.h"

/* A picture that is cut off is this upright at least, and so high that it is not coarse beside a window. */
#define UPRIGHT 0.8
#define LEAST_HEIGHT 500

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  double scale = GPOINTER_TO_INT (user_data) / (double) MAX (MAX (width, height), 1);

  if (scale < 1 || gdk_pixbuf_format_is_scalable (gdk_pixbuf_loader_get_format (loader)))
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale), 1), MAX ((int) (height * scale), 1));
}

GdkPaintable *
cpa_organisation_image_new (GBytes *bytes, int pixels)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  GdkPixbuf *pixbuf;
  gboolean whole;

  if (bytes == NULL)
    return NULL;
  loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), GINT_TO_POINTER (pixels));
  whole = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  pixbuf = whole ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? GDK_PAINTABLE (gdk_texture_new_for_pixbuf (pixbuf)) : NULL;
}

GtkContentFit
cpa_organisation_image_fit (GdkPaintable *image)
{
  return gdk_paintable_get_intrinsic_aspect_ratio (image) <= UPRIGHT &&
                 gdk_paintable_get_intrinsic_height (image) >= LEAST_HEIGHT
             ? GTK_CONTENT_FIT_COVER
             : GTK_CONTENT_FIT_SCALE_DOWN;
}
