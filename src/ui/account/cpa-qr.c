/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-qr.h"

#include <string.h>

#include "cpa-label.h"

#define QUIET 4 /* modules of white around it, as ISO/IEC 18004 asks */
#define MODULE 4
#define SIDE_MAX 177

/* 0 when it is no square. */
static int
side_of (const char *modules)
{
  gsize length = strlen (modules);
  int side = 1;

  while ((gsize) side * side < length && side < SIDE_MAX)
    side++;
  return (gsize) side * side == length && strspn (modules, "01") == length ? side : 0;
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const char *modules = g_object_get_data (G_OBJECT (area), "modules");
  int side = side_of (modules);
  int size = MIN (width, height) / (side + 2 * QUIET);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_translate (cr, (width - size * side) / 2.0, (height - size * side) / 2.0);
  for (int i = 0; i < side * side; i++)
    if (modules[i] == '1')
      cairo_rectangle (cr, i % side * size, i / side * size, size, size);
  cairo_fill (cr);
}

GtkWidget *
cpa_qr_new (const char *modules, const char *name)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  int size = (side_of (modules) + 2 * QUIET) * MODULE;

  g_object_set_data_full (G_OBJECT (area), "modules", g_strdup (modules), g_free);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), size);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), size);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, NULL, NULL);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  cpa_name (area, name, NULL);
  return area;
}
