/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-report-sight.h"

#define READ_PART 0.6 /* of the screen, of a report that does not fit on it */

CpaReportRow *
cpa_report_sight_row (GtkWidget *list_row)
{
  GtkWidget *child = gtk_widget_get_first_child (list_row);

  return child != NULL && CPA_IS_REPORT_ROW (child) && cpa_report_row_get_report (CPA_REPORT_ROW (child)) != NULL
             ? CPA_REPORT_ROW (child)
             : NULL;
}

static GtkWidget *
get_scroller (GtkWidget *view)
{
  return gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
}

/* From where to where a row stands on the screen; FALSE when it is not there. */
static gboolean
get_sight (GtkWidget *scroller, CpaReportRow *row, float *top, float *bottom)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (GTK_WIDGET (row)) || !gtk_widget_compute_bounds (GTK_WIDGET (row), scroller, &bounds))
    return FALSE;
  *top = bounds.origin.y;
  *bottom = bounds.origin.y + bounds.size.height;
  return *bottom > 0 && *top < gtk_widget_get_height (scroller);
}

gboolean
cpa_report_sight_has (GtkWidget *view, CpaReportRow *row)
{
  GtkWidget *scroller = get_scroller (view);
  float height = (float) gtk_widget_get_height (scroller), top, bottom;

  if (!get_sight (scroller, row, &top, &bottom))
    return FALSE;
  return (top >= -1 && bottom <= height + 1) || MIN (bottom, height) - MAX (top, 0) >= height * READ_PART;
}

CpaReportRow *
cpa_report_sight_find (GtkWidget *view, CpaReport *report)
{
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      CpaReportRow *row = cpa_report_sight_row (child);

      if (row != NULL && cpa_report_row_get_report (row) == report)
        return row;
    }
  return NULL;
}

CpaReport *
cpa_report_sight_looked_at (GtkWidget *view, CpaReport *touched)
{
  GtkWidget *scroller = get_scroller (view);
  CpaReport *first = NULL, *part = NULL;
  float highest = G_MAXFLOAT, part_top = G_MAXFLOAT, top, bottom;

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      CpaReportRow *row = cpa_report_sight_row (child);

      if (row == NULL || !get_sight (scroller, row, &top, &bottom))
        continue;
      if (cpa_report_row_get_report (row) == touched)
        return touched;
      if (top >= -1 && top < highest)
        {
          highest = top;
          first = cpa_report_row_get_report (row);
        }
      if (top < part_top)
        {
          part_top = top;
          part = cpa_report_row_get_report (row);
        }
    }
  return first != NULL ? first : part;
}

void
cpa_report_sight_renew (GtkWidget *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      CpaReportRow *row = cpa_report_sight_row (child);

      if (row != NULL)
        cpa_report_row_renew (row);
    }
}
