/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-header-bar.h"

#include "cpa-patient-switcher.h"
#include "cpa-text-scale.h"

#define COMPACT_BELOW 600
#define GAP 12
#define WHO_GAP 4

struct _CpaHeaderBar
{
  GtkWidget parent_instance;

  GtkWidget *start;  /* (owned) */
  GtkWidget *who;    /* (owned) (nullable): whose portal it is */
  GtkWidget *middle; /* (owned) */
  GtkWidget *end;    /* (owned) */
  int wide_width;    /* what all but the middle asked for when they were last wide */
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

static int
height_of (GtkWidget *child, int width)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

/* What comes before the client. */
static int
before_who (CpaHeaderBar *self)
{
  int start = natural_width (self->start, NULL);

  return start > 0 ? start + WHO_GAP : 0;
}

/* The end keeps its width; a long name wraps in what is left. */
static int
who_width (CpaHeaderBar *self, int room)
{
  int minimum;
  int natural = self->who != NULL ? natural_width (self->who, &minimum) : 0;

  return self->who != NULL ? CLAMP (room, minimum, natural) : 0;
}

static int
row_height (CpaHeaderBar *self)
{
  return MAX (height_of (self->start, -1), MAX (height_of (self->middle, -1), height_of (self->end, -1)));
}

typedef struct
{
  gboolean below;       /* who stands under the others */
  int who, row, height; /* its width, the height of the others, and of all */
} Places;

static Places
find_places (CpaHeaderBar *self, int width)
{
  int room = width - before_who (self) - natural_width (self->end, NULL) - GAP;
  Places places = { FALSE, who_width (self, room), row_height (self), 0 };
  int beside, below;

  places.height = places.row;
  if (self->who == NULL)
    return places;
  beside = MAX (places.row, height_of (self->who, places.who));
  below = places.row + height_of (self->who, who_width (self, width));
  places.below = self->compact &&
                 (cpa_patient_switcher_get_whole_width (CPA_PATIENT_SWITCHER (self->who)) > room || below < beside);
  if (places.below)
    places.who = who_width (self, width);
  else
    places.row = beside;
  places.height = places.below ? below : beside;
  return places;
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

/* Of all but the middle, beside each other. */
static int
full_width (CpaHeaderBar *self)
{
  return before_who (self) + who_width (self, G_MAXINT) + GAP + natural_width (self->end, NULL);
}

static void
decide (CpaHeaderBar *self, int width, gboolean middle_fits)
{
  if (!self->compact)
    self->wide_width = full_width (self);
  self->next_compact = width < COMPACT_BELOW * cpa_text_scale (GTK_WIDGET (self)) || width < self->wide_width;
  self->next_middle_shown = middle_fits;
  if (self->change_id == 0 && (self->next_compact != self->compact || middle_fits != self->middle_shown))
    /* Before the next frame is drawn, but not inside an allocation, where nothing may change its size. */
    self->change_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, change_cb, self, NULL);
}

/* While it is still wide it lets itself be made smaller: then it becomes compact. */
static int
least_width (CpaHeaderBar *self)
{
  int row = natural_width (self->start, NULL) + GAP + natural_width (self->end, NULL);

  return self->compact ? MAX (row, who_width (self, 0)) : 0;
}

static void
cpa_header_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  CpaHeaderBar *self = CPA_HEADER_BAR (widget);
  int full = full_width (self);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least_width (self);
      *natural = full + GAP + natural_width (self->middle, NULL);
      return;
    }
  *minimum = *natural = find_places (self, for_size >= 0 ? for_size : full).height;
}

static void
allocate_at (GtkWidget *child, GtkAllocation place, int width)
{
  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    place.x = width - place.x - place.width;
  gtk_widget_size_allocate (child, &place, -1);
}

/* In the middle of the window, or else of what the ends leave free. */
static gboolean
allocate_middle (CpaHeaderBar *self, int from, int until, int width, int height)
{
  int middle = natural_width (self->middle, NULL);
  int gap = self->compact ? WHO_GAP : GAP;
  gboolean fits = middle <= until - from - 2 * gap;
  int x = (width - middle) / 2;

  if (x < from + gap || x + middle > until - gap)
    x = from + (until - from - middle) / 2;
  gtk_widget_set_child_visible (self->middle, fits);
  if (fits)
    allocate_at (self->middle, (GtkAllocation){ x, 0, middle, height }, width);
  return fits;
}

static void
cpa_header_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaHeaderBar *self = CPA_HEADER_BAR (widget);
  Places places = find_places (self, width);
  int row = places.below ? places.row : height;
  int x = places.below ? 0 : before_who (self);
  int start = natural_width (self->start, NULL), end = natural_width (self->end, NULL);
  int from = places.below ? start : x + places.who;

  allocate_at (self->start, (GtkAllocation){ 0, 0, start, row }, width);
  if (self->who != NULL)
    allocate_at (self->who,
                 (GtkAllocation){ x, places.below ? row : 0, places.who, places.below ? height - row : height }, width);
  allocate_at (self->end, (GtkAllocation){ MAX (width - end, from), 0, end, row }, width);
  decide (self, width, allocate_middle (self, from, width - end, width, row));
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
  g_clear_pointer (&self->who, gtk_widget_unparent);
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
cpa_header_bar_new (GtkWidget *start, GtkWidget *who, GtkWidget *middle, GtkWidget *end)
{
  CpaHeaderBar *self = g_object_new (CPA_TYPE_HEADER_BAR, NULL);

  self->start = start;
  self->who = who;
  self->middle = middle;
  self->end = end;
  gtk_widget_set_parent (start, GTK_WIDGET (self));
  if (who != NULL)
    gtk_widget_set_parent (who, GTK_WIDGET (self));
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
