/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-organisation-finder.h"

G_BEGIN_DECLS

/* While the organisation at an address is opened without asking, and why it could not be. Signal "retry". */
#define CPA_TYPE_OPENING_PAGE (cpa_opening_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaOpeningPage, cpa_opening_page, CPA, OPENING_PAGE, AdwBin)

GtkWidget *cpa_opening_page_new (const char *address);
const char *cpa_opening_page_get_address (CpaOpeningPage *self);
void cpa_opening_page_show_opening (CpaOpeningPage *self);
/* What was found nevertheless: where it is known whose portal it is, their desk can help. */
void cpa_opening_page_show_error (CpaOpeningPage *self, const GError *error, const CpaFound *found);

G_END_DECLS
