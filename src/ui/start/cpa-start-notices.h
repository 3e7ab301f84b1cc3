/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-start.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* What there is to know and to do, above the panels of the start screen: open invitations (session.invitations), what
 * ends soon, who declined; a row each. Signal "renewed": the start screen is behind. */
#define CPA_TYPE_START_NOTICES (cpa_start_notices_get_type ())
G_DECLARE_FINAL_TYPE (CpaStartNotices, cpa_start_notices, CPA, START_NOTICES, GtkWidget)

void cpa_start_notices_set_invitations (CpaStartNotices *self, gint64 open);
void cpa_start_notices_show (CpaStartNotices *self, CpaContext *context, const CpStart *start);

G_END_DECLS
