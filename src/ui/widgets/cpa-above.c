/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-above.h"

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      gtk_widget_measure (child, orientation, -1, &least, &wanted, NULL, NULL);
      *minimum = orientation == GTK_ORIENTATION_VERTICAL ? *minimum + least : MAX (*minimum, least);
      *natural = orientation == GTK_ORIENTATION_VERTICAL ? *natural + wanted : MAX (*natural, wanted);
    }
}

/* A scrolled window knows how high it wants to be in one line only. */
static int
height_of (GtkWidget *scroller, int width, int height)
{
  int least, wanted;

  if (!gtk_widget_should_layout (scroller))
    return 0;
  gtk_widget_measure (scroller, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)), GTK_ORIENTATION_VERTICAL, width,
                      NULL, &wanted, NULL, NULL);
  return MAX (least, MIN (wanted, height / 2));
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *scroller = gtk_widget_get_first_child (widget);
  GtkWidget *rest = gtk_widget_get_next_sibling (scroller);
  int above = height_of (scroller, width, height);

  if (gtk_widget_should_layout (scroller))
    gtk_widget_size_allocate (scroller, &(GtkAllocation){ 0, 0, width, above }, -1);
  gtk_widget_size_allocate (rest, &(GtkAllocation){ 0, above, width, height - above }, -1);
}

GtkWidget *
cpa_above_new (GtkWidget *above, GtkWidget *rest)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_layout_manager (box, gtk_custom_layout_new (NULL, measure, allocate));
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "child", above, NULL);
  g_object_bind_property (above, "visible", scroller, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), rest);
  return box;
}
