/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-map.h"

G_BEGIN_DECLS

/* One answer of a QuestionnaireResponse (any of the twelve kinds of value[x]) as CpFormEntry has it; (transfer full),
 * NULL when it says nothing. container is the resource, for what it holds itself. */
char *cpd_ehr_answer (const CpdEhrMapper *mapper, JsonObject *answer, JsonObject *container, int *kind);
/* The same in Dutch words; (transfer full). */
char *cpd_ehr_answer_words (const CpdEhrMapper *mapper, int kind, const char *answer);

G_END_DECLS
