/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The logo and the picture of a server, which nobody knows yet when they are shown. */
#include <string.h>

#include "cpa-organisation-image.h"

#define SIDE 200

static GBytes *
svg_new (const char *before)
{
  char *text = g_strconcat (before,
                            "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='300'>"
                            "<rect width='600' height='300' fill='green'/></svg>",
                            NULL);

  return g_bytes_new_take (text, strlen (text));
}

/* As GdkPixbuf writes it. */
static GBytes *
picture_new (const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 600, 300);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  gdk_pixbuf_fill (pixbuf, 0x008000ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static guint32
crc_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
  return ~crc;
}

static void
append_number (GByteArray *png, guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (png, (const guint8 *) &big, sizeof big);
}

static void
append_chunk (GByteArray *png, const char *name, const guint8 *data, gsize length)
{
  guint start;

  append_number (png, (guint32) length);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) name, 4);
  g_byte_array_append (png, data, (guint) length);
  append_number (png, crc_of (png->data + start, png->len - start));
}

/* (transfer full) */
static GBytes *
pack (GBytes *bytes)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GInputStream) all = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (all, converter);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (stream, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* A black and white one, of so many points that they are half a gigabyte in colour, in a few kilobytes. */
static GBytes *
bomb_new (guint32 side)
{
  guint8 head[13] = { 0, 0, 0, 0, 0, 0, 0, 0, 1 /* bit */ };
  gsize row = 1 + (side + 7) / 8;
  g_autoptr (GByteArray) points = g_byte_array_new ();
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GBytes) packed = NULL;
  GByteArray *png = g_byte_array_new ();
  guint32 big = GUINT32_TO_BE (side);

  g_byte_array_set_size (points, (guint) (row * side));
  memset (points->data, 0, points->len);
  raw = g_byte_array_free_to_bytes (g_steal_pointer (&points));
  packed = pack (raw);
  memcpy (head, &big, sizeof big);
  memcpy (head + 4, &big, sizeof big);
  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (png, "IHDR", head, sizeof head);
  append_chunk (png, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

static void
assert_shown (GBytes *bytes, int width, int height)
{
  g_autoptr (GBytes) owned = bytes;
  g_autoptr (GdkPaintable) image = cpa_organisation_image_new (owned, SIDE);

  g_assert_nonnull (image);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (image), ==, width);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (image), ==, height);
}

static void
assert_not_shown (GBytes *bytes)
{
  g_autoptr (GBytes) owned = bytes;

  g_assert_null (cpa_organisation_image_new (owned, SIDE));
}

static void
test_shown (void)
{
  assert_shown (svg_new (""), SIDE, SIDE / 2);
  assert_shown (svg_new ("<?xml version='1.0'?>\n<!-- A logo -->\n"), SIDE, SIDE / 2);
  assert_shown (picture_new ("png"), SIDE, SIDE / 2);
  assert_shown (picture_new ("jpeg"), SIDE, SIDE / 2);
  assert_shown (bomb_new (SIDE), SIDE, SIDE);
}

/* The readers of other pictures have had less care. */
static void
test_of_another_type (void)
{
  g_assert_null (cpa_organisation_image_new (NULL, SIDE));
  assert_not_shown (g_bytes_new_static ("", 0));
  assert_not_shown (picture_new ("bmp"));
  assert_not_shown (picture_new ("tiff"));
}

static guint64
kilobytes_used (void)
{
  g_autofree char *status = NULL;
  const char *peak;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  peak = strstr (status, "VmHWM:");
  return peak != NULL ? g_ascii_strtoull (peak + strlen ("VmHWM:"), NULL, 10) : 0;
}

static void
test_too_many_points (void)
{
  GBytes *bomb = bomb_new (14000);
  guint64 before = kilobytes_used ();

  g_assert_cmpuint (g_bytes_get_size (bomb), <, 64 * 1024);
  assert_not_shown (bomb);
  /* Not for a moment either. */
  g_assert_cmpuint (kilobytes_used () - before, <, 100 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/organisation-image/shown", test_shown);
  g_test_add_func ("/organisation-image/of-another-type", test_of_another_type);
  g_test_add_func ("/organisation-image/too-many-points", test_too_many_points);
  return g_test_run ();
}
