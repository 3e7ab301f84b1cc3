/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-wrap.h"

#define GAP 8

typedef struct
{
  gboolean spread;
} CpaWrapPrivate;

enum
{
  PROP_SPREAD = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (CpaWrap, cpa_wrap, GTK_TYPE_WIDGET)

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
cpa_wrap_child_width (CpaWrap *self, GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MIN (natural, width);
}

/* What takes no width stands apart from nothing. */
static int
gap_before (CpaWrap *self, int used, int wanted)
{
  return used > 0 && wanted > 0 ? CPA_WRAP_GET_CLASS (self)->gap : 0;
}

/* Measures the line that starts at *child, which becomes the first of the next line. Returns its height. */
static int
take_line (CpaWrap *self, GtkWidget **child, int width)
{
  CpaWrapClass *klass = CPA_WRAP_GET_CLASS (self);
  int height = 0;
  int used = 0;

  while (*child != NULL)
    {
      int wanted = klass->child_width (self, *child, width);
      int gap = gap_before (self, used, wanted);
      int natural;

      if (used > 0 && used + gap + wanted > width)
        break;
      gtk_widget_measure (*child, GTK_ORIENTATION_VERTICAL, wanted, NULL, &natural, NULL, NULL);
      used += gap + wanted;
      height = MAX (height, natural);
      *child = next_shown (gtk_widget_get_next_sibling (*child));
    }
  return height;
}

static int
height_for_width (GtkWidget *widget, int width)
{
  GtkWidget *child = next_shown (gtk_widget_get_first_child (widget));
  int gap = CPA_WRAP_GET_CLASS (widget)->gap;
  int height = 0;

  while (child != NULL)
    height += take_line (CPA_WRAP (widget), &child, width) + gap;
  return MAX (height - gap, 0);
}

static void
cpa_wrap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? CPA_WRAP_GET_CLASS (widget)->gap : 0);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = height_for_width (widget, for_size >= 0 ? MAX (for_size, *minimum) : *natural);
}

/* Of the line from child until next: who takes the room that is left, and how much that is. */
static GtkWidget *
find_expanding (CpaWrap *self, GtkWidget *child, GtkWidget *next, int width, int *left)
{
  CpaWrapClass *klass = CPA_WRAP_GET_CLASS (self);
  GtkWidget *found = NULL;
  int used = 0;

  for (; child != next; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int wanted = klass->child_width (self, child, width);

      used += gap_before (self, used, wanted) + wanted;
      if (found == NULL && gtk_widget_get_hexpand (child))
        found = child;
    }
  *left = width - used;
  return found;
}

static void
cpa_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaWrap *self = CPA_WRAP (widget);
  CpaWrapClass *klass = CPA_WRAP_GET_CLASS (self);
  CpaWrapPrivate *priv = cpa_wrap_get_instance_private (self);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *first = next_shown (gtk_widget_get_first_child (widget));
  GtkWidget *child = first;
  int y = 0;

  while (child != NULL)
    {
      GtkWidget *next = child;
      int line = take_line (self, &next, width);
      gboolean alone = next == next_shown (gtk_widget_get_next_sibling (child));
      gboolean spread = priv->spread && child == first && next == NULL && !alone;
      int x = 0, left;
      GtkWidget *expanding = find_expanding (self, child, next, width, &left);

      while (child != next)
        {
          int wanted = klass->child_width (self, child, width) + (child == expanding ? left : 0);
          GtkWidget *after = next_shown (gtk_widget_get_next_sibling (child));

          x = spread && after == NULL ? width - wanted : x + gap_before (self, x, wanted);
          gtk_widget_size_allocate (child, &(GtkAllocation){ mirrored ? width - x - wanted : x, y, wanted, line }, -1);
          x += wanted;
          child = after;
        }
      y += line + klass->gap;
    }
}

static GtkSizeRequestMode
cpa_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpa_wrap_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CpaWrapPrivate *priv = cpa_wrap_get_instance_private (CPA_WRAP (object));

  if (id == PROP_SPREAD)
    g_value_set_boolean (value, priv->spread);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpa_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CpaWrapPrivate *priv = cpa_wrap_get_instance_private (CPA_WRAP (object));

  if (id == PROP_SPREAD)
    priv->spread = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpa_wrap_dispose (GObject *object)
{
  cpa_wrap_clear (CPA_WRAP (object));
  G_OBJECT_CLASS (cpa_wrap_parent_class)->dispose (object);
}

static void
cpa_wrap_class_init (CpaWrapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpa_wrap_dispose;
  object_class->get_property = cpa_wrap_get_property;
  object_class->set_property = cpa_wrap_set_property;
  widget_class->measure = cpa_wrap_measure;
  widget_class->size_allocate = cpa_wrap_size_allocate;
  widget_class->get_request_mode = cpa_wrap_get_request_mode;
  klass->gap = GAP;
  klass->child_width = cpa_wrap_child_width;
  props[PROP_SPREAD] = g_param_spec_boolean ("spread", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpa_wrap_init (CpaWrap *self)
{
}

GtkWidget *
cpa_wrap_new (void)
{
  return g_object_new (CPA_TYPE_WRAP, NULL);
}

void
cpa_wrap_append (CpaWrap *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
cpa_wrap_clear (CpaWrap *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
