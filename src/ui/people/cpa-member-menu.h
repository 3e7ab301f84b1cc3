/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-member-bound.h"

G_BEGIN_DECLS

/* What can be done with a person, under a button with three dots. The rows activate people.<what> with the id. */
#define CPA_TYPE_MEMBER_MENU (cpa_member_menu_get_type ())
G_DECLARE_FINAL_TYPE (CpaMemberMenu, cpa_member_menu, CPA, MEMBER_MENU, CpaMemberBound)

GtkWidget *cpa_member_menu_new (CpaContext *context, CpaMemberModel *model);
/* Gives the focus to that of the person with that id, which is somewhere in widget. FALSE where there is none. */
gboolean cpa_member_menu_focus (GtkWidget *widget, const char *id);

G_END_DECLS
