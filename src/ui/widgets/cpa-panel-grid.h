/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-wrap.h"

G_BEGIN_DECLS

/* A CpaWrap of two equal columns from 760 px (divided by the text scale), else of one. */
#define CPA_TYPE_PANEL_GRID (cpa_panel_grid_get_type ())
G_DECLARE_FINAL_TYPE (CpaPanelGrid, cpa_panel_grid, CPA, PANEL_GRID, CpaWrap)

G_END_DECLS
