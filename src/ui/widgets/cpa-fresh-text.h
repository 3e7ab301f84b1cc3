/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* How old the data is, in words that promise nothing that is not so. All (transfer full). */

/* The one line: "As of today 08:00, next 20:00", or what is the matter. */
char *cpa_fresh_line_text (const CpFreshness *freshness, GTimeZone *zone);
/* The warning that goes with it when the oldest is a day old or more; NULL otherwise. */
char *cpa_fresh_old_text (const CpFreshness *freshness);
/* One kind in the list behind the line: "Reports: as of today 08:00". */
char *cpa_fresh_kind_text (const CpFreshPart *part, CpaContext *context);
/* When the organisation's data is fetched: "08:00 and 20:00". */
char *cpa_fresh_times_text (const CpOrganisation *organisation);
/* Instead of all this when the client has died: nothing is fetched any more. */
char *cpa_fresh_died_text (const CpPatientAccess *patient);
/* TRUE when all is as it should be: nothing late, failed, skipped, never fetched or old. */
gboolean cpa_fresh_is_good (const CpFreshness *freshness);

/* When a kind was last fetched; of all of them when it is not told apart. 0: never. */
CpTime cpa_fresh_fetched_at (const CpFreshness *freshness, CpFreshKind kind);
/* How old a card of the dossier is, by its CpDossierKind. 0: not known, also when freshness is NULL. */
CpTime cpa_fresh_of_card (const CpFreshness *freshness, int kind);

/* The word for a kind inside a sentence: "reports". */
const char *cpa_fresh_kind_word (CpFreshKind kind);
/* "a, b and c" of a NULL-terminated list of strings. */
char *cpa_fresh_join (const char *const *words);

G_END_DECLS
