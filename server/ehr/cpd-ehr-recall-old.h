/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For cpd-ehr-recall.c: what is kept of the lines of a file, and the way through those of the run before. */

/* A line, in a page; its keys and what it asked for follow, without padding. */
typedef struct
{
  guint64 tag;
  guint8 type; /* of its rows, CPD_EHR_NO_TYPE without any */
  guint8 again;
  guint8 n_keys;  /* gsize each: the rows that it names */
  guint8 n_asked; /* guint32 each: hashes of the keys that it asked for */
} CpdEhrOldLine;

#define CPD_EHR_NO_TYPE G_MAXUINT8
#define CPD_EHR_OLD_LINE_SIZE 12
G_STATIC_ASSERT (G_STRUCT_OFFSET (CpdEhrOldLine, n_asked) == CPD_EHR_OLD_LINE_SIZE - 1);

/* With its keys and what it asked for. */
gsize cpd_ehr_old_line_size (const CpdEhrOldLine *line);
gsize cpd_ehr_old_line_key (const guint8 *bytes, guint i);

typedef struct
{
  GPtrArray *pages; /* (owned) (nullable) of GBytes */
  guint page;       /* where the next line is expected */
  gsize at;
  guint in_vain; /* lines that were looked for since one was found */
} CpdEhrOld;

/* Called for each line that is passed by: it is not there any more, or stands elsewhere now. */
typedef void (*CpdEhrOldPassed) (const guint8 *bytes, const CpdEhrOldLine *line, gpointer data);

/* pages: (transfer full) (nullable) */
void cpd_ehr_old_begin (CpdEhrOld *old, GPtrArray *pages);
/* What was understood of the line with that tag, NULL when it is not among the next ones; the place moves behind it. */
const guint8 *cpd_ehr_old_find (CpdEhrOld *old, guint64 tag, CpdEhrOldLine *line, CpdEhrOldPassed passed,
                                gpointer data);
/* Passes by all that are left. */
void cpd_ehr_old_end (CpdEhrOld *old, CpdEhrOldPassed passed, gpointer data);

G_END_DECLS
