/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-form-window.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* Another mobile number for somebody who has not been in yet. Signal "changed-mobile": the window has closed. */
#define CPA_TYPE_MOBILE_FORM (cpa_mobile_form_get_type ())
G_DECLARE_FINAL_TYPE (CpaMobileForm, cpa_mobile_form, CPA, MOBILE_FORM, GtkWidget)

CpaMobileForm *cpa_mobile_form_present (GtkWidget *parent, CpaContext *context, CpaMemberModel *model,
                                        CpaMember *member);

G_END_DECLS
