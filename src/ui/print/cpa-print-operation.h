/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-print-doc.h"

G_BEGIN_DECLS

/* (transfer full): prints doc. Its pages are set when the paper is known. */
GtkPrintOperation *cpa_print_operation_new (CpaPrintDoc *doc);
/* Asks for the printer in a dialog over window (nullable), which also says note (nullable), and prints. What fails is
 * told by "done". */
void cpa_print_operation_run (GtkPrintOperation *operation, GtkWindow *window, const char *note);
/* (transfer full): the family of the desktop's font. */
char *cpa_print_family (void);
/* Leaves "print to a file" out of the print dialog, for the whole program. */
void cpa_print_operation_forbid_files (void);

G_END_DECLS
