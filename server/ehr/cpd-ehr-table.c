/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-table.h"

#define NOTHING "–"
#define NO_BREAK_SPACE "\302\240" /* in a cell that an editor left empty */

/* Takes white space from the end of text, down to start. */
static void
trim (GString *text, gsize start)
{
  gsize end = text->len;

  while (end > start)
    if (g_ascii_isspace (text->str[end - 1]))
      end--;
    else if (end >= start + 2 && text->str[end - 2] == NO_BREAK_SPACE[0] && text->str[end - 1] == NO_BREAK_SPACE[1])
      end -= 2;
    else
      break;
  g_string_truncate (text, end);
}

/* What stands in no cell is words too. */
static void
look_between (CpdEhrTable *table, GString *text)
{
  trim (text, table->done);
  table->words |= text->len > table->done;
}

static void
next_column (CpdEhrTable *table, GString *text)
{
  if (table->column > 0)
    g_string_append (text, " | ");
  table->column++;
}

/* The columns that the cell before takes as well, and those of cells that stand in a row above. */
static void
pass_taken (CpdEhrTable *table, GString *text)
{
  while (table->column < CPD_EHR_TABLE_COLUMNS && (table->wide > 0 || table->below[table->column] > 0))
    {
      if (table->wide > 0)
        table->wide--;
      else
        table->below[table->column]--;
      next_column (table, text);
      g_string_append (text, NOTHING);
    }
  table->wide = 0;
}

/**
 * cpd_ehr_table_begin_row:
 *
 * Where text ends now.
 */
void
cpd_ehr_table_begin_row (CpdEhrTable *table, GString *text)
{
  table->open = TRUE;
  table->words = FALSE;
  table->column = table->wide = 0;
  table->row = table->done = text->len;
}

/**
 * cpd_ehr_table_begin_cell:
 *
 * Ends the one before, and begins a row when none is open, as HTML does.
 */
void
cpd_ehr_table_begin_cell (CpdEhrTable *table, GString *text, guint columns, guint rows)
{
  if (!table->open)
    cpd_ehr_table_begin_row (table, text);
  cpd_ehr_table_end_cell (table, text);
  look_between (table, text);
  pass_taken (table, text);
  for (guint i = table->column; i < MIN (table->column + columns, CPD_EHR_TABLE_COLUMNS); i++)
    table->below[i] = MIN (rows - 1, G_MAXUINT8);
  next_column (table, text);
  table->wide = columns - 1;
  table->cell = text->len;
  table->in = TRUE;
}

/**
 * cpd_ehr_table_end_cell:
 *
 * Puts a dash where nothing was written.
 */
void
cpd_ehr_table_end_cell (CpdEhrTable *table, GString *text)
{
  if (!table->in)
    return;
  trim (text, table->cell);
  if (text->len > table->cell)
    table->words = TRUE;
  else
    g_string_append (text, NOTHING);
  table->done = text->len;
  table->in = FALSE;
}

/**
 * cpd_ehr_table_end_row:
 *
 * Cells of rows above that stand right of its last one go on here without a word.
 */
void
cpd_ehr_table_end_row (CpdEhrTable *table, GString *text)
{
  if (!table->open)
    return;
  cpd_ehr_table_end_cell (table, text);
  look_between (table, text);
  if (!table->words)
    g_string_truncate (text, table->row);
  for (guint i = table->column + table->wide; i < CPD_EHR_TABLE_COLUMNS; i++)
    if (table->below[i] > 0)
      table->below[i]--;
  table->open = FALSE;
}
