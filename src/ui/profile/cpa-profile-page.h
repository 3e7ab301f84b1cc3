/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-page.h"

G_BEGIN_DECLS

/* Mijn gegevens: what the health record holds about the person, the contacts and the general practitioner. */
#define CPA_TYPE_PROFILE_PAGE (cpa_profile_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaProfilePage, cpa_profile_page, CPA, PROFILE_PAGE, GtkWidget)

GtkWidget *cpa_profile_page_new (CpaContext *context);

G_END_DECLS
