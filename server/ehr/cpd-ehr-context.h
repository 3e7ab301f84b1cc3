/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"

G_BEGIN_DECLS

/* A hash of what every resource depends on, whatever it says: the program and its mapping, the zone, and the codes that
 * tell what is a report. What was read with another one is not trusted. (transfer full). */
GBytes *cpd_ehr_context (const CpdConfig *config);

/* Of a server: when what is here was read with another context, it is read again from the beginning. */
gboolean cpd_ehr_context_renew (CpdEhrRun *run, GError **error);

/* When the source is another server now, or a directory where it was a server, or the other way round: how far it was
 * read, how, and the names it gave are forgotten. What comes out differently then is a correction: it is not our
 * reading that is another. */
gboolean cpd_ehr_context_place (CpdEhrRun *run, GError **error);

/* Of a directory: whether everything is read anew as it is read in another way. A line that was there before made what
 * is kept then, and what comes out differently is no correction. So that no line is kept which made nothing yet, lines
 * are kept after their rows as long as this goes on. What a run in the way before left in doubt counts as corrected. */
gboolean cpd_ehr_context_anew (CpdEhrRun *run, gboolean begins, gboolean *anew, GError **error);

G_END_DECLS
