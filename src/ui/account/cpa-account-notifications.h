/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-account-page.h"

G_BEGIN_DECLS

/* The e-mail that there is something new: whether it comes, and when it does not. */

/* Whether it comes now, in a sentence; and the hours in which it does not: (transfer full) (nullable) for none. */
const char *cpa_account_notifications_text (const CpOwnAccount *account);
char *cpa_account_notifications_hours (const CpOwnAccount *account);
/* The window in which that is changed, over its page. */
void cpa_account_change_notifications (CpaAccountPage *page);

G_END_DECLS
