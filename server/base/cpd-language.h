/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-organisation.h"

G_BEGIN_DECLS

/* What the server writes in: mails, text messages, pages. */
typedef enum
{
  CPD_DUTCH,
  CPD_ENGLISH,
  CPD_N_LANGUAGES
} CpdLanguage;

/* "nl" or "en". */
const char *cpd_language_code (CpdLanguage language);
/* Dutch for what is neither; code may be NULL. */
CpdLanguage cpd_language_of (const char *code);
gboolean cpd_language_is_known (const char *code);
/* The words of the organisation in that language. */
const char *cpd_language_text (CpdLanguage language, const CpText *text);

G_END_DECLS
