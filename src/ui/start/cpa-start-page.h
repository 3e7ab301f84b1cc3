/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-page.h"

G_BEGIN_DECLS

/* The start screen: greeting, open invitations, how old the data is, and a panel for each part the person may see.
 * Signal "open-part" (guint CpPart): a panel with a page was chosen. */
#define CPA_TYPE_START_PAGE (cpa_start_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaStartPage, cpa_start_page, CPA, START_PAGE, GtkWidget)

GtkWidget *cpa_start_page_new (CpaContext *context);

G_END_DECLS
