/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-organisation.h"

G_BEGIN_DECLS

/* What makes a good password, ticked off while typing. The server decides; this says it beforehand. */
#define CPA_TYPE_PASSWORD_RULES (cpa_password_rules_get_type ())
G_DECLARE_FINAL_TYPE (CpaPasswordRules, cpa_password_rules, CPA, PASSWORD_RULES, AdwBin)

void cpa_password_rules_setup (CpaPasswordRules *self, const CpOrganisation *organisation, const char *username);
void cpa_password_rules_check (CpaPasswordRules *self, const char *password);
/* FALSE with one of the password errors when the server need not be asked. */
gboolean cpa_password_rules_accept (CpaPasswordRules *self, const char *password, GError **error);

G_END_DECLS
