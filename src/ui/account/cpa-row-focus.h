/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The focus of rows that are made anew: it would go with the button that has it. */
typedef struct
{
  char *which; /* (owned) (nullable): the button that had it */
  guint place; /* among those that are not of one thing of several */
} CpaRowFocus;

/* So button is known again. id (nullable): of the one thing that it is about, where there are more. */
void cpa_row_focus_name (GtkWidget *button, const char *text, const char *id);
/* Before the rows, which are in rows, go. */
void cpa_row_focus_keep (CpaRowFocus *self, GtkWidget *rows);
/* To the same button, or to what came in its place. */
void cpa_row_focus_give_back (CpaRowFocus *self, GtkWidget *rows);
void cpa_row_focus_clear (CpaRowFocus *self);

G_END_DECLS
