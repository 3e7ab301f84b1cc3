/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-account.h"

G_BEGIN_DECLS

/* Inloggen. Signals "next" (CpLoginAnswer *, borrowed), "other-organisation", "forgot", and "changed": something else
 * is filled in or ticked. */
#define CPA_TYPE_LOGIN_PAGE (cpa_login_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaLoginPage, cpa_login_page, CPA, LOGIN_PAGE, AdwBin)

GtkWidget *cpa_login_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo);
/* Who it is, and how it looks: in place, so that what was typed stays. */
void cpa_login_page_set_organisation (CpaLoginPage *self, const CpOrganisation *organisation, GdkPaintable *logo);
/* The computer is set up as a shared one: it is said, not asked. */
void cpa_login_page_set_shared (CpaLoginPage *self, gboolean shared);
/* Where it is asked: somebody said so. */
void cpa_login_page_set_ticked (CpaLoginPage *self, gboolean ticked);
gboolean cpa_login_page_get_ticked (CpaLoginPage *self);
void cpa_login_page_set_can_change_organisation (CpaLoginPage *self, gboolean can_change);
void cpa_login_page_set_username (CpaLoginPage *self, const char *username);
char *cpa_login_page_dup_username (CpaLoginPage *self); /* (transfer full) */
/* A password; with_username: or anything. */
gboolean cpa_login_page_has_typed (CpaLoginPage *self, gboolean with_username);
/* Whatever the answer to the login under way is, it is not wanted any more. */
void cpa_login_page_abandon (CpaLoginPage *self);
/* Why one is here again. */
void cpa_login_page_show_info (CpaLoginPage *self, const char *text);

G_END_DECLS
