/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CPA_DIFF_KEPT,
  CPA_DIFF_REMOVED,
  CPA_DIFF_ADDED
} CpaDiffKind;

typedef struct
{
  CpaDiffKind kind;
  char *text; /* (owned): never empty */
} CpaDiffPiece;

/* (element-type CpaDiffPiece) (transfer full): what became of the words of old (both nullable). What was kept and
 * added, joined, is new; what was kept and removed is old, but for how a letter with an accent is put together. A
 * removed piece stands before the added one that took its place. Where the texts have too little in common to compare
 * in a bounded time, all words count as changed. */
GPtrArray *cpa_word_diff (const char *old, const char *new);
/* How many places differ. */
guint cpa_word_diff_changes (const GPtrArray *pieces);

/* (element-type char *) (transfer full): the words, spaces and signs of text, each a piece of its own; joined they are
 * text. A letter keeps its marks, and an emoji what it was put together from. */
GPtrArray *cpa_word_split (const char *text);
/* How much two texts have in common, by their words in any order: 0 nothing, 1 all. */
double cpa_word_similarity (const char *a, const char *b);

G_END_DECLS
