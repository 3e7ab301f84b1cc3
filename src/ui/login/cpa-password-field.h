/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A password with its label above it and a button that shows what was typed. Its text goes with it when it is gone.
 * Signals "changed" and "activate" as of an entry. */
#define CPA_TYPE_PASSWORD_FIELD (cpa_password_field_get_type ())
G_DECLARE_FINAL_TYPE (CpaPasswordField, cpa_password_field, CPA, PASSWORD_FIELD, AdwBin)

const char *cpa_password_field_get_text (CpaPasswordField *self);
/* Empties the field: what is typed next does not show until that is asked for again. */
void cpa_password_field_clear (CpaPasswordField *self);
/* The same, and puts the focus in it. */
void cpa_password_field_reset (CpaPasswordField *self);
void cpa_password_field_set_editable (CpaPasswordField *self, gboolean editable);
/* The sentence under it; NULL takes it away. */
void cpa_password_field_set_error (CpaPasswordField *self, const char *text);
/* widget is read out with it, as that sentence is. */
void cpa_password_field_describe (CpaPasswordField *self, GtkWidget *widget);

G_END_DECLS
