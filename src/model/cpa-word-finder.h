/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-timeline.h"

G_BEGIN_DECLS

/* Finds abbreviations and terms of carers in a text, as whole words and the longest first:
 * - with points and without is the same term (i.o.m. = iom), and then the meanings of all that are written so are
 *   given; a few that are common words too (min., re.) count with their point only;
 * - a term in small letters is found in any case, and a word of five letters or more in the plural too;
 * - a term in capitals is found in capitals only, and never in a line that is all in capitals;
 * - a term with both (Wlz) is found as it is written, or in capitals. */
typedef struct _CpaWordFinder CpaWordFinder;

typedef struct
{
  gsize start;      /* in bytes */
  gsize end;        /* behind it */
  GPtrArray *words; /* (transfer none) of CpWord: what it may mean; belongs to the finder */
} CpaWordMatch;

/* Copies list. */
CpaWordFinder *cpa_word_finder_new (const CpWordList *list);
void cpa_word_finder_free (CpaWordFinder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaWordFinder, cpa_word_finder_free)

/* (transfer full) of CpaWordMatch: where each term stands for the first time. */
GArray *cpa_word_finder_find (CpaWordFinder *self, const char *text);
/* The words that the finder knows, in their own order. */
const CpWordList *cpa_word_finder_get_list (CpaWordFinder *self);

G_END_DECLS
