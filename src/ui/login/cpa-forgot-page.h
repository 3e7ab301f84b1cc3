/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-step.h"

G_BEGIN_DECLS

/* Wachtwoord vergeten, and then "Kijk in uw e-mail". Leaves by "back". */
#define CPA_TYPE_FORGOT_PAGE (cpa_forgot_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaForgotPage, cpa_forgot_page, CPA, FORGOT_PAGE, CpaStep)

/* username (nullable) as it was typed before. */
GtkWidget *cpa_forgot_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                                const char *username);
/* (transfer full) */
char *cpa_forgot_page_dup_username (CpaForgotPage *self);

G_END_DECLS
