/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One line of text with its label above it, a hint and the sentence of what is not right below it. What was typed
 * stays. Signal "activate": Enter. */
#define CPA_TYPE_TEXT_FIELD (cpa_text_field_get_type ())
G_DECLARE_FINAL_TYPE (CpaTextField, cpa_text_field, CPA, TEXT_FIELD, AdwBin)

/* hint and text are nullable. */
GtkWidget *cpa_text_field_new (const char *label, const char *hint, const char *text);
/* (transfer full): without spaces around it. */
char *cpa_text_field_get_text (CpaTextField *self);
void cpa_text_field_set_purpose (CpaTextField *self, GtkInputPurpose purpose);
/* The sentence under it; NULL takes it away, as does the next change. */
void cpa_text_field_set_error (CpaTextField *self, const char *text);

G_END_DECLS
