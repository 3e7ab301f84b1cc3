/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-config.h"
#include "cpd-db.h"
#include "cpd-keys.h"
#include "cpd-log-outs.h"

G_BEGIN_DECLS

/* The session of a bearer token, and what the rows say of its account and a patient (see cpd_store_session_find()).
 * FALSE with CP_ERROR_UNAUTHENTICATED (or the code that says why it ended) when there is none that counts now. */
gboolean cpd_session_find (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, CpdLogOuts *log_outs,
                           const char *token, const char *patient_id, CpTime now, CpdActor *actor,
                           CpdMembershipFacts *facts, GError **error);

/* Whether a session that was not ended counts now: its time, and how long it was not used, by a
 * clock that is right. */
gboolean cpd_session_counts (const CpdConfig *config, const CpdActor *actor, CpTime now);

/* Begins a session; the one that it replaces (actor->session, if any) ends. (transfer full) its token, NULL with error.
 */
char *cpd_session_begin (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, CpdActor *actor, CpdSessionKind kind,
                         CpTime now, GError **error);

/* From then on it does not count any more, when it is not used before. */
CpTime cpd_session_ends (const CpdConfig *config, const CpdActor *actor);
/* After this long without use it ends. */
CpTime cpd_session_idle (const CpdConfig *config, gboolean shared);

G_END_DECLS
