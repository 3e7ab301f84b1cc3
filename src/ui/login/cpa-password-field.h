/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A password with its label above it and a button that shows what was typed. Its text goes with it when it is gone.
 * Signals "changed" and "activate" as of an entry. */
#define CPA_TYPE_PASSWORD_FIELD (cpa_password_field_get_type ())
G_DECLARE_FINAL_TYPE (CpaPasswordField, cpa_password_field, CPA, PASSWORD_FIELD, AdwBin)

const char *cpa_password_field_get_text (CpaPasswordField *self);
/* Empties the field and puts the focus in it. */
void cpa_password_field_reset (CpaPasswordField *self);
/* The sentence under it; NULL takes it away. */
void cpa_password_field_set_error (CpaPasswordField *self, const char *text);

G_END_DECLS
