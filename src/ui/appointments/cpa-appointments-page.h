/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-page.h"

G_BEGIN_DECLS

/* Mijn afspraken as one list: what is coming by day, and what has been when it is asked for. */
#define CPA_TYPE_APPOINTMENTS_PAGE (cpa_appointments_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaAppointmentsPage, cpa_appointments_page, CPA, APPOINTMENTS_PAGE, GtkWidget)

GtkWidget *cpa_appointments_page_new (CpaContext *context);

G_END_DECLS
