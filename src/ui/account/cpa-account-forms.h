/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-account-page.h"

G_BEGIN_DECLS

/* The windows of Profielinstellingen, each over its page. Those of the second step: cpa-account-second-step.c. */
void cpa_account_edit_profile (CpaAccountPage *page);
void cpa_account_change_email (CpaAccountPage *page);
void cpa_account_change_mobile (CpaAccountPage *page);
void cpa_account_rename_device (CpaAccountPage *page, const CpOwnDevice *device);
void cpa_account_end_device (CpaAccountPage *page, const CpOwnDevice *device);
void cpa_account_end (CpaAccountPage *page);

void cpa_account_set_up_app (CpaAccountPage *page);
void cpa_account_turn_off_app (CpaAccountPage *page);
void cpa_account_new_sheet (CpaAccountPage *page);
/* A code of the sheet was used to get in; left is -1 when none was. */
void cpa_account_say_sheet (AdwToastOverlay *toasts, int left);

G_END_DECLS
