/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-wrap.h"

#define GAP 8

struct _CpaWrap
{
  GtkWidget parent_instance;

  gboolean spread;
};

enum
{
  PROP_SPREAD = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CpaWrap, cpa_wrap, GTK_TYPE_WIDGET)

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
wanted_width (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MIN (natural, width);
}

/* Measures the line that starts at *child, which becomes the first of the next line. Returns its height. */
static int
take_line (GtkWidget **child, int width, int *used)
{
  int height = 0;

  *used = 0;
  while (*child != NULL)
    {
      int wanted = wanted_width (*child, width);
      int natural;

      if (*used > 0 && *used + GAP + wanted > width)
        break;
      gtk_widget_measure (*child, GTK_ORIENTATION_VERTICAL, wanted, NULL, &natural, NULL, NULL);
      *used += (*used > 0 ? GAP : 0) + wanted;
      height = MAX (height, natural);
      *child = next_shown (gtk_widget_get_next_sibling (*child));
    }
  return height;
}

static int
height_for_width (GtkWidget *widget, int width)
{
  GtkWidget *child = next_shown (gtk_widget_get_first_child (widget));
  int height = 0;
  int used;

  while (child != NULL)
    height += take_line (&child, width, &used) + GAP;
  return MAX (height - GAP, 0);
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
      *natural += child_natural + (*natural > 0 ? GAP : 0);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = height_for_width (widget, for_size >= 0 ? MAX (for_size, *minimum) : *natural);
}

static void
cpa_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = next_shown (gtk_widget_get_first_child (widget));
  gboolean first_line = TRUE;
  int y = 0;

  while (child != NULL)
    {
      GtkWidget *next = child;
      int used;
      int line = take_line (&next, width, &used);
      gboolean spread = CPA_WRAP (widget)->spread && first_line && next == NULL;
      int x = 0;

      while (child != next)
        {
          int wanted = wanted_width (child, width);
          GtkWidget *after = next_shown (gtk_widget_get_next_sibling (child));

          if (spread && after == NULL)
            x = width - wanted;
          gtk_widget_size_allocate (child, &(GtkAllocation){ mirrored ? width - x - wanted : x, y, wanted, line }, -1);
          x += wanted + GAP;
          child = after;
        }
      y += line + GAP;
      first_line = FALSE;
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
  if (id == PROP_SPREAD)
    g_value_set_boolean (value, CPA_WRAP (object)->spread);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpa_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SPREAD)
    CPA_WRAP (object)->spread = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpa_wrap_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
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
