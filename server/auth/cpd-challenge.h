/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-session.h"
#include "cpd-config.h"
#include "cpd-keys.h"
#include "cpd-store-account.h"
#include "cpd-store-attempt.h"

G_BEGIN_DECLS

#define CPD_CODE_LIFE (5 * CP_TIME_MINUTE)

/* Queues a code for the attempt when the limits allow: 1 per 30 s, 3 per 15 min, so many per day, per account and per
 * number. FALSE with CP_ERROR_CODES_LATER (until), CP_ERROR_CODES_TODAY or CP_ERROR_NO_MOBILE_NUMBER. */
gboolean cpd_challenge_send (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                             const CpdAttempt *attempt, CpTime now, GError **error);

/* (transfer full): what the screen Apparaat verificatie shows of an attempt. */
CpChallenge *cpd_challenge_describe (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                                     const CpdAttempt *attempt, CpTime now, GError **error);

/* The keyed hash of a code, bound to its attempt. */
void cpd_challenge_hash (const CpdKeys *keys, gint64 attempt, const char *code, guchar out[CPD_HASH_SIZE]);

/* Counts and tests. FALSE with CP_ERROR_CODE_WRONG (tries_left), _USED_UP or _EXPIRED; the count stays in any case, so
 * the caller must commit it: *failed takes the error instead of error when only the code was not right. */
gboolean cpd_challenge_try (CpdDb *db, const CpdKeys *keys, gint64 attempt, const char *code, CpTime now,
                            GError **failed, GError **error);

G_END_DECLS
