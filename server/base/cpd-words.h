/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-timeline.h"

G_BEGIN_DECLS

/* Abbreviations and terms of carers with their meanings: the list that comes with the program, and that of the
 * organisation beside it (own, nullable: a path). By term, without case. The form stands on top of
 * server/data/words-nl.txt. NULL with an error that names file and line. */
CpWordList *cpd_words_load (const char *own, GError **error);

G_END_DECLS
