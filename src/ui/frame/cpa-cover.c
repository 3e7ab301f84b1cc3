/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-cover.h"

struct _CpaCover
{
  GtkWidget parent_instance;

  GtkWidget *over; /* (owned) (nullable) */
  GtkWidget *page; /* (owned) */
};

static void cpa_cover_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaCover, cpa_cover, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, cpa_cover_buildable_init))

static void
cpa_cover_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  cpa_cover_set_page (CPA_COVER (buildable), GTK_WIDGET (child));
}

static void
cpa_cover_buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = cpa_cover_add_child;
}

static void
cpa_cover_dispose (GObject *object)
{
  CpaCover *self = CPA_COVER (object);

  g_clear_pointer (&self->over, gtk_widget_unparent);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_cover_parent_class)->dispose (object);
}

static void
cpa_cover_class_init (CpaCoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_cover_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_cover_init (CpaCover *self)
{
}

GtkWidget *
cpa_cover_new (GtkWidget *page)
{
  CpaCover *self = g_object_new (CPA_TYPE_COVER, NULL);

  cpa_cover_set_page (self, page);
  return GTK_WIDGET (self);
}

void
cpa_cover_set_page (CpaCover *self, GtkWidget *page)
{
  g_clear_pointer (&self->page, gtk_widget_unparent);
  self->page = page;
  gtk_widget_set_visible (page, self->over == NULL);
  gtk_widget_insert_before (page, GTK_WIDGET (self), NULL);
}

/* What is in sight comes first, also for who looks through all that is in it. */
void
cpa_cover_put (CpaCover *self, GtkWidget *over)
{
  GtkWidget *before = self->over;

  self->over = over;
  if (over != NULL)
    gtk_widget_insert_after (over, GTK_WIDGET (self), NULL);
  gtk_widget_set_visible (self->page, over == NULL);
  if (before != NULL)
    gtk_widget_unparent (before);
}

GtkWidget *
cpa_cover_get_over (CpaCover *self)
{
  return self->over;
}
