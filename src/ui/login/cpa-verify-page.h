/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-step.h"

G_BEGIN_DECLS

/* Apparaat verificatie. */
#define CPA_TYPE_VERIFY_PAGE (cpa_verify_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaVerifyPage, cpa_verify_page, CPA, VERIFY_PAGE, CpaStep)

GtkWidget *cpa_verify_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                                const CpChallenge *challenge);

G_END_DECLS
