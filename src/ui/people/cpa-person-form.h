/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-form-window.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* What must be known of a person before there is an invitation, in a window of its own. Signal "added" (CpMember *):
 * the window has closed. */
#define CPA_TYPE_PERSON_FORM (cpa_person_form_get_type ())
G_DECLARE_FINAL_TYPE (CpaPersonForm, cpa_person_form, CPA, PERSON_FORM, GtkWidget)

/* "Gebruiker toevoegen": first the address, then what is not known yet. Shows the window over parent. */
CpaPersonForm *cpa_person_form_add (GtkWidget *parent, CpaContext *context, CpaMemberModel *model);
/* "Aanvullen wat ontbreekt": for a row without an account, who gets part with it. ground may be NULL. */
CpaPersonForm *cpa_person_form_complete (GtkWidget *parent, CpaContext *context, CpaMemberModel *model,
                                         CpaMember *contact, CpPart part, const char *ground);
/* (transfer none): to hear when it is cancelled. */
CpaFormWindow *cpa_person_form_get_window (CpaPersonForm *self);

G_END_DECLS
