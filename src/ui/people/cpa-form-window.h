/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-organisation.h"

G_BEGIN_DECLS

/* A small window over the page with something to fill in: a title, a sentence, fields, and two buttons. Whoever closes
 * it after typing is asked first. Signals "submit" (the main button, or Enter in a field) and "cancelled" (closed
 * without). The owner closes it with cpa_form_window_done. */
#define CPA_TYPE_FORM_WINDOW (cpa_form_window_get_type ())
G_DECLARE_FINAL_TYPE (CpaFormWindow, cpa_form_window, CPA, FORM_WINDOW, AdwWindow)

/* parent: a widget in the window that it stands over. */
GtkWidget *cpa_form_window_new (GtkWidget *parent, const char *title, const char *main_label);
/* Shows it, as cpa_dialog_fit says, with what cpa_drafts_fill has kept of it. Returns (transfer none) (nullable) the
 * sentence that it says then. */
const char *cpa_form_window_present (CpaFormWindow *self);
/* There is more in it now, or less. */
void cpa_form_window_fit (CpaFormWindow *self);
/* A sentence under the title; NULL takes it away. */
void cpa_form_window_set_text (CpaFormWindow *self, const char *text);
void cpa_form_window_append (CpaFormWindow *self, GtkWidget *widget);
/* Something was typed or chosen. */
void cpa_form_window_touch (CpaFormWindow *self);
/* While an answer is awaited: busy_label stands on the main button; NULL when it is there. The window cannot be closed
 * then, so that what comes of it is told, nor typed in: another address would not be the one that is asked about. */
void cpa_form_window_set_busy (CpaFormWindow *self, const char *busy_label);
/* Another label on the main button, when no answer is awaited. */
void cpa_form_window_set_main (CpaFormWindow *self, const char *label);
gboolean cpa_form_window_is_busy (CpaFormWindow *self);
/* A sentence above the buttons; NULL takes it away. */
void cpa_form_window_set_error (CpaFormWindow *self, const char *text);
void cpa_form_window_say (CpaFormWindow *self, const char *text);
/* Somebody else was first: text says so. From now on the buttons save all the same, or leave it as it is. */
void cpa_form_window_ask_anew (CpaFormWindow *self, const char *text);
/* Closes without asking. */
void cpa_form_window_done (CpaFormWindow *self);

G_END_DECLS
