/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-own-account.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* Profielinstellingen (a CpaPage): a person's own account. Activates session.change-password, main.look-again when
 * the name has changed, session.leaving (a sentence, or "") around what ends this session, and session.leave (a
 * sentence) when it did. */
#define CPA_TYPE_ACCOUNT_PAGE (cpa_account_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaAccountPage, cpa_account_page, CPA, ACCOUNT_PAGE, GtkWidget)

GtkWidget *cpa_account_page_new (CpaContext *context);

/* For its forms: */
CpaContext *cpa_account_page_get_context (CpaAccountPage *self);
/* (nullable): as it was last fetched. */
const CpOwnAccount *cpa_account_page_get_account (CpaAccountPage *self);
/* name (nullable): of a device. */
const char *cpa_account_page_device_name (const char *name);
/* Something was changed: asks again, and says so (nullable). */
void cpa_account_page_changed (CpaAccountPage *self, const char *said);
/* What is asked now ends this session, and sentence is said then; NULL: it did not. */
void cpa_account_page_leaving (CpaAccountPage *self, const char *sentence);
/* This session is over. */
void cpa_account_page_leave (CpaAccountPage *self, const char *sentence);

G_END_DECLS
