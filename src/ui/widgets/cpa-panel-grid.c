/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-panel-grid.h"

#include "cpa-text-scale.h"

#define TWO_COLUMNS_FROM 712 /* of 760 px the page margins take 48 */
#define GAP 16

struct _CpaPanelGrid
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CpaPanelGrid, cpa_panel_grid, GTK_TYPE_WIDGET)

static int
columns_of (GtkWidget *widget, int width)
{
  return width >= TWO_COLUMNS_FROM * cpa_text_scale (widget) ? 2 : 1;
}

static int
column_width (int columns, int width)
{
  return MAX ((width - (columns - 1) * GAP) / columns, 1);
}

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Height of the row that starts at *child; *child becomes the first of the next row. */
static int
row_height (GtkWidget **child, int columns, int width)
{
  int height = 0;

  for (int column = 0; column < columns && *child != NULL; column++)
    {
      int minimum, natural;

      gtk_widget_measure (*child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
      height = MAX (height, natural);
      *child = next_shown (gtk_widget_get_next_sibling (*child));
    }
  return height;
}

static int
height_for_width (GtkWidget *widget, int width)
{
  GtkWidget *child = next_shown (gtk_widget_get_first_child (widget));
  int columns = columns_of (widget, width);
  int height = 0;

  while (child != NULL)
    height += row_height (&child, columns, column_width (columns, width)) + GAP;
  return MAX (height - GAP, 0);
}

static void
cpa_panel_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
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
      *natural = MAX (*natural, child_natural);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = height_for_width (widget, for_size >= 0 ? MAX (for_size, *minimum) : *natural);
}

static void
cpa_panel_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = next_shown (gtk_widget_get_first_child (widget));
  int columns = columns_of (widget, width);
  int each = column_width (columns, width);
  int y = 0;

  while (child != NULL)
    {
      GtkWidget *next = child;
      int row = row_height (&next, columns, each);

      for (int column = 0; child != next; column++, child = next_shown (gtk_widget_get_next_sibling (child)))
        {
          int x = column * (each + GAP);

          gtk_widget_size_allocate (child, &(GtkAllocation){ mirrored ? width - x - each : x, y, each, row }, -1);
        }
      y += row + GAP;
    }
}

static GtkSizeRequestMode
cpa_panel_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpa_panel_grid_dispose (GObject *object)
{
  cpa_panel_grid_clear (CPA_PANEL_GRID (object));
  G_OBJECT_CLASS (cpa_panel_grid_parent_class)->dispose (object);
}

static void
cpa_panel_grid_class_init (CpaPanelGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_panel_grid_dispose;
  widget_class->measure = cpa_panel_grid_measure;
  widget_class->size_allocate = cpa_panel_grid_size_allocate;
  widget_class->get_request_mode = cpa_panel_grid_get_request_mode;
}

static void
cpa_panel_grid_init (CpaPanelGrid *self)
{
}

GtkWidget *
cpa_panel_grid_new (void)
{
  return g_object_new (CPA_TYPE_PANEL_GRID, NULL);
}

void
cpa_panel_grid_append (CpaPanelGrid *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
cpa_panel_grid_clear (CpaPanelGrid *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
