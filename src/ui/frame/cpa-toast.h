/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* (transfer full): a notice that says text, whatever characters are in it. It stays 20 seconds, or until it is closed
 * or another one has something to say. */
AdwToast *cpa_toast_new (const char *text);
/* (transfer full): one that can be answered, with a button of those words. Its "button-clicked" tells of it. */
AdwToast *cpa_toast_new_question (const char *text, const char *answer);
/* Shows it (takes it) where widget (nullable) is, one at a time. What can be answered goes before what only says
 * something, and takes the place of what could be answered before. A screen reader hears its buttons once and by their
 * names. */
void cpa_toast_show (GtkWidget *widget, AdwToast *toast);
/* The same for a notice that only says something. */
void cpa_toast_say (GtkWidget *widget, const char *text);
/* It is shown no longer, nor does it wait. Not adw_toast_dismiss(): one that still comes must not go. */
void cpa_toast_dismiss (AdwToast *toast);
/* Takes away all that is shown or waits there: it may name somebody. */
void cpa_toast_dismiss_all (AdwToastOverlay *overlay);

G_END_DECLS
