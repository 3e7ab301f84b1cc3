/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-language.h"

#include <string.h>

static const char *const codes[CPD_N_LANGUAGES] = { "nl", "en" };

/**
 * cpd_language_code:
 *
 * Returns: (transfer none): as an account has it, and for HTML.
 */
const char *
cpd_language_code (CpdLanguage language)
{
  return codes[language];
}

/**
 * cpd_language_of:
 * @code: (nullable)
 */
CpdLanguage
cpd_language_of (const char *code)
{
  return g_strcmp0 (code, codes[CPD_ENGLISH]) == 0 ? CPD_ENGLISH : CPD_DUTCH;
}

/**
 * cpd_language_is_known:
 */
gboolean
cpd_language_is_known (const char *code)
{
  return strcmp (code, cpd_language_code (cpd_language_of (code))) == 0;
}

/**
 * cpd_language_text:
 *
 * Returns: (transfer none)
 */
const char *
cpd_language_text (CpdLanguage language, const CpText *text)
{
  return language == CPD_ENGLISH ? text->en : text->nl;
}
