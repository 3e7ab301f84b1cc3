/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-print-job.h"

G_BEGIN_DECLS

/* Asks, and prints job or saves it as a PDF; takes job. What a period needs is fetched first. On a shared computer it
 * goes straight to the print dialog, which then offers no file. parent is what the button stood in: when that goes,
 * this goes. */
void cpa_print_dialog_present (GtkWidget *parent, CpaContext *context, CpaPrintJob *job);
/* Whether something was printed or saved that way, of parent. */
gboolean cpa_print_dialog_came_out (GtkWidget *parent);
/* What was to be printed of parent is not to be read there any more: nothing of it is printed or saved from now on. */
void cpa_print_dialog_close (GtkWidget *parent);
/* The same, and says that it has changed: where the page that it was printed from does not say so. */
void cpa_print_dialog_close_changed (GtkWidget *parent);
/* Something may have changed: what was fetched to be printed of parent is fetched again, and when it is another thing
 * now, this closes and says so. */
void cpa_print_dialog_look_again (GtkWidget *parent);

G_END_DECLS
