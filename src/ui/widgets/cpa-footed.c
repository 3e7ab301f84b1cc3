/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-footed.h"

#include "cpa-text-scale.h"

struct _CpaFooted
{
  GtkWidget parent_instance;

  GtkWidget *body; /* (owned) */
  GtkWidget *foot; /* (owned) */
  int least;
};

G_DEFINE_FINAL_TYPE (CpaFooted, cpa_footed, GTK_TYPE_WIDGET)

static void
cpa_footed_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  CpaFooted *self = CPA_FOOTED (widget);
  int least, liked;

  gtk_widget_measure (self->body, orientation, for_size, minimum, natural, NULL, NULL);
  gtk_widget_measure (self->foot, orientation, for_size, &least, &liked, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *natural += liked;
  else
    {
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, liked);
    }
  *minimum_baseline = *natural_baseline = -1;
}

static GtkSizeRequestMode
cpa_footed_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpa_footed_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaFooted *self = CPA_FOOTED (widget);
  int body, foot;
  gboolean both;

  gtk_widget_measure (self->body, GTK_ORIENTATION_VERTICAL, width, &body, NULL, NULL, NULL);
  gtk_widget_measure (self->foot, GTK_ORIENTATION_VERTICAL, width, &foot, NULL, NULL, NULL);
  both = height - foot >= MAX (body, (int) (self->least * cpa_text_scale (widget)));
  gtk_widget_set_child_visible (self->foot, both);
  if (!both)
    foot = 0;
  gtk_widget_allocate (self->body, width, height - foot, -1, NULL);
  if (both)
    gtk_widget_allocate (self->foot, width, foot, -1,
                         gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) (height - foot))));
}

static void
cpa_footed_dispose (GObject *object)
{
  CpaFooted *self = CPA_FOOTED (object);

  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_pointer (&self->foot, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_footed_parent_class)->dispose (object);
}

static void
cpa_footed_class_init (CpaFootedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_footed_dispose;
  GTK_WIDGET_CLASS (klass)->measure = cpa_footed_measure;
  GTK_WIDGET_CLASS (klass)->get_request_mode = cpa_footed_get_request_mode;
  GTK_WIDGET_CLASS (klass)->size_allocate = cpa_footed_size_allocate;
}

static void
cpa_footed_init (CpaFooted *self)
{
}

GtkWidget *
cpa_footed_new (GtkWidget *body, GtkWidget *foot, int least)
{
  CpaFooted *self = g_object_new (CPA_TYPE_FOOTED, NULL);

  self->body = body;
  self->foot = foot;
  self->least = least;
  gtk_widget_set_parent (body, GTK_WIDGET (self));
  gtk_widget_set_parent (foot, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
