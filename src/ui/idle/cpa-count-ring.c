/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-count-ring.h"

#include <math.h>

#include "cpa-label.h"

#define SIZE 126
#define THICK 10

struct _CpaCountRing
{
  GtkWidget parent_instance;

  GtkWidget *number; /* (owned) */
  int total;
  int left;
};

G_DEFINE_FINAL_TYPE (CpaCountRing, cpa_count_ring, GTK_TYPE_WIDGET)

static void
draw_arc (cairo_t *cr, const GdkRGBA *color, double radius, double part)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * part);
  cairo_stroke (cr);
}

static void
cpa_count_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CpaCountRing *self = CPA_COUNT_RING (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double radius = MIN (width, height) / 2.0 - THICK / 2.0;
  GdkRGBA full, empty;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  if (!gtk_style_context_lookup_color (style, "accent_color", &full))
    gtk_style_context_get_color (style, &full);
  empty = full;
  empty.alpha = 0.15f;
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_set_line_width (cr, THICK);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  draw_arc (cr, &empty, radius, 1.0);
  if (self->left > 0)
    draw_arc (cr, &full, radius, CLAMP ((double) self->left / self->total, 0.0, 1.0));
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (cpa_count_ring_parent_class)->snapshot (widget, snapshot);
}

static void
cpa_count_ring_dispose (GObject *object)
{
  g_clear_pointer (&CPA_COUNT_RING (object)->number, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_count_ring_parent_class)->dispose (object);
}

static void
cpa_count_ring_class_init (CpaCountRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_count_ring_dispose;
  widget_class->snapshot = cpa_count_ring_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_count_ring_init (CpaCountRing *self)
{
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "cp-display");
  gtk_widget_set_parent (self->number, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), SIZE, SIZE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  cpa_hide_from_reader (GTK_WIDGET (self));
}

GtkWidget *
cpa_count_ring_new (int total)
{
  CpaCountRing *self = g_object_new (CPA_TYPE_COUNT_RING, NULL);

  self->total = MAX (total, 1);
  cpa_count_ring_set_left (self, total);
  return GTK_WIDGET (self);
}

void
cpa_count_ring_set_left (CpaCountRing *self, int left)
{
  g_autofree char *text = g_strdup_printf ("%d", left);

  self->left = left;
  gtk_label_set_label (GTK_LABEL (self->number), text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
