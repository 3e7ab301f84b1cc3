/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-print-pdf.h"

/* (transfer full): all of doc on A4. */
CpaPrintPaper *print_kit_lay_out (CpaPrintDoc *doc);
guint print_kit_count (CpaPrintDoc *doc);
/* (transfer full) */
GBytes *print_kit_pdf (CpaPrintPaper *paper);
/* (transfer full): what a program says. */
char *print_kit_run (const char *const *arguments);
/* The text of the pages of a PDF; the form feed behind each of them is gone. */
GStrv print_kit_read (const char *path);

/* The question, NULL when it is not there; what it says and offers, and a press on a button of it. */
GtkWidget *print_kit_dialog (void);
const char *print_kit_body (void);
gboolean print_kit_is_enabled (const char *response);
void print_kit_answer (const char *name);
/* Chooses to save it at path, in the chooser that the question opened; and waits until it is there. */
void print_kit_choose (const char *path);
void print_kit_save (const char *path);
