/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-own-account.h"
#include "cp-session.h"
#include "cpd-config.h"
#include "cpd-keys.h"
#include "cpd-store-account.h"
#include "cpd-store-attempt.h"

G_BEGIN_DECLS

#define CPD_CODE_LIFE (5 * CP_TIME_MINUTE)

/* Whether a code can go to the account's number: there is one, of a country that gets text messages now. */
gboolean cpd_challenge_has_number (const CpdConfig *config, const CpdAccount *account);

/* Queues a code for the attempt when the limits allow: 1 per 30 s, 3 per 15 min, so many per day, per account and per
 * number, and so many per hour to everybody. FALSE with CP_ERROR_CODES_LATER (until), CP_ERROR_CODES_TODAY,
 * CP_ERROR_SMS_BUDGET (until) or CP_ERROR_NO_MOBILE_NUMBER. */
gboolean cpd_challenge_send (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                             const CpdAttempt *attempt, CpTime now, GError **error);

/* The same for a new number of the person: to it, and under the same limits. */
gboolean cpd_challenge_send_number (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                                    const CpdAttempt *attempt, const char *mobile, CpTime now, GError **error);

/* Whether that is one of those limits. */
gboolean cpd_challenge_is_limit (const GError *error);

/* (transfer full): what the screen Apparaat verificatie shows of an attempt. */
CpChallenge *cpd_challenge_describe (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, const CpdAccount *account,
                                     const CpdAttempt *attempt, CpTime now, GError **error);

/* (transfer full): what the person is told of a code that went to a new number. */
CpNumberChallenge *cpd_challenge_describe_number (CpdDb *db, const CpdKeys *keys, const CpdConfig *config,
                                                  const CpdAccount *account, const CpdAttempt *attempt,
                                                  const char *mobile, CpTime now, GError **error);

/* What they are told when a limit keeps the next code back while the last one can be typed still; *waiting (transfer
 * full) is NULL otherwise. */
gboolean cpd_challenge_describe_waiting (CpdDb *db, const CpdKeys *keys, const CpdConfig *config,
                                         const CpdAccount *account, const CpdAttempt *attempt, const char *mobile,
                                         CpTime now, CpNumberChallenge **waiting, GError **error);

/* (transfer full): a number as it is shown to whose it is. */
char *cpd_challenge_mask (const char *mobile);

/* The keyed hash of a code, bound to its account; the row that keeps it names its attempt. */
void cpd_challenge_hash (const CpdKeys *keys, gint64 account, const char *code, guchar out[CPD_HASH_SIZE]);

G_END_DECLS
