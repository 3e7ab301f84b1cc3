/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-steady.h"

struct _CpaSteady
{
  GtkWidget parent_instance;

  GtkWidget *box; /* (owned) */
  int height;     /* that it has */
  guint tick_id;  /* while it keeps that, whatever is in it */
  gboolean styled;
};

static void cpa_steady_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaSteady, cpa_steady, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, cpa_steady_buildable_init))

static void
cpa_steady_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  CpaSteady *self = CPA_STEADY (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && self->tick_id != 0)
    *minimum = *natural = self->height;
  *minimum_baseline = *natural_baseline = -1;
}

static int
height_of_box (CpaSteady *self, int width)
{
  int height;

  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
cpa_steady_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaSteady *self = CPA_STEADY (widget);

  self->height = height;
  gtk_widget_allocate (self->box, width, MAX (height, height_of_box (self, width)), baseline, NULL);
}

static GtkSizeRequestMode
cpa_steady_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpa_steady_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  gtk_box_append (GTK_BOX (CPA_STEADY (buildable)->box), GTK_WIDGET (child));
}

static void
cpa_steady_buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = cpa_steady_add_child;
}

static void
cpa_steady_dispose (GObject *object)
{
  g_clear_pointer (&CPA_STEADY (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_steady_parent_class)->dispose (object);
}

static void
cpa_steady_class_init (CpaSteadyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_steady_dispose;
  GTK_WIDGET_CLASS (klass)->measure = cpa_steady_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = cpa_steady_size_allocate;
  GTK_WIDGET_CLASS (klass)->get_request_mode = cpa_steady_get_request_mode;
}

static void
cpa_steady_init (CpaSteady *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* A page that does not scroll fills its window, and gets room to: the rest of it has the room that it had. */
static void
make_room (GtkAdjustment *page, GtkWidget *content, int more)
{
  double upper = gtk_adjustment_get_upper (page), window = gtk_adjustment_get_page_size (page);
  int asked;

  gtk_widget_get_size_request (content, NULL, &asked);
  if (asked == -1 && upper > window)
    return;
  gtk_widget_set_size_request (content, -1, upper + more > window ? (int) upper + more : -1);
}

static void
scroll (GtkScrolledWindow *scroller, int more)
{
  GtkAdjustment *page = gtk_scrolled_window_get_vadjustment (scroller);
  GtkWidget *viewport = gtk_scrolled_window_get_child (scroller);

  make_room (page, gtk_viewport_get_child (GTK_VIEWPORT (viewport)), more);
  gtk_adjustment_configure (page, MAX (gtk_adjustment_get_value (page) + more, 0), 0,
                            gtk_adjustment_get_upper (page) + more, gtk_adjustment_get_step_increment (page),
                            gtk_adjustment_get_page_increment (page), gtk_adjustment_get_page_size (page));
}

/* What is new has its letters at the end of a frame, and only then its height. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  CpaSteady *self = CPA_STEADY (widget);
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  int more = height_of_box (self, gtk_widget_get_width (widget)) - self->height;

  if (!self->styled)
    {
      self->styled = TRUE;
      return G_SOURCE_CONTINUE;
    }
  self->tick_id = 0;
  if (scroller != NULL && more != 0)
    scroll (GTK_SCROLLED_WINDOW (scroller), more);
  gtk_widget_queue_resize (widget);
  return G_SOURCE_REMOVE;
}

void
cpa_steady_keep (GtkWidget *inside)
{
  GtkWidget *around = gtk_widget_get_ancestor (inside, CPA_TYPE_STEADY);
  CpaSteady *self = CPA_STEADY (around);

  if (self == NULL || !gtk_widget_get_mapped (around))
    return;
  self->styled = FALSE;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (around, tick_cb, NULL, NULL);
  gtk_widget_queue_resize (around);
}

GtkWidget *
cpa_steady_blank_new (GtkWidget *was)
{
  GtkWidget *blank = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (blank, -1, gtk_widget_get_height (was));
  return blank;
}
