/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"

G_BEGIN_DECLS

/* FHIR's dateTime: a year, a month, a day, or a time with offset. at is the first moment of it in zone; date_only is
 * TRUE when no time of day was given. FALSE when text (nullable) is none of these. */
gboolean cpd_ehr_date_parse (const char *text, GTimeZone *zone, CpTime *at, gboolean *date_only);

/* The first or (last TRUE) the last day of a FHIR date or dateTime, as "2026-03-03"; (transfer full), NULL when it is
 * none. */
char *cpd_ehr_date_day (const char *text, gboolean last, GTimeZone *zone);

/* As exact as it is given, but no more than a day: "2026", "2026-03", "2026-03-03"; (transfer full), NULL when text
 * (nullable) is no date or dateTime. */
char *cpd_ehr_date_known (const char *text, GTimeZone *zone);
/* The text itself when it tells a year or a month only; (transfer full), NULL otherwise. */
char *cpd_ehr_date_partial (const char *text);

/* TRUE when a Period (start, end: nullable) has ended before now. */
gboolean cpd_ehr_date_is_past (const char *end, CpTime now, GTimeZone *zone);

/* In Dutch words, as exact as it is given: "2026", "maart 2026", "3 maart 2026", "3 maart 2026 14:00"; (transfer full),
 * NULL when text is not a date. */
char *cpd_ehr_date_words (const char *text, GTimeZone *zone);

G_END_DECLS
