/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button that says what is chosen, and opens the list of what can be. A screen reader hears the name of the field and
 * what is chosen. Signal "chosen" (guint): the person chose one; the list stays open until it is closed. */
#define CPA_TYPE_CHOICE_BUTTON (cpa_choice_button_get_type ())
G_DECLARE_FINAL_TYPE (CpaChoiceButton, cpa_choice_button, CPA, CHOICE_BUTTON, GtkWidget)

GtkWidget *cpa_choice_button_new (const char *name);
void cpa_choice_button_set_choices (CpaChoiceButton *self, const char *const *choices);
/* words (nullable) stand on the button instead of those of the list. */
void cpa_choice_button_set_chosen (CpaChoiceButton *self, guint chosen, const char *words);
/* Something more, under the list. */
void cpa_choice_button_append (CpaChoiceButton *self, GtkWidget *widget);
void cpa_choice_button_close (CpaChoiceButton *self);

G_END_DECLS
