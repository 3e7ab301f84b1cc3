/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-language.h"

G_BEGIN_DECLS

/* Moments in the words of a mail, on the organisation's clock; (transfer full) each. */

/* "dinsdag 3 maart 2026" */
char *cpd_date_words_date (CpTime time, GTimeZone *zone, CpdLanguage language);
/* "14:00" when that is today, else "dinsdag 3 maart 2026 14:00". */
char *cpd_date_words_when (CpTime time, CpTime now, GTimeZone *zone, CpdLanguage language);

G_END_DECLS
