/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* (transfer none): what an entry of a form is called. */
const char *cpa_answer_question (const CpFormEntry *entry);
/* (transfer full): its answers in words, those that say something; none of them: it is not filled in. */
char **cpa_answer_texts (const CpFormEntry *entry, GTimeZone *zone);
/* (transfer full): the first lines of a card in a list: of a form its first answers, one on a line; of what has
 * no words its title, and of a file without one that it is a document. */
char *cpa_answer_preview (const CpDossierItem *item, GTimeZone *zone);
/* The server puts ": " between a question and its answer in the text of a form that was found: behind a question that
 * ends in "?" or ":" no other colon is wanted. What was found stays marked. */
void cpa_answer_tidy (CpDossierItem *item);

G_END_DECLS
