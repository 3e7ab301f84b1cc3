/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-panel-grid.h"

#include "cpa-text-scale.h"

#define TWO_COLUMNS_FROM 712 /* of 760 px the page margins take 48 */
#define GAP 16

struct _CpaPanelGrid
{
  CpaWrap parent_instance;
};

G_DEFINE_FINAL_TYPE (CpaPanelGrid, cpa_panel_grid, CPA_TYPE_WRAP)

static int
cpa_panel_grid_child_width (CpaWrap *wrap, GtkWidget *child, int width)
{
  int columns = width >= TWO_COLUMNS_FROM * cpa_text_scale (GTK_WIDGET (wrap)) ? 2 : 1;

  return MAX ((width - (columns - 1) * GAP) / columns, 1);
}

static void
cpa_panel_grid_class_init (CpaPanelGridClass *klass)
{
  CPA_WRAP_CLASS (klass)->gap = GAP;
  CPA_WRAP_CLASS (klass)->child_width = cpa_panel_grid_child_width;
}

static void
cpa_panel_grid_init (CpaPanelGrid *self)
{
}
