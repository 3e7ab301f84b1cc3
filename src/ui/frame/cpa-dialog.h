/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* So that a screen reader hears each button in widget once: libadwaita 1.2 names them twice ("Cancel Cancel"). */
void cpa_dialog_name_buttons (GtkWidget *widget);
/* Shows a question, its buttons named so. */
void cpa_dialog_present (GtkWidget *dialog);
/* A window over another one, as high as what is in it: scroller is what may be longer. Never wider than the window
 * below, nor higher than the screen. Again when more or less is in it. */
void cpa_dialog_fit (AdwWindow *window, int width, GtkScrolledWindow *scroller);
/* Cancel, which has the focus, or yes (label), which is answered as response. */
GtkWidget *cpa_dialog_question_new (GtkWindow *window, const char *heading, const char *text, const char *response,
                                    const char *label);
/* Whether a window with something typed in it may go: shown, and to be connected to its "response". */
GtkWidget *cpa_dialog_ask_leave (GtkWindow *window);
/* What was answered to that. TRUE: the window goes. */
gboolean cpa_dialog_leaves (GtkWindow *dialog, const char *response);
/* Whoever comes next on a shared computer finds nothing to paste. Where window has not the focus they are emptied once
 * more when it gets it. */
void cpa_dialog_empty_clipboards (GtkWindow *window);
/* (transfer none): a dialog that only says something, over window (nullable). */
GtkWidget *cpa_dialog_tell (GtkWindow *window, const char *title, const char *text);
/* Closes the dialogs of window but one (nullable), and what is over them, whoever opened them. Those of GTK itself are
 * cancelled, and what they are about ends. */
void cpa_dialog_close_all (GtkWindow *window, GtkWidget *but);
/* Cancels only those of GTK itself: where something is to be printed or saved. */
void cpa_dialog_cancel_of_gtk (GtkWindow *window);

G_END_DECLS
