/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-organisation.h"

G_BEGIN_DECLS

/* Which of our languages the person's wishes (most wanted first, as g_get_language_names () gives them) come down to:
 * "nl" or "en". Dutch when neither is wanted, also when nothing is. */
const char *cpa_language_choose (const char *const *wishes);

/* Makes the whole program speak that language, also where no locale is set or none is installed. Before GTK starts. */
void cpa_language_setup (const char *locale_dir);

/* The language of the screen: "nl" or "en". */
const char *cpa_language_get (void);
/* The organisation's own words in the language of the screen. */
const char *cpa_language_text (const CpText *text);

G_END_DECLS
