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

typedef struct
{
  guint page;
  guint nth; /* line of the page */
  gsize at;  /* of its head, in the page; not said of the first */
} CpdEhrOldPlace;

/* A line in its page. */
typedef struct
{
  guint64 tag;
  CpdEhrOldHead head;
  const guint8 *keys;
  const guint8 *asked;
  CpdEhrOldPlace place; /* of a line of the run before */
} CpdEhrOldLine;

/* What was understood of a line: keys (of gsize) and asked (of guint32, as cpd_ehr_names_listen() gives them) are
 * borrowed, and at most G_MAXUINT8 keys. */
void cpd_ehr_old_line_set (CpdEhrOldLine *line, const GArray *keys, const GArray *asked);
gsize cpd_ehr_old_key (const CpdEhrOldLine *line, guint i);
guint32 cpd_ehr_old_asked (const CpdEhrOldLine *line, guint i);

/* FALSE: there is no page with that number; else body, whatever it held, becomes it. */
typedef gboolean (*CpdEhrOldLoad) (guint number, GByteArray *body, gpointer data);

/* The pages of a file, which come one by one and are let go of when nobody needs them. */
typedef struct
{
  CpdEhrOldLoad load;
  gpointer data;
  GPtrArray *held;      /* (owned) of GByteArray: pages that follow each other, */
  guint first;          /* from this one on */
  gboolean at_end;      /* there are no more */
  GByteArray *spare;    /* (owned) (nullable): memory for the next */
  CpdEhrOldPlace place; /* where the next line is expected */
  guint in_vain;        /* lines that were looked for since one was found */
} CpdEhrOld;

/* A page that is being made. Lines that stood behind each other are copied together, and not at all when they make up
 * their page again. */
typedef struct
{
  GArray *tags;        /* (owned) of guint64 */
  GByteArray *rest;    /* (owned) */
  guint run;           /* lines that are not copied yet: */
  CpdEhrOldPlace from; /* they stand from here */
  CpdEhrOldPlace to;   /* to here, in one page */
} CpdEhrOldDraft;

void cpd_ehr_old_draft_init (CpdEhrOldDraft *draft);
void cpd_ehr_old_draft_clear (CpdEhrOldDraft *draft);
void cpd_ehr_old_draft_add (CpdEhrOldDraft *draft, CpdEhrOld *old, const CpdEhrOldLine *line);
/* The same of a line that cpd_ehr_old_find() gave. */
void cpd_ehr_old_draft_copy (CpdEhrOldDraft *draft, CpdEhrOld *old, const CpdEhrOldLine *line);
guint cpd_ehr_old_draft_lines (const CpdEhrOldDraft *draft);
/* (transfer full) (nullable): the page, NULL when the one with that number is the same; the draft begins anew. From
 * then on what was loaded may be written over up to this number: it is not loaded again. */
GByteArray *cpd_ehr_old_draft_take (CpdEhrOldDraft *draft, CpdEhrOld *old, guint number);

typedef void (*CpdEhrOldFunc) (const CpdEhrOldLine *line, gpointer data);

void cpd_ehr_old_init (CpdEhrOld *old, CpdEhrOldLoad load, gpointer data);
void cpd_ehr_old_clear (CpdEhrOld *old);
/* Of the next file; without any page when they are not to be trusted. */
void cpd_ehr_old_begin (CpdEhrOld *old, gboolean trusted);
gboolean cpd_ehr_old_has_page (CpdEhrOld *old, guint number);
/* TRUE: what was understood of the line with that tag. It is looked for among the next ones; the place moves behind it,
 * and passed is called for those in between: they are not there any more, or stand elsewhere now. */
gboolean cpd_ehr_old_find (CpdEhrOld *old, guint64 tag, CpdEhrOldLine *line, CpdEhrOldFunc passed, gpointer data);
/* Passes by all that are left. */
void cpd_ehr_old_end (CpdEhrOld *old, CpdEhrOldFunc passed, gpointer data);

/* (transfer full) (nullable): the page with CPD_EHR_OLD_ALWAYS in each line that func tells, when it has any that are
 * not so yet. */
typedef gboolean (*CpdEhrOldTest) (const CpdEhrOldLine *line, gpointer data);
GByteArray *cpd_ehr_old_page_again (const GByteArray *page, CpdEhrOldTest func, gpointer data);
/* CpdEhrOldTest: the line names one of keys, a set of gsize. */
gboolean cpd_ehr_old_names_any (const CpdEhrOldLine *line, gpointer keys);

G_END_DECLS
