/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-found-marks.h"

#include <adwaita.h>

#include "cp-dossier-item.h"

#define CURRENT_LINE 2

/* In bytes of the text. */
typedef struct
{
  guint start, end;
} Range;

struct _CpaFoundMarks
{
  GtkLabel *label;       /* (borrowed) */
  PangoAttrList *around; /* (owned) (nullable): how the text looks without them */
  GArray *ranges;        /* (owned) of Range */
  int current;
  gulong dark_id;
};

static void
add_attribute (PangoAttrList *attributes, Range range, PangoAttribute *attribute)
{
  attribute->start_index = range.start;
  attribute->end_index = range.end;
  pango_attr_list_insert (attributes, attribute);
}

static void
add_color (CpaFoundMarks *self, PangoAttrList *attributes, Range range, const char *name,
           PangoAttribute *(*make) (guint16 red, guint16 green, guint16 blue))
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->label));
  GdkRGBA color;

  if (gtk_style_context_lookup_color (style, name, &color))
    add_attribute (
        attributes, range,
        make ((guint16) (color.red * 65535), (guint16) (color.green * 65535), (guint16) (color.blue * 65535)));
}

/* Bold, underlined and on yellow: nothing by colour alone. A screen reader is told so as well, by these attributes. */
static void
show (CpaFoundMarks *self)
{
  PangoAttrList *attributes = self->around != NULL ? pango_attr_list_copy (self->around) : pango_attr_list_new ();

  for (guint i = 0; i < self->ranges->len; i++)
    {
      Range range = g_array_index (self->ranges, Range, i);

      add_attribute (attributes, range, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      add_attribute (attributes, range, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
      add_color (self, attributes, range, "cp_found", pango_attr_foreground_new);
      add_color (self, attributes, range, "cp_found_bg", pango_attr_background_new);
    }
  gtk_label_set_attributes (self->label, attributes);
  pango_attr_list_unref (attributes);
}

/* Characters of what the server found are bytes here. */
static void
take (CpaFoundMarks *self, const GPtrArray *marks, gsize at)
{
  const char *whole = gtk_label_get_text (self->label);
  const char *text = whole + at;
  glong length = g_utf8_strlen (text, -1);

  g_array_set_size (self->ranges, 0);
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const CpTextMark *mark = g_ptr_array_index (marks, i);
      const char *start;
      Range range;

      if (mark->start < 0 || mark->length < 1 || mark->start > length - mark->length)
        continue;
      start = g_utf8_offset_to_pointer (text, mark->start);
      range.start = (guint) (start - whole);
      range.end = (guint) (g_utf8_offset_to_pointer (start, mark->length) - whole);
      g_array_append_val (self->ranges, range);
    }
}

CpaFoundMarks *
cpa_found_marks_new (GtkLabel *label)
{
  CpaFoundMarks *self = g_new0 (CpaFoundMarks, 1);

  self->label = label;
  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  self->current = -1;
  self->dark_id = g_signal_connect_swapped (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (show), self);
  return self;
}

void
cpa_found_marks_free (CpaFoundMarks *self)
{
  g_clear_signal_handler (&self->dark_id, adw_style_manager_get_default ());
  g_clear_pointer (&self->around, pango_attr_list_unref);
  g_array_unref (self->ranges);
  g_free (self);
}

void
cpa_found_marks_show (CpaFoundMarks *self, PangoAttrList *attributes, const GPtrArray *marks, gsize at)
{
  g_clear_pointer (&self->around, pango_attr_list_unref);
  self->around = attributes;
  self->current = -1;
  take (self, marks, at);
  show (self);
}

void
cpa_found_marks_set_current (CpaFoundMarks *self, int mark)
{
  if (self->current == mark)
    return;
  self->current = mark;
  gtk_widget_queue_draw (gtk_widget_get_parent (GTK_WIDGET (self->label)));
}

/* The mark that one went to has a line around it. */
void
cpa_found_marks_snapshot (CpaFoundMarks *self, GtkSnapshot *snapshot)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->label));
  float widths[4] = { CURRENT_LINE, CURRENT_LINE, CURRENT_LINE, CURRENT_LINE };
  graphene_rect_t place;
  GskRoundedRect outline;
  GdkRGBA color;

  if (!cpa_found_marks_get_place (self, self->current, &place) ||
      !gtk_style_context_lookup_color (style, "accent_color", &color))
    return;
  /* Beside it there is half a space at most. */
  graphene_rect_inset (&place, -CURRENT_LINE, -CURRENT_LINE - 1);
  gsk_rounded_rect_init_from_rect (&outline, &place, 4);
  gtk_snapshot_append_border (snapshot, &outline, widths, (GdkRGBA[4]){ color, color, color, color });
}

gboolean
cpa_found_marks_get_place (CpaFoundMarks *self, int mark, graphene_rect_t *place)
{
  const Range *range;

  if (mark < 0 || (guint) mark >= self->ranges->len || gtk_widget_get_width (GTK_WIDGET (self->label)) == 0)
    return FALSE;
  range = &g_array_index (self->ranges, Range, mark);
  *place = cpa_found_marks_place_of (self->label, range->start, range->end);
  return TRUE;
}

graphene_rect_t
cpa_found_marks_place_of (GtkLabel *label, guint start, guint end)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoContext *pango = pango_layout_get_context (layout);
  PangoFontMetrics *metrics = pango_context_get_metrics (pango, NULL, NULL);
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);
  int x, y, from, to, line, last, baseline;
  graphene_rect_t place;

  gtk_label_get_layout_offsets (label, &x, &y);
  pango_layout_index_to_line_x (layout, (int) start, FALSE, &line, &from);
  pango_layout_index_to_line_x (layout, (int) end - 1, TRUE, &last, &to);
  for (int i = 0; i < line && pango_layout_iter_next_line (iter); i++)
    ;
  if (last != line)
    {
      PangoRectangle whole;

      pango_layout_iter_get_line_extents (iter, NULL, &whole);
      to = whole.x + whole.width;
    }
  baseline = pango_layout_iter_get_baseline (iter);
  graphene_rect_init (
      &place, (float) (x + PANGO_PIXELS (MIN (from, to))),
      (float) (y + PANGO_PIXELS (baseline - pango_font_metrics_get_ascent (metrics))),
      (float) PANGO_PIXELS (ABS (to - from)),
      (float) PANGO_PIXELS (pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics)));
  pango_font_metrics_unref (metrics);
  return place;
}
