/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-form-window.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* How long somebody keeps access. Signal "changed-until" (char *before, char *now; either may be NULL: no end): the
 * window has closed. */
#define CPA_TYPE_UNTIL_FORM (cpa_until_form_get_type ())
G_DECLARE_FINAL_TYPE (CpaUntilForm, cpa_until_form, CPA, UNTIL_FORM, GtkWidget)

CpaUntilForm *cpa_until_form_present (GtkWidget *parent, CpaContext *context, CpaMemberModel *model, CpaMember *member);

G_END_DECLS
