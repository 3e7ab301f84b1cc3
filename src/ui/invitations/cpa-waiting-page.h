/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* The start screen of who has nothing to see (a CpaPage): invited and not accepted yet, accepted without a part yet, or
 * no access at all. */
#define CPA_TYPE_WAITING_PAGE (cpa_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaWaitingPage, cpa_waiting_page, CPA, WAITING_PAGE, AdwBin)

GtkWidget *cpa_waiting_page_new (CpaContext *context);

G_END_DECLS
