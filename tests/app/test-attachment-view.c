/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the dossier, as a scanned letter or a photo of a telephone is one, can be read. Needs a display. */
#include "cpa-attachment-view.h"
#include "cpa-picture.h"
#include "screen-kit.h"

#define SCAN_WIDTH 2480 /* A4, 300 dots to the inch */
#define SCAN_HEIGHT 3508
#define PHOTO_SIDE 400

/* (transfer full) */
static GBytes *
picture_of (const char *type, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

/* (transfer full): a JPEG, held as a telephone held upright writes that in EXIF: orientation 6. */
static GBytes *
turned (GBytes *jpeg)
{
  static const guchar exif[] = { 0xff, 0xe1, 0,    34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                                 0,    1,    0x01, 0x12, 0,   3,   0,   0,   0, 1, 0,   6,   0, 0,  0, 0, 0, 0 };
  GByteArray *all = g_byte_array_new ();
  gsize length;
  const guchar *data = g_bytes_get_data (jpeg, &length);

  g_byte_array_append (all, data, 2);
  g_byte_array_append (all, exif, sizeof exif);
  g_byte_array_append (all, data + 2, (guint) length - 2);
  return g_byte_array_free_to_bytes (all);
}

static void
assert_size (GBytes *bytes, int width, int height)
{
  g_autoptr (GdkTexture) texture = cpa_picture_read (bytes, "image/jpeg", 4096);

  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
}

static void
test_orientation (void)
{
  g_autoptr (GBytes) lying = picture_of ("jpeg", 40, 20);
  g_autoptr (GBytes) upright = turned (lying);

  assert_size (lying, 40, 20);
  assert_size (upright, 20, 40);
}

static Screen
open_picture (int side_across, int side_down, int width)
{
  Screen screen = { .api = fixture_api_new (NULL) };
  g_autoptr (GBytes) bytes = picture_of ("png", side_across, side_down);

  screen.context = fixture_context_new (screen.api, "session", 0);
  show_page (&screen,
             cpa_attachment_view_new (screen.context, "item", "attachment", "Brief", bytes, CPA_ATTACHMENT_PNG), width);
  return screen;
}

static gboolean
is_picture (GtkWidget *widget, const char *text)
{
  return GTK_IS_PICTURE (widget);
}

static GtkWidget *
picture_on (Screen *screen)
{
  return find (screen->window, is_picture, NULL);
}

static GtkWidget *
place_of (GtkWidget *picture)
{
  return gtk_widget_get_ancestor (picture, GTK_TYPE_SCROLLED_WINDOW);
}

static double
middle_of (GtkAdjustment *adjustment)
{
  return (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) / 2) /
         gtk_adjustment_get_upper (adjustment);
}

/* Where that says, for whoever looks. */
static void
assert_middle (GtkWidget *picture, GtkAdjustment *down, double middle)
{
  double y;

  g_assert_cmpfloat_with_epsilon (middle_of (down), middle, 0.01);
  gtk_widget_translate_coordinates (picture, place_of (picture), 0, 0, NULL, &y);
  g_assert_cmpfloat_with_epsilon (y, -gtk_adjustment_get_value (down), 1);
}

static void
assert_scan (int width)
{
  Screen screen = open_picture (SCAN_WIDTH, SCAN_HEIGHT, width);
  GtkWidget *picture = picture_on (&screen);
  int across = gtk_widget_get_width (picture);

  g_assert_cmpint (across, ==, gtk_widget_get_width (place_of (picture)));
  g_assert_cmpint (across, >, width * 9 / 10);
  g_assert_cmpint (gtk_widget_get_height (picture), >=, across * SCAN_HEIGHT / SCAN_WIDTH);
  close_screen (&screen);
}

static void
test_scan (void)
{
  assert_scan (1000);
  assert_scan (360);
}

static void
test_small (void)
{
  Screen screen = open_picture (PHOTO_SIDE, PHOTO_SIDE, 1000);

  g_assert_cmpint (gtk_widget_get_width (picture_on (&screen)), ==, PHOTO_SIDE);
  g_assert_cmpint (gtk_widget_get_height (picture_on (&screen)), ==, PHOTO_SIDE);
  close_screen (&screen);
}

/* Presses it until it can be pressed no more; how often that was. */
static guint
press_all (Screen *screen, const char *name)
{
  guint n = 0;

  while (gtk_widget_get_sensitive (find (screen->window, is_button_named, name)))
    {
      g_assert_cmpuint (n++, <, 10);
      press (screen, name);
    }
  return n;
}

/* It is more than is in sight, and what was in the middle stays there. */
static void
test_larger (void)
{
  Screen screen = open_picture (SCAN_WIDTH, SCAN_HEIGHT, 1000);
  GtkWidget *picture = picture_on (&screen);
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (place_of (picture)));
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (place_of (picture)));
  double middle;
  int before;

  g_assert_cmpint (gtk_widget_get_height (picture), >, gtk_widget_get_height (place_of (picture)));
  gtk_adjustment_set_value (down, gtk_adjustment_get_upper (down) / 2);
  settle ();
  before = gtk_widget_get_width (picture);
  middle = middle_of (down);
  press (&screen, "Larger");
  g_assert_cmpint (gtk_widget_get_width (picture), ==, before * 3 / 2);
  assert_middle (picture, down, middle);
  g_assert_cmpfloat_with_epsilon (middle_of (across), 0.5, 0.01);
  g_assert_cmpuint (press_all (&screen, "Larger"), >, 0);
  g_assert_cmpint (gtk_widget_get_width (picture), ==, before * 4);
  press_all (&screen, "Smaller");
  g_assert_cmpint (gtk_widget_get_width (picture), ==, before / 2);
  press (&screen, "Larger");
  press (&screen, "Larger");
  g_assert_cmpint (gtk_widget_get_width (picture), ==, before);
  gtk_adjustment_set_value (down, 0);
  middle = middle_of (down);
  press (&screen, "Larger");
  assert_middle (picture, down, middle);
  close_screen (&screen);
}

int
main (int argc, char **argv)
{
  static const ScreenTest tests[] = {
    { "/attachment-view/orientation", test_orientation },
    { "/attachment-view/scan", test_scan },
    { "/attachment-view/small", test_small },
    { "/attachment-view/larger", test_larger },
    { NULL, NULL },
  };

  return screen_main (argc, argv, tests);
}
