/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One thing to type in a form: its name above, what it is for and what is wrong with it below. Signals "changed" and
 * "activate". */
#define CPA_TYPE_FIELD (cpa_field_get_type ())
G_DECLARE_FINAL_TYPE (CpaField, cpa_field, CPA, FIELD, GtkWidget)

/* key names it on the wire; hint is nullable. */
GtkWidget *cpa_field_new (const char *key, const char *label, const char *hint);
const char *cpa_field_get_key (CpaField *self);
/* (transfer full): without spaces around it. */
char *cpa_field_get_text (CpaField *self);
void cpa_field_set_text (CpaField *self, const char *text); /* (nullable) */
/* A sentence under the field, told to a screen reader; NULL takes it away. */
void cpa_field_set_error (CpaField *self, const char *text);
void cpa_field_set_purpose (CpaField *self, GtkInputPurpose purpose);

G_END_DECLS
