/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* (transfer full): an answer of a form in words; empty when it says nothing. */
char *cpa_answer_text (const CpFormEntry *entry, guint answer, GTimeZone *zone);

G_END_DECLS
