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
  CPD_THROTTLE_LOGIN_DEVICE = 1,    /* an account on one trusted device */
  CPD_THROTTLE_LOGIN_ACCOUNT = 2,   /* an account from devices that are not trusted */
  CPD_THROTTLE_LOGIN_ADDRESS = 3,   /* an address block, untrusted devices only */
  CPD_THROTTLE_LOGIN_GLOBAL = 4,    /* everybody, untrusted devices only */
  CPD_THROTTLE_PASSWORD = 5,        /* the old password asked in a session */
  CPD_THROTTLE_LOOKUP = 10,         /* an account that looks up addresses */
  CPD_THROTTLE_LOOKED_UP = 11,      /* an account and an address: what was told already may be told again */
  CPD_THROTTLE_INVITATION = 12,     /* a membership whose invitation is sent once more */
  CPD_THROTTLE_FORGOT_ACCOUNT = 15, /* a user name together with an e-mail address, existing or not */
  CPD_THROTTLE_FORGOT_ADDRESS = 16, /* an address block */
  CPD_THROTTLE_FORGOT_GLOBAL = 17,  /* everybody */
  CPD_THROTTLE_LINK = 18,           /* what is tried with one link of a mail */
  CPD_THROTTLE_LINK_ADDRESS = 19,   /* with any, from an address block */
  CPD_THROTTLE_TOTP = 20,           /* codes of an app, of one account */
  CPD_THROTTLE_SHEET = 21,          /* codes of a sheet */
  CPD_THROTTLE_DESK = 22,           /* codes of the desk */
  CPD_THROTTLE_EMAIL = 23,          /* new e-mail addresses of an account */
  CPD_THROTTLE_FORGOT_NETWORK = 24, /* the network of an address block */
  CPD_THROTTLE_LOGIN_NETWORK = 25,  /* the same, untrusted devices only */
  CPD_THROTTLE_N
} CpdThrottle;

typedef struct
{
  CpdThrottle bucket;
  guchar key[CPD_HASH_SIZE];
} CpdThrottleKey;

/* The key is hashed, so that the rows name nobody. */
void cpd_throttle_key (const CpdKeys *keys, CpdThrottle bucket, const char *text, CpdThrottleKey *key);
/* Of an account, a device or a membership: the id of its row. */
void cpd_throttle_key_of (const CpdKeys *keys, CpdThrottle bucket, gint64 id, CpdThrottleKey *key);
/* Of the network of an address block: of an IPv6 block the /48 that it is a part of, since whoever has a /48 has 65,536
 * blocks; any other is a network by itself. */
void cpd_throttle_key_of_network (const CpdKeys *keys, CpdThrottle bucket, const char *block, CpdThrottleKey *key);

/* Counts a try before it is made, so that tries at the same time cannot share a count. FALSE with CP_ERROR_THROTTLED
 * and its wait_seconds when a limit is reached; then nothing is counted. */
gboolean cpd_throttle_take (CpdDb *db, const CpdThrottleKey *keys, gsize n, CpTime now, GError **error);
/* Whether anything was counted here in the running window. */
gboolean cpd_throttle_has (CpdDb *db, const CpdThrottleKey *key, CpTime now, gboolean *has, GError **error);
/* The try was right: the counts of the person (not of the address or the whole) begin anew. */
gboolean cpd_throttle_forgive (CpdDb *db, const CpdThrottleKey *keys, gsize n, GError **error);

G_END_DECLS
