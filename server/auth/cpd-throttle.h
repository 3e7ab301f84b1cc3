/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"
#include "cpd-keys.h"

G_BEGIN_DECLS

/* Separate buckets, so that nobody can lock somebody else out: a trusted device has one of its own. Stored as numbers.
 */
typedef enum
{
  CPD_THROTTLE_LOGIN_DEVICE = 1,  /* an account on one trusted device */
  CPD_THROTTLE_LOGIN_ACCOUNT = 2, /* an account from devices that are not trusted */
  CPD_THROTTLE_LOGIN_ADDRESS = 3, /* an address block, untrusted devices only */
  CPD_THROTTLE_LOGIN_GLOBAL = 4,  /* everybody, untrusted devices only */
  CPD_THROTTLE_PASSWORD = 5,      /* the old password asked in a session */
  CPD_THROTTLE_N
} CpdThrottle;

typedef struct
{
  CpdThrottle bucket;
  guchar key[CPD_HASH_SIZE];
} CpdThrottleKey;

/* The key is hashed, so that the rows name nobody. */
void cpd_throttle_key (const CpdKeys *keys, CpdThrottle bucket, const char *text, CpdThrottleKey *key);

/* Counts a try before it is made, so that tries at the same time cannot share a count. FALSE with CP_ERROR_THROTTLED
 * and its wait_seconds when a limit is reached; then nothing is counted. */
gboolean cpd_throttle_take (CpdDb *db, const CpdThrottleKey *keys, gsize n, CpTime now, GError **error);
/* The try was right: the counts of the person (not of the address or the whole) begin anew. */
gboolean cpd_throttle_forgive (CpdDb *db, const CpdThrottleKey *keys, gsize n, GError **error);

G_END_DECLS
