/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-form-window.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* Another mobile number or address for somebody who has not been in yet. Signal "corrected", with the sentence that
 * says so: the window has closed. */
#define CPA_TYPE_CORRECTION_FORM (cpa_correction_form_get_type ())
G_DECLARE_FINAL_TYPE (CpaCorrectionForm, cpa_correction_form, CPA, CORRECTION_FORM, GtkWidget)

/* what: "mobile" or "email", as `allowed` names it. */
CpaCorrectionForm *cpa_correction_form_present (GtkWidget *parent, CpaContext *context, CpaMemberModel *model,
                                                CpaMember *member, const char *what);

G_END_DECLS
