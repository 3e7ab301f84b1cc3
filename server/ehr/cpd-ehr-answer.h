/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-map.h"

G_BEGIN_DECLS

/* One answer of a QuestionnaireResponse (any of the twelve kinds of value[x]) in Dutch words; (transfer full), NULL
 * when it says nothing. container is the resource, for what it holds itself. */
char *cpd_ehr_answer_text (const CpdEhrMapper *mapper, JsonObject *answer, JsonObject *container);

G_END_DECLS
