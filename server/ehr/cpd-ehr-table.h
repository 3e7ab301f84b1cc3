/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPD_EHR_TABLE_COLUMNS 32 /* what stands further to the right is not kept below its heading */

/* A table of HTML on lines of text: the cells of a row with bars between them, and a dash for what is empty, so that
 * each value keeps its place below its heading. Begins as zeros. */
typedef struct
{
  gsize row;                           /* where in the text the row begins */
  gsize cell;                          /* where its newest cell does */
  gsize done;                          /* behind the newest cell that ended, or the beginning of the row */
  guint column;                        /* how many columns of the row are there */
  guint wide;                          /* how many more the newest cell takes */
  gboolean open;                       /* a row is */
  gboolean in;                         /* a cell is */
  gboolean words;                      /* the row has some */
  guint8 below[CPD_EHR_TABLE_COLUMNS]; /* how many more rows a cell of that column takes */
} CpdEhrTable;

/* Where the row begins in text; a row that is open must have ended. */
void cpd_ehr_table_begin_row (CpdEhrTable *table, GString *text);
/* What follows is in a cell of so many columns and rows (at least 1). */
void cpd_ehr_table_begin_cell (CpdEhrTable *table, GString *text, guint columns, guint rows);
/* Nothing happens when none is open. */
void cpd_ehr_table_end_cell (CpdEhrTable *table, GString *text);
/* The same; of a row without words nothing stays. */
void cpd_ehr_table_end_row (CpdEhrTable *table, GString *text);

G_END_DECLS
