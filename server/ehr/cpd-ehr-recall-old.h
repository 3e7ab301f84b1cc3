/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For cpd-ehr-recall.c: what is kept of the lines of a file, and the way through those of the run before.
 *
 * A page is how many lines it has (guint64), their tags (guint64 each), and then of each line its head, its keys (gsize
 * each: the rows that it names) and hashes of what it asked for (guint32 each), without padding. The tags stand apart,
 * because of a line that says something else only the tag changes, and the database writes what differs. */

/* When a line is read again although it is the same. */
enum
{
  CPD_EHR_OLD_NEVER,
  CPD_EHR_OLD_ALWAYS, /* it is reported, or what it says depends on the time */
  CPD_EHR_OLD_ODD     /* when that it is odd is not known from elsewhere */
};

typedef struct
{
  guint8 type; /* of its rows, CPD_EHR_NO_TYPE without any */
  guint8 again;
  guint8 n_keys;
  guint8 n_asked;
} CpdEhrOldHead;

#define CPD_EHR_NO_TYPE G_MAXUINT8

/* A line in its page. */
typedef struct
{
  guint64 tag;
  CpdEhrOldHead head;
  const guint8 *keys;
  const guint8 *asked;
} CpdEhrOldLine;

/* What was understood of a line: keys (of gsize) and asked (of guint32, as cpd_ehr_names_listen() gives them) are
 * borrowed, and at most G_MAXUINT8 keys. */
void cpd_ehr_old_line_set (CpdEhrOldLine *line, const GArray *keys, const GArray *asked);
gsize cpd_ehr_old_key (const CpdEhrOldLine *line, guint i);
guint32 cpd_ehr_old_asked (const CpdEhrOldLine *line, guint i);

/* A page that is being made. */
typedef struct
{
  GArray *tags;     /* (owned) of guint64 */
  GByteArray *rest; /* (owned) */
} CpdEhrOldDraft;

void cpd_ehr_old_draft_init (CpdEhrOldDraft *draft);
void cpd_ehr_old_draft_clear (CpdEhrOldDraft *draft);
void cpd_ehr_old_draft_add (CpdEhrOldDraft *draft, const CpdEhrOldLine *line);
/* The same of a line that stands in a page. */
void cpd_ehr_old_draft_copy (CpdEhrOldDraft *draft, const CpdEhrOldLine *line);
/* (transfer full): the page; the draft begins anew. */
GByteArray *cpd_ehr_old_draft_take (CpdEhrOldDraft *draft);

typedef struct
{
  guint page;
  guint nth; /* line of the page */
  gsize at;  /* of its head, in the page */
} CpdEhrOldPlace;

typedef struct
{
  GPtrArray *pages;     /* (owned) (nullable) of GBytes */
  CpdEhrOldPlace place; /* where the next line is expected */
  guint in_vain;        /* lines that were looked for since one was found */
} CpdEhrOld;

typedef void (*CpdEhrOldFunc) (const CpdEhrOldLine *line, gpointer data);

/* pages: (transfer full) (nullable) */
void cpd_ehr_old_begin (CpdEhrOld *old, GPtrArray *pages);
/* TRUE: what was understood of the line with that tag. It is looked for among the next ones; the place moves behind it,
 * and passed is called for those in between: they are not there any more, or stand elsewhere now. */
gboolean cpd_ehr_old_find (CpdEhrOld *old, guint64 tag, CpdEhrOldLine *line, CpdEhrOldFunc passed, gpointer data);
/* Passes by all that are left. */
void cpd_ehr_old_end (CpdEhrOld *old, CpdEhrOldFunc passed, gpointer data);

/* (transfer full) (nullable): the page with CPD_EHR_OLD_ALWAYS in each line that func tells, when it has any that are
 * not so yet. */
typedef gboolean (*CpdEhrOldTest) (const CpdEhrOldLine *line, gpointer data);
GByteArray *cpd_ehr_old_page_again (GBytes *page, CpdEhrOldTest func, gpointer data);

G_END_DECLS
