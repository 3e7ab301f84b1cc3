/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-config.h"
#include "cp-error.h"
#include "cpd-routes.h"

G_BEGIN_DECLS

/* THE decision: may this actor do this? A pure function of facts; nothing else in the server decides.
 * facts is NULL on routes without a patient. Returns TRUE and fills grant, or FALSE with the code to answer. */
gboolean cpd_policy_decide (const CpdRouteRow *row, const CpdActor *actor, const CpdMembershipFacts *facts,
                            guint unshared, CpTime now, CpdGrant *grant, CpErrorCode *refused);

/* Narrows a grant down to what somebody sees, those parts too that wait for acceptance; or would see, if asked (CpPart)
 * were ticked and nothing else. Never to a part that the grant has not. FALSE with the code to answer: only who manages
 * users looks through somebody else. */
gboolean cpd_policy_view_as (const CpdRouteRow *row, const CpdActor *actor, const CpdViewed *viewed, guint asked,
                             CpTime now, CpdGrant *grant, CpErrorCode *refused);

/* The parts that a membership opens now; *open: the patient is there at all. */
guint cpd_policy_judge (const CpdMembershipFacts *facts, CpTime now, gboolean *open);

G_END_DECLS
