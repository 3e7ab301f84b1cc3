/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-header-bar.h"

#include "cpa-text-scale.h"

#define COMPACT_BELOW 600
#define GAP 12

struct _CpaHeaderBar
{
  GtkWidget parent_instance;

  GtkWidget *start;  /* (owned) */
  GtkWidget *middle; /* (owned) */
  GtkWidget *end;    /* (owned) */
  int wide_width;    /* what start and end asked for when they were last wide */
  gboolean compact;
  gboolean middle_shown;
  gboolean next_compact;
  gboolean next_middle_shown;
  guint change_id;
};

enum
{
  PROP_COMPACT = 1,
  PROP_MIDDLE_SHOWN,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CpaHeaderBar, cpa_header_bar, GTK_TYPE_WIDGET)

static int
natural_width (GtkWidget *child, int *minimum)
{
  int least, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  if (minimum != NULL)
    *minimum = least;
  return natural;
}

/* The end keeps its width; a long name at the start wraps in what is left. */
static int
start_width (CpaHeaderBar *self, int width)
{
  int minimum;
  int natural = natural_width (self->start, &minimum);

  return CLAMP (width - natural_width (self->end, NULL) - GAP, minimum, natural);
}

static gboolean
change_cb (gpointer data)
{
  CpaHeaderBar *self = data;
  gboolean compact_changed = self->compact != self->next_compact;
  gboolean middle_changed = self->middle_shown != self->next_middle_shown;

  self->change_id = 0;
  self->compact = self->next_compact;
  self->middle_shown = self->next_middle_shown;
  if (compact_changed)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPACT]);
  if (middle_changed)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MIDDLE_SHOWN]);
  return G_SOURCE_REMOVE;
}

static void
decide (CpaHeaderBar *self, int width, gboolean middle_fits)
{
  if (!self->compact)
    self->wide_width = natural_width (self->start, NULL) + GAP + natural_width (self->end, NULL);
  self->next_compact = width < COMPACT_BELOW * cpa_text_scale (GTK_WIDGET (self)) || width < self->wide_width;
  self->next_middle_shown = middle_fits;
  if (self->change_id == 0 && (self->next_compact != self->compact || middle_fits != self->middle_shown))
    /* Before the next frame is drawn, but not inside an allocation, where nothing may change its size. */
    self->change_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, change_cb, self, NULL);
}

static void
cpa_header_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  CpaHeaderBar *self = CPA_HEADER_BAR (widget);
  int end_height, middle_height, start_minimum;
  int full = natural_width (self->start, &start_minimum) + GAP + natural_width (self->end, NULL);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* While it is still wide it lets itself be made smaller: then it becomes compact. */
      *minimum = self->compact ? start_minimum + GAP + natural_width (self->end, NULL) : 0;
      *natural = full + GAP + natural_width (self->middle, NULL);
      return;
    }
  gtk_widget_measure (self->start, orientation, start_width (self, for_size >= 0 ? for_size : full), minimum, natural,
                      NULL, NULL);
  gtk_widget_measure (self->end, orientation, -1, &end_height, NULL, NULL, NULL);
  gtk_widget_measure (self->middle, orientation, -1, &middle_height, NULL, NULL, NULL);
  *minimum = *natural = MAX (*natural, MAX (end_height, middle_height));
}

static void
allocate_at (GtkWidget *child, int x, int child_width, int width, int height)
{
  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    x = width - x - child_width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, child_width, height }, -1);
}

static void
cpa_header_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaHeaderBar *self = CPA_HEADER_BAR (widget);
  int start = start_width (self, width);
  int end = natural_width (self->end, NULL);
  int middle = natural_width (self->middle, NULL);
  int room = width - start - end - 2 * GAP;
  int x = (width - middle) / 2;

  /* In the middle of the window, or else of what the ends leave free. */
  if (x < start + GAP || x + middle > width - end - GAP)
    x = start + GAP + (room - middle) / 2;
  allocate_at (self->start, 0, start, width, height);
  allocate_at (self->end, MAX (width - end, start), end, width, height);
  gtk_widget_set_child_visible (self->middle, middle <= room);
  if (middle <= room)
    allocate_at (self->middle, x, middle, width, height);
  decide (self, width, middle <= room);
}

static GtkSizeRequestMode
cpa_header_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpa_header_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CpaHeaderBar *self = CPA_HEADER_BAR (object);

  if (id == PROP_COMPACT)
    g_value_set_boolean (value, self->compact);
  else if (id == PROP_MIDDLE_SHOWN)
    g_value_set_boolean (value, self->middle_shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpa_header_bar_dispose (GObject *object)
{
  CpaHeaderBar *self = CPA_HEADER_BAR (object);

  g_clear_handle_id (&self->change_id, g_source_remove);
  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->middle, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_header_bar_parent_class)->dispose (object);
}

static void
cpa_header_bar_class_init (CpaHeaderBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpa_header_bar_dispose;
  object_class->get_property = cpa_header_bar_get_property;
  widget_class->measure = cpa_header_bar_measure;
  widget_class->size_allocate = cpa_header_bar_size_allocate;
  widget_class->get_request_mode = cpa_header_bar_get_request_mode;
  props[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_MIDDLE_SHOWN] =
      g_param_spec_boolean ("middle-shown", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpa_header_bar_init (CpaHeaderBar *self)
{
  self->middle_shown = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
cpa_header_bar_new (GtkWidget *start, GtkWidget *middle, GtkWidget *end)
{
  CpaHeaderBar *self = g_object_new (CPA_TYPE_HEADER_BAR, NULL);

  self->start = start;
  self->middle = middle;
  self->end = end;
  gtk_widget_set_parent (start, GTK_WIDGET (self));
  gtk_widget_set_parent (middle, GTK_WIDGET (self));
  gtk_widget_set_parent (end, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

gboolean
cpa_header_bar_is_compact (CpaHeaderBar *self)
{
  return self->compact;
}

gboolean
cpa_header_bar_is_middle_shown (CpaHeaderBar *self)
{
  return self->middle_shown;
}
