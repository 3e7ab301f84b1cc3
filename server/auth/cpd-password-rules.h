/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-store-account.h"

G_BEGIN_DECLS

/* Whether a new password may be used by this account (NIST SP 800-63B: length, a list, context; no composition rules).
 * FALSE with one of the CP_ERROR_PASSWORD_ codes. */
gboolean cpd_password_rules_check (const CpdConfig *config, const CpdAccount *account, const char *old_password,
                                   const char *new_password, GError **error);

G_END_DECLS
