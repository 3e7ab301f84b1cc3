/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-diff-label.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-word-diff.h"

/* Between words that were removed and those that came instead; belongs to neither. */
#define BETWEEN " "

static const struct
{
  const char *spoken, *colour, *ground;
} looks[] = {
  [CPA_DIFF_REMOVED] = { N_ ("Removed: {text}"), "cp_removed", "cp_removed_bg" },
  [CPA_DIFF_ADDED] = { N_ ("New: {text}"), "cp_added", "cp_added_bg" },
};

struct _CpaDiffLabel
{
  GtkWidget parent_instance;

  GPtrArray *pieces; /* (owned): of CpaDiffPiece, those of this side */
  GtkWidget *label;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (CpaDiffLabel, cpa_diff_label, GTK_TYPE_WIDGET)

/* Taking out what the other side has. */
static GPtrArray *
pieces_of (const char *old, const char *new, CpaDiffSide side)
{
  GPtrArray *pieces = cpa_word_diff (old, new);

  for (guint i = pieces->len; i-- > 0;)
    {
      int kind = ((const CpaDiffPiece *) g_ptr_array_index (pieces, i))->kind;

      if ((side == CPA_DIFF_OLD && kind == CPA_DIFF_ADDED) || (side == CPA_DIFF_NEW && kind == CPA_DIFF_REMOVED))
        g_ptr_array_remove_index (pieces, i);
    }
  return pieces;
}

static gboolean
needs_space (const GPtrArray *pieces, guint i)
{
  const CpaDiffPiece *piece = g_ptr_array_index (pieces, i);
  const CpaDiffPiece *before = i > 0 ? g_ptr_array_index (pieces, i - 1) : NULL;
  const char *last;

  if (piece->kind != CPA_DIFF_ADDED || before == NULL || before->kind != CPA_DIFF_REMOVED)
    return FALSE;
  last = g_utf8_find_prev_char (before->text, before->text + strlen (before->text));
  return !g_unichar_isspace (g_utf8_get_char (last)) && !g_unichar_isspace (g_utf8_get_char (piece->text));
}

static void
insert (PangoAttrList *attributes, PangoAttribute *attribute, gsize from, gsize to)
{
  attribute->start_index = (guint) from;
  attribute->end_index = (guint) to;
  pango_attr_list_insert (attributes, attribute);
}

static void
mark_colours (CpaDiffLabel *self, PangoAttrList *attributes, int kind, gsize from, gsize to)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour, ground;

  if (!gtk_style_context_lookup_color (style, looks[kind].colour, &colour) ||
      !gtk_style_context_lookup_color (style, looks[kind].ground, &ground))
    return;
  insert (attributes,
          pango_attr_foreground_new ((guint16) (colour.red * 65535), (guint16) (colour.green * 65535),
                                     (guint16) (colour.blue * 65535)),
          from, to);
  insert (attributes,
          pango_attr_background_new ((guint16) (ground.red * 65535), (guint16) (ground.green * 65535),
                                     (guint16) (ground.blue * 65535)),
          from, to);
}

static void
mark (CpaDiffLabel *self, PangoAttrList *attributes, int kind, gsize from, gsize to)
{
  if (kind == CPA_DIFF_KEPT)
    return;
  if (kind == CPA_DIFF_ADDED)
    {
      insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), from, to);
      insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), from, to);
    }
  else
    insert (attributes, pango_attr_strikethrough_new (TRUE), from, to);
  mark_colours (self, attributes, kind, from, to);
}

static void
show_pieces (CpaDiffLabel *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const CpaDiffPiece *piece = g_ptr_array_index (self->pieces, i);
      gsize from;

      if (needs_space (self->pieces, i))
        g_string_append (text, BETWEEN);
      from = text->len;
      g_string_append (text, piece->text);
      mark (self, attributes, piece->kind, from, text->len);
    }
  gtk_label_set_text (GTK_LABEL (self->label), text->str);
  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
  pango_attr_list_unref (attributes);
}

/* Between what is said of one piece and of the next: a change is a sentence of its own. */
static void
pause_after (GString *text, gboolean changed)
{
  const char *last = g_utf8_find_prev_char (text->str, text->str + text->len);

  if (last == NULL)
    return;
  if (changed && strchr (",;:", *last) != NULL)
    g_string_truncate (text, last - text->str);
  else if (changed && strchr (".!?", *last) != NULL)
    changed = FALSE;
  g_string_append (text, changed ? ". " : " ");
}

/* A sign that ends the words before it. Any other, as "<" or "-", says something of what follows; so does the point of
 * ".5". */
static gboolean
is_closing (const char *p)
{
  return *p != '\0' && strchr (",;:.!?)", *p) != NULL && !g_ascii_isdigit (p[1]);
}

/* (transfer full): without the spaces around it and the signs before it that belong to the words before a change. */
static char *
words_of (const CpaDiffPiece *piece, gboolean after_change)
{
  const char *start = piece->text;
  gboolean changed = piece->kind != CPA_DIFF_KEPT;

  while ((changed || after_change) && (g_unichar_isspace (g_utf8_get_char (start)) || is_closing (start)))
    start = g_utf8_next_char (start);
  /* Where a sign is all that changed it is said. */
  return g_strstrip (g_strdup (*start == '\0' && changed ? piece->text : start));
}

static char *
speak (const GPtrArray *pieces)
{
  GString *text = g_string_new (NULL);
  gboolean after_change = FALSE;

  for (guint i = 0; i < pieces->len; i++)
    {
      const CpaDiffPiece *piece = g_ptr_array_index (pieces, i);
      gboolean changed = piece->kind != CPA_DIFF_KEPT;
      g_autofree char *words = words_of (piece, after_change);
      g_autofree char *said = changed ? cpa_fill (_ (looks[piece->kind].spoken), "text", words, NULL) : NULL;

      if (*words == '\0')
        continue;
      pause_after (text, changed || after_change);
      g_string_append (text, changed ? said : words);
      after_change = changed;
    }
  return g_string_free (text, FALSE);
}

static void
cpa_diff_label_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cpa_diff_label_parent_class)->css_changed (widget, change);
  if (CPA_DIFF_LABEL (widget)->pieces != NULL)
    show_pieces (CPA_DIFF_LABEL (widget));
}

static void
cpa_diff_label_dispose (GObject *object)
{
  CpaDiffLabel *self = CPA_DIFF_LABEL (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  G_OBJECT_CLASS (cpa_diff_label_parent_class)->dispose (object);
}

static void
cpa_diff_label_class_init (CpaDiffLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_diff_label_dispose;
  widget_class->css_changed = cpa_diff_label_css_changed;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpa_diff_label_init (CpaDiffLabel *self)
{
  self->label = cpa_label_new ("", NULL);
  cpa_hide_from_reader (self->label);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
cpa_diff_label_new (const char *old, const char *new, CpaDiffSide side, const char *css_class)
{
  CpaDiffLabel *self = g_object_new (CPA_TYPE_DIFF_LABEL, NULL);
  g_autofree char *spoken = NULL;

  self->pieces = pieces_of (old, new, side);
  spoken = speak (self->pieces);
  if (css_class != NULL)
    gtk_widget_add_css_class (self->label, css_class);
  cpa_name (GTK_WIDGET (self), spoken, NULL);
  show_pieces (self);
  return GTK_WIDGET (self);
}

char *
cpa_diff_spoken (const char *old, const char *new, CpaDiffSide side)
{
  g_autoptr (GPtrArray) pieces = pieces_of (old, new, side);

  return speak (pieces);
}
