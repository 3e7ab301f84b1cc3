/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* What stands under the list of user management. */

/* "Meer uitleg": what a tick at each part means, for who has no mouse to hover with. */
GtkWidget *cpa_people_help_new (CpaContext *context);
/* (transfer full): of whom that is, as text, which differs when they do. */
char *cpa_people_viewed (CpaMemberModel *model);
/* "Bekijk als…": of whom one may see the portal; the rows activate people.view with the id. Hidden when there is
 * nobody. */
GtkWidget *cpa_people_view_as_new (CpaContext *context, CpaMemberModel *model);
/* Each reason why a box is dimmed, once, in the GtkBox reasons. */
void cpa_people_show_reasons (GtkWidget *reasons, CpaContext *context, CpaMemberModel *model);

G_END_DECLS
