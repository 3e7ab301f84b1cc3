/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-adaptive.h"

#include "cpa-text-scale.h"

/* Narrower than this a window is of no use; the child may still ask for more while it is laid out wide. What is a small
 * part of a page has less. */
#define LEAST_WIDTH 320
#define LEAST_OF_THRESHOLD 2

/* A narrow window with large text: what is only there for the looks gives its room to the words. */
#define TIGHT_BELOW 240

struct _CpaAdaptive
{
  GtkWidget parent_instance;

  GtkWidget *child; /* (owned) (nullable) */
  int threshold;
  gboolean narrow;
  gboolean tight;
  gboolean settled; /* it has been laid out as it is to be at its width */
  int width;        /* as it was laid out last */
  guint change_id;
};

enum
{
  PROP_CHILD = 1,
  PROP_THRESHOLD,
  PROP_NARROW,
  PROP_TIGHT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void cpa_adaptive_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaAdaptive, cpa_adaptive, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, cpa_adaptive_buildable_init))

static gboolean
is_below (CpaAdaptive *self, int width, int threshold)
{
  return width < threshold * cpa_text_scale (GTK_WIDGET (self));
}

/* Whether it is to be laid out otherwise at this width. */
static gboolean
changes_at (CpaAdaptive *self, int width)
{
  return is_below (self, width, self->threshold) != self->narrow || is_below (self, width, TIGHT_BELOW) != self->tight;
}

static void
set_class (CpaAdaptive *self, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

static gboolean
change_cb (gpointer data)
{
  CpaAdaptive *self = data;
  gboolean narrow = self->narrow, tight = self->tight;

  self->change_id = 0;
  if (!self->settled)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->settled = TRUE;
  self->narrow = is_below (self, self->width, self->threshold);
  self->tight = is_below (self, self->width, TIGHT_BELOW);
  set_class (self, "cp-narrow", self->narrow);
  set_class (self, "cp-tight", self->tight);
  if (self->narrow != narrow)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
  if (self->tight != tight)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TIGHT]);
  return G_SOURCE_REMOVE;
}

static void
cpa_adaptive_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  CpaAdaptive *self = CPA_ADAPTIVE (widget);
  int least = 0;

  *minimum = *natural = 0;
  if (self->child != NULL && orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, for_size >= 0 ? MAX (for_size, least) : -1, minimum, natural, NULL,
                        NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, MIN (LEAST_WIDTH, self->threshold / LEAST_OF_THRESHOLD));
  /* On arrival the height that it needs is known when the layout is: a window that grew for another one stays so high.
   * At every width, for GTK wants no more height of a wider one. */
  if (orientation == GTK_ORIENTATION_VERTICAL && !self->settled)
    *minimum = 0;
  *minimum_baseline = *natural_baseline = -1;
}

static GtkSizeRequestMode
cpa_adaptive_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpa_adaptive_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaAdaptive *self = CPA_ADAPTIVE (widget);
  gboolean changes;
  int least = 0;

  self->width = width;
  /* It asked for less. */
  if (!self->settled && self->child != NULL)
    gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  changes = !self->settled || changes_at (self, width);
  if (self->child != NULL)
    gtk_widget_allocate (self->child, width, MAX (height, least), baseline, NULL);
  if (changes && self->change_id == 0)
    /* Before the next frame is drawn, but not inside an allocation, where nothing may change its size. */
    self->change_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, change_cb, self, NULL);
  else if (!changes)
    g_clear_handle_id (&self->change_id, g_source_remove);
}

static void
cpa_adaptive_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CpaAdaptive *self = CPA_ADAPTIVE (object);

  switch (id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_TIGHT:
      g_value_set_boolean (value, self->tight);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cpa_adaptive_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CpaAdaptive *self = CPA_ADAPTIVE (object);

  switch (id)
    {
    case PROP_CHILD:
      cpa_adaptive_set_child (self, g_value_get_object (value));
      break;
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cpa_adaptive_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  cpa_adaptive_set_child (CPA_ADAPTIVE (buildable), GTK_WIDGET (child));
}

static void
cpa_adaptive_buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = cpa_adaptive_add_child;
}

static void
cpa_adaptive_dispose (GObject *object)
{
  CpaAdaptive *self = CPA_ADAPTIVE (object);

  g_clear_handle_id (&self->change_id, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_adaptive_parent_class)->dispose (object);
}

static void
cpa_adaptive_class_init (CpaAdaptiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpa_adaptive_dispose;
  object_class->get_property = cpa_adaptive_get_property;
  object_class->set_property = cpa_adaptive_set_property;
  widget_class->measure = cpa_adaptive_measure;
  widget_class->size_allocate = cpa_adaptive_size_allocate;
  widget_class->get_request_mode = cpa_adaptive_get_request_mode;
  props[PROP_CHILD] =
      g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_THRESHOLD] =
      g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 600, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_TIGHT] = g_param_spec_boolean ("tight", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpa_adaptive_init (CpaAdaptive *self)
{
  self->threshold = 600;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
cpa_adaptive_new (int threshold, GtkWidget *child)
{
  return g_object_new (CPA_TYPE_ADAPTIVE, "threshold", threshold, "child", child, NULL);
}

void
cpa_adaptive_set_child (CpaAdaptive *self, GtkWidget *child)
{
  g_return_if_fail (CPA_IS_ADAPTIVE (self));
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHILD]);
}

gboolean
cpa_adaptive_is_tight (CpaAdaptive *self)
{
  g_return_val_if_fail (CPA_IS_ADAPTIVE (self), FALSE);
  return self->tight;
}

gboolean
cpa_adaptive_is_narrow (CpaAdaptive *self)
{
  g_return_val_if_fail (CPA_IS_ADAPTIVE (self), FALSE);
  return self->narrow;
}
