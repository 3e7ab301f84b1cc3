/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-link-uri.h"
#include "cpa-step.h"

G_BEGIN_DECLS

/* What a link of a mail opens: choosing a password, or confirming. Signals: "done" (char *sentence) when one can log
 * in, "ask-again" for a new link, and those of a step. */
#define CPA_TYPE_LINK_PAGE (cpa_link_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaLinkPage, cpa_link_page, CPA, LINK_PAGE, CpaStep)

/* link has a token; username (nullable) as it was typed before. */
GtkWidget *cpa_link_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                              const CpaLinkUri *link, const char *username);
/* (transfer full) */
char *cpa_link_page_dup_username (CpaLinkPage *self);
/* (transfer full) (nullable): what is said to who goes from it to the login page without using it. */
char *cpa_link_page_dup_leaving (CpaLinkPage *self);

G_END_DECLS
