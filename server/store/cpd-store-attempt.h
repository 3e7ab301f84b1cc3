/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

#define CPD_ATTEMPT_TRIES 3

/* What the codes of an attempt are for. Stored as numbers: never renumber. */
typedef enum
{
  CPD_ATTEMPT_LOGIN = 0,
  CPD_ATTEMPT_NUMBER = 1 /* the person's new mobile number */
} CpdAttemptPurpose;

/* One try to get in, from the right password to the last step; or to have a new number. */
typedef struct
{
  gint64 id;
  gint64 account;
  CpdAttemptPurpose purpose;
  CpTime created;
  CpTime expires;
  int reason; /* CpChallengeReason */
  gboolean shared;
  gboolean temporary; /* the password must be changed */
  gint64 device;      /* an expired one that this login renews, 0: none */
  int tries;
  gboolean verified;
} CpdAttempt;

/* device_name: as the app calls the computer. mobile: the number that waits. Both nullable. */
gboolean cpd_store_attempt_add (CpdDb *db, CpdAttempt *attempt, const char *device_name, const char *mobile,
                                GError **error);
/* (nullable) (transfer full): the number that waits; NULL without error when there is none. */
char *cpd_store_attempt_mobile (CpdDb *db, gint64 id, GError **error);
/* attempt->id is 0 when the account has no number that waits: the newest one counts. */
gboolean cpd_store_attempt_find_number (CpdDb *db, gint64 account, CpdAttempt *attempt, GError **error);
/* attempt->id is 0 when there is none. */
gboolean cpd_store_attempt_get (CpdDb *db, gint64 id, CpdAttempt *attempt, GError **error);
gboolean cpd_store_attempt_set_verified (CpdDb *db, gint64 id, CpTime now, GError **error);
gboolean cpd_store_attempt_clear_temporary (CpdDb *db, gint64 id, GError **error);
/* A new code gives three new tries. */
gboolean cpd_store_attempt_reset_tries (CpdDb *db, gint64 id, GError **error);
/* The same for every login of the account that is under way. */
gboolean cpd_store_attempt_reset_logins (CpdDb *db, gint64 account, CpTime now, GError **error);

/* Kept as long as the limits of a day look back. */
gboolean cpd_store_code_add (CpdDb *db, gint64 attempt, const guchar *hash, CpTime now, CpTime expires, GError **error);
/* Those that were sent for logins of the account count no more. */
gboolean cpd_store_code_drop_logins (CpdDb *db, gint64 account, GError **error);

typedef enum
{
  CPD_CODE_RIGHT,
  CPD_CODE_WRONG,
  CPD_CODE_EXPIRED, /* it was right, but too late */
  CPD_CODE_USED_UP  /* no tries left; nothing was compared */
} CpdCodeResult;

/* What a typed code comes to, by which the database can tell whether it is right. */
typedef struct
{
  int method;         /* CpStepMethod */
  gint64 counted_in;  /* the attempt whose tries it takes one of */
  const guchar *hash; /* CPD_HASH_SIZE bytes: of a code that was sent or given */
  gint64 step;        /* of a code from an app: the step that it is of, 0 for none */
} CpdProof;

/* The newest text message with a code that counts for an attempt, which may have been sent for a login before it. */
typedef struct
{
  gint64 attempt; /* for which it was sent; 0: there is none */
  CpTime at;
  int tries; /* of that attempt */
} CpdSent;

gboolean cpd_store_attempt_find_sent (CpdDb *db, gint64 attempt, CpTime since, CpTime now, CpdSent *sent,
                                      GError **error);
/* Counts and tests in one statement, so that no two tries can share one count, whatever the method. */
gboolean cpd_store_code_try (CpdDb *db, gint64 attempt, const CpdProof *proof, CpTime now, CpdCodeResult *result,
                             int *tries_left, GError **error);
/* After a code that was sent, and was right. */
gboolean cpd_store_code_use (CpdDb *db, gint64 attempt, const guchar *hash, CpTime now, GError **error);

G_END_DECLS
