/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* "Bij wie wilt u kijken?" (a CpaPage), for who has access to several patients. Signal "patient-chosen" (char *id). */
#define CPA_TYPE_PATIENT_PAGE (cpa_patient_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaPatientPage, cpa_patient_page, CPA, PATIENT_PAGE, AdwBin)

GtkWidget *cpa_patient_page_new (CpaContext *context);

G_END_DECLS
