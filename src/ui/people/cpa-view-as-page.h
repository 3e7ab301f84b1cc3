/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-context.h"
#include "cpa-member.h"

G_BEGIN_DECLS

/* The whole portal of a client as somebody else would see it, under a bar that says so. It lets one try other ticks, so
 * that one sees what they would show before they are there. Signal "stopped" (char *id of the
 * row). */
#define CPA_TYPE_VIEW_AS_PAGE (cpa_view_as_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaViewAsPage, cpa_view_as_page, CPA, VIEW_AS_PAGE, AdwBin)

/* context is that of who looks. */
GtkWidget *cpa_view_as_page_new (CpaContext *context, const CpMember *member);
void cpa_view_as_page_refresh (CpaViewAsPage *self);

G_END_DECLS
