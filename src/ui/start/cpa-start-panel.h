/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-part.h"

G_BEGIN_DECLS

/* A panel of the start screen: tile, title, badge, and under them what can be read without opening. With a page it is
 * wholly one button whose accessible name is exactly the title. Signal "opened". */
#define CPA_TYPE_START_PANEL (cpa_start_panel_get_type ())
G_DECLARE_FINAL_TYPE (CpaStartPanel, cpa_start_panel, CPA, START_PANEL, GtkWidget)

/* part is messages, appointments, dossier or profile; can_open FALSE makes it a plain card. */
GtkWidget *cpa_start_panel_new (CpPart part, gboolean can_open);
CpPart cpa_start_panel_get_part (CpaStartPanel *self);
void cpa_start_panel_append (CpaStartPanel *self, GtkWidget *child);
/* The one sentence of a panel that is empty or being fetched. */
void cpa_start_panel_say (CpaStartPanel *self, const char *text);
void cpa_start_panel_set_badge (CpaStartPanel *self, const char *text);
/* What it shows, for who does not see it. */
void cpa_start_panel_describe (CpaStartPanel *self, const char *description);

const char *cpa_part_title (CpPart part);
const char *cpa_part_icon (CpPart part);

G_END_DECLS
