/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-print-paper.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "cpa-fill.h"
#include "cpa-pages.h"
#include "cpa-print-text.h"

#define INDENT 12.0
#define BULLET_WIDTH 9.0
#define SMALL 9.0
/* Between the lines at the head and foot of a page and its text. */
#define EDGE_GAP 14.0
#define RULE 0.6
/* What a block costs beside its text, as if it were so many bytes. */
#define BLOCK_WORK 40

static const struct
{
  double size, gap, grey;
  gboolean bold, heading;
  double spacing;  /* of the height of the font */
  const char *tag; /* of the structure of a PDF */
} looks[CPA_PRINT_N_STYLES] = {
  [CPA_PRINT_TITLE] = { 19, 0, 0, TRUE, TRUE, 1.15, "H1" },
  [CPA_PRINT_HEADING] = { 14, 20, 0, TRUE, TRUE, 1.2, "H2" },
  [CPA_PRINT_SUBHEADING] = { 11.5, 14, 0, TRUE, TRUE, 1.1, "H3" },
  [CPA_PRINT_CAPTION] = { 9.5, 2, 0.3, FALSE, TRUE, 1.1, "P" },
  [CPA_PRINT_QUESTION] = { 11, 9, 0, TRUE, TRUE, 1.15, "P" },
  [CPA_PRINT_BODY] = { 11, 5, 0, FALSE, FALSE, 1.22, "P" },
  [CPA_PRINT_ITEM] = { 11, 5, 0, FALSE, FALSE, 1.22, "P" },
  [CPA_PRINT_NOTE] = { 9.5, 4, 0.3, FALSE, FALSE, 1.1, "P" },
};

typedef struct
{
  PangoLayoutLine *line; /* (owned) */
  int style;
  double x, baseline; /* in points, from the left and from its top */
  gboolean ends;      /* the last line of its block */
} Line;

struct _CpaPrintPaper
{
  CpaPrintDoc *doc; /* (owned) */
  PangoContext *pango;
  char *family;
  double width, height;
  double head, foot;  /* what they take of the height */
  GPtrArray *layouts; /* of PangoLayout: a line knows its text as long as its layout is there */
  GArray *lines;      /* of Line */
  GArray *measures;   /* of CpaPagesLine, one for each of lines */
  GArray *pages;      /* (nullable): of guint; when all is laid out */
  guint block;        /* the next one to be laid out */
  gsize at;           /* bytes of it that are */
  gsize done, total;  /* bytes of all of them */
};

static PangoLayout *
layout_new (const CpaPrintPaper *self, const char *text, double size, gboolean bold, double width)
{
  PangoLayout *layout = pango_layout_new (self->pango);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, self->family);
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static void
add_line (CpaPrintPaper *self, PangoLayoutIter *iter, const CpaPrintBlock *block, double gap, gboolean glue)
{
  PangoRectangle extents;
  Line line = { .line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter)), .style = block->style };
  CpaPagesLine measure = { .gap = gap, .glue = glue };
  double height;

  pango_layout_iter_get_line_extents (iter, NULL, &extents);
  height = (double) extents.height / PANGO_SCALE;
  measure.height = height * looks[block->style].spacing;
  line.x = block->indent * INDENT + (double) extents.x / PANGO_SCALE;
  line.baseline =
      (double) (pango_layout_iter_get_baseline (iter) - extents.y) / PANGO_SCALE + (measure.height - height) / 2;
  line.ends = pango_layout_iter_at_last_line (iter);
  g_array_append_val (self->lines, line);
  g_array_append_val (self->measures, measure);
}

/* How much of the text is laid out together: all of it, or what ends with a line of its own. */
static gsize
piece_length (const char *text)
{
  gsize length = strlen (text);
  const char *end = length > CPA_PRINT_SLICE ? g_strrstr_len (text, CPA_PRINT_SLICE, "\n") : NULL;

  if (length > CPA_PRINT_SLICE && end == NULL)
    end = strchr (text + CPA_PRINT_SLICE, '\n');
  return end != NULL ? (gsize) (end - text) : length;
}

static void
add_piece (CpaPrintPaper *self, const CpaPrintBlock *block, const char *text, gboolean first)
{
  double width = MAX (self->width - block->indent * INDENT, self->width / 2);
  PangoLayout *layout = layout_new (self, text, looks[block->style].size, looks[block->style].bold, width);
  PangoLayoutIter *iter;
  guint n, i = 0;

  g_ptr_array_add (self->layouts, layout);
  if (block->style == CPA_PRINT_ITEM)
    pango_layout_set_indent (layout, (int) (-BULLET_WIDTH * PANGO_SCALE));
  n = (guint) pango_layout_get_line_count (layout);
  iter = pango_layout_get_iter (layout);
  do
    {
      gboolean glue = cpa_pages_glue (i, n, looks[block->style].heading);

      add_line (self, iter, block, i == 0 && first ? looks[block->style].gap : 0, glue);
      i++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/* Returns how much work that was, in bytes. */
static gsize
add_next (CpaPrintPaper *self)
{
  const CpaPrintBlock *block = g_ptr_array_index (self->doc->blocks, self->block);
  const char *text = block->text + self->at;
  gsize length = piece_length (text);
  g_autofree char *piece = g_strndup (text, length);

  add_piece (self, block, piece, self->at == 0);
  /* The line feed between two pieces is nobody's. */
  length += text[length] != '\0' ? 1 : 0;
  self->at += length;
  self->done += length;
  if (block->text[self->at] == '\0')
    {
      self->block++;
      self->at = 0;
    }
  return length + BLOCK_WORK;
}

static PangoLayout *
client_layout (const CpaPrintPaper *self)
{
  return layout_new (self, self->doc->client, SMALL, TRUE, self->width);
}

static PangoLayout *
source_layout (const CpaPrintPaper *self)
{
  return layout_new (self, self->doc->source, SMALL, FALSE, self->width);
}

static PangoLayout *
number_layout (const CpaPrintPaper *self, guint page)
{
  g_autofree char *most = g_strdup_printf ("%u", MAX (self->pages != NULL ? self->pages->len : 1, 1));
  g_autofree char *text = cpa_fill_n (_ ("Page {n} of {max}"), page + 1, "max", most, NULL);

  return layout_new (self, text, SMALL, FALSE, self->width / 3);
}

static PangoLayout *
printed_layout (const CpaPrintPaper *self)
{
  return layout_new (self, self->doc->printed, SMALL, FALSE, self->width * 2 / 3);
}

static void
measure_edges (CpaPrintPaper *self)
{
  g_autoptr (PangoLayout) client = client_layout (self);
  g_autoptr (PangoLayout) source = source_layout (self);
  g_autoptr (PangoLayout) printed = printed_layout (self);

  self->head = height_of (client) + height_of (source) + 2 * EDGE_GAP;
  self->foot = height_of (printed) + EDGE_GAP;
}

static void
line_clear (gpointer data)
{
  pango_layout_line_unref (((Line *) data)->line);
}

CpaPrintPaper *
cpa_print_paper_new (CpaPrintDoc *doc, const char *family, double width, double height)
{
  CpaPrintPaper *self = g_new0 (CpaPrintPaper, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->doc = cpa_print_doc_ref (doc);
  self->family = g_strdup (family);
  self->width = width;
  self->height = height;
  self->pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  /* A size of 11 is 11 points, on any paper. */
  pango_cairo_context_set_resolution (self->pango, 72);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (self->pango, options);
  pango_context_set_round_glyph_positions (self->pango, FALSE);
  cairo_font_options_destroy (options);
  self->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, line_clear);
  self->measures = g_array_new (FALSE, FALSE, sizeof (CpaPagesLine));
  measure_edges (self);
  for (guint i = 0; i < doc->blocks->len; i++)
    self->total += strlen (((const CpaPrintBlock *) g_ptr_array_index (doc->blocks, i))->text);
  return self;
}

CpaPrintPaper *
cpa_print_paper_new_a4 (CpaPrintDoc *doc, const char *family)
{
  return cpa_print_paper_new (doc, family, CPA_PAPER_WIDTH - 2 * CPA_PAPER_MARGIN,
                              CPA_PAPER_HEIGHT - 2 * CPA_PAPER_MARGIN);
}

gboolean
cpa_print_paper_lay_out (CpaPrintPaper *self)
{
  gsize work = 0;

  while (self->block < self->doc->blocks->len && work < CPA_PRINT_SLICE)
    work += add_next (self);
  if (self->block < self->doc->blocks->len)
    return TRUE;
  if (self->pages == NULL)
    self->pages = cpa_pages_break ((const CpaPagesLine *) (gpointer) self->measures->data, self->measures->len,
                                   self->height - self->head - self->foot);
  return FALSE;
}

gsize
cpa_print_paper_get_done (const CpaPrintPaper *self)
{
  return self->done;
}

gsize
cpa_print_paper_get_total (const CpaPrintPaper *self)
{
  return self->total;
}

const char *
cpa_print_paper_get_title (const CpaPrintPaper *self)
{
  return self->doc->title;
}

void
cpa_print_paper_free (CpaPrintPaper *self)
{
  g_array_unref (self->lines);
  g_ptr_array_unref (self->layouts);
  g_array_unref (self->measures);
  g_clear_pointer (&self->pages, g_array_unref);
  g_object_unref (self->pango);
  g_free (self->family);
  cpa_print_doc_unref (self->doc);
  g_free (self);
}

guint
cpa_print_paper_get_n_pages (const CpaPrintPaper *self)
{
  return MAX (self->pages->len, 1);
}

static void
draw_layout (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_rule (const CpaPrintPaper *self, cairo_t *cr, double y)
{
  cairo_set_line_width (cr, RULE);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, self->width, y);
  cairo_stroke (cr);
}

static void
draw_edges (const CpaPrintPaper *self, cairo_t *cr, guint page)
{
  g_autoptr (PangoLayout) client = client_layout (self);
  g_autoptr (PangoLayout) source = source_layout (self);
  g_autoptr (PangoLayout) printed = printed_layout (self);
  g_autoptr (PangoLayout) number = number_layout (self, page);
  double foot = self->height - self->foot + EDGE_GAP;

  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_layout (cr, client, 0, 0);
  draw_layout (cr, source, 0, height_of (client));
  draw_rule (self, cr, self->head - EDGE_GAP * 1.5);
  draw_rule (self, cr, foot - EDGE_GAP / 2);
  draw_layout (cr, printed, 0, foot);
  pango_layout_set_alignment (number, PANGO_ALIGN_RIGHT);
  draw_layout (cr, number, self->width * 2 / 3, foot);
}

static void
draw_line (cairo_t *cr, const Line *line, double y)
{
  double grey = looks[line->style].grey;

  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_move_to (cr, line->x, y + line->baseline);
  pango_cairo_show_layout_line (cr, line->line);
}

void
cpa_print_paper_draw (const CpaPrintPaper *self, cairo_t *cr, guint page)
{
  guint start = page < self->pages->len ? g_array_index (self->pages, guint, page) : self->lines->len;
  guint end = page + 1 < self->pages->len ? g_array_index (self->pages, guint, page + 1) : self->lines->len;
  double y = self->head;
  gboolean inside = FALSE;

  draw_edges (self, cr, page);
  for (guint i = start; i < end; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);
      const CpaPagesLine *measure = &g_array_index (self->measures, CpaPagesLine, i);

      y += i > start ? measure->gap : 0;
      if (!inside)
        cairo_tag_begin (cr, looks[line->style].tag, NULL);
      draw_line (cr, line, y);
      y += measure->height;
      inside = !line->ends && i + 1 < end;
      if (!inside)
        cairo_tag_end (cr, looks[line->style].tag);
    }
}
