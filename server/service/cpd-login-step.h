/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-session.h"
#include "cpd-call.h"
#include "cpd-store-attempt.h"

G_BEGIN_DECLS

/* The order of the steps, from the organisation's choice and what is done already: a pure function. */
CpNext cpd_login_next (gboolean password_first, gboolean verified, gboolean temporary);

/* Sends a code by message, and records that. *refused says why none is sent, when that is for the screen to tell. */
gboolean cpd_login_send_code (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, GError **refused,
                              GError **error);

/* Goes on to the next step of an attempt: begins the session that fits it, sends a code when one is needed, trusts the
 * device when it was verified, and fills the answer (which may hold a device token already). */
gboolean cpd_login_step (CpdCall *call, const CpdAccount *account, const CpdAttempt *attempt, CpLoginAnswer *answer,
                         GError **error);

G_END_DECLS
