/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-column.h"

#include "cpa-text-scale.h"

struct _CpaColumn
{
  GtkWidget parent_instance;

  GtkWidget *child; /* (owned) (nullable) */
  int maximum_size;
};

enum
{
  PROP_CHILD = 1,
  PROP_MAXIMUM_SIZE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CpaColumn, cpa_column, GTK_TYPE_WIDGET)

static int
child_width (CpaColumn *self, int width)
{
  int minimum;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (minimum, MIN (width, (int) (self->maximum_size * cpa_text_scale (GTK_WIDGET (self)))));
}

static void
cpa_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  CpaColumn *self = CPA_COLUMN (widget);
  int size = for_size;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (self->child == NULL)
    return;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    size = child_width (self, for_size);
  gtk_widget_measure (self->child, orientation, size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = child_width (self, *natural);
}

static void
cpa_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaColumn *self = CPA_COLUMN (widget);
  int wanted;

  if (self->child == NULL)
    return;
  wanted = child_width (self, width);
  gtk_widget_size_allocate (self->child, &(GtkAllocation){ MAX ((width - wanted) / 2, 0), 0, wanted, height },
                            baseline);
}

static GtkSizeRequestMode
cpa_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpa_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CpaColumn *self = CPA_COLUMN (object);

  if (id == PROP_CHILD)
    g_value_set_object (value, self->child);
  else
    g_value_set_int (value, self->maximum_size);
}

static void
cpa_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CpaColumn *self = CPA_COLUMN (object);

  if (id == PROP_MAXIMUM_SIZE)
    {
      self->maximum_size = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      return;
    }
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = g_value_get_object (value);
  if (self->child != NULL)
    gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

static void
cpa_column_dispose (GObject *object)
{
  g_clear_pointer (&CPA_COLUMN (object)->child, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_column_parent_class)->dispose (object);
}

static void
cpa_column_class_init (CpaColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpa_column_dispose;
  object_class->get_property = cpa_column_get_property;
  object_class->set_property = cpa_column_set_property;
  widget_class->measure = cpa_column_measure;
  widget_class->size_allocate = cpa_column_size_allocate;
  widget_class->get_request_mode = cpa_column_get_request_mode;
  props[PROP_CHILD] =
      g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_MAXIMUM_SIZE] =
      g_param_spec_int ("maximum-size", NULL, NULL, 1, G_MAXINT, 460, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpa_column_init (CpaColumn *self)
{
  self->maximum_size = 460;
}
