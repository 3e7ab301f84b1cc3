/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One of a few, all in sight, with its name above and what is wrong below. Nothing is chosen at first. Signal
 * "changed". */
#define CPA_TYPE_CHOICES (cpa_choices_get_type ())
G_DECLARE_FINAL_TYPE (CpaChoices, cpa_choices, CPA, CHOICES, GtkWidget)

/* columns: how many stand beside each other. */
GtkWidget *cpa_choices_new (const char *label, int columns);
/* key is what it is called on the wire; hint (nullable) stands under the words. */
void cpa_choices_add (CpaChoices *self, const char *key, const char *words, const char *hint);
/* (nullable): the key of what is chosen. */
const char *cpa_choices_get (CpaChoices *self);
void cpa_choices_set (CpaChoices *self, const char *key); /* (nullable) */
void cpa_choices_set_error (CpaChoices *self, const char *text);

G_END_DECLS
