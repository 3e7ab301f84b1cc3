/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-own-account.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* Profielinstellingen (a CpaPage): a person's own account. Activates session.change-password, main.look-again when
 * the name has changed, and session.leave (a sentence) when this session ended with what was done. */
#define CPA_TYPE_ACCOUNT_PAGE (cpa_account_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaAccountPage, cpa_account_page, CPA, ACCOUNT_PAGE, GtkWidget)

GtkWidget *cpa_account_page_new (CpaContext *context);

/* For its forms: */
CpaContext *cpa_account_page_get_context (CpaAccountPage *self);
/* (nullable): as it was last fetched. */
const CpOwnAccount *cpa_account_page_get_account (CpaAccountPage *self);
/* Something was changed: asks again, and says so (nullable). */
void cpa_account_page_changed (CpaAccountPage *self, const char *said);
/* This session is over. */
void cpa_account_page_leave (CpaAccountPage *self, const char *sentence);

G_END_DECLS
