/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-picture.h"

#define MAX_POINTS (64 * 1000 * 1000)

typedef struct
{
  int side;
  gboolean too_large;
} Reading;

static void
size_cb (GdkPixbufLoader *loader, int width, int height, Reading *reading)
{
  double scale = (double) reading->side / MAX (MAX (width, height), 1);

  if (!gdk_pixbuf_format_is_scalable (gdk_pixbuf_loader_get_format (loader)))
    scale = MIN (1.0, scale);
  reading->too_large = (gint64) width * height > MAX_POINTS;
  /* Nothing is made of a picture without a size, not even for a moment. */
  gdk_pixbuf_loader_set_size (loader, reading->too_large ? 0 : MAX ((int) (width * scale), 1),
                              reading->too_large ? 0 : MAX ((int) (height * scale), 1));
}

GdkTexture *
cpa_picture_read (GBytes *bytes, const char *type, int side)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (type, NULL);
  Reading reading = { .side = side };
  g_autoptr (GdkPixbuf) upright = NULL;
  GdkPixbuf *pixbuf;
  gboolean whole;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), &reading);
  whole = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (!whole || reading.too_large || pixbuf == NULL)
    return NULL;
  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  return upright != NULL ? gdk_texture_new_for_pixbuf (upright) : NULL;
}
