/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-account.h"

G_BEGIN_DECLS

/* Apparaat verificatie. Signals "next" (CpLoginAnswer *, borrowed), "back", and "ended" (GError *): this attempt is
 * over and one has to log in again. */
#define CPA_TYPE_VERIFY_PAGE (cpa_verify_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaVerifyPage, cpa_verify_page, CPA, VERIFY_PAGE, AdwBin)

GtkWidget *cpa_verify_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                                const CpChallenge *challenge);

G_END_DECLS
