/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* Sends the invitations that still wait for their undo, when the page is left that was in place (nullable). Those that
 * are refused because the client has died meanwhile go out no more: that is told where the page was. */
void cpa_people_leaving_send (GtkWidget *place, CpaContext *context, CpaMemberModel *model);

G_END_DECLS
