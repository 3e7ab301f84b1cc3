/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-reading-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cpa-explanation.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-text-scale.h"
#include "cpa-words.h"

/* 75 characters of running text: no line is longer. */
#define LINE "Mevrouw slaapt goed door en was vanmorgen vrolijk, zij waste zich zelf aan "
#define LEAST_PART 6 /* of a line: narrower than that no text is read */
#define POPOVER_CHARS 40
#define POPOVER_LEAST_CHARS 16
#define POPOVER_AROUND 90 /* pixels beside the text of an explanation */
#define CURRENT_LINE 2

/* In bytes of the text. */
typedef struct
{
  guint start, end;
} Range;

typedef struct
{
  Range range;
  GtkWidget *button; /* (borrowed): a child of the widget */
} Term;

struct _CpaReadingText
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  GtkWidget *label;    /* (owned) */
  GArray *marks;       /* (owned) of Range */
  GArray *terms;       /* (owned) of Term */
  int current;
  int line_width; /* in pixels, of the font that is measured with line_serial */
  guint line_serial;
};

G_DEFINE_FINAL_TYPE (CpaReadingText, cpa_reading_text, GTK_TYPE_WIDGET)

static const char *
get_text (CpaReadingText *self)
{
  return gtk_label_get_text (GTK_LABEL (self->label));
}

/* Marks */

static void
add_color (CpaReadingText *self, PangoAttrList *attributes, Range range, const char *name,
           PangoAttribute *(*make) (guint16 red, guint16 green, guint16 blue))
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  PangoAttribute *attribute;
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (style, name, &color))
    return;
  attribute = make ((guint16) (color.red * 65535), (guint16) (color.green * 65535), (guint16) (color.blue * 65535));
  attribute->start_index = range.start;
  attribute->end_index = range.end;
  pango_attr_list_insert (attributes, attribute);
}

static void
add_attribute (PangoAttrList *attributes, Range range, PangoAttribute *attribute)
{
  attribute->start_index = range.start;
  attribute->end_index = range.end;
  pango_attr_list_insert (attributes, attribute);
}

/* An empty line between paragraphs is half a line high. */
static void
add_paragraphs (PangoAttrList *attributes, const char *text)
{
  for (const char *at = strstr (text, "\n\n"); at != NULL; at = strstr (at + 1, "\n\n"))
    {
      guint start = (guint) (at + 1 - text);

      add_attribute (attributes, (Range){ start, start + 1 }, pango_attr_scale_new (0.5));
    }
}

/* Bold, underlined and on yellow: nothing by colour alone. A screen reader is told so as well, by these attributes. */
static void
show_marks (CpaReadingText *self)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  add_paragraphs (attributes, get_text (self));
  for (guint i = 0; i < self->marks->len; i++)
    {
      Range range = g_array_index (self->marks, Range, i);

      add_attribute (attributes, range, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      add_attribute (attributes, range, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
      add_color (self, attributes, range, "cp_found", pango_attr_foreground_new);
      add_color (self, attributes, range, "cp_found_bg", pango_attr_background_new);
    }
  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
  pango_attr_list_unref (attributes);
}

/* Characters of what the server found are bytes here. */
static void
take_marks (CpaReadingText *self, const char *text, const GPtrArray *marks)
{
  glong length = g_utf8_strlen (text, -1);

  g_array_set_size (self->marks, 0);
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const CpTextMark *mark = g_ptr_array_index (marks, i);
      Range range;

      if (mark->start < 0 || mark->length < 1 || mark->start > length - mark->length)
        continue;
      range.start = (guint) (g_utf8_offset_to_pointer (text, mark->start) - text);
      range.end = (guint) (g_utf8_offset_to_pointer (text + range.start, mark->length) - text);
      g_array_append_val (self->marks, range);
    }
}

/* Terms */

static gboolean
unparent_cb (gpointer user_data)
{
  if (gtk_widget_get_parent (user_data) != NULL)
    gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

/* It is still busy closing. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

/* A popover is as wide as its text wants: of a narrow window not wider than that. */
static int
popover_chars (CpaReadingText *self)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);
  int width = gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  int letter = PANGO_PIXELS (MAX (pango_font_metrics_get_approximate_char_width (metrics),
                                  pango_font_metrics_get_approximate_digit_width (metrics)));

  pango_font_metrics_unref (metrics);
  return CLAMP ((width - (int) (POPOVER_AROUND * cpa_text_scale (GTK_WIDGET (self)))) / MAX (letter, 1),
                POPOVER_LEAST_CHARS, POPOVER_CHARS);
}

static void
explain_cb (GtkWidget *button, CpaReadingText *self)
{
  const GPtrArray *words = g_object_get_data (G_OBJECT (button), "words");
  const char *term = g_object_get_data (G_OBJECT (button), "term");
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  int max_chars = popover_chars (self);

  gtk_widget_add_css_class (box, "cp-explanation");
  gtk_box_append (GTK_BOX (box), cpa_explanation_new (self->context, term, words, max_chars));
  gtk_box_append (GTK_BOX (box), cpa_explanation_caution_new (self->context, max_chars));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_add_css_class (popover, "cp-popover");
  gtk_widget_set_parent (popover, button);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* A popover that is still open goes with its button. */
static void
remove_button (GtkWidget *button)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_last_child (button)) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_unparent (button);
}

static void
clear_terms (CpaReadingText *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    remove_button (g_array_index (self->terms, Term, i).button);
  g_array_set_size (self->terms, 0);
}

static void
add_term (CpaReadingText *self, const CpaWordMatch *match)
{
  char *term = g_strndup (get_text (self) + match->start, match->end - match->start);
  g_autofree char *name = cpa_fill (_ ("{term}, with explanation"), "term", term, NULL);
  g_autofree char *meaning = cpa_explanation_text (match->words);
  Term made = { { (guint) match->start, (guint) match->end }, gtk_button_new () };

  gtk_widget_add_css_class (made.button, "cp-term");
  gtk_widget_set_cursor_from_name (made.button, "help");
  cpa_name (made.button, name, meaning);
  gtk_accessible_update_property (GTK_ACCESSIBLE (made.button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_object_set_data_full (G_OBJECT (made.button), "term", term, g_free);
  g_object_set_data_full (G_OBJECT (made.button), "words", g_ptr_array_ref (match->words),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (made.button, "clicked", G_CALLBACK (explain_cb), self, 0);
  gtk_widget_set_parent (made.button, GTK_WIDGET (self));
  g_array_append_val (self->terms, made);
}

static void
show_terms (CpaReadingText *self)
{
  g_autoptr (GArray) found = cpa_words_find (cpa_words_of (cpa_context_get_api (self->context)), get_text (self));

  clear_terms (self);
  for (guint i = 0; i < found->len; i++)
    add_term (self, &g_array_index (found, CpaWordMatch, i));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Layout */

static int
get_line_width (CpaReadingText *self)
{
  PangoContext *pango = gtk_widget_get_pango_context (self->label);
  g_autoptr (PangoLayout) layout = NULL;

  if (self->line_width > 0 && self->line_serial == pango_context_get_serial (pango))
    return self->line_width;
  layout = pango_layout_new (pango);
  pango_layout_set_text (layout, LINE, -1);
  pango_layout_get_pixel_size (layout, &self->line_width, NULL);
  self->line_serial = pango_context_get_serial (pango);
  return self->line_width;
}

/* Where a range stands; of one that goes over two lines, what is on the first. */
static graphene_rect_t
place_of (CpaReadingText *self, Range range)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (self->label));
  PangoContext *pango = pango_layout_get_context (layout);
  PangoFontMetrics *metrics = pango_context_get_metrics (pango, NULL, NULL);
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);
  int x, y, from, to, line, last, baseline;
  graphene_rect_t place;

  gtk_label_get_layout_offsets (GTK_LABEL (self->label), &x, &y);
  pango_layout_index_to_line_x (layout, (int) range.start, FALSE, &line, &from);
  pango_layout_index_to_line_x (layout, (int) range.end - 1, TRUE, &last, &to);
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

static void
cpa_reading_text_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  CpaReadingText *self = CPA_READING_TEXT (widget);
  int line = get_line_width (self);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    gtk_widget_measure (self->label, orientation, for_size >= 0 ? MIN (for_size, line) : line, minimum, natural, NULL,
                        NULL);
  else
    {
      /* Not asked from the label: to find its least width it would break the text behind each letter. */
      *natural = line;
      *minimum = line / LEAST_PART;
    }
  /* A button must be measured before it gets a place. */
  for (guint i = 0; i < self->terms->len; i++)
    gtk_widget_measure (g_array_index (self->terms, Term, i).button, orientation, -1, NULL, NULL, NULL, NULL);
}

static void
cpa_reading_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaReadingText *self = CPA_READING_TEXT (widget);
  GtkAllocation whole = { 0, 0, MIN (width, get_line_width (self)), height };

  gtk_widget_size_allocate (self->label, &whole, -1);
  for (guint i = 0; i < self->terms->len; i++)
    {
      Term *term = &g_array_index (self->terms, Term, i);
      graphene_rect_t place = place_of (self, term->range);
      GtkAllocation button = { (int) place.origin.x, (int) place.origin.y, (int) place.size.width,
                               (int) place.size.height };
      int least;

      gtk_widget_measure (term->button, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      button.width = MAX (button.width, least);
      gtk_widget_measure (term->button, GTK_ORIENTATION_VERTICAL, button.width, &least, NULL, NULL, NULL);
      button.height = MAX (button.height, least);
      gtk_widget_size_allocate (term->button, &button, -1);
    }
}

static GtkSizeRequestMode
cpa_reading_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The mark that one went to has a line around it. */
static void
cpa_reading_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CpaReadingText *self = CPA_READING_TEXT (widget);
  graphene_rect_t place;
  GskRoundedRect outline;
  GdkRGBA color;
  float widths[4] = { CURRENT_LINE, CURRENT_LINE, CURRENT_LINE, CURRENT_LINE };

  GTK_WIDGET_CLASS (cpa_reading_text_parent_class)->snapshot (widget, snapshot);
  if (!cpa_reading_text_get_place (self, self->current, &place) ||
      !gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color", &color))
    return;
  graphene_rect_inset (&place, -CURRENT_LINE - 1, -CURRENT_LINE - 1);
  gsk_rounded_rect_init_from_rect (&outline, &place, 4);
  gtk_snapshot_append_border (snapshot, &outline, widths, (GdkRGBA[4]){ color, color, color, color });
}

static void
cpa_reading_text_dispose (GObject *object)
{
  CpaReadingText *self = CPA_READING_TEXT (object);

  if (self->terms != NULL)
    clear_terms (self);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_reading_text_parent_class)->dispose (object);
}

static void
cpa_reading_text_finalize (GObject *object)
{
  CpaReadingText *self = CPA_READING_TEXT (object);

  g_array_unref (self->marks);
  g_array_unref (self->terms);
  G_OBJECT_CLASS (cpa_reading_text_parent_class)->finalize (object);
}

static void
cpa_reading_text_class_init (CpaReadingTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_reading_text_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_reading_text_finalize;
  widget_class->measure = cpa_reading_text_measure;
  widget_class->size_allocate = cpa_reading_text_size_allocate;
  widget_class->get_request_mode = cpa_reading_text_get_request_mode;
  widget_class->snapshot = cpa_reading_text_snapshot;
  gtk_widget_class_set_css_name (widget_class, "readingtext");
}

static void
cpa_reading_text_init (CpaReadingText *self)
{
  self->marks = g_array_new (FALSE, FALSE, sizeof (Range));
  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  self->current = -1;
  self->label = cpa_label_new ("", "cp-reading");
  gtk_label_set_selectable (GTK_LABEL (self->label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->label), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (show_marks), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
cpa_reading_text_new (CpaContext *context, const char *text, const char *css_class)
{
  CpaReadingText *self = g_object_new (CPA_TYPE_READING_TEXT, NULL);

  self->context = g_object_ref (context);
  if (css_class != NULL)
    gtk_widget_add_css_class (self->label, css_class);
  cpa_reading_text_set (self, text, NULL);
  g_signal_connect_object (cpa_words_of (cpa_context_get_api (context)), "changed", G_CALLBACK (show_terms), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
cpa_reading_text_set (CpaReadingText *self, const char *text, const GPtrArray *marks)
{
  self->current = -1;
  gtk_label_set_text (GTK_LABEL (self->label), text);
  take_marks (self, text, marks);
  show_marks (self);
  show_terms (self);
}

void
cpa_reading_text_set_selectable (CpaReadingText *self, gboolean selectable)
{
  gtk_label_set_selectable (GTK_LABEL (self->label), selectable);
}

void
cpa_reading_text_set_current (CpaReadingText *self, int mark)
{
  if (self->current == mark)
    return;
  self->current = mark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
cpa_reading_text_get_place (CpaReadingText *self, int mark, graphene_rect_t *place)
{
  if (mark < 0 || (guint) mark >= self->marks->len || gtk_widget_get_width (self->label) == 0)
    return FALSE;
  *place = place_of (self, g_array_index (self->marks, Range, mark));
  return TRUE;
}
