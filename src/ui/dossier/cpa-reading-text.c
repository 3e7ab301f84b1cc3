/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-reading-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cpa-copying.h"
#include "cpa-explanation.h"
#include "cpa-fill.h"
#include "cpa-found-marks.h"
#include "cpa-label.h"
#include "cpa-text-scale.h"
#include "cpa-words.h"

/* 75 characters of running text: no line is longer. */
#define LINE "Mevrouw slaapt goed door en was vanmorgen vrolijk, zij waste zich zelf aan "
#define LEAST_PART 6 /* of a line: narrower than that no text is read */
#define POPOVER_CHARS 40
#define POPOVER_LEAST_CHARS 16
#define POPOVER_AROUND 90 /* pixels beside the text of an explanation */

typedef struct
{
  guint start, end;  /* in bytes of the text */
  GtkWidget *button; /* (borrowed): a child of the widget */
} Term;

struct _CpaReadingText
{
  GtkWidget parent_instance;

  CpaContext *context;  /* (owned) */
  GtkWidget *label;     /* (owned) */
  CpaFoundMarks *marks; /* (owned) */
  GArray *terms;        /* (owned) of Term */
  int line_width;       /* in pixels, of the font that is measured with line_serial */
  guint line_serial;
};

G_DEFINE_FINAL_TYPE (CpaReadingText, cpa_reading_text, GTK_TYPE_WIDGET)

static const char *
get_text (CpaReadingText *self)
{
  return gtk_label_get_text (GTK_LABEL (self->label));
}

/* (transfer full): an empty line between paragraphs is half a line high. */
static PangoAttrList *
paragraphs_new (const char *text)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (const char *at = strstr (text, "\n\n"); at != NULL; at = strstr (at + 1, "\n\n"))
    {
      PangoAttribute *half = pango_attr_scale_new (0.5);

      half->start_index = (guint) (at + 1 - text);
      half->end_index = half->start_index + 1;
      pango_attr_list_insert (attributes, half);
    }
  return attributes;
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
  Term made = { (guint) match->start, (guint) match->end, gtk_button_new () };

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
      graphene_rect_t place = cpa_found_marks_place_of (GTK_LABEL (self->label), term->start, term->end);
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

static void
cpa_reading_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GTK_WIDGET_CLASS (cpa_reading_text_parent_class)->snapshot (widget, snapshot);
  cpa_found_marks_snapshot (CPA_READING_TEXT (widget)->marks, snapshot);
}

static void
cpa_reading_text_dispose (GObject *object)
{
  CpaReadingText *self = CPA_READING_TEXT (object);

  if (self->terms != NULL)
    clear_terms (self);
  g_clear_pointer (&self->marks, cpa_found_marks_free);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_reading_text_parent_class)->dispose (object);
}

static void
cpa_reading_text_finalize (GObject *object)
{
  CpaReadingText *self = CPA_READING_TEXT (object);

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
  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  self->label = cpa_label_new ("", "cp-reading");
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->label), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->marks = cpa_found_marks_new (GTK_LABEL (self->label));
}

/* A label that cannot be selected takes no focus: then all of it does, for whoever reads with a keyboard and a screen
 * reader what they come by. */
static void
stand_for_label (CpaReadingText *self)
{
  g_object_set (self, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->label, NULL, -1);
}

GtkWidget *
cpa_reading_text_new (CpaContext *context, const char *text, const char *css_class)
{
  CpaReadingText *self = g_object_new (CPA_TYPE_READING_TEXT, NULL);

  self->context = g_object_ref (context);
  if (css_class != NULL)
    gtk_widget_add_css_class (self->label, css_class);
  if (!cpa_copying_is_allowed (context))
    stand_for_label (self);
  cpa_reading_text_set (self, text, NULL);
  cpa_reading_text_set_selectable (self, TRUE);
  g_signal_connect_object (cpa_words_of (cpa_context_get_api (context)), "changed", G_CALLBACK (show_terms), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
cpa_reading_text_set (CpaReadingText *self, const char *text, const GPtrArray *marks)
{
  gtk_label_set_text (GTK_LABEL (self->label), text);
  cpa_found_marks_show (self->marks, paragraphs_new (text), marks, 0);
  show_terms (self);
}

void
cpa_reading_text_set_selectable (CpaReadingText *self, gboolean selectable)
{
  if (selectable)
    cpa_copying_let (self->label, self->context);
  else
    gtk_label_set_selectable (GTK_LABEL (self->label), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), selectable && !cpa_copying_is_allowed (self->context));
}

void
cpa_reading_text_set_current (CpaReadingText *self, int mark)
{
  cpa_found_marks_set_current (self->marks, mark);
}

gboolean
cpa_reading_text_get_place (CpaReadingText *self, int mark, graphene_rect_t *place)
{
  return cpa_found_marks_get_place (self->marks, mark, place);
}
