/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label of plain text at the left, with a style class (nullable). It wraps, and is never cut. */
GtkWidget *cpa_label_new (const char *text, const char *css_class);
/* The same, cut with "…" after so many lines: for previews only. */
GtkWidget *cpa_label_preview_new (const char *text, const char *css_class, int lines);
/* A cell in a list of many: cheap, one line, takes the width it gets. */
GtkWidget *cpa_inscription_new (const char *css_class, int lines);
/* Leaves the children of a widget that names itself out of what a screen reader meets, so that nothing is said twice.
 */
void cpa_hide_from_reader (GtkWidget *widget);
/* The accessible name and description (nullable) of widget. */
void cpa_name (GtkWidget *widget, const char *name, const char *description);

G_END_DECLS
