/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* The button with the person's own name and the menu under it. Its rows activate session.invitations,
 * main.profile, main.people (for who manages the users of this client), session.change-password and, when compact,
 * session.log-out. */
#define CPA_TYPE_ACCOUNT_MENU (cpa_account_menu_get_type ())
G_DECLARE_FINAL_TYPE (CpaAccountMenu, cpa_account_menu, CPA, ACCOUNT_MENU, GtkWidget)

GtkWidget *cpa_account_menu_new (CpaContext *context);
void cpa_account_menu_set_name (CpaAccountMenu *self, const char *name);
void cpa_account_menu_set_compact (CpaAccountMenu *self, gboolean compact);
void cpa_account_menu_set_invitations (CpaAccountMenu *self, gint64 open);

G_END_DECLS
